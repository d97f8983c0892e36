// hashBytes: the hash under the index and the shards.
//
// Sixteen bytes a step are folded by one 64x64 -> 128 bit multiplication, the scheme of wyhash
// (Wang Yi) and Go's map hash; all 64 bits of the result are usable, which matters because the
// shard takes bits from the top, the tag from the middle and the bucket from the bottom.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <cstring>

namespace kvscope {

namespace detail {

__extension__ using Wide = unsigned __int128;

inline std::uint64_t fold(std::uint64_t a, std::uint64_t b)
{
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

inline std::uint64_t load(const char *bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, 8);
    return word;
}

/// One to eight bytes, the rest zero; no call of memcpy, which takes longer than the hash.
inline std::uint64_t load(const char *bytes, std::size_t count)
{
    if (count >= 4) {
        std::uint32_t first = 0;
        std::uint32_t last = 0; // overlaps the first
        std::memcpy(&first, bytes, 4);
        std::memcpy(&last, bytes + count - 4, 4);
        return first | static_cast<std::uint64_t>(last) << (count - 4) * 8;
    }
    const auto byte = [bytes](std::size_t i) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << i * 8;
    };
    return byte(0) | byte(count / 2) | byte(count - 1);
}

} // namespace detail

inline std::uint64_t hashBytes(BytesView bytes, std::uint64_t seed)
{
    // Odd constants with evenly mixed bits: the fractions of sqrt(2), sqrt(3) and sqrt(5).
    constexpr std::uint64_t kA = 0x6A09E667F3BCC909ULL;
    constexpr std::uint64_t kB = 0xBB67AE8584CAA73BULL;
    constexpr std::uint64_t kC = 0x3C6EF372FE94F82BULL;
    const char *at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t state = seed ^ kA;
    for (; left > 16; left -= 16, at += 16)
        state = detail::fold(detail::load(at) ^ kB, detail::load(at + 8) ^ state);
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    if (left > 8) {
        low = detail::load(at);
        high = detail::load(at + 8, left - 8);
    } else if (left > 0) {
        low = detail::load(at, left);
    }
    state = detail::fold(low ^ kB, high ^ state);
    return detail::fold(state ^ kC, static_cast<std::uint64_t>(bytes.size()) ^ kB);
}

} // namespace kvscope
