// Pacer and Pace: a job holds its rate, gives way to others, and says why.
#include "core/jobs/pace.h"
#include "core/store/enginestore.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// Rows that go within `time`, batch by batch.
std::int64_t rowsWithin(Pacer &pacer, test::ManualClock &clock, milliseconds time)
{
    std::int64_t rows = 0;
    for (milliseconds passed{0}; passed < time; passed += milliseconds(1)) {
        clock.advance(milliseconds(1));
        while (pacer.waitFor(pacer.batchRows()) == microseconds(0))
            rows += static_cast<std::int64_t>(pacer.batchRows());
    }
    return rows;
}

void becomeFree(Pacer &pacer)
{
    pacer.noteForeignRate(0);
}

TEST(Pacer, HoldsAFixedRateOverTime)
{
    test::ManualClock clock;
    Pacer pacer({.fixedRate = 5'000}, clock);
    EXPECT_EQ(pacer.batchRows(), 500U);
    EXPECT_NEAR(static_cast<double>(rowsWithin(pacer, clock, milliseconds(10'000))), 50'000, 1'000);
}

TEST(Pacer, TakesNoTimeForRowsThatHadNothingToBeDoneFor)
{
    test::ManualClock clock;
    Pacer pacer({.fixedRate = 5'000}, clock);
    clock.advance(milliseconds(200));
    for (int batch = 0; batch < 100; ++batch) {
        ASSERT_EQ(pacer.waitFor(500), microseconds(0)) << batch;
        pacer.giveBack(500);
    }
    EXPECT_EQ(pacer.waitFor(500), microseconds(0));
    EXPECT_GT(pacer.waitFor(500), microseconds(0)) << "and no more than was given back";
}

TEST(Pacer, LeavesAFixedRateAloneWhateverItFeels)
{
    test::ManualClock clock;
    Pacer pacer({.fixedRate = 5'000}, clock);
    pacer.noteProbe(1'000'000);
    pacer.noteEvictions(1'000);
    pacer.noteForeignRate(10'000);
    EXPECT_EQ(*pacer.rate(), 5'000);
    EXPECT_EQ(pacer.slowedBy(), SlowedBy::Nothing);
}

TEST(Pacer, IsPoliteUntilItKnowsThatNobodyElseIsThere)
{
    test::ManualClock clock;
    Pacer pacer({}, clock);
    ASSERT_TRUE(pacer.rate());
    EXPECT_EQ(pacer.batchRows(), Pacer::kPoliteBatch);
    becomeFree(pacer);
    EXPECT_FALSE(pacer.rate());
    EXPECT_EQ(pacer.waitFor(1'000'000), microseconds(0));
    EXPECT_EQ(pacer.batchRows(), Pacer::kFullBatch);
}

TEST(Pacer, GoesNoFasterThanThePoliteRateWhileOthersAreThere)
{
    test::ManualClock clock;
    Pacer pacer({.politeRate = 60'000}, clock);
    pacer.noteForeignRate(1'000);
    for (int i = 0; i < 1'000; ++i) pacer.noteProbe(100);
    EXPECT_EQ(*pacer.rate(), 60'000);
    EXPECT_LE(pacer.batchRows(), 30U);
    EXPECT_NEAR(static_cast<double>(rowsWithin(pacer, clock, milliseconds(1'000))), 60'000, 2'000);
}

TEST(Pacer, GivesWayWhileOthersAreSlowedAndComesBack)
{
    test::ManualClock clock;
    Pacer pacer({}, clock);
    pacer.noteProbe(100);
    pacer.noteForeignRate(1'000);
    const double first = *pacer.rate();
    for (int i = 0; i < 10; ++i) pacer.noteProbe(9'000);
    EXPECT_EQ(pacer.slowedBy(), SlowedBy::Probe);
    EXPECT_LT(*pacer.rate(), first / 10);
    EXPECT_GE(*pacer.rate(), 1'000);
    for (int i = 0; i < 100; ++i) pacer.noteProbe(100);
    clock.advance(milliseconds(2'001));
    EXPECT_EQ(pacer.slowedBy(), SlowedBy::Nothing);
    EXPECT_GT(*pacer.rate(), 40'000);
}

TEST(Pacer, ForgivesProbesThatWereSlowFromTheStart)
{
    test::ManualClock clock;
    Pacer pacer({}, clock);
    pacer.noteForeignRate(1'000); // over a long wire
    for (int i = 0; i < 10; ++i) pacer.noteProbe(30'000 + i);
    EXPECT_EQ(pacer.slowedBy(), SlowedBy::Nothing);
    EXPECT_GT(*pacer.rate(), 20'000);
}

struct Trouble
{
    SlowedBy what;
    void (*begins)(Pacer &);
    void (*ends)(Pacer &);
};

const Trouble kTroubles[] = {
    {SlowedBy::Evictions, [](Pacer &pacer) { pacer.noteEvictions(3); },
     [](Pacer &pacer) { pacer.noteEvictions(0); }},
    {SlowedBy::Memory, [](Pacer &pacer) { pacer.noteMemory(98, 100, false); },
     [](Pacer &pacer) { pacer.noteMemory(90, 100, false); }},
    {SlowedBy::Replicas, [](Pacer &pacer) { pacer.noteReplicaLag(64U << 20U); },
     [](Pacer &pacer) { pacer.noteReplicaLag(std::nullopt); }},
    {SlowedBy::Source, [](Pacer &pacer) { pacer.noteSource(milliseconds(800)); },
     [](Pacer &pacer) { pacer.noteSource(milliseconds(3)); }},
};

TEST(Pacer, SlowsDownForEachTroubleEvenWhereItIsAlone)
{
    for (const Trouble &trouble : kTroubles) {
        test::ManualClock clock;
        Pacer pacer({}, clock);
        becomeFree(pacer);
        trouble.begins(pacer);
        ASSERT_TRUE(pacer.rate());
        EXPECT_EQ(pacer.slowedBy(), trouble.what);
        const double once = *pacer.rate();
        pacer.noteProbe(100); // a good probe lifts nothing while the trouble lasts
        trouble.begins(pacer);
        EXPECT_LT(*pacer.rate(), once);
        clock.advance(milliseconds(10'000));
        EXPECT_EQ(pacer.slowedBy(), trouble.what);
        trouble.ends(pacer);
        EXPECT_EQ(pacer.slowedBy(), SlowedBy::Nothing);
        for (int i = 0; i < 200; ++i) pacer.noteProbe(100);
        EXPECT_FALSE(pacer.rate());
    }
}

TEST(Pacer, TakesAFullStoreThatEvictsForWhatItIs)
{
    test::ManualClock clock;
    Pacer pacer({}, clock);
    becomeFree(pacer);
    pacer.noteMemory(100, 100, true);
    pacer.noteMemory(100, std::nullopt, false);
    EXPECT_FALSE(pacer.rate());
}

TEST(Pace, TellsEvictionsOfTheStoreAndWhyItIsSlow)
{
    engine::Engine engine({.memoryBytes = 4U << 20U});
    EngineStore store(engine, Access::ReadWrite);
    store.open();
    test::ManualClock clock;
    JobControl control;
    Pace pace(store, control, 0, clock);
    clock.advance(milliseconds(1'000));
    EXPECT_TRUE(pace.await(1));
    EXPECT_EQ(pace.evictedSince(), 0U);
    const Bytes value(64 * 1024, 'x');
    for (int i = 0; i < 500; ++i) engine.set("key:" + std::to_string(i), value, {}, {});
    for (int i = 0; i < 3; ++i) {
        clock.advance(milliseconds(1'001));
        EXPECT_TRUE(pace.await(1));
    }
    EXPECT_GT(pace.evictedSince(), 100U);
    EXPECT_TRUE(pace.slowedBy().contains(QStringLiteral("evicting")))
        << pace.slowedBy().toStdString();
}

TEST(Pace, EndsItsWaitWhenCancelled)
{
    engine::Engine engine{{}};
    EngineStore store(engine, Access::ReadWrite);
    store.open();
    JobControl control;
    Pace pace(store, control, 1, Clock::system()); // a row a second
    EXPECT_FALSE(pace.slowedBy().size());
    std::jthread canceller([&] { control.cancel(); });
    while (pace.await(1)) {
    }
    EXPECT_TRUE(control.isCancelled());
}

} // namespace
} // namespace kvscope
