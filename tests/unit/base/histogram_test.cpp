// Histograms: one per cent from 1 µs to 100 s, whatever is merged, subtracted or raced into them.
#include "core/base/atomichistogram.h"
#include "core/base/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

using namespace kvscope;

namespace {

constexpr double kTolerance = 0.01;

std::vector<std::uint64_t> logUniform(std::size_t count, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> exponent(0, 8); // 1 µs … 100 s
    std::vector<std::uint64_t> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(static_cast<std::uint64_t>(std::pow(10.0, exponent(random))));
    return values;
}

double exactQuantile(std::vector<std::uint64_t> values, double q)
{
    std::sort(values.begin(), values.end());
    const auto rank =
        static_cast<std::size_t>(std::max(1.0, std::ceil(q * static_cast<double>(values.size()))));
    return static_cast<double>(values[rank - 1]);
}

} // namespace

TEST(Histogram, AnyValueFromOneMicrosecondTo100SecondsIsKeptWithinOnePerCent)
{
    for (double us = 1; us <= 100e6; us *= 1.0007) {
        const auto value = static_cast<std::uint64_t>(us);
        Histogram histogram;
        histogram.record(value);
        const double exact = static_cast<double>(value);
        ASSERT_NEAR(histogram.quantile(0.5), exact, exact * kTolerance);
        ASSERT_NEAR(histogram.mean(), exact, exact * kTolerance);
        ASSERT_DOUBLE_EQ(histogram.sum(), exact);
    }
}

TEST(Histogram, BucketsTileTheRangeWithoutGapOrOverlap)
{
    for (std::size_t bucket = 0; bucket + 1 < Histogram::kBuckets; ++bucket) {
        ASSERT_EQ(Histogram::upperBoundNs(bucket), Histogram::lowerBoundNs(bucket + 1));
        ASSERT_EQ(Histogram::bucketOfNs(Histogram::lowerBoundNs(bucket)), bucket);
        ASSERT_EQ(Histogram::bucketOfNs(Histogram::upperBoundNs(bucket) - 1), bucket);
    }
    EXPECT_EQ(Histogram::bucketOfNs(Histogram::kHighestNs), Histogram::kBuckets - 1);
    EXPECT_EQ(Histogram::bucketOfNs(~0ULL), Histogram::kBuckets - 1);
}

TEST(Histogram, TellsNanosecondsApart)
{
    Histogram histogram;
    histogram.recordNs(240, 3);
    histogram.recordNs(480);
    EXPECT_NEAR(histogram.quantile(0.5), 0.240, 0.0024);
    EXPECT_NEAR(histogram.quantile(1.0), 0.480, 0.0048);
    EXPECT_DOUBLE_EQ(histogram.sum(), 1.2);
}

TEST(Histogram, QuantilesAgreeWithASortOfTheValues)
{
    const auto values = logUniform(20000, 3);
    Histogram histogram;
    for (const auto value : values) histogram.record(value);
    for (const double q : {0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        const double exact = exactQuantile(values, q);
        EXPECT_NEAR(histogram.quantile(q), exact, exact * kTolerance) << q;
    }
}

TEST(Histogram, MergingEqualsRecordingTogether)
{
    const auto first = logUniform(5000, 4);
    const auto second = logUniform(7000, 5);
    Histogram a, b, both;
    for (const auto value : first) a.record(value), both.record(value);
    for (const auto value : second) b.record(value), both.record(value);
    a.add(b);
    EXPECT_EQ(a.count(), both.count());
    EXPECT_EQ(a.buckets(), both.buckets());
    EXPECT_DOUBLE_EQ(a.sum(), both.sum());
    a.add(Histogram());
    EXPECT_EQ(a.count(), both.count());
}

TEST(Histogram, SubtractingAnEarlierStateLeavesTheWindow)
{
    Histogram histogram, window;
    for (const auto value : logUniform(4000, 6)) histogram.record(value);
    const Histogram earlier = histogram;
    for (const auto value : logUniform(3000, 7)) histogram.record(value), window.record(value);
    histogram.subtract(earlier);
    EXPECT_EQ(histogram.buckets(), window.buckets());
    EXPECT_EQ(histogram.count(), 3000U);
    EXPECT_NEAR(histogram.sum(), window.sum(), window.sum() * 1e-9);
}

TEST(Histogram, SubtractingFromOneThatBeganAnewClampsAtZero)
{
    Histogram before, after;
    before.record(100, 50);
    after.record(100, 20);
    after.record(200, 5);
    after.subtract(before);
    EXPECT_EQ(after.count(), 5U);
    EXPECT_NEAR(after.quantile(0.5), 200, 2);
    Histogram empty;
    empty.subtract(before);
    EXPECT_EQ(empty.count(), 0U);
}

TEST(Histogram, CountsPastThirtyTwoBits)
{
    Histogram histogram;
    histogram.record(100, 5'000'000'000ULL);
    histogram.record(1000, 5'000'000'000ULL);
    EXPECT_EQ(histogram.count(), 10'000'000'000ULL);
    EXPECT_NEAR(histogram.quantile(0.5), 100, 1);
    EXPECT_NEAR(histogram.quantile(0.51), 1000, 10);
}

TEST(Histogram, AnEmptyOneIsZeroAndAValueBeyondTheEndCountsAsTheHighest)
{
    Histogram histogram;
    EXPECT_EQ(histogram.quantile(0.5), 0);
    EXPECT_EQ(histogram.mean(), 0);
    histogram.record(~0ULL);
    EXPECT_EQ(histogram.count(), 1U);
    EXPECT_NEAR(histogram.quantile(0.5), 137.4e6, 0.1e6);
    histogram.clear();
    EXPECT_EQ(histogram.count(), 0U);
    EXPECT_TRUE(histogram.buckets().empty());
}

TEST(AtomicHistogram, LosesNothingWhenManyThreadsRecord)
{
    constexpr std::uint64_t kEach = 20000;
    AtomicHistogram shared;
    Histogram expected;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t) {
        for (const auto value : logUniform(kEach, t)) expected.record(value, 8);
        threads.emplace_back([&shared, t] {
            for (const auto value : logUniform(kEach, t)) shared.record(value, 8);
        });
    }
    std::uint64_t seen = 0;
    for (int i = 0; i < 50; ++i) {
        const std::uint64_t now = shared.snapshot().count();
        EXPECT_GE(now, seen);
        seen = now;
    }
    for (std::thread &thread : threads) thread.join();
    const Histogram snapshot = shared.snapshot();
    EXPECT_EQ(snapshot.buckets(), expected.buckets());
    EXPECT_EQ(snapshot.count(), 4 * kEach * 8);
    EXPECT_DOUBLE_EQ(snapshot.sum(), expected.sum());
}
