// Memory: the account is what the allocator gave, and the budget is kept.
#include "core/engine/engine.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

#include <malloc.h>
#include <random>

using namespace kvscope;
using namespace kvscope::engine;

namespace {

Bytes name(std::size_t i)
{
    return "user:" + std::to_string(1'000'000 + i);
}

} // namespace

// The sanitizers bring an allocator of their own, which mallinfo2 knows nothing of.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

static std::size_t allocated()
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

class Accounting : public testing::TestWithParam<std::size_t>
{};

INSTANTIATE_TEST_SUITE_P(ValueSizes, Accounting,
                         testing::Values(0, 10, 100, 1000, 10'000, 300'000));

TEST_P(Accounting, AgreesWithTheAllocatorWithinThreePerCent)
{
    test::ManualClock clock;
    const std::size_t count = std::min<std::size_t>(50'000, (64U << 20U) / (GetParam() + 100));
    const Bytes value(GetParam(), 'x');
    Engine engine({.memoryBytes = 256U << 20U, .clock = &clock});
    const std::uint64_t emptyUsed = engine.counters().usedBytes;
    const std::size_t before = allocated();
    for (std::size_t i = 0; i < count; ++i)
        ASSERT_EQ(engine.set(name(i), value).status, WriteStatus::Applied);
    for (std::size_t i = 0; i < count; i += 3) engine.erase(name(i));
    for (std::size_t i = 1; i < count; i += 3) engine.set(name(i), value + "longer");
    const auto real = static_cast<double>(allocated() - before);
    const auto accounted = static_cast<double>(engine.counters().usedBytes - emptyUsed);
    EXPECT_NEAR(accounted, real, real * 0.03);
}

TEST(Memory, NothingStaysBehindWhenAnEngineGoes)
{
    test::ManualClock clock;
    const std::size_t before = allocated();
    {
        Engine engine({.memoryBytes = 16U << 20U, .clock = &clock});
        for (std::size_t i = 0; i < 100'000; ++i) engine.set(name(i), "value");
        engine.setPolicy(PolicyKind::Lfu);
        EXPECT_GT(allocated(), before + (8U << 20U));
    }
    EXPECT_LT(allocated(), before + (64U << 10U));
}

#endif

TEST(Memory, UseNeverPassesTheBudgetWhateverIsWritten)
{
    test::ManualClock clock;
    std::mt19937 random(31);
    for (const PolicyKind kind : policies()) {
        Engine engine({.memoryBytes = 3U << 20U, .shards = 2, .policy = kind, .clock = &clock});
        for (int i = 0; i < 60'000; ++i) {
            // Mostly small, sometimes large, so that the index grows, and grows too large, too.
            const std::size_t size = random() % 100 == 0 ? random() % 200'000 : random() % 60;
            ASSERT_EQ(engine.set(name(random() % 40'000), Bytes(size, 'x')).status,
                      WriteStatus::Applied);
            const Counters counters = engine.counters();
            ASSERT_LE(counters.usedBytes, counters.budgetBytes);
        }
        EXPECT_GT(engine.counters().evictions, 0U);
    }
}

TEST(Memory, AFullCacheIsKeptFull)
{
    // Growing the index of a full cache must not throw out a part of it again and again.
    test::ManualClock clock;
    Engine engine({.memoryBytes = 4U << 20U, .shards = 1, .clock = &clock});
    std::uint64_t least = ~0ULL;
    for (std::size_t i = 0; i < 200'000; ++i) {
        engine.set(name(i), "v");
        if (i > 100'000) least = std::min(least, engine.counters().usedBytes);
    }
    EXPECT_GT(static_cast<double>(least), 0.97 * (4U << 20U));
}

TEST(Memory, TheBudgetCanBeLoweredAndRaisedWhileItRuns)
{
    test::ManualClock clock;
    Engine engine({.memoryBytes = 16U << 20U, .clock = &clock});
    for (std::size_t i = 0; i < 50'000; ++i) engine.set(name(i), Bytes(100, 'x'));
    engine.setMemoryBytes(8U << 20U);
    Counters counters = engine.counters();
    EXPECT_EQ(counters.budgetBytes, 8U << 20U);
    EXPECT_LE(counters.usedBytes, 8U << 20U);
    EXPECT_GT(counters.usedBytes, 7U << 20U);
    EXPECT_GT(counters.evictions, 0U);
    engine.setMemoryBytes(32U << 20U);
    const std::uint64_t evictions = engine.counters().evictions;
    for (std::size_t i = 0; i < 50'000; ++i) engine.set(name(i), Bytes(100, 'x'));
    EXPECT_EQ(engine.size(), 50'000U);
    EXPECT_EQ(engine.counters().evictions, evictions);
}

TEST(Memory, AnEngineTooSmallForAnythingRefusesAndLives)
{
    test::ManualClock clock;
    Engine engine({.memoryBytes = 100, .clock = &clock});
    EXPECT_EQ(engine.set("k", "v").status, WriteStatus::TooLarge);
    EXPECT_FALSE(engine.get("k"));
    EXPECT_EQ(engine.getOrLoad("k",
                               [] {
                                   return std::optional(Engine::Loaded{"v", {}});
                               })
                  .value(),
              "v");
}
