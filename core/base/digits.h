// Digits: whole numbers as text. Sources that store numbers have millions of them turned into text
// for keys and JSON; std::to_chars takes a division for every two digits, one after the other, and
// was half of what reading a cell takes.
//
// Eight digits at once, in lanes of one 64-bit word (the idea is Paul Khuong's, "How to print
// integers really fast", 2017):
//
//   12345678  ->  1234|5678  ->  12|34|56|78  ->  1|2|3|4|5|6|7|8      lanes of 32, 16 and 8 bits
#pragma once

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace kvscope {

/// What writeInteger() may write to, sign included; it needs less.
inline constexpr std::size_t kIntegerRoom = 32;

namespace detail {

constexpr std::uint64_t kEightDigits = 100'000'000;
constexpr std::uint64_t kZeros = 0x3030303030303030;

// The first digit in the lowest byte. Requires: below kEightDigits.
inline std::uint64_t digitLanes(std::uint64_t value)
{
    const std::uint64_t fours = value / 10'000 | (value % 10'000) << 32U;
    const std::uint64_t hundreds = (fours * 10'486 >> 20U) & 0x0000'007F'0000'007F; // of each lane
    const std::uint64_t pairs = hundreds | (fours - hundreds * 100) << 16U;
    const std::uint64_t tens = (pairs * 103 >> 10U) & 0x000F'000F'000F'000F;
    return tens | (pairs - tens * 10) << 8U;
}

// Without leading zeros. Requires: below kEightDigits.
inline std::size_t writeShort(std::uint64_t value, char *room)
{
    const std::uint64_t lanes = digitLanes(value);
    const unsigned zeros = value == 0 ? 7 : static_cast<unsigned>(std::countr_zero(lanes)) / 8;
    const std::uint64_t text = (lanes | kZeros) >> zeros * 8;
    std::memcpy(room, &text, 8);
    return 8 - zeros;
}

inline std::size_t writeUnsigned(std::uint64_t value, char *room)
{
    if (value < kEightDigits) return writeShort(value, room);
    const std::size_t size = writeUnsigned(value / kEightDigits, room);
    const std::uint64_t text = digitLanes(value % kEightDigits) | kZeros;
    std::memcpy(room + size, &text, 8);
    return size + 8;
}

} // namespace detail

/// Returns how many bytes of `room` are the number. Requires: room for kIntegerRoom bytes, all of
/// which may be written to.
inline std::size_t writeInteger(std::int64_t value, char *room)
{
    if constexpr (std::endian::native != std::endian::little)
        return static_cast<std::size_t>(std::to_chars(room, room + kIntegerRoom, value).ptr - room);
    if (value >= 0) return detail::writeUnsigned(static_cast<std::uint64_t>(value), room);
    *room = '-';
    return 1 + detail::writeUnsigned(0 - static_cast<std::uint64_t>(value), room + 1);
}

} // namespace kvscope
