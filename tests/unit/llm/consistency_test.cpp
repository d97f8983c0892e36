// The cache's own check: what counts is what live cells hold.
#include "core/llm/session.h"
#include "tests/unit/llm/llmfixture.h"

using namespace kvscope;
using namespace kvscope::llm;
using namespace kvscope::llm::test;

TEST(CacheCheck, LooksAtLiveCellsAloneWhereABlockWasUsedBefore)
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    const auto model = loadModel(random.write());
    ASSERT_TRUE(model);
    for (const KvType kv : {KvType::F32, KvType::Q8, KvType::Q4}) {
        auto session = Session::make(model, {.kv = kv, .blocks = std::make_shared<MemoryBlocks>()});
        ASSERT_TRUE(session);
        // Full blocks move to the source one by one; the pool gives the same memory out again.
        for (const TokenId token : randomTokens(37, random.vocab))
            ASSERT_TRUE((*session)->accept(token));
        const auto differing = (*session)->countDifferingBlocks();
        ASSERT_TRUE(differing);
        EXPECT_EQ(*differing, 0U) << kvTypeName(kv);
    }
}

TEST(CacheCheck, FindsACellThatHoldsSomethingElse)
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    const auto model = loadModel(random.write());
    ASSERT_TRUE(model);
    auto session = Session::make(model, {});
    ASSERT_TRUE(session);
    ASSERT_TRUE((*session)->feed(randomTokens(20, random.vocab)));
    const BlockRef &block = (*session)->cache().table()[1].block;
    // The first key's first dimension of the seventeenth token.
    auto *data = const_cast<std::byte *>(block.data());
    const float wrong = 1234;
    std::memcpy(data, &wrong, sizeof wrong);
    const auto differing = (*session)->countDifferingBlocks();
    ASSERT_TRUE(differing);
    EXPECT_EQ(*differing, 1U);
}
