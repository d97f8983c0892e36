// Frames: what two cumulative samples say about the second between them.
#include "core/metrics/sampler.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

TelemetrySample telemetry(std::int64_t wallMs)
{
    TelemetrySample sample;
    sample.wallMs = wallMs;
    sample.hits = 0;
    sample.misses = 0;
    sample.reads = 0;
    sample.writes = 0;
    sample.runId = "a";
    return sample;
}

TEST(MetricFrame, TakesOurOwnReadsOutOfTheNetHitRatioAlone)
{
    MetricSample before{telemetry(1000), {}};
    MetricSample after{telemetry(2000), {}};
    after.store.hits = 90;
    after.store.misses = 60;
    after.store.ownHits = 10; // our own looking around: 10 hits, 50 misses
    after.store.ownMisses = 50;
    const MetricFrame frame = frameBetween(before, after);
    EXPECT_DOUBLE_EQ(frame[Metric::HitRatioRaw], 0.6);
    EXPECT_DOUBLE_EQ(frame[Metric::HitRatio], 80.0 / 90);
}

TEST(MetricFrame, ClaimsNoHitRatioOfTheLittleThatAFloodOfOurOwnReadsLeaves)
{
    MetricSample before{telemetry(1000), {}};
    MetricSample after{telemetry(2000), {}};
    after.store.hits = 100'900; // a job's; the last page's answers are still on their way
    after.store.misses = 100;
    after.store.ownHits = 100'000;
    MetricFrame frame = frameBetween(before, after);
    EXPECT_TRUE(std::isnan(frame[Metric::HitRatio]));
    EXPECT_FALSE(std::isnan(frame[Metric::HitRatioRaw]));
    after.store.hits = 150'000; // others read as well, and much
    after.store.misses = 50'000;
    frame = frameBetween(before, after);
    EXPECT_DOUBLE_EQ(frame[Metric::HitRatio], 0.5);
}

TEST(MetricFrame, CountsPerSecondWhateverTheInterval)
{
    MetricSample before{telemetry(1000), {}};
    MetricSample after{telemetry(3000), {}};
    after.store.reads = 500;
    after.store.evictions = 10;
    const MetricFrame frame = frameBetween(before, after);
    EXPECT_DOUBLE_EQ(frame[Metric::Reads], 250);
    EXPECT_TRUE(std::isnan(frame[Metric::Evictions]))
        << "it was not told before, so nothing is known of its rate";
}

TEST(MetricFrame, KnowsNoHitRatioOfASecondWithoutReads)
{
    const MetricFrame frame = frameBetween({telemetry(1000), {}}, {telemetry(2000), {}});
    EXPECT_TRUE(std::isnan(frame[Metric::HitRatio]));
    EXPECT_DOUBLE_EQ(frame[Metric::Reads], 0);
}

TEST(MetricFrame, TakesPercentilesOfTheWindowAndNotSinceTheStart)
{
    MetricSample before{telemetry(1000), {}};
    for (int i = 0; i < 1'000'000; ++i) before.store.latencies["reads"].record(10);
    MetricSample after{telemetry(2000), {}};
    after.store.latencies = before.store.latencies;
    for (int i = 1; i <= 1000; ++i)
        after.store.latencies["reads"].record(static_cast<std::uint64_t>(i));
    MetricFrame frame = frameBetween(before, after);
    EXPECT_NEAR(frame.latency(LatencyFamily::Reads, Quantile::P50), 500, 8);
    EXPECT_NEAR(frame.latency(LatencyFamily::Reads, Quantile::P99), 990, 16);
    EXPECT_NEAR(frame.latency(LatencyFamily::Reads, Quantile::P999), 999, 16);
    EXPECT_DOUBLE_EQ(frame[Metric::ReadMean], 500.5);
    EXPECT_TRUE(std::isnan(frame.latency(LatencyFamily::Writes, Quantile::P50)));
}

TEST(MetricFrame, KeepsScansOutOfTheReads)
{
    MetricSample before{telemetry(1000), {}};
    MetricSample after{telemetry(2000), {}};
    for (int i = 0; i < 100; ++i) after.store.latencies["reads"].record(5);
    for (int i = 0; i < 100; ++i) after.store.latencies["scans"].record(50'000);
    MetricFrame frame = frameBetween(before, after);
    EXPECT_NEAR(frame.latency(LatencyFamily::Reads, Quantile::P999), 5, 0.1);
    EXPECT_NEAR(frame.latency(LatencyFamily::Scans, Quantile::P50), 50'000, 500);
}

TEST(MetricFrame, DoesNotContinueOverARestartOrAFallingCounter)
{
    TelemetrySample before = telemetry(1000);
    before.hits = 100;
    TelemetrySample after = telemetry(2000);
    after.hits = 150;
    EXPECT_TRUE(continues(before, after));
    after.runId = "b";
    EXPECT_FALSE(continues(before, after));
    after.runId = "a";
    after.hits = 20; // CONFIG RESETSTAT
    EXPECT_FALSE(continues(before, after));
    after.hits = 150;
    after.wallMs = 900; // the clock was set back
    EXPECT_FALSE(continues(before, after));
}

TEST(MetricFrame, TellsTheScenariosOwnRequestsApart)
{
    MetricSample before{telemetry(1000), ScenarioSample{}};
    MetricSample after{telemetry(2000), ScenarioSample{}};
    after.scenario->operations = 200;
    after.scenario->sourceQueries = 40;
    after.scenario->total.record(10'000, 200);
    MetricFrame frame = frameBetween(before, after);
    EXPECT_DOUBLE_EQ(frame[Metric::SourceQueries], 40);
    EXPECT_DOUBLE_EQ(frame[Metric::ScenarioRate], 200);
    EXPECT_NEAR(frame.latency(LatencyFamily::Requests, Quantile::P50), 10'000, 100);
}

} // namespace
} // namespace kvscope
