// Memory of a KV cache: to the byte, for every format.
#include "tests/unit/llm/llmfixture.h"

#include <cmath>

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

const KvType kTypes[] = {KvType::F32, KvType::F16, KvType::Q8, KvType::Q4, KvType::Kivi2};

struct KvMemoryTest : testing::Test
{
    RandomModel random{.layers = 3, .heads = 4, .kvHeads = 2, .headDim = 32};
    std::shared_ptr<const Model> model = loadModel(random.write());
};

} // namespace

TEST_F(KvMemoryTest, PayloadIsTheFormulaAndTheRestIsAccountedForToTheByte)
{
    for (const KvType type : kTypes)
        for (const std::size_t tokens : {1U, 16U, 37U, 100U}) {
            Decoder decoder(model, {});
            KvCache cache = makeCache(model->shape(), {type});
            std::vector<float> logits;
            ASSERT_TRUE(
                decoder.run(randomTokens(tokens, random.vocab), cache, LogitsFor::None, logits));
            const KvMemory memory = cache.memory();
            EXPECT_EQ(memory.payload, 2 * 3 * 2 * 32 * tokens * kvBits(type) / 8)
                << kvTypeName(type);
            EXPECT_EQ(memory.total, memory.payload + memory.scales + memory.slack);
            EXPECT_EQ(memory.cells, tokens);
            EXPECT_EQ(memory.shared, 0U);
            if (type != KvType::Kivi2) {
                EXPECT_EQ(memory.total, (tokens + 15) / 16 * cache.layout().blockBytes());
                EXPECT_EQ(memory.scales + memory.payload,
                          cache.layout().blockBytes() * tokens / 16);
            }
        }
}

TEST_F(KvMemoryTest, ManySequencesOfRandomLengthsWasteAFewPerCent)
{
    const auto pool = std::make_shared<BlockPool>(KvLayout(model->shape(), {}));
    std::mt19937_64 dice(3);
    std::vector<KvCache> caches;
    std::size_t payload = 0;
    Decoder decoder(model, {});
    std::vector<float> logits;
    for (int i = 0; i < 16; ++i) {
        KvCache &cache = caches.emplace_back(pool);
        ASSERT_TRUE(decoder.run(randomTokens(100 + dice() % 400, random.vocab), cache,
                                LogitsFor::None, logits));
        payload += cache.memory().payload;
    }
    const std::size_t total = pool->blocksInUse() * pool->layout().blockBytes();
    EXPECT_LE(static_cast<double>(total - payload) / static_cast<double>(total), 0.04);
    caches.clear();
    EXPECT_EQ(pool->blocksInUse(), 0U);
}

TEST_F(KvMemoryTest, FreedCellsAreFilledAgainBeforeABlockIsAdded)
{
    Decoder decoder(model, {});
    KvCache cache = makeCache(model->shape());
    std::vector<float> logits;
    const auto tokens = randomTokens(40, random.vocab);
    ASSERT_TRUE(decoder.run(tokens, cache, LogitsFor::None, logits));
    cache.evict({0, 3});
    cache.evict({1, 7});
    ASSERT_TRUE(decoder.run(std::span(tokens).first(10), cache, LogitsFor::None, logits));
    EXPECT_EQ(cache.table().size(), 3U);
    EXPECT_EQ(cache.cell({0, 3}).index, 40);
    EXPECT_EQ(cache.cell({1, 7}).index, 41);
    EXPECT_EQ(cache.cell({2, 15}).index, 49);
    for (std::size_t slot = 0; slot < 16; ++slot) cache.evict({1, slot});
    EXPECT_EQ(cache.table().size(), 2U);
    EXPECT_EQ(cache.pool().blocksInUse(), 2U);
}

TEST_F(KvMemoryTest, APinnedBlockIsReadAndNeverWritten)
{
    KvCache cache = makeCache(model->shape());
    const auto bytes = std::make_shared<std::vector<std::byte>>(cache.layout().blockBytes());
    const std::vector<TokenId> tokens = randomTokens(16, random.vocab);
    cache.adopt(BlockRef::pinned(bytes->data(), bytes), tokens, Origin::FirstLevel);
    cache.evict({0, 5});
    EXPECT_TRUE(cache.table()[0].block.isPinned());
    const std::vector<std::byte> before = *bytes;
    Decoder decoder(model, {});
    std::vector<float> logits;
    ASSERT_TRUE(decoder.run(std::span(tokens).first(1), cache, LogitsFor::None, logits));
    EXPECT_FALSE(cache.table()[0].block.isPinned()) << "the free cell was filled in a copy";
    EXPECT_EQ(*bytes, before);
    EXPECT_EQ(cache.memory().shared, 0U);
}
