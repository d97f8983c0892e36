// Policies against straightforward references, alone and inside the engine; switching while
// running.
#include "core/engine/engine.h"
#include "core/engine/lfu.h"
#include "core/engine/lru.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <map>
#include <random>
#include <unordered_map>

using namespace kvscope;
using namespace kvscope::engine;
using namespace std::chrono_literals;

namespace {

using Trace = std::vector<int>;

// Zipf-like popularity, a slow drift of what is popular, and a scan now and then.
Trace syntheticTrace(std::size_t length, int keys, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0, 1);
    Trace trace;
    while (trace.size() < length) {
        const int drift = static_cast<int>(trace.size() / 5000) * 37;
        const int rank = static_cast<int>(std::pow(static_cast<double>(keys), uniform(random))) - 1;
        trace.push_back((rank + drift) % keys);
        if (random() % 4000 == 0)
            for (int i = 0; i < keys / 4; ++i) trace.push_back(keys + i);
    }
    return trace;
}

// The textbook, by brute force: returns the keys that missed, in order.
std::vector<int> lruMisses(const Trace &trace, std::size_t capacity)
{
    std::list<int> order; // least recent first
    std::vector<int> missed;
    for (const int key : trace) {
        const auto found = std::find(order.begin(), order.end(), key);
        if (found != order.end()) {
            order.erase(found);
        } else {
            missed.push_back(key);
            if (order.size() == capacity) order.pop_front();
        }
        order.push_back(key);
    }
    return missed;
}

std::vector<int> lfuMisses(const Trace &trace, std::size_t capacity)
{
    std::map<std::uint64_t, std::list<int>> levels; // count -> least recent first
    std::map<int, std::uint64_t> counts;
    std::uint64_t events = 0;
    std::vector<int> missed;
    for (const int key : trace) {
        std::uint64_t count = 1;
        if (const auto found = counts.find(key); found != counts.end()) {
            levels[found->second].remove(key);
            count = std::min<std::uint64_t>(found->second + 1, 255);
        } else {
            missed.push_back(key);
            if (counts.size() == capacity) {
                const auto lowest = std::find_if(levels.begin(), levels.end(),
                                                 [](auto &l) { return !l.second.empty(); });
                counts.erase(lowest->second.front());
                lowest->second.pop_front();
            }
        }
        counts[key] = count;
        levels[count].push_back(key);
        if (++events < std::max<std::uint64_t>(128, 10 * counts.size())) continue;
        events = 0;
        std::map<std::uint64_t, std::list<int>> halved;
        for (auto &[old, members] : levels) {
            for (const int member : members) counts[member] = old / 2;
            halved[old / 2].splice(halved[old / 2].end(), members);
        }
        levels = std::move(halved);
    }
    return missed;
}

// Drives a policy the way a shard does, with room for `capacity` nodes.
std::vector<int> missesOf(Policy &policy, const Trace &trace, std::size_t capacity)
{
    std::unordered_map<int, PolicyNode> nodes;
    std::vector<int> missed;
    for (const int key : trace) {
        if (const auto found = nodes.find(key); found != nodes.end()) {
            policy.accessed(found->second);
            continue;
        }
        missed.push_back(key);
        if (nodes.size() == capacity) {
            PolicyNode *victim = policy.victim();
            policy.removed(*victim, Departure::Evicted);
            nodes.erase(static_cast<int>(victim->hash));
        }
        PolicyNode &node = nodes[key];
        node.hash = static_cast<std::uint64_t>(key);
        policy.inserted(node);
    }
    policy.handOver();
    return missed;
}

} // namespace

TEST(LruPolicy, MissesExactlyWhereTheTextbookDoes)
{
    const Trace trace = syntheticTrace(60000, 2000, 11);
    for (const std::size_t capacity : {1U, 7U, 100U, 700U}) {
        LruPolicy policy;
        EXPECT_EQ(missesOf(policy, trace, capacity), lruMisses(trace, capacity)) << capacity;
    }
}

TEST(LfuPolicy, MissesExactlyWhereTheTextbookDoes)
{
    const Trace trace = syntheticTrace(60000, 2000, 12);
    for (const std::size_t capacity : {1U, 7U, 100U, 700U}) {
        LfuPolicy policy;
        EXPECT_EQ(missesOf(policy, trace, capacity), lfuMisses(trace, capacity)) << capacity;
    }
}

TEST(LfuPolicy, OutdoesLruOnStablePopularityWithScans)
{
    const Trace trace = syntheticTrace(60000, 2000, 13);
    LruPolicy lru;
    LfuPolicy lfu;
    EXPECT_LT(missesOf(lfu, trace, 200).size(), missesOf(lru, trace, 200).size());
}

TEST(LfuPolicy, ForgetsYesterdaysFavourites)
{
    LfuPolicy policy;
    PolicyNode old, fresh;
    policy.inserted(old);
    for (int i = 0; i < 100; ++i) policy.accessed(old);
    policy.inserted(fresh);
    EXPECT_EQ(policy.victim(), &fresh);
    for (int i = 0; i < 2000; ++i) policy.accessed(fresh);
    EXPECT_EQ(policy.victim(), &old);
    EXPECT_EQ(policy.frequency(old), 0U);
    policy.handOver();
}

TEST(LfuPolicy, EvictsTheLeastRecentOfEquals)
{
    LfuPolicy policy;
    std::array<PolicyNode, 4> nodes;
    for (PolicyNode &node : nodes) policy.inserted(node);
    for (const int i : {2, 0, 3, 1}) policy.accessed(nodes[static_cast<std::size_t>(i)]);
    for (const int i : {2, 0, 3, 1}) {
        PolicyNode *victim = policy.victim();
        EXPECT_EQ(victim, &nodes[static_cast<std::size_t>(i)]);
        policy.removed(*victim, Departure::Evicted);
    }
    EXPECT_EQ(policy.victim(), nullptr);
}

