// Sessions: prefix cache, files, forks, sampling.
#include "core/llm/session.h"
#include "tests/unit/llm/llmfixture.h"

#include <algorithm>
#include <fstream>
#include <map>

using namespace kvscope;
using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

struct SessionTest : testing::Test
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    std::shared_ptr<const Model> model = loadModel(random.write());
    std::vector<TokenId> tokens = randomTokens(150, random.vocab);
    std::shared_ptr<MemoryBlocks> blocks = std::make_shared<MemoryBlocks>();

    std::unique_ptr<Session> session(Session::Options options = {})
    {
        auto made = Session::make(model, options);
        EXPECT_TRUE(made) << describe(made.error());
        return std::move(*made);
    }
    static std::vector<float> row(const Session &s)
    {
        return {s.logits().begin(), s.logits().end()};
    }
    static std::vector<TokenId> generate(Session &s, int count)
    {
        std::vector<TokenId> out;
        for (int i = 0; i < count; ++i) {
            out.push_back(s.sample());
            EXPECT_TRUE(s.accept(out.back()));
        }
        return out;
    }
};

const KvType kTypes[] = {KvType::F32, KvType::F16, KvType::Q8, KvType::Q4};

} // namespace

TEST_F(SessionTest, APrefixHitEqualsACold)
{
    for (const KvType kv : kTypes) {
        const auto cold = session({.kv = kv, .blocks = blocks});
        ASSERT_TRUE(cold->feed(tokens));
        EXPECT_EQ(cold->prefixHitTokens(), 0U);
        const auto warm = session({.kv = kv, .blocks = blocks});
        ASSERT_TRUE(warm->feed(tokens));
        EXPECT_EQ(warm->prefixHitTokens(), 144U) << kvTypeName(kv);
        EXPECT_TRUE(sameBits(row(*warm), row(*cold)));
        EXPECT_EQ(generate(*warm, 30), generate(*cold, 30));
    }
}

TEST_F(SessionTest, ASecondConversationStartsAtTheFirstUnknownToken)
{
    const auto first = session({.blocks = blocks});
    ASSERT_TRUE(first->feed(tokens));
    std::vector<TokenId> other = tokens;
    other[70] ^= 1U;
    const auto second = session({.blocks = blocks});
    ASSERT_TRUE(second->feed(other));
    EXPECT_EQ(second->prefixHitTokens(), 64U);
    const auto alone = session();
    ASSERT_TRUE(alone->feed(other));
    EXPECT_TRUE(sameBits(row(*second), row(*alone)));
    EXPECT_EQ(second->cache().cell({0, 0}).origin, Origin::FirstLevel);
    EXPECT_EQ(second->cache().cell({4, 0}).origin, Origin::Computed);
}

TEST_F(SessionTest, AWholeMultipleOfSixteenStillComputesItsLastToken)
{
    const std::span<const TokenId> prompt = std::span(tokens).first(64);
    const auto cold = session({.blocks = blocks});
    ASSERT_TRUE(cold->feed(prompt));
    const auto warm = session({.blocks = blocks});
    ASSERT_TRUE(warm->feed(prompt));
    EXPECT_EQ(warm->prefixHitTokens(), 48U);
    EXPECT_TRUE(sameBits(row(*warm), row(*cold)));
}

TEST_F(SessionTest, WhatIsGeneratedIsKeptToo)
{
    const auto first = session({.blocks = blocks});
    ASSERT_TRUE(first->feed(std::span(tokens).first(20)));
    generate(*first, 40);
    const auto second = session({.blocks = blocks});
    ASSERT_TRUE(second->feed(first->tokens()));
    EXPECT_EQ(second->prefixHitTokens(), 48U);
}

