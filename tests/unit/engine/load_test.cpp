// getOrLoad: one load however many ask, and never a stale one kept.
#include "core/engine/engine.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace kvscope;
using namespace kvscope::engine;
using namespace std::chrono_literals;

namespace {

using Loaded = std::optional<Engine::Loaded>;

struct LoadTest : testing::Test
{
    test::ManualClock clock;
    Engine engine{{.memoryBytes = 4U << 20U, .shards = 1, .clock = &clock}};

    void waitForSharers(std::uint64_t count) const
    {
        while (engine.counters().loadsShared < count) std::this_thread::yield();
    }
};

} // namespace

TEST_F(LoadTest, LoadsOnAMissAndCachesWithTheLoadersExpiry)
{
    int runs = 0;
    const auto loader = [&]() -> Loaded {
        ++runs;
        return Engine::Loaded{"value", {Expiry::Kind::At, clock.wallMs() + 1000}};
    };
    EXPECT_EQ(engine.getOrLoad("k", loader).value(), "value");
    EXPECT_EQ(engine.getOrLoad("k", loader).value(), "value");
    EXPECT_EQ(runs, 1);
    clock.advance(1s);
    EXPECT_EQ(engine.getOrLoad("k", loader).value(), "value");
    EXPECT_EQ(runs, 2);
    const Counters counters = engine.counters();
    EXPECT_EQ(counters.loads, 2U);
    EXPECT_EQ(counters.hits, 1U);
    EXPECT_EQ(counters.misses, 2U);
}

TEST_F(LoadTest, ManyWhoAskAtOnceShareOneLoad)
{
    constexpr int kCallers = 8;
    std::atomic<int> runs = 0;
    std::vector<Handle> results(kCallers);
    std::vector<std::thread> threads;
    for (int i = 0; i < kCallers; ++i)
        threads.emplace_back([&, i] {
            results[static_cast<std::size_t>(i)] = engine.getOrLoad("k", [&]() -> Loaded {
                ++runs;
                waitForSharers(kCallers - 1);
                return Engine::Loaded{"shared", {}};
            });
        });
    for (std::thread &thread : threads) thread.join();
    EXPECT_EQ(runs, 1);
    for (const Handle &result : results) {
        ASSERT_TRUE(result);
        EXPECT_EQ(result.value().data(), results[0].value().data()) << "one copy for all";
    }
    EXPECT_EQ(engine.counters().loadsShared, kCallers - 1U);
    results.clear();
    EXPECT_EQ(engine.counters().pinnedBytes, 0U);
}

TEST_F(LoadTest, ALoaderThatFindsNothingWakesTheWaitersAndLeavesNothing)
{
    Handle waiting;
    std::thread waiter;
    const Handle result = engine.getOrLoad("k", [&]() -> Loaded {
        waiter = std::thread([&] {
            waiting = engine.getOrLoad("k", []() -> Loaded { return Engine::Loaded{"no", {}}; });
        });
        waitForSharers(1);
        return std::nullopt;
    });
    waiter.join();
    EXPECT_FALSE(result);
    EXPECT_FALSE(waiting);
    EXPECT_EQ(engine.size(), 0U);
    EXPECT_EQ(engine.getOrLoad("k",
                               []() -> Loaded {
                                   return Engine::Loaded{"next", {}};
                               })
                  .value(),
              "next");
}

TEST_F(LoadTest, ALoaderThatThrowsWakesTheWaitersAndTheNextCallTriesAgain)
{
    bool woken = false;
    std::thread waiter;
    EXPECT_THROW(engine.getOrLoad("k",
                                  [&]() -> Loaded {
                                      waiter = std::thread([&] {
                                          const Handle handle =
                                              engine.getOrLoad("k", []() -> Loaded { return {}; });
                                          woken = !handle;
                                      });
                                      waitForSharers(1);
                                      throw std::runtime_error("source is down");
                                  }),
                 std::runtime_error);
    waiter.join();
    EXPECT_TRUE(woken);
    EXPECT_EQ(engine.getOrLoad("k",
                               []() -> Loaded {
                                   return Engine::Loaded{"up", {}};
                               })
                  .value(),
              "up");
}

TEST_F(LoadTest, AKeyErasedWhileItLoadsIsHandedOutButNotKept)
{
    const Handle result = engine.getOrLoad("k", [&]() -> Loaded {
        // The source changed after it was read: the invalidation finds nothing to erase.
        EXPECT_EQ(engine.erase("k").status, WriteStatus::Missing);
        return Engine::Loaded{"stale", {}};
    });
    EXPECT_EQ(result.value(), "stale");
    EXPECT_FALSE(engine.peek("k"));
    EXPECT_GT(engine.counters().pinnedBytes, 0U);
}

TEST_F(LoadTest, AKeyWrittenWhileItLoadsKeepsTheWrittenValue)
{
    const Handle result = engine.getOrLoad("k", [&]() -> Loaded {
        engine.set("k", "written");
        return Engine::Loaded{"loaded", {}};
    });
    EXPECT_EQ(result.value(), "written");
    EXPECT_EQ(engine.peek("k").value(), "written");
}

TEST_F(LoadTest, WhoAsksAfterAnEraseDoesNotJoinTheOlderLoad)
{
    Handle second;
    const Handle first = engine.getOrLoad("k", [&]() -> Loaded {
        engine.erase("k");
        second = engine.getOrLoad("k", []() -> Loaded { return Engine::Loaded{"fresh", {}}; });
        return Engine::Loaded{"stale", {}};
    });
    EXPECT_EQ(second.value(), "fresh");
    EXPECT_EQ(first.value(), "fresh");
    EXPECT_EQ(engine.peek("k").value(), "fresh");
    EXPECT_EQ(engine.counters().loads, 2U);
}

TEST_F(LoadTest, AValueWithNoRoomIsHandedOutAndLeavesWithItsHandle)
{
    const std::uint64_t before = engine.counters().usedBytes;
    {
        const Handle huge = engine.getOrLoad("k", []() -> Loaded {
            return Engine::Loaded{Bytes(5U << 20U, 'x'), {}};
        });
        EXPECT_EQ(huge.value().size(), 5U << 20U);
        EXPECT_GT(engine.counters().usedBytes, before + (5U << 20U));
        EXPECT_FALSE(engine.peek("k"));
    }
    EXPECT_EQ(engine.counters().usedBytes, before);
}

TEST_F(LoadTest, DifferentKeysLoadSideBySide)
{
    std::latch both(2);
    const auto loader = [&]() -> Loaded {
        both.arrive_and_wait();
        return Engine::Loaded{"v", {}};
    };
    std::thread other([&] { engine.getOrLoad("a", loader); });
    EXPECT_TRUE(engine.getOrLoad("b", loader));
    other.join();
    EXPECT_TRUE(engine.peek("a"));
}
