// Scenario: popularity as people have it, and whole runs over the built-in engine.
#include "core/scenario/livesession.h"
#include "core/scenario/popularity.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kvscope {
namespace {

TEST(Zipf, PicksRanksInProportionToTheirWeight)
{
    const Zipf zipf(1000, 0.9);
    std::mt19937_64 random(7);
    std::vector<int> counts(1000);
    constexpr int kPicks = 200'000;
    for (int i = 0; i < kPicks; ++i) ++counts[zipf(random)];
    double sum = 0;
    for (int rank = 1; rank <= 1000; ++rank) sum += std::pow(rank, -0.9);
    for (const int rank : {1, 2, 10, 100}) {
        const double expected = kPicks * std::pow(rank, -0.9) / sum;
        EXPECT_NEAR(counts[static_cast<std::size_t>(rank - 1)], expected, 5 * std::sqrt(expected))
            << rank;
    }
}

TEST(Popularity, RepeatsItselfForTheSameSeed)
{
    Popularity a(500, 3);
    Popularity b(500, 3);
    Popularity c(500, 4);
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        const std::size_t picked = a.pick();
        EXPECT_EQ(picked, b.pick());
        differs = differs || picked != c.pick();
    }
    EXPECT_TRUE(differs);
}

TEST(Popularity, DriftsSlowlyAndLosesNothing)
{
    Popularity popularity(50, 3);
    for (int i = 0; i < 1000; ++i) popularity.drift();
    std::vector<int> seen(50);
    for (int i = 0; i < 20'000; ++i) ++seen[popularity.pick()];
    for (const int count : seen) EXPECT_GT(count, 0);
}

class ScenarioTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        auto made = factory.make(QString::fromLatin1(kDemoEngineUrl), Access::ReadWrite);
        ASSERT_TRUE(made);
        store = std::move(*made);
        store->open();
    }
    void runToEnd(ScenarioRunner &runner)
    {
        runner.start();
        ASSERT_TRUE(test::eventually([&] { return !runner.isActive(); }));
    }

    StoreFactory factory;
    std::unique_ptr<Store> store;
};

TEST_F(ScenarioTest, CountsEveryRequestOnceAndFillsTheCache)
{
    ScenarioRunner runner(*store, {.rate = 2000, .durationMs = 1500});
    runToEnd(runner);
    EXPECT_EQ(runner.state().phase, ScenarioState::Phase::Finished);
    const ScenarioSample sample = runner.sample();
    EXPECT_GT(sample.operations, 0U);
    EXPECT_EQ(sample.operations, sample.hits + sample.misses);
    EXPECT_EQ(sample.operations, sample.total.count());
    EXPECT_EQ(sample.hits, sample.hit.count());
    EXPECT_EQ(sample.misses, sample.miss.count());
    EXPECT_EQ(sample.errors, 0U);
    EXPECT_LE(sample.sourceQueries, sample.misses) << "those that wait for one load ask once";
    EXPECT_GT(sample.hits, 0U);

    const auto keys = test::await<std::int64_t>([&](auto done) { store->keySpace().count(done); });
    ASSERT_TRUE(keys);
    EXPECT_EQ(static_cast<std::uint64_t>(*keys), sample.sourceQueries) << "each query was cached";

    const auto telemetry =
        test::await<TelemetrySample>([&](auto done) { store->telemetry().sample(done); });
    ASSERT_TRUE(telemetry);
    EXPECT_EQ(telemetry->hits, sample.hits) << "the store counts the same";
    EXPECT_EQ(telemetry->misses, sample.misses);
    EXPECT_EQ(telemetry->ownHits + telemetry->ownMisses, 0U)
        << "scenario traffic is never ours to subtract";
}

TEST_F(ScenarioTest, HitsMoreOftenTheLongerItRuns)
{
    ScenarioRunner runner(*store, {.rate = 3000, .durationMs = 800});
    runToEnd(runner);
    const double cold = runner.report().hitRatio;
    runToEnd(runner);
    EXPECT_GT(runner.report().hitRatio, cold);
    EXPECT_EQ(runner.sample().operations, runner.sample().hits + runner.sample().misses);
}

