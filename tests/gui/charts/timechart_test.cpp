// TimeChart: gaps, lonely points, notices and the theme.
#include "tests/support/await.h"
#include "widgets/base/theme.h"
#include "widgets/charts/chartoverlay.h"
#include "widgets/charts/timeaxis.h"
#include "widgets/charts/timechart.h"

#include <gtest/gtest.h>

#include <QLabel>

namespace kvscope {
namespace {

class TimeChartTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        applyTheme(ThemeChoice::Dark);
        chart.resize(420, 220);
        chart.setSeries({&series});
        chart.show();
    }
    void take(std::initializer_list<double> values)
    {
        for (const double value : values) {
            series.append(now, value);
            now += 1000;
        }
        axis.setExtent(series[0].wallMs, series.back().wallMs);
        chart.refresh();
    }
    /// How many pixels of the plot have the curve's colour, from x on.
    int painted(const QColor &color)
    {
        chart.plot()->replot();
        const QImage image = chart.plot()->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y).rgb() == color.rgb();
        }
        return count;
    }

    Series series;
    std::int64_t now = 1'700'000'000'000;
    TimeAxis axis;
    TimeChart chart{
        {QStringLiteral("chart"),
         QStringLiteral("Things"),
         ChartUnit::Rate,
         {{QStringLiteral("things"), Tone::Blue, ChartCurve::Look::Line}},
         [](const std::vector<double> &values) { return formatValue(ChartUnit::Rate, values[0]); }},
        axis};
};

TEST_F(TimeChartTest, TakesOverNewPointsOnly)
{
    take({1, 2, 3});
    EXPECT_EQ(chart.pointCount(0), 3);
    take({4});
    EXPECT_EQ(chart.pointCount(0), 4);
    chart.refresh();
    EXPECT_EQ(chart.pointCount(0), 4);
    EXPECT_EQ(chart.headline(), QStringLiteral("4 /s"));
}

TEST_F(TimeChartTest, PlacesTheNamesOfMarksOnTwoRowsAndNeverOverOneAnother)
{
    const std::vector<MarkAt> marks{{0, 40},   {10, 40},  {20, 40},  {60, 40},
                                    {190, 40}, {195, 40}, {199, 40}, {300, 40}};
    const std::vector<MarkName> names = placeMarkNames(marks, 0, 200);
    std::vector<std::size_t> named;
    for (const MarkName &name : names) {
        named.push_back(name.mark);
        EXPECT_GE(name.from, 0);
        EXPECT_LE(name.from + name.width, 200);
        for (const MarkName &other : names) {
            if (&other == &name || other.row != name.row) continue;
            EXPECT_TRUE(name.from + name.width <= other.from ||
                        other.from + other.width <= name.from);
        }
    }
    EXPECT_EQ(named, (std::vector<std::size_t>{0, 1, 3, 4, 5}))
        << "the third and the seventh fit on neither row, the last is out of sight";
}

TEST_F(TimeChartTest, ShowsADashedCurveThatLiesOnASolidOne)
{
    Series same;
    TimeChart both{{QStringLiteral("both"),
                    QStringLiteral("Things"),
                    ChartUnit::Rate,
                    {{QStringLiteral("net"), Tone::Accent, ChartCurve::Look::Filled},
                     {QStringLiteral("raw"), Tone::Muted, ChartCurve::Look::Dashed}},
                    [](const std::vector<double> &) { return QString(); }},
                   axis};
    both.resize(420, 220);
    both.show();
    for (int i = 0; i < 20; ++i) {
        series.append(now + i * 1000, 5);
        same.append(now + i * 1000, 5);
    }
    both.setSeries({&series, &same});
    axis.setExtent(series[0].wallMs, series.back().wallMs);
    both.plot()->replot();
    const QImage image = both.plot()->grab().toImage();
    int net = 0;
    int raw = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            net += image.pixelColor(x, y).rgb() == theme().accent.rgb();
            raw += image.pixelColor(x, y).rgb() == theme().muted.rgb();
        }
    }
    EXPECT_GT(net, 20);
    EXPECT_GT(raw, 20);
}

TEST_F(TimeChartTest, DrawsALonelyPointBetweenTwoGaps)
{
    take({kUnknown, 5, kUnknown, kUnknown});
    EXPECT_GT(painted(theme().blue), 0);
}

TEST_F(TimeChartTest, DrawsNothingAcrossAGap)
{
    take({5, kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, kUnknown,
          kUnknown, kUnknown, 5});
    const int gap = painted(theme().blue);
    series.clear();
    chart.setSeries({&series});
    now = 1'700'000'000'000;
    take({5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5});
    EXPECT_LT(gap * 3, painted(theme().blue));
}

TEST_F(TimeChartTest, SaysWhyThereIsNothingOnlyWhileThereIsNothing)
{
    chart.setNotice(QStringLiteral("INFO is not allowed for this user"));
    take({kUnknown});
    EXPECT_TRUE(chart.findChild<QLabel *>(QStringLiteral("notice"))->isVisible());
    EXPECT_EQ(chart.headline(), QStringLiteral("—"));
    take({3});
    EXPECT_FALSE(chart.findChild<QLabel *>(QStringLiteral("notice"))->isVisible());
}

TEST_F(TimeChartTest, FollowsTheTheme)
{
    take({1, 5, 2, 8});
    EXPECT_GT(painted(theme().panel), 0);
    applyTheme(ThemeChoice::Light);
    ASSERT_TRUE(test::eventually([&] { return painted(theme().panel) > 0; }));
    EXPECT_GT(painted(theme().blue), 0);
}

} // namespace
} // namespace kvscope
