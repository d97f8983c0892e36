// Engine semantics: reads, compare-and-set, expiry, rename, limits, counters.
#include "core/engine/engine.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

using namespace kvscope;
using namespace kvscope::engine;
using namespace std::chrono_literals;

namespace {

struct EngineTest : testing::Test
{
    test::ManualClock clock;
    Engine engine{{.memoryBytes = 8U << 20U, .shards = 4, .clock = &clock}};

    Bytes read(BytesView key)
    {
        const Handle handle = engine.get(key);
        return handle ? Bytes(handle.value()) : Bytes("(none)");
    }
    Expiry in(std::chrono::milliseconds time) const
    {
        return {Expiry::Kind::At, clock.wallMs() + time.count()};
    }
    static Expected version(std::uint64_t v)
    {
        return {.kind = Expected::Kind::Version, .version = v};
    }
    static Expected bytes(BytesView b) { return {.kind = Expected::Kind::Bytes, .bytes = b}; }
    static constexpr Expected kAbsent{.kind = Expected::Kind::Absent};
    static constexpr Expiry kKeep{Expiry::Kind::Keep};
};

} // namespace

TEST_F(EngineTest, ReturnsWhatWasWritten)
{
    EXPECT_FALSE(engine.get("k"));
    const WriteResult written = engine.set("k", "v");
    EXPECT_EQ(written.status, WriteStatus::Applied);
    const Handle handle = engine.get("k");
    EXPECT_EQ(handle.value(), "v");
    EXPECT_EQ(handle.key(), "k");
    EXPECT_EQ(handle.version(), written.version);
    EXPECT_EQ(engine.erase("k").status, WriteStatus::Applied);
    EXPECT_FALSE(engine.get("k"));
    EXPECT_EQ(engine.erase("k").status, WriteStatus::Missing);
}

TEST_F(EngineTest, TakesAnyBytesAsKeyAndValue)
{
    Bytes all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    const Bytes keys[] = {"",  Bytes(1, '\0'),          Bytes("a\0b", 3),
                          all, Bytes(64 << 10, '\xFF'), "*[?\\"};
    for (const Bytes &key : keys)
        ASSERT_EQ(engine.set(key, all + key).status, WriteStatus::Applied);
    for (const Bytes &key : keys) EXPECT_EQ(read(key), all + key);
    engine.set("empty", "");
    EXPECT_EQ(read("empty"), "");
}

TEST_F(EngineTest, VersionsAreUniqueAndRiseAcrossShards)
{
    std::uint64_t last = 0;
    for (int i = 0; i < 200; ++i) {
        const auto result = engine.set("key" + std::to_string(i % 50), "v" + std::to_string(i));
        EXPECT_GT(result.version, last);
        last = result.version;
    }
}

TEST_F(EngineTest, AWriteThatExpectsAbsenceLosesToAnExistingKey)
{
    const auto first = engine.set("k", "1", kAbsent);
    EXPECT_EQ(first.status, WriteStatus::Applied);
    const auto second = engine.set("k", "2", kAbsent);
    EXPECT_EQ(second.status, WriteStatus::Conflict);
    EXPECT_EQ(second.version, first.version);
    EXPECT_EQ(read("k"), "1");
}

TEST_F(EngineTest, AWriteThatExpectsBytesOrAVersionLosesWhenTheyChanged)
{
    const auto first = engine.set("k", "1");
    EXPECT_EQ(engine.set("k", "x", bytes("0")).status, WriteStatus::Conflict);
    EXPECT_EQ(engine.set("k", "2", bytes("1")).status, WriteStatus::Applied);
    EXPECT_EQ(engine.set("k", "x", version(first.version)).status, WriteStatus::Conflict);
    const auto now = engine.set("k", "1", bytes("2"));
    EXPECT_EQ(engine.set("k", "3", version(first.version)).status, WriteStatus::Conflict)
        << "the same bytes again are not the same version";
    EXPECT_EQ(engine.set("k", "3", version(now.version)).status, WriteStatus::Applied);
    EXPECT_EQ(engine.set("none", "x", bytes("")).status, WriteStatus::Missing);
    EXPECT_EQ(engine.set("none", "x", version(7)).status, WriteStatus::Missing);
    EXPECT_EQ(engine.erase("k", version(first.version)).status, WriteStatus::Conflict);
    EXPECT_EQ(engine.erase("k", bytes("3")).status, WriteStatus::Applied);
}

