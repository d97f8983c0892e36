// ElementPage and ValueType: what a typed value is and how a part of it travels.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <vector>

namespace kvscope {

enum class ValueType : std::uint8_t { None, String, Hash, List, Set, SortedSet, Stream, Module };

/// One page of a hash, list, set, sorted set or stream, as rows of a read-only table.
struct ElementPage
{
    std::vector<std::vector<Bytes>>
        rows;                ///< hash: field, value · list: value · set: member ·
                             ///< zset: member, score · stream: id, field, value, field, value …
    Bytes next;              ///< opaque cursor; empty: this was the last page
    std::int64_t total = -1; ///< elements in all, -1: unknown
};

} // namespace kvscope
