// JsonLayout: a minified document laid out for reading, and the way back to its own spacing.
#pragma once

#include "core/value/jsondocument.h"

namespace kvscope {

/// The document with line breaks and two spaces a level; arrays of scalars that fit in 80 columns
/// stay on one line. Token for token the same text, so node n of one is node n of the other.
Bytes layOutJson(const JsonDocument &document);

/// True where the text is better read laid out: one line, longer than kReadableLine bytes.
bool wantsLayout(BytesView json);
inline constexpr std::size_t kReadableLine = 80;

/// `edited` with the spacing of `original`: where two neighbouring tokens are in both, what stood
/// between them in `original` is kept to the byte; new tokens are spaced as their like are there.
/// Works on any text, valid or not.
Bytes rebaseJson(BytesView original, BytesView edited);

/// How much of a document changed, by tokens.
struct JsonChange
{
    int changes = 0;       ///< runs of tokens that differ
    std::size_t bytes = 0; ///< in them: the larger of removed and inserted, summed
};
JsonChange countChanges(BytesView before, BytesView after);

} // namespace kvscope
