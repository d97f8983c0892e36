// Human forms: what people read, and what they may type.
#include "core/base/human.h"

#include <gtest/gtest.h>

#include <limits>

using namespace kvscope;

TEST(Human, BytesAreShownInPowersOf1024WithThreeDigits)
{
    EXPECT_EQ(formatBytes(0), "0 B");
    EXPECT_EQ(formatBytes(218), "218 B");
    EXPECT_EQ(formatBytes(1023), "1023 B");
    EXPECT_EQ(formatBytes(1024), "1 KB");
    EXPECT_EQ(formatBytes(64 << 10), "64 KB");
    EXPECT_EQ(formatBytes(1'992'294), "1.9 MB");
    EXPECT_EQ(formatBytes(2'480'343'613), "2.31 GB");
    EXPECT_EQ(formatBytes((1 << 20) - 1), "1 MB") << "never 1024 KB";
    EXPECT_EQ(formatBytes(256ULL << 20), "256 MB");
    EXPECT_EQ(formatBytes(std::numeric_limits<std::uint64_t>::max()), "16 EB");
}

TEST(Human, CountsAreGroupedByThousands)
{
    EXPECT_EQ(formatCount(0), "0");
    EXPECT_EQ(formatCount(999), "999");
    EXPECT_EQ(formatCount(1000), "1,000");
    EXPECT_EQ(formatCount(1'412'220), "1,412,220");
    EXPECT_EQ(formatCount(std::numeric_limits<std::uint64_t>::max()), "18,446,744,073,709,551,615");
}

TEST(Human, DurationsShowTheirTwoLargestUnitsRoundedDown)
{
    EXPECT_EQ(formatDuration(0), "0 s");
    EXPECT_EQ(formatDuration(350), "350 ms");
    EXPECT_EQ(formatDuration(1400), "1.4 s");
    EXPECT_EQ(formatDuration(2000), "2 s");
    EXPECT_EQ(formatDuration(59'999), "59 s");
    EXPECT_EQ(formatDuration(60'000), "1 m");
    EXPECT_EQ(formatDuration(252'000), "4 m 12 s");
    EXPECT_EQ(formatDuration(3'600'000), "1 h");
    EXPECT_EQ(formatDuration(97'200'000), "1 d 3 h");
    EXPECT_EQ(formatDuration(86'400'000 + 59'000), "1 d");
    EXPECT_EQ(formatDuration(-5000), "-5 s");
    EXPECT_EQ(formatDuration(std::numeric_limits<std::int64_t>::min()), "-106751991167 d 7 h");
}

TEST(Human, LatenciesKeepAUnitThatReadsWell)
{
    EXPECT_EQ(formatMicros(0), "0 µs");
    EXPECT_EQ(formatMicros(0.42), "0.4 µs");
    EXPECT_EQ(formatMicros(94), "94 µs");
    EXPECT_EQ(formatMicros(210), "0.21 ms");
    EXPECT_EQ(formatMicros(400), "0.40 ms");
    EXPECT_EQ(formatMicros(999), "1.0 ms");
    EXPECT_EQ(formatMicros(10'400), "10.4 ms");
    EXPECT_EQ(formatMicros(212'000), "212 ms");
    EXPECT_EQ(formatMicros(1'400'000), "1.4 s");
    EXPECT_EQ(formatMicros(120e6), "120 s");
}

TEST(Human, RatesAreShortWhenLarge)
{
    EXPECT_EQ(formatRate(0), "0 /s");
    EXPECT_EQ(formatRate(3.2), "3.2 /s");
    EXPECT_EQ(formatRate(143), "143 /s");
    EXPECT_EQ(formatRate(8214), "8,214 /s");
    EXPECT_EQ(formatRate(212'000), "212 k/s");
    EXPECT_EQ(formatRate(999'600), "1 M/s");
    EXPECT_EQ(formatRate(1.41e6), "1.41 M/s");
    EXPECT_EQ(formatRate(2.5e9), "2.5 G/s");
}

TEST(Human, DurationsAreReadAsTheContractSays)
{
    EXPECT_EQ(parseDuration("10s"), 10'000);
    EXPECT_EQ(parseDuration("500ms"), 500);
    EXPECT_EQ(parseDuration("2m"), 120'000);
    EXPECT_EQ(parseDuration("1h"), 3'600'000);
    EXPECT_EQ(parseDuration("1d"), 86'400'000);
    EXPECT_EQ(parseDuration("30"), 30'000);
    EXPECT_EQ(parseDuration("0.5"), 500);
    EXPECT_EQ(parseDuration("1.5h"), 5'400'000);
    EXPECT_EQ(parseDuration(" 4 m 12 s "), 252'000);
    EXPECT_EQ(parseDuration("0"), 0);
    EXPECT_EQ(parseDuration("-5"), -5000) << "so that a TTL below zero is refused as such";
    for (const char *bad :
         {"", " ", "-", "s", "10x", "10 20", "1m 5", "1..5", "1.", ".5s", "1e3", "0x10", "+5",
          "--5", "10S", "9223372036854775808", "106751991168d", "99999999999999999999999s"})
        EXPECT_FALSE(parseDuration(bad)) << bad;
}

TEST(Human, ADurationThatWasShownCanBeTypedBack)
{
    for (const std::int64_t ms : {350LL, 1400LL, 12'000LL, 252'000LL, 97'200'000LL, -5000LL})
        EXPECT_EQ(parseDuration(formatDuration(ms)), ms);
}

TEST(Human, SizesAreReadInPowersOf1024)
{
    EXPECT_EQ(parseSize("64kb"), 64U << 10U);
    EXPECT_EQ(parseSize("256mb"), 256U << 20U);
    EXPECT_EQ(parseSize("1.5 GB"), 3ULL << 29U);
    EXPECT_EQ(parseSize("2T"), 2ULL << 40U);
    EXPECT_EQ(parseSize("512"), 512U);
    EXPECT_EQ(parseSize("512b"), 512U);
    EXPECT_EQ(parseSize("0"), 0U);
    for (const char *bad : {"", "mb", "-1", "1 2", "1kb2", "1kib", "64 kb x", "99999999999tb",
                            "18446744073709551616"})
        EXPECT_FALSE(parseSize(bad)) << bad;
}
