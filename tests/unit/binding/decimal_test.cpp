// Numbers are compared by exact value, versions by what they are.
#include "core/base/decimal.h"
#include "core/binding/rowversion.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

bool same(BytesView a, BytesView b)
{
    return compareDecimals(a, b) == 0;
}

TEST(Decimal, SeesThroughDifferentSpellingsOfOneValue)
{
    EXPECT_TRUE(same("1", "1.0"));
    EXPECT_TRUE(same("1", "10e-1"));
    EXPECT_TRUE(same("1", "0.1E+1"));
    EXPECT_TRUE(same("-0", "0"));
    EXPECT_TRUE(same("-0.0e99", "0"));
    EXPECT_TRUE(same("100", "1e2"));
    EXPECT_TRUE(same("0.00010", "1e-4"));
    EXPECT_TRUE(same("+7", "7"));
    EXPECT_TRUE(same(".5", "0.5"));
}

TEST(Decimal, TellsNumbersApartThatADoubleCanNot)
{
    EXPECT_FALSE(same("9007199254740993", "9007199254740992"));
    EXPECT_FALSE(same("18446744073709551616", "18446744073709551615"));
    EXPECT_FALSE(same("0.1", "0.1000000000000000055511151231257827"));
    EXPECT_FALSE(same("1e400", "1e401"));
    EXPECT_TRUE(same("123456789012345678901234567890.10", "123456789012345678901234567890.1"));
}

TEST(Decimal, OrdersByValue)
{
    EXPECT_TRUE(compareDecimals("-2", "-1") < 0);
    EXPECT_TRUE(compareDecimals("-1", "0") < 0);
    EXPECT_TRUE(compareDecimals("9", "10") < 0);
    EXPECT_TRUE(compareDecimals("0.9", "1e0") < 0);
    EXPECT_TRUE(compareDecimals("1e3", "999.999") > 0);
    EXPECT_TRUE(compareDecimals("1.01", "1.001") > 0);
    EXPECT_TRUE(compareDecimals("1e999999999999999999999", "2e999999999999999999999") < 0);
}

TEST(Decimal, KnowsWhatJsonTakesAsANumber)
{
    for (const char *good : {"0", "-0", "10", "1.5", "-1.5e+3", "1E5"})
        EXPECT_TRUE(isJsonNumber(good)) << good;
    for (const char *bad :
         {"", "-", "01", "-01", ".5", "1.", "+1", "1e", "NaN", "Inf", "0x1", "1 "})
        EXPECT_FALSE(isJsonNumber(bad)) << bad;
    EXPECT_FALSE(isDecimal("1.2.3"));
    EXPECT_FALSE(isDecimal("."));
}

TEST(RowVersion, ReadsTimesAsDatabasesPrintThem)
{
    EXPECT_EQ(parseIsoTime("1970-01-01")->seconds, 0);
    EXPECT_EQ(parseIsoTime("2024-02-29 12:00")->seconds, 1709208000);
    EXPECT_EQ(parseIsoTime("2024-02-29T12:00:00Z")->seconds, 1709208000);
    EXPECT_EQ(parseIsoTime("2024-02-29 14:00:00.25+02")->seconds, 1709208000);
    EXPECT_EQ(parseIsoTime("2024-02-29 14:00:00.25+02")->nanoseconds, 250'000'000);
    EXPECT_EQ(parseIsoTime("2024-02-29T06:30:00-05:30")->seconds, 1709208000);
    EXPECT_EQ(parseIsoTime("1969-12-31 23:59:59")->seconds, -1);
    for (const char *bad : {"", "2024", "2024-13-01", "2024-01-01x", "2024-01-01 25:00", "20240101",
                            "2024-01-01 12", "2024-01-01 12:00:00."})
        EXPECT_FALSE(parseIsoTime(bad)) << bad;
}

TEST(RowVersion, ComparesNumbersTimesAndBytes)
{
    EXPECT_TRUE(compareVersions("9", "10") < 0);
    EXPECT_TRUE(compareVersions("9", "9.0") == 0);
    EXPECT_TRUE(compareVersions("9007199254740993", "9007199254740992") > 0);
    EXPECT_TRUE(compareVersions("2024-01-01 10:00:00+02", "2024-01-01 09:00:00+00") < 0);
    EXPECT_TRUE(compareVersions("2024-01-01T10:00:00Z", "2024-01-01 10:00:00") == 0);
    EXPECT_TRUE(compareVersions("a9", "b1") < 0);
}

TEST(RowVersion, HasAnAgeOnlyWhereItIsATime)
{
    EXPECT_EQ(versionAgeMs("1970-01-01 00:00:01", 5'000), 4'000);
    EXPECT_FALSE(versionAgeMs("17", 5'000));
}

} // namespace
} // namespace kvscope