TEST(LfuPolicy, ASuspendedNodeComesBackWithItsCount)
{
    LfuPolicy policy;
    PolicyNode often, once;
    policy.inserted(once);
    policy.inserted(often);
    for (int i = 0; i < 5; ++i) policy.accessed(often);
    policy.suspended(often);
    EXPECT_EQ(policy.victim(), &once);
    policy.suspended(once);
    EXPECT_EQ(policy.victim(), nullptr);
    policy.resumed(often);
    policy.resumed(once);
    EXPECT_EQ(policy.frequency(often), 6U);
    EXPECT_EQ(policy.victim(), &once);
    policy.handOver();
}

namespace {

struct PolicyInEngine : testing::Test
{
    test::ManualClock clock;
    static constexpr std::size_t kValue = 4000;

    std::size_t missesIn(PolicyKind kind, const Trace &trace, std::size_t &capacity)
    {
        Engine engine({.memoryBytes = 1U << 20U, .shards = 1, .policy = kind, .clock = &clock});
        const Bytes value(kValue, 'x');
        for (const int key : trace) {
            const Bytes name = std::to_string(100000 + key);
            if (!engine.get(name)) engine.set(name, value);
        }
        capacity = engine.size();
        return engine.counters().misses;
    }

    // Fills an engine a little past its budget and tells which of the first keys are left.
    static bool has(const Engine &engine, int i)
    {
        return static_cast<bool>(engine.peek("k" + std::to_string(i)));
    }
    static void put(Engine &engine, int i)
    {
        engine.set("k" + std::to_string(i), Bytes(kValue, 'x'));
    }
};

} // namespace

TEST_F(PolicyInEngine, MissesAsOftenAsTheTextbookDoes)
{
    // The room of the index varies by an entry or so: hence a tolerance.
    const Trace trace = syntheticTrace(40000, 2000, 14);
    std::size_t capacity = 0;
    const auto lru = static_cast<double>(missesIn(PolicyKind::Lru, trace, capacity));
    const auto lruExpected = static_cast<double>(lruMisses(trace, capacity).size());
    EXPECT_NEAR(lru, lruExpected, lruExpected * 0.01);
    const auto lfu = static_cast<double>(missesIn(PolicyKind::Lfu, trace, capacity));
    const auto lfuExpected = static_cast<double>(lfuMisses(trace, capacity).size());
    EXPECT_NEAR(lfu, lfuExpected, lfuExpected * 0.02);
}

TEST_F(PolicyInEngine, ASwitchTakesTheRecencyOfEveryEntryAlong)
{
    Engine engine(
        {.memoryBytes = 1U << 20U, .shards = 1, .policy = PolicyKind::Lfu, .clock = &clock});
    for (int i = 0; i < 200; ++i) put(engine, i), clock.advance(20ms);
    for (int i = 0; i < 50; ++i) engine.get("k0");
    clock.advance(20ms);
    for (int i = 199; i >= 100; --i) engine.get("k" + std::to_string(i)), clock.advance(20ms);
    const std::size_t before = engine.size();
    engine.setPolicy(PolicyKind::Lru);
    EXPECT_EQ(engine.policy(), PolicyKind::Lru);
    EXPECT_EQ(engine.size(), before);
    engine.setMemoryBytes(600 << 10);
    // LRU order now: 1 … 99, then 0, then 199 down to 100: the first to go were the first of these.
    EXPECT_FALSE(has(engine, 1));
    EXPECT_FALSE(has(engine, 40));
    EXPECT_TRUE(has(engine, 0)) << "read often, but also later than 1 … 99";
    for (int i = 100; i < 200; ++i) EXPECT_TRUE(has(engine, i)) << i;
}

TEST_F(PolicyInEngine, AfterASwitchToLfuWhatIsReadOftenStays)
{
    Engine engine({.memoryBytes = 1U << 20U, .shards = 1, .clock = &clock});
    for (int i = 0; i < 100; ++i) put(engine, i);
    engine.setPolicy(PolicyKind::Lfu);
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 20; ++i) engine.get("k" + std::to_string(i));
    EXPECT_EQ(engine.info("k3")->frequency, 4U);
    for (int i = 1000; i < 1600; ++i) put(engine, i);
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(has(engine, i)) << i;
    EXPECT_FALSE(has(engine, 50));
}

TEST_F(PolicyInEngine, OverwritingKeepsTheFrequency)
{
    Engine engine(
        {.memoryBytes = 1U << 20U, .shards = 1, .policy = PolicyKind::Lfu, .clock = &clock});
    engine.set("k", "v");
    for (int i = 0; i < 9; ++i) engine.get("k");
    engine.set("k", "w");
    EXPECT_EQ(engine.info("k")->frequency, 11U);
    engine.set("k", Bytes(1000, 'x'));
    EXPECT_EQ(engine.info("k")->frequency, 12U);
}

TEST_F(PolicyInEngine, PeekDoesNotSaveAnEntryFromEviction)
{
    for (const PolicyKind kind : policies()) {
        Engine engine({.memoryBytes = 1U << 20U, .shards = 1, .policy = kind, .clock = &clock});
        put(engine, 0);
        put(engine, 1);
        for (int i = 2; i < 600; ++i) {
            engine.peek("k0");
            engine.get("k1");
            put(engine, i);
        }
        EXPECT_FALSE(has(engine, 0)) << policyName(kind);
        EXPECT_TRUE(has(engine, 1)) << policyName(kind);
    }
}
