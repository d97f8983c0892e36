// Format: what bytes look like, and how they are drawn when they are not text.
#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <cstdint>

namespace kvscope {

enum class ValueFormat : std::uint8_t {
    Json,   ///< a JSON object or array, or text that set out to be one (see isJson)
    Text,   ///< well-formed UTF-8 without NUL
    Binary, ///< anything else
};

/// What `bytes` are by their look. Text whose first character is `{` or `[` and whose last matches
/// it counts as Json even when it is broken, so that the fault can be shown at its place.
ValueFormat sniffFormat(BytesView bytes);

/// "JSON", "text", "binary"; translated.
QString formatName(ValueFormat format);

/// True for valid JSON of any kind, bare numbers and strings included.
bool isJson(BytesView bytes);

/// `00000010  7b 22 …  |{"…|`, 16 bytes a line, each line ended by LF. Offsets begin at `base`.
std::string hexDump(BytesView bytes, std::size_t base = 0);
inline constexpr std::size_t kHexBytesPerLine = 16;

} // namespace kvscope
