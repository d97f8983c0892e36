// Sampler: gaps, restarts, and series that stay bounded.
#include "core/metrics/sampler.h"
#include "tests/support/await.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

/// Answers with what the test says, when the test says.
class ScriptedTelemetry final : public Telemetry
{
  public:
    void sample(Callback<TelemetrySample> done) override { m_waiting.push_back(std::move(done)); }
    std::size_t waiting() const { return m_waiting.size(); }
    void answer(Result<TelemetrySample> result)
    {
        const Callback<TelemetrySample> done = m_waiting.at(0);
        m_waiting.erase(m_waiting.begin());
        done(std::move(result));
    }

  private:
    std::vector<Callback<TelemetrySample>> m_waiting;
};

class SamplerTest : public testing::Test
{
  protected:
    TelemetrySample counters(std::uint64_t reads, const std::string &runId = "a")
    {
        TelemetrySample sample;
        sample.wallMs = clock.wallMs();
        sample.reads = reads;
        sample.usedBytes = 1000;
        sample.runId = runId;
        return sample;
    }
    void step(Result<TelemetrySample> result, int milliseconds = 1000)
    {
        const std::size_t before = reads().size();
        sampler.takeSample();
        telemetry.answer(std::move(result));
        ASSERT_TRUE(test::eventually([&] { return reads().size() > before; }));
        clock.advance(std::chrono::milliseconds(milliseconds));
    }
    const Series &reads() const { return sampler.history().series(Metric::Reads); }
    const Series &used() const { return sampler.history().series(Metric::UsedBytes); }

    ScriptedTelemetry telemetry;
    test::ManualClock clock;
    Sampler sampler{telemetry, clock};
};

TEST_F(SamplerTest, NeedsTwoSamplesForARateButOneForASize)
{
    step(counters(100));
    EXPECT_TRUE(std::isnan(reads().back().value));
    EXPECT_DOUBLE_EQ(used().back().value, 1000);
    step(counters(150));
    EXPECT_DOUBLE_EQ(reads().back().value, 50);
}

TEST_F(SamplerTest, LeavesAGapWhereASampleFailedAndAverageNothingOverIt)
{
    step(counters(100));
    step(counters(200));
    step(failure(ErrorCode::ConnectionLost, {QStringLiteral("server:1")}));
    ASSERT_TRUE(sampler.problem());
    EXPECT_TRUE(std::isnan(used().back().value));
    step(counters(5200));
    EXPECT_FALSE(sampler.problem());
    EXPECT_TRUE(std::isnan(reads().back().value)) << "5,000 reads happened while nobody looked";
    step(counters(5210));
    EXPECT_DOUBLE_EQ(reads().back().value, 10);
}

TEST_F(SamplerTest, LeavesAGapWhereTheMachineSlept)
{
    step(counters(100), 60'000);
    step(counters(200));
    ASSERT_EQ(used().size(), 3U);
    EXPECT_TRUE(std::isnan(used()[1].value));
    EXPECT_TRUE(std::isnan(reads()[2].value));
}

TEST_F(SamplerTest, MarksARestartAndBeginsAnew)
{
    step(counters(100'000));
    step(counters(30, "b"));
    EXPECT_TRUE(std::isnan(reads().back().value));
    ASSERT_EQ(sampler.history().marks().size(), 1U);
    step(counters(50, "b"));
    EXPECT_DOUBLE_EQ(reads().back().value, 20);
}

TEST_F(SamplerTest, AsksABusyServerOnceAndSaysSoByAGap)
{
    sampler.takeSample();
    clock.advance(std::chrono::seconds(2));
    sampler.takeSample();
    EXPECT_EQ(telemetry.waiting(), 1U);
    EXPECT_TRUE(used().empty());
    clock.advance(std::chrono::seconds(3));
    sampler.takeSample();
    EXPECT_EQ(telemetry.waiting(), 1U);
    ASSERT_EQ(used().size(), 1U);
    EXPECT_TRUE(std::isnan(used().back().value));
}

TEST_F(SamplerTest, PassesOnWhyFieldsAreMissing)
{
    TelemetrySample sample = counters(1);
    sample.degraded =
        Error(ErrorCode::NoPermission, {QStringLiteral("INFO"), QStringLiteral("NOPERM")});
    step(sample);
    ASSERT_TRUE(sampler.problem());
    EXPECT_EQ(sampler.problem()->code(), ErrorCode::NoPermission);
}

TEST(Series, DropsTheOldestWhenItIsFull)
{
    Series series(3);
    for (int i = 0; i < 5; ++i) series.append(i * 1000, i);
    ASSERT_EQ(series.size(), 3U);
    EXPECT_DOUBLE_EQ(series[0].value, 2);
    EXPECT_DOUBLE_EQ(series.back().value, 4);
}

TEST(Series, FindsTheNearestPointWithinReach)
{
    Series series;
    for (const std::int64_t t : {1000, 2000, 5000}) series.append(t, static_cast<double>(t));
    EXPECT_EQ(series.nearest(1600, 1500)->wallMs, 2000);
    EXPECT_EQ(series.nearest(900, 1500)->wallMs, 1000);
    EXPECT_FALSE(series.nearest(3500, 1400));
    EXPECT_FALSE(Series().nearest(0, 1000));
}

TEST(Series, TellsItsLatestKnownValueWithinAnAge)
{
    Series series;
    series.append(1000, 7);
    series.append(2000, kUnknown);
    EXPECT_FALSE(series.latest());
    EXPECT_DOUBLE_EQ(*series.latest(1000), 7);
}

TEST(MetricHistory, WritesOneCsvLineASampleAndLeavesTheUnknownEmpty)
{
    MetricHistory history;
    MetricFrame frame;
    frame.wallMs = 1'700'000'000'000;
    frame[Metric::HitRatio] = 0.75;
    frame.latency(LatencyFamily::Reads, Quantile::P99) = 12.5;
    history.append(frame);
    const QList<QByteArray> lines = history.toCsv().split('\n');
    ASSERT_EQ(lines.size(), 3);
    const QList<QByteArray> names = lines[0].split(',');
    const QList<QByteArray> cells = lines[1].split(',');
    ASSERT_EQ(names.size(), cells.size());
    EXPECT_EQ(cells[0], "2023-11-14T22:13:20.000Z");
    EXPECT_EQ(cells[names.indexOf("hit_ratio")], "0.75");
    EXPECT_EQ(cells[names.indexOf("reads_p99_us")], "12.5");
    EXPECT_EQ(cells[names.indexOf("used_bytes")], "");
}

} // namespace
} // namespace kvscope