TEST_F(SessionTest, BlocksOfAnotherModelFormatOrPolicyAreNeverTaken)
{
    const auto first = session({.blocks = blocks});
    ASSERT_TRUE(first->feed(tokens));
    const auto narrower = session({.kv = KvType::F16, .blocks = blocks});
    ASSERT_TRUE(narrower->feed(tokens));
    EXPECT_EQ(narrower->prefixHitTokens(), 0U);
    const auto rotated = session({.rotation = Rotation::Hadamard, .blocks = blocks});
    ASSERT_TRUE(rotated->feed(tokens));
    EXPECT_EQ(rotated->prefixHitTokens(), 0U);
    const std::size_t before = blocks->size();
    const auto windowed = session({.policy = *PolicySpec::parse("window:1000"), .blocks = blocks});
    ASSERT_TRUE(windowed->feed(tokens));
    EXPECT_EQ(windowed->prefixHitTokens(), 0U);
    EXPECT_EQ(blocks->size(), before);
    RandomModel another = random;
    another.seed = 5;
    model = loadModel(another.write());
    const auto foreign = session({.blocks = blocks});
    ASSERT_TRUE(foreign->feed(tokens));
    EXPECT_EQ(foreign->prefixHitTokens(), 0U);
}

TEST_F(SessionTest, ADamagedOrForgedRecordIsAMiss)
{
    const auto first = session({.blocks = blocks});
    ASSERT_TRUE(first->feed(tokens));
    const auto chain = blockChain(model->fingerprint(), first->cache().layout(), tokens);
    Bytes &damaged = *blocks->record(chain[5].key);
    damaged[kRecordHeaderBytes + 100] ^= 1;
    const auto second = session({.blocks = blocks});
    ASSERT_TRUE(second->feed(tokens));
    EXPECT_EQ(second->prefixHitTokens(), 80U);
    // Under the right key, but of other tokens: what a collision of hashes would look like.
    *blocks->record(chain[2].key) = *blocks->record(chain[3].key);
    const auto third = session({.blocks = blocks});
    ASSERT_TRUE(third->feed(tokens));
    EXPECT_EQ(third->prefixHitTokens(), 32U);
    for (const std::size_t size : {0U, 5U, 127U, 128U}) {
        blocks->record(chain[0].key)->resize(size);
        EXPECT_TRUE(blocks->find(chain).empty());
    }
}

TEST_F(SessionTest, KeysOfBlocksHaveTheContractsShapeAndAlignThePayload)
{
    const KvLayout layout(model->shape(), {});
    const auto chain = blockChain(model->fingerprint(), layout, tokens);
    ASSERT_EQ(chain.size(), 9U);
    EXPECT_TRUE(chain[0].key.starts_with(blockKeyPrefix(model->fingerprint())));
    EXPECT_EQ(chain[0].key.size(), 48U);
    EXPECT_EQ(chain[1].parent, chain[0].hash);
    std::vector<TokenId> other = tokens;
    other[0] ^= 1U;
    EXPECT_NE(blockChain(model->fingerprint(), layout, other)[8].key, chain[8].key);
}

TEST_F(SessionTest, ASavedSessionGoesOnElsewhereBitForBit)
{
    const TemporaryFile file;
    struct
    {
        const char *policy;
        KvType kv;
    } const cases[] = {{"full", KvType::F32},      {"full", KvType::Kivi2},
                       {"full", KvType::Q4},       {"sinks:4+40", KvType::F32},
                       {"h2o:40", KvType::F16},    {"snapkv:40", KvType::F32},
                       {"random:40", KvType::F32}, {"keynorm:40", KvType::Q8}};
    for (const auto &each : cases) {
        const Session::Options options{.kv = each.kv,
                                       .policy = *PolicySpec::parse(each.policy),
                                       .sampler = {.temperature = 0.9, .seed = 4}};
        const auto original = session(options);
        ASSERT_TRUE(original->feed(std::span(tokens).first(70)));
        generate(*original, 10);
        ASSERT_TRUE(original->save(file.path()));
        const auto restored = session(options);
        const auto ok = restored->restore(file.path());
        ASSERT_TRUE(ok) << describe(ok.error());
        EXPECT_TRUE(sameBits(row(*restored), row(*original)));
        EXPECT_EQ(restored->cache().memory().total, original->cache().memory().total);
        EXPECT_EQ(generate(*restored, 60), generate(*original, 60)) << each.policy;
        EXPECT_TRUE(sameBits(row(*restored), row(*original))) << each.policy;
    }
}

