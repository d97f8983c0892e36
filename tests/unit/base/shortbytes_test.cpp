// Short bytes, digits and the hash: quicker ways that must come to the same end.
#include "core/base/digits.h"
#include "core/base/hash.h"
#include "core/base/shortbytes.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

namespace kvscope::test {
namespace {

TEST(ShortBytes, AreTheSameOnlyWhereEveryByteIs)
{
    for (std::size_t size = 0; size <= 100; ++size) {
        Bytes a(size, 'x');
        const Bytes b = a;
        EXPECT_TRUE(sameBytes(a.data(), b.data(), size)) << size;
        for (std::size_t at = 0; at < size; ++at) {
            a[at] = 'y';
            EXPECT_FALSE(sameBytes(a.data(), b.data(), size)) << size << " at " << at;
            a[at] = 'x';
        }
    }
}

TEST(ShortBytes, AreCopiedWholeAndNothingBesideThemIsTouched)
{
    for (std::size_t size = 0; size <= 100; ++size) {
        Bytes from;
        for (std::size_t at = 0; at < size; ++at) from += static_cast<char>('a' + at % 26);
        Bytes to(size + 2, '#');
        copyBytes(to.data() + 1, from.data(), size);
        EXPECT_EQ(to, '#' + from + '#') << size;
    }
}

Bytes written(std::int64_t value)
{
    char room[kIntegerRoom];
    return {room, writeInteger(value, room)};
}

TEST(Digits, AreThoseOfTheNumber)
{
    using Limits = std::numeric_limits<std::int64_t>;
    for (const std::int64_t edge :
         {std::int64_t{0}, Limits::min(), Limits::max(), Limits::min() + 1})
        EXPECT_EQ(written(edge), std::to_string(edge));
    for (std::int64_t ten = 1; ten < 1'000'000'000'000'000'000; ten *= 10)
        for (const std::int64_t value : {ten - 1, ten, ten + 1, ten * 7, -ten, 1 - ten})
            EXPECT_EQ(written(value), std::to_string(value));
    for (std::int64_t value = 0; value < 1'000'000; ++value)
        ASSERT_EQ(written(value * 97), std::to_string(value * 97));
    std::mt19937_64 random(7);
    for (int i = 0; i < 200'000; ++i) {
        const auto value = static_cast<std::int64_t>(random() >> i % 64);
        ASSERT_EQ(written(value), std::to_string(value));
    }
}

// Blocks and cache files keep hashes: they must not change from one version to the next.
TEST(Hash, StaysTheSameForEveryLength)
{
    Bytes text;
    std::uint64_t all = 0;
    for (int size = 0; size <= 64; ++size) {
        all = all * 31 + hashBytes(text, 5);
        text += static_cast<char>(size * 37 + 200);
    }
    EXPECT_EQ(all, 5'389'408'372'886'750'369U);
}

} // namespace
} // namespace kvscope::test
