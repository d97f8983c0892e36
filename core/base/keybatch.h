// KeyBatch: many keys in one buffer, as one SCAN page brings them.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <vector>

namespace kvscope {

/// Keys of one SCAN page, flat: one buffer, no allocation per key. Spans need not touch each other.
struct KeyBatch
{
    struct Span
    {
        std::uint32_t offset;
        std::uint32_t length;
    };
    Bytes buffer;
    std::vector<Span> spans;

    std::size_t size() const { return spans.size(); }
    BytesView operator[](std::size_t i) const
    {
        return BytesView(buffer).substr(spans[i].offset, spans[i].length);
    }
    void append(BytesView key)
    {
        spans.push_back(
            {static_cast<std::uint32_t>(buffer.size()), static_cast<std::uint32_t>(key.size())});
        buffer.append(key);
    }
};

struct ScanPage
{
    KeyBatch keys;
    std::uint64_t cursor = 0; ///< to resume behind this page
    bool last = false;        ///< the pass is complete
};

} // namespace kvscope