TEST_F(SessionTest, ARestoredCacheIsVerifiedByComputingItAgain)
{
    const TemporaryFile file;
    for (const KvType kv : {KvType::F32, KvType::Q8, KvType::Kivi2}) {
        const auto s = session({.kv = kv});
        ASSERT_TRUE(s->feed(tokens));
        ASSERT_TRUE(s->save(file.path()));
        const auto restored = session({.kv = kv});
        ASSERT_TRUE(restored->restore(file.path()));
        EXPECT_EQ(restored->countDifferingBlocks().value(), 0U);
        BlockRef wrong = restored->cache().pool().allocate();
        std::memset(wrong.writableData(), 1, restored->cache().layout().blockBytes());
        restored->cache().replace(1, wrong);
        EXPECT_EQ(restored->countDifferingBlocks().value(), 1U);
    }
}

TEST_F(SessionTest, ASavedFileThatIsDamagedOrForSomethingElseIsRefused)
{
    const TemporaryFile file;
    const auto s = session();
    ASSERT_TRUE(s->feed(tokens));
    ASSERT_TRUE(s->save(file.path()));
    std::string bytes;
    {
        std::ifstream in(file.path(), std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    std::mt19937_64 dice(1);
    for (int i = 0; i < 60; ++i) {
        std::string damaged = bytes;
        damaged[dice() % damaged.size()] ^= 4;
        file.write(damaged);
        const auto ok = session()->restore(file.path());
        ASSERT_FALSE(ok);
        EXPECT_EQ(ok.error().code, FaultCode::FileBroken);
        file.write(bytes.substr(0, dice() % bytes.size()));
        EXPECT_FALSE(session()->restore(file.path()));
    }
    file.write(bytes);
    const auto code = [&](Session::Options options) {
        return session(options)->restore(file.path()).error().code;
    };
    EXPECT_EQ(code({.kv = KvType::F16}), FaultCode::CacheMismatch);
    EXPECT_EQ(code({.policy = *PolicySpec::parse("window:4")}), FaultCode::CacheMismatch);
    EXPECT_EQ(session()->save("/nonexistent/folder/file").error().code, FaultCode::FileUnreadable);
}

TEST_F(SessionTest, WithoutACacheTheSameTokensComeOnlySlower)
{
    const auto cached = session();
    const auto bare = session({.caching = Caching::Off});
    ASSERT_TRUE(cached->feed(std::span(tokens).first(40)));
    ASSERT_TRUE(bare->feed(std::span(tokens).first(40)));
    EXPECT_EQ(generate(*bare, 20), generate(*cached, 20));
    EXPECT_TRUE(sameBits(row(*bare), row(*cached)));
}

TEST_F(SessionTest, AForkGoesItsOwnWay)
{
    const auto s = session();
    ASSERT_TRUE(s->feed(std::span(tokens).first(40)));
    const auto other = s->fork();
    ASSERT_TRUE(other->accept(7));
    const std::vector<TokenId> mine = generate(*s, 20);
    const auto alone = session();
    ASSERT_TRUE(alone->feed(std::span(tokens).first(40)));
    EXPECT_EQ(generate(*alone, 20), mine);
    EXPECT_EQ(other->tokens().size(), 41U);
}

TEST_F(SessionTest, ATruncatedSessionTakesAnotherTurn)
{
    const auto s = session({.blocks = blocks});
    ASSERT_TRUE(s->feed(tokens));
    s->truncate(40);
    ASSERT_TRUE(s->feed(std::span(tokens).subspan(100)));
    const auto alone = session();
    ASSERT_TRUE(alone->feed(s->tokens()));
    EXPECT_TRUE(sameBits(row(*s), row(*alone)));
}

TEST_F(SessionTest, ACancelledPrefillTellsHowFarItCame)
{
    std::stop_source stop;
    stop.request_stop();
    const auto s = session({.policy = *PolicySpec::parse("window:8")});
    ASSERT_TRUE(s->feed(tokens, stop.get_token()));
    EXPECT_EQ(s->tokens().size(), s->cache().cells());
    EXPECT_LT(s->tokens().size(), tokens.size());
    ASSERT_TRUE(s->feed(std::span(tokens).subspan(s->tokens().size())));
    EXPECT_EQ(s->tokens(), tokens);
}

namespace {

/// Asks for a stop as soon as the first layer of the batch behind `after` tokens attends.
struct StopInsideABatch final : AttentionObserver
{
    std::stop_source stop;
    std::size_t after = 0;
    std::size_t layers = 0; ///< that were attended to since
    void attended(const KvCache &cache, std::size_t layer, std::size_t, std::size_t,
                  std::span<const float>) override
    {
        if (static_cast<std::size_t>(cache.nextIndex()) <= after) return;
        stop.request_stop();
        layers = std::max(layers, layer + 1);
    }
};

} // namespace

TEST_F(SessionTest, APrefillIsCancelledWithinALayerAndGoesOnBitForBit)
{
    for (const KvType kv : {KvType::F32, KvType::Q8, KvType::Kivi2}) {
        StopInsideABatch observer;
        observer.after = kv == KvType::Kivi2 ? 32 : 50;
        const auto s = session({.kv = kv, .decoder = {.batch = 50}});
        s->setObserver(&observer);
        ASSERT_TRUE(s->feed(tokens, observer.stop.get_token()));
        EXPECT_EQ(observer.layers, 1U) << "the layer under way was the last";
        EXPECT_EQ(s->tokens().size(), observer.after) << "the batch before is whole";
        EXPECT_EQ(s->cache().cells(), s->tokens().size());
        EXPECT_TRUE(s->cache().isWhole());
        s->setObserver(nullptr);
        ASSERT_TRUE(s->feed(std::span(tokens).subspan(s->tokens().size())));
        const auto alone = session({.kv = kv});
        ASSERT_TRUE(alone->feed(tokens));
        EXPECT_TRUE(sameBits(row(*s), row(*alone))) << kvTypeName(kv);
        EXPECT_EQ(generate(*s, 20), generate(*alone, 20));
    }
}

TEST_F(SessionTest, AfterAStopAPolicyThatCountsAttentionHasCountedNothingTwice)
{
    StopInsideABatch observer;
    observer.after = 40;
    const Session::Options options{.policy = *PolicySpec::parse("h2o:60")};
    const auto s = session(options);
    s->setObserver(&observer);
    ASSERT_TRUE(s->feed(std::span(tokens).first(60), observer.stop.get_token()));
    EXPECT_LT(s->tokens().size(), 60U);
    EXPECT_GE(s->tokens().size(), observer.after);
    s->setObserver(nullptr);
    ASSERT_TRUE(s->feed(std::span(tokens).subspan(s->tokens().size())));
    const auto alone = session(options);
    ASSERT_TRUE(alone->feed(tokens));
    EXPECT_EQ(generate(*s, 40), generate(*alone, 40));
    EXPECT_TRUE(sameBits(row(*s), row(*alone)));
}

TEST(Sampler, GreedyTakesTheFirstOfTheLikeliest)
{
    const std::vector<float> logits{0, 3, 1, 3};
    EXPECT_EQ(Sampler({}).next(logits), 1U);
}

TEST(Sampler, FollowsItsProbabilities)
{
    const std::vector<float> logits{std::log(0.5F), std::log(0.3F), std::log(0.15F),
                                    std::log(0.05F)};
    const auto shares = [&](SamplerOptions options) {
        Sampler sampler(options);
        std::map<TokenId, double> out;
        for (int i = 0; i < 20'000; ++i) out[sampler.next(logits)] += 1.0 / 20'000;
        return out;
    };
    auto all = shares({.temperature = 1, .seed = 3});
    EXPECT_NEAR(all[0], 0.5, 0.02);
    EXPECT_NEAR(all[3], 0.05, 0.01);
    auto two = shares({.temperature = 1, .topK = 2, .seed = 3});
    EXPECT_EQ(two.size(), 2U);
    EXPECT_NEAR(two[0], 0.625, 0.02);
    auto nucleus = shares({.temperature = 1, .topP = 0.79, .seed = 3});
    EXPECT_EQ(nucleus.size(), 2U);
    auto one = shares({.temperature = 1, .topP = 0.01, .seed = 3});
    EXPECT_EQ(one.size(), 1U);
    auto hot = shares({.temperature = 100, .seed = 3});
    EXPECT_NEAR(hot[3], 0.25, 0.02);
    EXPECT_EQ(shares({.temperature = 1, .seed = 3}), all) << "the same seed, the same tokens";
}

TEST(Sampler, DivergenceIsZeroOfItselfAndPositiveOtherwise)
{
    const std::vector<float> p{1, 2, 3};
    const std::vector<float> q{3, 2, 1};
    EXPECT_NEAR(klDivergence(p, p), 0, 1e-12);
    EXPECT_GT(klDivergence(p, q), 0.1);
}
