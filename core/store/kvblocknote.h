// KvBlockNote: what an entry that is a KV block says of itself, for whoever opens it.
#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <optional>

namespace kvscope {

struct KvBlockNote
{
    QString summary; ///< a few words: tokens, number format, damage
    QString detail;  ///< some lines: model, tokens, what it follows, checksum
};

/// Nothing for a value that is no KV block's record (llm/blocksource.h). The value itself is bytes
/// like any other: nothing of this changes it.
std::optional<KvBlockNote> kvBlockNote(BytesView value);

} // namespace kvscope
