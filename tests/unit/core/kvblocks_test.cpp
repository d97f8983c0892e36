// KvBlocks: KV blocks as entries of the engine, and of a second level behind it.
#include "core/store/enginestore.h"
#include "core/store/kvblocknote.h"
#include "core/store/kvblocks.h"
#include "tests/support/await.h"

#include <gtest/gtest.h>

#include <cstring>

namespace kvscope {
namespace {

struct KvBlocksTest : testing::Test
{
    llm::ModelShape shape = [] {
        llm::ModelShape made;
        made.layers = 2;
        made.kvHeads = 2;
        made.heads = 4;
        made.headDim = 32;
        return made;
    }();
    llm::KvLayout layout{shape, {}};
    std::vector<llm::TokenId> tokens = [] {
        std::vector<llm::TokenId> made(100);
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = static_cast<llm::TokenId>(i * 7 % 90);
        return made;
    }();
    std::vector<llm::BlockId> chain = llm::blockChain(42, layout, tokens);
    engine::Engine engine{{.memoryBytes = 8U << 20U, .shards = 1}};
    KvBlocks blocks{engine};

    std::vector<std::byte> content(std::size_t b) const
    {
        return std::vector<std::byte>(layout.blockBytes(), static_cast<std::byte>(b + 1));
    }
    void publishAll(KvBlocks &into)
    {
        for (std::size_t b = 0; b < chain.size(); ++b) into.publish(chain[b], content(b).data());
    }
};

TEST_F(KvBlocksTest, ABlockIsAnEntryThatBrowsersSeeAndIsFoundWhereItLies)
{
    publishAll(blocks);
    EXPECT_EQ(engine.size(), 6U);
    const engine::Handle entry = engine.peek(chain[2].key);
    ASSERT_TRUE(entry);
    const auto found = blocks.find(chain);
    ASSERT_EQ(found.size(), 6U);
    EXPECT_EQ(found[2].origin, llm::Origin::FirstLevel);
    EXPECT_EQ(reinterpret_cast<const char *>(found[2].block.data()),
              entry.value().data() + llm::kRecordHeaderBytes)
        << "not a copy";
    EXPECT_EQ(std::memcmp(found[5].block.data(), content(5).data(), layout.blockBytes()), 0);
    EXPECT_EQ(blocks.counters().hits, 6U);
}

TEST_F(KvBlocksTest, AnEntryThatIsABlockSaysWhatItHoldsAndWhetherItIsWhole)
{
    publishAll(blocks);
    Bytes record(engine.peek(chain[1].key).value());
    const auto note = kvBlockNote(record);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->summary, QStringLiteral("KV block of 16 tokens, f32"));
    EXPECT_TRUE(note->detail.contains(QStringLiteral("Tokens: 22 29 36 43"))) << "16 * 7 % 90 …";
    EXPECT_TRUE(note->detail.contains(QStringLiteral("Behind another block")));
    EXPECT_TRUE(kvBlockNote(engine.peek(chain[0].key).value())
                    ->detail.contains(QStringLiteral("The first block")));
    record.back() = static_cast<char>(record.back() ^ 1);
    EXPECT_EQ(kvBlockNote(record)->summary, QStringLiteral("KV block, damaged"));
    EXPECT_FALSE(kvBlockNote("anything else that is longer than nothing at all"));
}

TEST_F(KvBlocksTest, TheTimeToLiveOfLaterBlocksMayBeChosen)
{
    blocks.publish(chain[0], content(0).data());
    blocks.setTtlMs(60'000);
    blocks.publish(chain[1], content(1).data());
    blocks.setTtlMs(0);
    blocks.publish(chain[2], content(2).data());
    EXPECT_EQ(engine.info(chain[0].key)->expiresAtMs, 0);
    const std::int64_t left = engine.info(chain[1].key)->expiresAtMs - Clock::system().wallMs();
    EXPECT_GT(left, 50'000);
    EXPECT_LE(left, 60'000);
    EXPECT_EQ(engine.info(chain[2].key)->expiresAtMs, 0);
}

TEST_F(KvBlocksTest, HitsAndMissesAreTheEnginesTraffic)
{
    publishAll(blocks);
    engine.erase(chain[4].key);
    const engine::Counters before = engine.counters();
    EXPECT_EQ(blocks.find(chain).size(), 4U);
    EXPECT_EQ(engine.counters().hits - before.hits, 4U);
    EXPECT_EQ(engine.counters().misses - before.misses, 1U);
    EXPECT_EQ(blocks.counters().misses, 2U);
}

TEST_F(KvBlocksTest, APinnedBlockOutlivesItsEntryAndStaysInTheBudget)
{
    publishAll(blocks);
    auto found = blocks.find(chain);
    const std::uint64_t used = engine.counters().usedBytes;
    engine.clear();
    EXPECT_EQ(std::memcmp(found[3].block.data(), content(3).data(), layout.blockBytes()), 0);
    EXPECT_GT(engine.counters().usedBytes, used / 2);
    found.clear();
    // The allocator's own slack counts as well, and is never the same twice.
    EXPECT_LT(engine.counters().usedBytes, layout.blockBytes()) << "none of them is left";
}

TEST_F(KvBlocksTest, UnderLruTheEndOfAChainGoesBeforeItsBeginning)
{
    publishAll(blocks);
    blocks.find(chain);
    const std::size_t record = layout.blockBytes() + llm::kRecordHeaderBytes;
    engine.setMemoryBytes(1U << 20U);
    bool wasWhole = true;
    for (int i = 0; i < 80; ++i) {
        engine.set("other" + std::to_string(i), Bytes(record, 'x'));
        bool isGone = false;
        for (const llm::BlockId &id : chain) {
            const bool isThere = static_cast<bool>(engine.peek(id.key));
            EXPECT_FALSE(isThere && isGone) << "a block behind one that went";
            isGone = isGone || !isThere;
        }
        wasWhole = wasWhole && !isGone;
    }
    EXPECT_FALSE(wasWhole);
}

TEST_F(KvBlocksTest, AnEntryThatIsNotTheBlockIsAMiss)
{
    publishAll(blocks);
    engine.set(chain[1].key, engine.peek(chain[2].key).value());
    EXPECT_EQ(blocks.find(chain).size(), 1U);
    engine.set(chain[0].key, "edited by hand");
    EXPECT_TRUE(blocks.find(chain).empty());
}

TEST_F(KvBlocksTest, BlocksExpireWhenTold)
{
    KvBlocks brief(engine, {.ttlMs = 60'000});
    brief.publish(chain[0], content(0).data());
    const auto info = engine.info(chain[0].key);
    ASSERT_TRUE(info);
    EXPECT_GT(info->expiresAtMs, Clock::system().wallMs() + 50'000);
}

TEST_F(KvBlocksTest, AfterARestartTheSecondLevelHasThem)
{
    engine::Engine secondEngine{{.memoryBytes = 8U << 20U, .shards = 1}};
    EngineStore second(secondEngine, Access::ReadWrite);
    second.open();
    blocks.setSecondLevel(&second);
    publishAll(blocks);
    ASSERT_TRUE(test::await<bool>([&](auto done) { blocks.whenWritten(done); }));
    EXPECT_EQ(secondEngine.size(), 6U);

    engine::Engine fresh{{.memoryBytes = 8U << 20U, .shards = 1}};
    KvBlocks restarted(fresh);
    restarted.setSecondLevel(&second);
    EXPECT_TRUE(restarted.find(chain).empty());
    secondEngine.erase(chain[4].key);
    const auto came = test::await<int>([&](auto done) { restarted.fetch(chain, done); });
    ASSERT_TRUE(came);
    EXPECT_EQ(*came, 4) << "what lies behind a gap is of no use";
    const auto found = restarted.find(chain);
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[3].origin, llm::Origin::SecondLevel);
    EXPECT_EQ(std::memcmp(found[3].block.data(), content(3).data(), layout.blockBytes()), 0);
    EXPECT_EQ(restarted.counters().secondLevelHits, 4U);
}

TEST_F(KvBlocksTest, ASecondLevelThatCameLaterIsGivenTheBeginningOfWhatIsAskedFor)
{
    publishAll(blocks);
    engine::Engine secondEngine{{.memoryBytes = 8U << 20U, .shards = 1}};
    EngineStore second(secondEngine, Access::ReadWrite);
    second.open();
    secondEngine.set(chain[1].key, "somebody else's");
    blocks.setTtlMs(60'000);
    blocks.setSecondLevel(&second);
    EXPECT_EQ(test::await<int>([&](auto done) { blocks.fetch(chain, done); }).value_or(-1), 0);
    ASSERT_TRUE(test::await<bool>([&](auto done) { blocks.whenWritten(done); }));
    EXPECT_EQ(secondEngine.size(), 6U);
    EXPECT_EQ(secondEngine.peek(chain[1].key).value(), "somebody else's") << "what is there stays";
    EXPECT_EQ(secondEngine.peek(chain[0].key).value(), engine.peek(chain[0].key).value());
    EXPECT_GT(secondEngine.info(chain[0].key)->expiresAtMs, Clock::system().wallMs() + 50'000);
}

TEST_F(KvBlocksTest, ADamagedRecordOfTheSecondLevelIsLeftThere)
{
    engine::Engine secondEngine{{.memoryBytes = 8U << 20U, .shards = 1}};
    EngineStore second(secondEngine, Access::ReadWrite);
    second.open();
    blocks.setSecondLevel(&second);
    publishAll(blocks);
    ASSERT_TRUE(test::await<bool>([&](auto done) { blocks.whenWritten(done); }));
    Bytes damaged(secondEngine.peek(chain[1].key).value());
    damaged[llm::kRecordHeaderBytes + 1000] ^= 1;
    secondEngine.set(chain[1].key, damaged);
    engine::Engine fresh{{.memoryBytes = 8U << 20U, .shards = 1}};
    KvBlocks restarted(fresh);
    restarted.setSecondLevel(&second);
    EXPECT_EQ(test::await<int>([&](auto done) { restarted.fetch(chain, done); }).value_or(-1), 1);
    EXPECT_EQ(restarted.find(chain).size(), 1U);
}

} // namespace
} // namespace kvscope
