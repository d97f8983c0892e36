// Handles: pinned bytes stay where they are, are accounted for, and are not evicted.
#include "core/engine/engine.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

#include <vector>

using namespace kvscope;
using namespace kvscope::engine;
using namespace std::chrono_literals;

namespace {

struct HandleTest : testing::TestWithParam<PolicyKind>
{
    test::ManualClock clock;
    Engine engine{{.memoryBytes = 1U << 20U, .shards = 1, .policy = GetParam(), .clock = &clock}};

    std::uint64_t used() const { return engine.counters().usedBytes; }
    std::uint64_t pinned() const { return engine.counters().pinnedBytes; }
};

Bytes block(int i)
{
    return Bytes(16 << 10, static_cast<char>('a' + i % 26));
}
Bytes name(int i)
{
    return "block" + std::to_string(i);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Policies, HandleTest, testing::Values(PolicyKind::Lru, PolicyKind::Lfu),
                         [](const auto &instance) { return Bytes(policyName(instance.param)); });

TEST_P(HandleTest, KeepsItsBytesThroughOverwriteEraseAndExpiry)
{
    engine.set("over", "before");
    engine.set("erased", "before");
    engine.set("expired", "before", {}, {Expiry::Kind::At, clock.wallMs() + 100});
    const Handle handles[] = {engine.get("over"), engine.get("erased"), engine.get("expired")};
    const void *places[] = {handles[0].value().data(), handles[1].value().data(),
                            handles[2].value().data()};
    engine.set("over", "later!");
    engine.erase("erased");
    clock.advance(1s);
    EXPECT_FALSE(engine.get("expired"));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(handles[i].value(), "before");
        EXPECT_EQ(handles[i].value().data(), places[i]);
    }
    EXPECT_EQ(engine.get("over").value(), "later!");
}

TEST_P(HandleTest, BytesLeaveTheAccountWithTheLastHandle)
{
    const std::uint64_t empty = used();
    engine.set("k", block(0));
    const std::uint64_t one = used() - empty;
    Handle first = engine.get("k");
    Handle second = first;
    EXPECT_EQ(pinned(), one);
    engine.set("k", block(1));
    EXPECT_EQ(used(), empty + 2 * one) << "the old value is still held";
    engine.erase("k");
    EXPECT_EQ(used(), empty + one);
    first = {};
    EXPECT_EQ(used(), empty + one);
    EXPECT_EQ(second.value(), block(0));
    second = {};
    EXPECT_EQ(used(), empty);
    EXPECT_EQ(pinned(), 0U);
}

TEST_P(HandleTest, CopiesAndMovesCountAsOnePinEach)
{
    engine.set("k", "v");
    Handle a = engine.peek("k");
    Handle b = a;
    Handle c = std::move(a);
    EXPECT_FALSE(a); // NOLINT(bugprone-use-after-move): a moved-from handle is empty by promise
    b = c;
    Handle &alias = b;
    b = alias;
    EXPECT_EQ(b.value(), "v");
    EXPECT_GT(pinned(), 0U);
    b = {};
    EXPECT_GT(pinned(), 0U);
    c = {};
    EXPECT_EQ(pinned(), 0U);
}

TEST_P(HandleTest, APinnedEntryIsNotEvictedAndTheRestIs)
{
    engine.set("pinned", block(0));
    Handle handle = engine.peek("pinned");
    const void *place = handle.value().data();
    for (int i = 0; i < 500; ++i)
        ASSERT_EQ(engine.set(name(i), block(i)).status, WriteStatus::Applied);
    EXPECT_GT(engine.counters().evictions, 400U);
    EXPECT_EQ(engine.peek("pinned").value().data(), place);
    handle = {};
    for (int i = 500; i < 1000; ++i) engine.set(name(i), block(i));
    EXPECT_FALSE(engine.peek("pinned")) << "it was the coldest: without its handle it goes";
    EXPECT_LE(used(), 1U << 20U);
}

TEST_P(HandleTest, WritesAreRefusedWhenPinnedEntriesLeaveNoRoomAndWorkAgainAfter)
{
    std::vector<Handle> handles;
    int count = 0;
    while (engine.set(name(count), block(count)).status == WriteStatus::Applied) {
        handles.push_back(engine.peek(name(count)));
        ASSERT_LT(++count, 1000);
    }
    EXPECT_EQ(engine.set(name(count), block(count)).status, WriteStatus::Full);
    EXPECT_EQ(engine.set(name(0), Bytes(200 << 10, 'x')).status, WriteStatus::Full);
    EXPECT_EQ(engine.get(name(0)).value(), block(0)) << "a refused write changes nothing";
    EXPECT_EQ(engine.rename(name(0), "moved").status, WriteStatus::Full);
    EXPECT_EQ(engine.get(name(0)).value(), block(0));
    EXPECT_EQ(engine.counters().evictions, 0U);
    EXPECT_EQ(engine.set("tiny", "fits").status, WriteStatus::Applied);
    handles.clear();
    EXPECT_EQ(pinned(), 0U);
    for (int i = 0; i < 200; ++i)
        ASSERT_EQ(engine.set(name(i), block(i)).status, WriteStatus::Applied);
    EXPECT_LE(used(), 1U << 20U);
}

TEST_P(HandleTest, EntriesPinnedDuringEvictionBecomeEvictableAgainHoweverTheHandlesGo)
{
    std::vector<Handle> handles;
    for (int i = 0; i < 30; ++i) {
        engine.set(name(i), block(i));
        handles.push_back(engine.peek(name(i)));
    }
    for (int i = 100; i < 300; ++i) engine.set(name(i), block(i)); // meets and parks all thirty
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(engine.get(name(i)));  // read while parked
    engine.erase(name(5));
    engine.set(name(6), "short now");
    engine.setPolicy(GetParam() == PolicyKind::Lru ? PolicyKind::Lfu : PolicyKind::Lru);
    handles.clear();
    for (int i = 300; i < 1500; ++i)
        ASSERT_EQ(engine.set(name(i), block(i)).status, WriteStatus::Applied);
    for (int i = 7; i < 30; ++i) EXPECT_FALSE(engine.peek(name(i))) << i;
    EXPECT_LE(used(), 1U << 20U);
}

TEST_P(HandleTest, ASmallerBudgetWaitsForHandlesAndIsKeptByTheNextWrite)
{
    std::vector<Handle> handles;
    for (int i = 0; i < 50; ++i) engine.set(name(i), block(i));
    for (int i = 0; i < 50; ++i) handles.push_back(engine.peek(name(i)));
    engine.setMemoryBytes(200 << 10);
    EXPECT_EQ(engine.size(), 50U);
    handles.clear();
    engine.set("k", "v");
    EXPECT_LE(used(), 200U << 10U);
    EXPECT_GT(engine.size(), 8U);
}
