// TimeAxis and units: what the charts of a page agree on.
#include "widgets/charts/chartunit.h"
#include "widgets/charts/timeaxis.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

constexpr std::int64_t kMinute = TimeAxis::kMinute;

TEST(TimeAxis, ShowsAMinuteThatFillsFromTheLeftThenFollowsTheNewest)
{
    TimeAxis axis;
    axis.setExtent(1'000'000, 1'005'000);
    EXPECT_EQ(axis.fromMs(), 1'000'000);
    EXPECT_EQ(axis.toMs(), 1'000'000 + kMinute);
    axis.setExtent(1'000'000, 1'000'000 + 30 * kMinute);
    EXPECT_EQ(axis.toMs(), 1'000'000 + 30 * kMinute);
    EXPECT_EQ(axis.toMs() - axis.fromMs(), 10 * kMinute);
    axis.setSpan(0);
    EXPECT_EQ(axis.fromMs(), 1'000'000);
}

TEST(TimeAxis, StandsStillOncePannedUntilItIsToldToFollow)
{
    TimeAxis axis;
    axis.setExtent(0, 60 * kMinute);
    axis.pan(-5 * kMinute);
    EXPECT_FALSE(axis.isFollowing());
    const std::int64_t from = axis.fromMs();
    axis.setExtent(0, 61 * kMinute);
    EXPECT_EQ(axis.fromMs(), from);
    axis.follow();
    EXPECT_EQ(axis.toMs(), 61 * kMinute);
}

TEST(TimeAxis, ZoomsAroundThePointUnderTheMouse)
{
    TimeAxis axis;
    axis.setExtent(0, 60 * kMinute);
    const std::int64_t anchor = axis.fromMs() + 4 * kMinute;
    axis.zoom(0.5, anchor);
    EXPECT_EQ(axis.toMs() - axis.fromMs(), 5 * kMinute);
    EXPECT_EQ(anchor - axis.fromMs(), 2 * kMinute);
    for (int i = 0; i < 50; ++i) axis.zoom(0.5, anchor);
    EXPECT_EQ(axis.toMs() - axis.fromMs(), TimeAxis::kShortest);
}

TEST(TimeAxis, HoldsTheViewWhilePaused)
{
    TimeAxis axis;
    axis.setExtent(0, 20 * kMinute);
    axis.setPaused(true);
    const std::int64_t to = axis.toMs();
    axis.setExtent(0, 21 * kMinute);
    EXPECT_EQ(axis.toMs(), to);
    axis.setPaused(false);
    EXPECT_EQ(axis.toMs(), 21 * kMinute);
}

TEST(ChartUnit, WritesTicksForPeopleAndNeverInScientificNotation)
{
    EXPECT_EQ(formatTick(ChartUnit::Ratio, 0.75), QStringLiteral("75 %"));
    EXPECT_EQ(formatTick(ChartUnit::Rate, 1500), QStringLiteral("1.5 k"));
    EXPECT_EQ(formatTick(ChartUnit::Rate, 2e6), QStringLiteral("2 M"));
    EXPECT_EQ(formatTick(ChartUnit::Micros, 0.5), QStringLiteral("0.5 µs"));
    EXPECT_EQ(formatTick(ChartUnit::Micros, 20'000), QStringLiteral("20 ms"));
    EXPECT_EQ(formatTick(ChartUnit::Size, 4.0 * 1024 * 1024), QStringLiteral("4 MB"));
    EXPECT_EQ(formatValue(ChartUnit::Ratio, 0.982), QStringLiteral("98.2 %"));
    EXPECT_EQ(formatValue(ChartUnit::Rate, std::nan("")), QStringLiteral("—"));
}

TEST(ChartUnit, HoldsEveryValueInARangeWithRoundTicks)
{
    for (const ChartUnit unit : {ChartUnit::Rate, ChartUnit::Micros, ChartUnit::Size}) {
        for (double high = 5; high < 1e10; high *= 3.7) {
            const ValueRange range = niceRange(unit, high / 50, high);
            EXPECT_GE(range.high, high);
            EXPECT_LE(range.low, high / 50);
            for (const int count : {2, 4, 5}) {
                const std::vector<double> ticks = niceTicks(unit, range, count);
                EXPECT_GE(ticks.size(), 1U) << high;
                EXPECT_LE(ticks.size(), static_cast<std::size_t>(2 * count + 2)) << high;
                EXPECT_LE(ticks.back(), range.high * 1.01);
            }
        }
    }
}

} // namespace
} // namespace kvscope