TEST_F(EngineTest, AnEntryIsGoneAtItsExpiry)
{
    engine.set("k", "v", {}, in(10s));
    clock.advance(9999ms);
    EXPECT_EQ(read("k"), "v");
    clock.advance(1ms);
    EXPECT_FALSE(engine.peek("k"));
    EXPECT_FALSE(engine.info("k"));
    EXPECT_FALSE(engine.get("k"));
    EXPECT_EQ(engine.set("k", "new", kAbsent).status, WriteStatus::Applied);
    EXPECT_EQ(engine.counters().expirations, 1U);
}

TEST_F(EngineTest, OverwritingKeepsDropsOrMovesTheExpiryAsAsked)
{
    const std::int64_t at = in(10s).atMs;
    engine.set("k", "v", {}, in(10s));
    engine.set("k", "w", {}, kKeep);
    EXPECT_EQ(engine.peek("k").expiresAtMs(), at) << "written in place";
    engine.set("k", Bytes(500, 'x'), {}, kKeep);
    EXPECT_EQ(engine.peek("k").expiresAtMs(), at) << "written into a new block";
    engine.set("k", "v", {}, in(20s));
    EXPECT_EQ(engine.peek("k").expiresAtMs(), at + 10'000);
    engine.set("k", "v");
    EXPECT_EQ(engine.peek("k").expiresAtMs(), 0);
    engine.set("fresh", "v", {}, kKeep);
    EXPECT_EQ(engine.peek("fresh").expiresAtMs(), 0);
}

TEST_F(EngineTest, TheExpiryAloneCanChangeWithoutANewVersion)
{
    const auto written = engine.set("k", "v");
    EXPECT_EQ(engine.setExpiry("k", in(5s)).status, WriteStatus::Applied);
    EXPECT_EQ(engine.peek("k").version(), written.version);
    EXPECT_EQ(engine.peek("k").expiresAtMs(), in(5s).atMs);
    EXPECT_EQ(engine.setExpiry("k", {Expiry::Kind::None}, version(written.version + 9)).status,
              WriteStatus::Conflict);
    EXPECT_EQ(engine.setExpiry("k", {Expiry::Kind::None}).status, WriteStatus::Applied);
    clock.advance(10s);
    EXPECT_EQ(read("k"), "v");
    EXPECT_EQ(engine.setExpiry("none", in(5s)).status, WriteStatus::Missing);
}

TEST_F(EngineTest, AnExpiryInThePastIsAnEntryThatHasExpired)
{
    engine.set("k", "v", {}, {Expiry::Kind::At, 0});
    EXPECT_FALSE(engine.get("k"));
    engine.set("k", "v", {}, {Expiry::Kind::At, -5});
    EXPECT_FALSE(engine.get("k"));
}

TEST_F(EngineTest, WritesFreeWhatExpiredAndNobodyAsksFor)
{
    for (int i = 0; i < 2000; ++i) engine.set("old" + std::to_string(i), "v", {}, in(1s));
    clock.advance(2s);
    for (int i = 0; i < 20000; ++i) engine.set("new" + std::to_string(i % 100), "v");
    EXPECT_EQ(engine.size(), 100U);
    EXPECT_EQ(engine.counters().expirations, 2000U);
}

TEST_F(EngineTest, WhatExpiredIsFreedThoughNobodyCalls)
{
    for (int i = 0; i < 2000; ++i) engine.set("old" + std::to_string(i), "v", {}, in(1s));
    clock.advance(2s);
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (engine.size() != 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(5ms);
    EXPECT_EQ(engine.size(), 0U);
}

TEST_F(EngineTest, RenameMovesTheValueWithItsExpiry)
{
    for (int i = 0; i < 50; ++i) {
        const Bytes from = "from" + std::to_string(i);
        const Bytes to = "to" + std::to_string(i);
        const auto before = engine.set(from, "v" + from, {}, in(10s));
        const auto moved = engine.rename(from, to);
        EXPECT_EQ(moved.status, WriteStatus::Applied);
        EXPECT_GT(moved.version, before.version);
        EXPECT_FALSE(engine.peek(from));
        EXPECT_EQ(read(to), "v" + from);
        EXPECT_EQ(engine.peek(to).expiresAtMs(), in(10s).atMs);
    }
    EXPECT_EQ(engine.size(), 50U);
}

TEST_F(EngineTest, RenameNeverOverwrites)
{
    engine.set("a", "1");
    const auto b = engine.set("b", "2");
    const auto refused = engine.rename("a", "b");
    EXPECT_EQ(refused.status, WriteStatus::Conflict);
    EXPECT_EQ(refused.version, b.version);
    EXPECT_EQ(engine.rename("a", "a").status, WriteStatus::Conflict);
    EXPECT_EQ(engine.rename("none", "c").status, WriteStatus::Missing);
    EXPECT_EQ(read("a"), "1");
    EXPECT_EQ(read("b"), "2");
}

TEST_F(EngineTest, PeekNeitherCountsNorPromotes)
{
    engine.set("k", "v");
    clock.advance(5s);
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(engine.peek("k"));
    EXPECT_FALSE(engine.peek("none"));
    Counters counters = engine.counters();
    EXPECT_EQ(counters.hits + counters.misses, 0U);
    EXPECT_EQ(counters.peeks, 11U);
    EXPECT_NEAR(static_cast<double>(engine.info("k")->idleMs), 5000, 16);
    engine.get("k");
    EXPECT_LT(engine.info("k")->idleMs, 16);
    EXPECT_EQ(engine.counters().hits, 1U);
}

TEST_F(EngineTest, InfoTellsWhatAnEntryCosts)
{
    const auto written = engine.set("k", Bytes(1000, 'x'), {}, in(10s));
    const auto info = engine.info("k");
    ASSERT_TRUE(info);
    EXPECT_EQ(info->version, written.version);
    EXPECT_EQ(info->valueBytes, 1000U);
    EXPECT_EQ(info->expiresAtMs, in(10s).atMs);
    EXPECT_GT(info->memoryBytes, 1064U);
    EXPECT_FALSE(engine.info("none"));
}

TEST_F(EngineTest, CountsWhatHappens)
{
    engine.set("a", "1");
    engine.set("b", "1");
    engine.set("a", "2", kAbsent);
    engine.get("a");
    engine.get("none");
    engine.erase("b");
    engine.erase("b");
    const Counters counters = engine.counters();
    EXPECT_EQ(counters.writes, 2U);
    EXPECT_EQ(counters.hits, 1U);
    EXPECT_EQ(counters.misses, 1U);
    EXPECT_EQ(counters.erases, 1U);
    EXPECT_EQ(counters.entries, 1U);
    EXPECT_EQ(counters.budgetBytes, 8U << 20U);
    EXPECT_EQ(counters.pinnedBytes, 0U);
}

TEST_F(EngineTest, ClearEmptiesItAndItGoesOn)
{
    for (int i = 0; i < 5000; ++i) engine.set(std::to_string(i), "v", {}, in(10s));
    const Handle kept = engine.get("7");
    const std::size_t empty =
        Engine({.memoryBytes = 8U << 20U, .shards = 4, .clock = &clock}).counters().usedBytes;
    engine.clear();
    EXPECT_EQ(engine.size(), 0U);
    EXPECT_EQ(kept.value(), "v");
    EXPECT_EQ(engine.counters().usedBytes, empty + engine.counters().pinnedBytes);
    engine.set("x", "y");
    EXPECT_EQ(read("x"), "y");
}

TEST_F(EngineTest, AValueLargerThanAShardIsRefusedAndChangesNothing)
{
    engine.set("k", "small");
    EXPECT_EQ(engine.set("k", Bytes(3U << 20U, 'x')).status, WriteStatus::TooLarge);
    EXPECT_EQ(read("k"), "small");
    EXPECT_EQ(engine.counters().evictions, 0U);
    EXPECT_EQ(engine.set("k", Bytes(1U << 20U, 'x')).status, WriteStatus::Applied);
}

TEST(Engine, TimesAnEighthOfItsCallsAndWeighsThemByEight)
{
    Engine engine({});
    engine.set("k", "v");
    constexpr int kReads = 80000;
    for (int i = 0; i < kReads; ++i) {
        engine.get("k");
        engine.peek("k");
        if (i % 2 == 0) engine.set("k", "v");
    }
    const Latencies latencies = engine.latencies();
    EXPECT_NEAR(static_cast<double>(latencies.reads.count()), kReads, kReads * 0.06)
        << "peeks are not among them";
    EXPECT_NEAR(static_cast<double>(latencies.writes.count()), kReads / 2.0, kReads * 0.06);
    EXPECT_GT(latencies.reads.quantile(0.5), 0.0);
}

TEST(Engine, NamesItsPolicies)
{
    for (const PolicyKind kind : policies()) EXPECT_EQ(policyFromName(policyName(kind)), kind);
    EXPECT_EQ(policyFromName("lru"), PolicyKind::Lru);
    EXPECT_EQ(policyFromName("lfu"), PolicyKind::Lfu);
    EXPECT_FALSE(policyFromName("LRU2"));
}