TEST_F(ScenarioTest, ReportsAMissAsSlowAsItsSourceAndAHitAsFasterThanThat)
{
    ScenarioRunner runner(*store, {.rate = 1000, .durationMs = 1500, .sourceLatencyMs = 20});
    runToEnd(runner);
    const ScenarioSample sample = runner.sample();
    EXPECT_GE(sample.miss.quantile(0.5), 19'000) << "only those that joined a load wait less";
    EXPECT_LT(sample.hit.quantile(0.5), sample.miss.quantile(0.5));
    const ScenarioReport report = runner.report();
    EXPECT_EQ(report.operations, sample.operations);
    EXPECT_LE(report.p50Us, report.p99Us);
    EXPECT_LE(report.p99Us, report.p999Us);
    EXPECT_GT(report.modelUs, 0);
    EXPECT_NEAR(report.modelError, std::abs(report.modelUs - report.measuredUs) / report.measuredUs,
                1e-12);
}

TEST_F(ScenarioTest, GivesEveryValueAnExpiry)
{
    ScenarioRunner runner(*store, {.rate = 500, .durationMs = 400, .ttlMs = 60'000});
    runToEnd(runner);
    std::atomic<bool> read{false};
    std::mutex mutex;
    std::vector<Bytes> keys;
    const auto scan = store->keySpace().scan({}, [&](Result<ScanPage> page) {
        const std::scoped_lock lock(mutex);
        for (std::size_t i = 0; i < page->keys.size(); ++i) keys.emplace_back(page->keys[i]);
        if (page->last) read = true;
    });
    ASSERT_TRUE(test::eventually([&] { return read.load(); }));
    ASSERT_FALSE(keys.empty());
    const auto entries =
        test::await<std::vector<Entry>>([&](auto done) { store->reader().read(keys, {}, done); });
    ASSERT_TRUE(entries);
    for (const Entry &entry : *entries) {
        EXPECT_EQ(entry.key.compare(0, 7, "search:"), 0);
        ASSERT_TRUE(entry.ttlMs);
        EXPECT_LE(*entry.ttlMs, 66'000);
        EXPECT_GT(entry.size, 20);
    }
}

TEST_F(ScenarioTest, CanBeStoppedAndStartedAgain)
{
    ScenarioRunner runner(*store, {.rate = 1000});
    runner.start();
    ASSERT_TRUE(test::eventually([&] { return runner.sample().operations > 50; }));
    runner.stop();
    ASSERT_TRUE(
        test::eventually([&] { return runner.state().phase == ScenarioState::Phase::Finished; }));
    const std::uint64_t before = runner.sample().operations;
    runner.start();
    ASSERT_TRUE(test::eventually([&] { return runner.sample().operations > before; }));
}

TEST_F(ScenarioTest, RefusesAReadOnlyStoreAndSaysWhy)
{
    auto readOnly = factory.make(QStringLiteral("engine:"), Access::ReadOnly);
    ASSERT_TRUE(readOnly);
    ScenarioRunner runner(**readOnly, {});
    runner.start();
    EXPECT_EQ(runner.state().phase, ScenarioState::Phase::Failed);
    ASSERT_TRUE(runner.state().error);
    EXPECT_EQ(runner.state().error->code(), ErrorCode::ReadOnlyRefused);
}

TEST_F(ScenarioTest, FailsWithTheReasonWhenItsSourceCannotBeMade)
{
    ScenarioRunner runner(*store, {.sourceFile = QStringLiteral("/nowhere/at/all/demo.db")});
    runner.start();
    ASSERT_TRUE(
        test::eventually([&] { return runner.state().phase == ScenarioState::Phase::Failed; }));
    EXPECT_TRUE(runner.state().error);
    EXPECT_EQ(runner.sample().operations, 0U);
}

TEST_F(ScenarioTest, MayBeDestroyedInTheMiddle)
{
    auto runner = std::make_unique<ScenarioRunner>(*store, ScenarioOptions{.rate = 0});
    runner->start();
    ASSERT_TRUE(test::eventually([&] { return runner->sample().operations > 0; }));
    runner.reset();
}

TEST_F(ScenarioTest, LeavesMarksAndAnEstimateInTheLiveSession)
{
    LiveSession session(*store, {.rate = 2000});
    session.scenario().start();
    ASSERT_TRUE(test::eventually(
        [&] { return session.latency().basis == LatencyEstimate::Basis::OurOwn; }));
    ASSERT_FALSE(session.history().marks().empty());
    EXPECT_EQ(session.history().marks().front().kind, EventMark::Kind::Scenario);
    EXPECT_TRUE(session.history().series(Metric::HitRatio).latest(2000));
}

} // namespace
} // namespace kvscope
