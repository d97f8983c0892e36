// KeyArena: every key's bytes one behind the other, numbered in the order they came.
//
//   arena   [5]user1[9]user:1001[7]session …      a length of 1 byte (below 128), else of 4
//   skips    ^0                      ^8            where every 8th key begins: 0.5 B a key
//
// key(id) hops over at most 7 neighbours, which lie in the same few cache lines, and costs about as
// much as the miss that an offset per key (4 B) would. The filter runs over the bytes in order.
#pragma once

#include "core/base/bytes.h"
#include "core/keyindex/region.h"

#include <cstdint>
#include <cstring>

namespace kvscope::keyindex {

using KeyId = std::uint32_t;
inline constexpr std::uint32_t kNone = UINT32_MAX;

/// One thread appends. Any may read keys whose ids it was told of.
class KeyArena
{
  public:
    static constexpr std::size_t kMaxBytes = (std::size_t{4} << 30U) - 4096; ///< offsets are 32-bit
    static constexpr std::size_t kMaxKeys = std::size_t{1} << 28U;
    static constexpr std::size_t kMaxKeyBytes = (std::size_t{1} << 31U) - 1;
    /// Readable bytes behind the last key, so that a vector load may run over.
    static constexpr std::size_t kPadding = 64;

    static constexpr std::uint32_t kStride = 8; ///< begin() of every eighth key is at hand

    KeyArena();

    /// Its id, or kNone when the arena is full.
    KeyId append(BytesView key);
    BytesView key(KeyId id) const
    {
        const char *at = begin(id);
        return read(at);
    }
    /// key(id) is called soon.
    void prefetch(KeyId id) const
    {
        const char *at = m_bytes.bytes() + m_skips[id / kStride];
        __builtin_prefetch(at);
        __builtin_prefetch(at + 64);
    }
    std::size_t size() const { return m_size; }
    std::size_t bytesUsed() const { return m_bytes.usable() + m_skips.bytesUsed(); }
    /// Bytes of the keys alone.
    std::uint64_t keyBytes() const { return m_keyBytes; }

    /// Where the record of `id` begins; read() takes the key from there and moves on to the next.
    const char *begin(KeyId id) const
    {
        const char *at = m_bytes.bytes() + m_skips[id / kStride];
        for (std::uint32_t hops = id % kStride; hops != 0; --hops) read(at);
        return at;
    }
    /// Behind the last record.
    const char *end() const { return m_bytes.bytes() + m_end; }
    static BytesView read(const char *&at)
    {
        const auto first = static_cast<unsigned char>(*at);
        std::size_t length = first;
        if (first < 0x80) {
            ++at;
        } else {
            unsigned char wide[4];
            std::memcpy(wide, at, 4);
            length = (static_cast<std::size_t>(first & 0x7FU) << 24U) |
                     (static_cast<std::size_t>(wide[1]) << 16U) |
                     (static_cast<std::size_t>(wide[2]) << 8U) | wide[3];
            at += 4;
        }
        const BytesView key(at, length);
        at += length;
        return key;
    }

  private:
    Region m_bytes;
    RegionArray<std::uint32_t> m_skips;
    std::size_t m_end = 0;
    std::size_t m_size = 0;
    std::uint64_t m_keyBytes = 0;
};

} // namespace kvscope::keyindex
