// Many threads at once: run under ThreadSanitizer, these find what no single thread can.
#include "core/engine/engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <set>
#include <thread>
#include <vector>

using namespace kvscope;
using namespace kvscope::engine;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int kRounds = 4000;
#else
constexpr int kRounds = 30000;
#endif

Bytes name(unsigned i)
{
    return "key:" + std::to_string(i);
}

// A value that tells whether it is whole: its key, then one letter to the end.
Bytes valueFor(BytesView key, std::mt19937 &random)
{
    const std::size_t length = random() % 40 == 0 ? random() % 20'000 : random() % 200;
    return Bytes(key) + '=' + Bytes(length, static_cast<char>('a' + random() % 26));
}

bool isWhole(BytesView key, BytesView value)
{
    if (value.substr(0, key.size()) != key || value.size() <= key.size() ||
        value[key.size()] != '=')
        return false;
    value.remove_prefix(key.size() + 1);
    return value.find_first_not_of(value.empty() ? ' ' : value[0]) == BytesView::npos;
}

} // namespace

TEST(EngineStress, EveryValueReadIsWholeWhileEverythingHappensAtOnce)
{
    Engine engine({.memoryBytes = 2U << 20U, .shards = 2});
    std::atomic<bool> stop = false;
    std::atomic<int> broken = 0;
    std::vector<std::thread> workers;
    for (unsigned t = 0; t < 4; ++t)
        workers.emplace_back([&, t] {
            std::mt19937 random(t);
            std::vector<Handle> held;
            for (int i = 0; i < kRounds; ++i) {
                const Bytes key = name(random() % 3000);
                const std::int64_t soon =
                    Clock::system().wallMs() + 1 + static_cast<std::int64_t>(random() % 5);
                switch (random() % 12) {
                case 0:
                    engine.erase(key);
                    break;
                case 1:
                    engine.set(key, valueFor(key, random), {}, {Expiry::Kind::At, soon});
                    break;
                case 2:
                    engine.set(key, valueFor(key, random), {.kind = Expected::Kind::Absent});
                    break;
                case 3:
                    engine.setExpiry(key, {Expiry::Kind::At, soon + 1000});
                    break;
                case 4: {
                    const Handle handle = engine.getOrLoad(key, [&] {
                        return std::optional(
                            Engine::Loaded{valueFor(key, random), {Expiry::Kind::At, soon}});
                    });
                    if (handle && !isWhole(key, handle.value())) ++broken;
                    break;
                }
                case 5:
                    if (const Handle handle = engine.peek(key)) {
                        const Expected same{.kind = Expected::Kind::Version,
                                            .version = handle.version()};
                        engine.set(key, valueFor(key, random), same, {Expiry::Kind::Keep});
                    }
                    break;
                case 6:
                case 7:
                    engine.set(key, valueFor(key, random));
                    break;
                default:
                    if (Handle handle = engine.get(key)) held.push_back(std::move(handle));
                    if (held.size() > 16)
                        held.erase(held.begin() + static_cast<std::ptrdiff_t>(random() % 16));
                    for (const Handle &handle : held)
                        if (!isWhole(handle.key(), handle.value())) ++broken;
                }
            }
        });
    std::thread walker([&] {
        while (!stop) {
            std::uint64_t cursor = 0;
            do
                cursor = engine.scan(cursor, 100, [&](BytesView key, BytesView value) {
                    if (!isWhole(key, value)) ++broken;
                });
            while (cursor != 0);
        }
    });
    std::thread switcher([&] {
        for (int i = 0; !stop; ++i) {
            engine.setPolicy(i % 2 == 0 ? PolicyKind::Lfu : PolicyKind::Lru);
            engine.setMemoryBytes(i % 3 == 0 ? 1U << 20U : 2U << 20U);
            if (i % 50 == 0) engine.clear();
            engine.info(name(static_cast<unsigned>(i % 3000)));
            engine.counters();
            engine.latencies();
            std::this_thread::yield();
        }
    });
    for (std::thread &worker : workers) worker.join();
    stop = true;
    walker.join();
    switcher.join();
    EXPECT_EQ(broken, 0);
    engine.setMemoryBytes(1U << 20U);
    const Counters counters = engine.counters();
    EXPECT_EQ(counters.pinnedBytes, 0U);
    EXPECT_LE(counters.usedBytes, counters.budgetBytes);
}

TEST(EngineStress, OfManyCompareAndSetsOnOneCounterNoneIsLost)
{
    Engine engine({.memoryBytes = 1U << 20U});
    engine.set("counter", "0");
    constexpr int kThreads = 4;
    constexpr int kEach = kRounds / 8;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            for (int done = 0; done < kEach;) {
                const Handle now = engine.get("counter");
                const Bytes next = std::to_string(std::stoi(Bytes(now.value())) + 1);
                const Expected expected =
                    t % 2 == 0 ? Expected{.kind = Expected::Kind::Version, .version = now.version()}
                               : Expected{.kind = Expected::Kind::Bytes, .bytes = now.value()};
                if (engine.set("counter", next, expected).status == WriteStatus::Applied) ++done;
            }
        });
    for (std::thread &thread : threads) thread.join();
    EXPECT_EQ(engine.get("counter").value(), std::to_string(kThreads * kEach));
}

TEST(EngineStress, RenamesBackAndForthBetweenShardsNeitherLoseNorDoubleAKey)
{
    Engine engine({.memoryBytes = 8U << 20U, .shards = 8});
    for (unsigned i = 0; i < 64; ++i) engine.set(name(i), "v");
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            std::mt19937 random(t);
            for (int i = 0; i < kRounds; ++i)
                engine.rename(name(random() % 128), name(random() % 128));
        });
    for (std::thread &thread : threads) thread.join();
    EXPECT_EQ(engine.size(), 64U);
}

TEST(EngineStress, AScanMissesNoKeyThatStaysWhileOthersComeAndGo)
{
    Engine engine({.memoryBytes = 64U << 20U, .shards = 2});
    constexpr unsigned kStaying = 2000;
    for (unsigned i = 0; i < kStaying; ++i) engine.set("stays:" + std::to_string(i), "v");
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        // The index grows by a factor of eight and shrinks again, over and over.
        while (!stop) {
            for (unsigned i = 0; i < 16'000 && !stop; ++i) engine.set(name(i), "v");
            for (unsigned i = 0; i < 16'000 && !stop; ++i) engine.erase(name(i));
        }
    });
    for (int pass = 0; pass < 10; ++pass) {
        std::set<Bytes> seen;
        std::uint64_t cursor = 0;
        do {
            cursor = engine.scan(cursor, 20, [&](BytesView key, BytesView) {
                if (key.substr(0, 6) == "stays:") seen.insert(Bytes(key));
            });
        } while (cursor != 0);
        EXPECT_EQ(seen.size(), kStaying) << pass;
    }
    stop = true;
    writer.join();
}
