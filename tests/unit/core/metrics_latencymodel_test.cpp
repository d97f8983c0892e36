// LatencyModel: the formula, the window before, and traffic that isn't ours.
#include "core/metrics/latencymodel.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

void traffic(ScenarioSample &sample, std::uint64_t hits, std::uint64_t hitUs, std::uint64_t misses,
             std::uint64_t missUs)
{
    sample.operations += hits + misses;
    sample.hits += hits;
    sample.misses += misses;
    sample.hit.record(hitUs, hits);
    sample.miss.record(missUs, misses);
    sample.total.record(hitUs, hits);
    sample.total.record(missUs, misses);
}

TEST(LatencyModel, IsTheMeanOfHitsAndMisses)
{
    EXPECT_DOUBLE_EQ(predictedLatency(0.9, 200, 10'000), 1180);
    EXPECT_DOUBLE_EQ(predictedLatency(1, 200, 10'000), 200);
    EXPECT_DOUBLE_EQ(predictedLatency(0, 200, 10'000), 10'000);
}

TEST(LatencyModel, PredictsFromTheWindowBeforeSoThatTheErrorMeansSomething)
{
    LatencyModel model(1000);
    ScenarioSample sample;
    model.add(0, sample);
    traffic(sample, 90, 100, 10, 10'000);
    ASSERT_TRUE(model.add(1000, sample));
    EXPECT_FALSE(model.estimate().predictedUs) << "there is no window before the first";

    traffic(sample, 80, 200, 20, 20'000); // everything became twice as slow
    ASSERT_TRUE(model.add(2000, sample));
    const LatencyEstimate estimate = model.estimate();
    EXPECT_EQ(estimate.basis, LatencyEstimate::Basis::OurOwn);
    EXPECT_DOUBLE_EQ(*estimate.hitRatio, 0.8);
    EXPECT_DOUBLE_EQ(*estimate.tcUs, 100);
    EXPECT_DOUBLE_EQ(*estimate.tdUs, 10'000);
    EXPECT_DOUBLE_EQ(*estimate.predictedUs, 0.8 * 100 + 0.2 * 10'000);
    EXPECT_DOUBLE_EQ(*estimate.measuredUs, 0.8 * 200 + 0.2 * 20'000);
    EXPECT_DOUBLE_EQ(*estimate.error, -0.5);
}

TEST(LatencyModel, IsExactWhileTimesStayTheSameAndTheHitRatioMoves)
{
    LatencyModel model(1000);
    ScenarioSample sample;
    model.add(0, sample);
    for (int window = 1; window <= 5; ++window) {
        traffic(sample, static_cast<std::uint64_t>(50 + window * 9), 100,
                static_cast<std::uint64_t>(50 - window * 9), 10'000);
        model.add(window * 1000, sample);
    }
    EXPECT_NEAR(*model.estimate().error, 0, 1e-9);
}

TEST(LatencyModel, KeepsTdThroughWindowsWithoutAMiss)
{
    LatencyModel model(1000);
    ScenarioSample sample;
    model.add(0, sample);
    traffic(sample, 50, 100, 50, 10'000);
    model.add(1000, sample);
    traffic(sample, 100, 100, 0, 0);
    model.add(2000, sample);
    EXPECT_DOUBLE_EQ(*model.estimate().predictedUs, 100);
    traffic(sample, 50, 100, 50, 10'000);
    model.add(3000, sample);
    EXPECT_DOUBLE_EQ(*model.estimate().tdUs, 10'000);
    EXPECT_NEAR(*model.estimate().error, 0, 1e-9);
}

TEST(LatencyModel, WaitsUntilAWindowIsFull)
{
    LatencyModel model(2000);
    model.add(0, {});
    EXPECT_FALSE(model.add(1999, {}));
    EXPECT_TRUE(model.add(2000, {}));
    EXPECT_EQ(model.estimate().basis, LatencyEstimate::Basis::None) << "no traffic, nothing to say";
}

TEST(LatencyModel, FindsTheHitRatioThatATargetNeeds)
{
    Histogram hit;
    hit.record(100, 1000);
    Histogram miss;
    miss.record(10'000, 1000);
    EXPECT_NEAR(*hitRatioForP99(hit, miss, 1000), 0.99, 1e-9);
    EXPECT_DOUBLE_EQ(*hitRatioForP99(hit, miss, 20'000), 0) << "even misses are fast enough";
    EXPECT_FALSE(hitRatioForP99(miss, miss, 1000)) << "even hits are too slow";
    EXPECT_FALSE(hitRatioForP99(hit, Histogram(), 1000));
}

TEST(LatencyModel, ClaimsNoMeasurementOfForeignTraffic)
{
    const LatencyEstimate estimate = foreignEstimate(0.9, 5, 195, 10'000);
    EXPECT_EQ(estimate.basis, LatencyEstimate::Basis::Foreign);
    EXPECT_DOUBLE_EQ(*estimate.tcUs, 200);
    EXPECT_DOUBLE_EQ(*estimate.predictedUs, 1180);
    EXPECT_FALSE(estimate.measuredUs);
    EXPECT_FALSE(estimate.error);
    EXPECT_FALSE(foreignEstimate(0.9, 5, 195, {}).predictedUs) << "Td is for the person to say";
    EXPECT_TRUE(foreignEstimate(0.9, {}, 195, {}).tcFromProbe);
}

} // namespace
} // namespace kvscope
