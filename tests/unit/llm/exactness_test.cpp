// Exactness: however a sequence is computed, its f32 numbers are the same bits.
#include "tests/unit/llm/llmfixture.h"

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

struct ExactnessTest : testing::Test
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    std::shared_ptr<const Model> model = loadModel(random.write());
    std::vector<TokenId> tokens = randomTokens(150, random.vocab);

    std::vector<float> run(Decoder::Options options, KvFormat format, std::size_t chunk,
                           BlockPool::Placement placement = BlockPool::Placement::InOrder)
    {
        Decoder decoder(model, options);
        KvCache cache = makeCache(model->shape(), format, placement);
        return logitsOf(decoder, cache, tokens, chunk);
    }
};

const KvFormat kFormats[] = {{KvType::F32},  {KvType::F32, Rotation::None, KeyForm::Raw},
                             {KvType::F16},  {KvType::Q8},
                             {KvType::Q4},   {KvType::Q4, Rotation::Hadamard},
                             {KvType::Kivi2}};

} // namespace

TEST_F(ExactnessTest, ChunkedPrefillOfAnySizeEqualsOneBatch)
{
    for (const KvFormat &format : kFormats) {
        const std::vector<float> whole = run({.batch = 256}, format, tokens.size());
        for (const std::size_t chunk : {1U, 7U, 64U})
            EXPECT_TRUE(sameBits(run({}, format, chunk), whole))
                << format.name() << " in chunks of " << chunk;
    }
}

TEST_F(ExactnessTest, CachedEqualsRecomputed)
{
    const std::vector<float> cached = run({}, {}, 1);
    Decoder decoder(model, {});
    std::vector<float> last;
    for (const std::size_t length : {1U, 16U, 17U, 100U, 150U}) {
        KvCache fresh = makeCache(model->shape());
        ASSERT_TRUE(decoder.run(std::span(tokens).first(length), fresh, LogitsFor::Last, last));
        const std::vector<float> row(
            cached.begin() + static_cast<std::ptrdiff_t>((length - 1) * random.vocab),
            cached.begin() + static_cast<std::ptrdiff_t>(length * random.vocab));
        EXPECT_TRUE(sameBits(last, row)) << length;
    }
}

TEST_F(ExactnessTest, PagedEqualsContiguous)
{
    for (const KvFormat &format : kFormats)
        EXPECT_TRUE(
            sameBits(run({}, format, 7, BlockPool::Placement::Scattered), run({}, format, 7)))
            << format.name();
}

TEST_F(ExactnessTest, TwoThreadsEqualOne)
{
    for (const KvFormat &format : kFormats)
        for (const std::size_t chunk : {1U, 64U})
            EXPECT_TRUE(sameBits(run({.threads = 2}, format, chunk), run({}, format, chunk)))
                << format.name();
}

TEST_F(ExactnessTest, KeysTurnedWhenReadEqualKeysTurnedWhenWritten)
{
    EXPECT_TRUE(sameBits(run({}, {KvType::F32, Rotation::None, KeyForm::Raw}, 7), run({}, {}, 7)));
}

TEST_F(ExactnessTest, AForkSharesBlocksUntilItWritesAndNeverDisturbsTheOther)
{
    Decoder decoder(model, {});
    KvCache cache = makeCache(model->shape());
    std::vector<float> logits;
    ASSERT_TRUE(decoder.run(std::span(tokens).first(40), cache, LogitsFor::None, logits));
    KvCache fork = cache;
    EXPECT_EQ(cache.memory().shared, cache.memory().total);
    EXPECT_EQ(cache.pool().blocksInUse(), 3U);

    std::vector<float> other;
    ASSERT_TRUE(decoder.run(randomTokens(20, random.vocab, 99), fork, LogitsFor::Last, other));
    EXPECT_EQ(cache.pool().blocksInUse(), 5U) << "the half-filled block was copied, one was new";
    EXPECT_EQ(cache.memory().shared, 2 * cache.layout().blockBytes());
    ASSERT_TRUE(decoder.run(std::span(tokens).subspan(40), cache, LogitsFor::Last, logits));
    const std::vector<float> alone = run({}, {}, tokens.size());
    EXPECT_TRUE(
        sameBits(logits, std::vector<float>(alone.end() - static_cast<std::ptrdiff_t>(random.vocab),
                                            alone.end())));
}

TEST_F(ExactnessTest, ATruncatedSequenceContinuesAsIfTheRestHadNeverBeen)
{
    Decoder decoder(model, {});
    KvCache cache = makeCache(model->shape());
    std::vector<float> logits;
    ASSERT_TRUE(decoder.run(tokens, cache, LogitsFor::None, logits));
    cache.truncate(53);
    EXPECT_EQ(cache.cells(), 53U);
    EXPECT_TRUE(cache.isWhole());
    ASSERT_TRUE(decoder.run(std::span(tokens).subspan(53), cache, LogitsFor::All, logits));
    const std::vector<float> whole = run({}, {}, tokens.size());
    EXPECT_TRUE(sameBits(
        logits, std::vector<float>(whole.begin() + static_cast<std::ptrdiff_t>(53 * random.vocab),
                                   whole.end())));
}

TEST_F(ExactnessTest, AStopIsHeededBetweenBatches)
{
    Decoder decoder(model, {.batch = 1});
    KvCache cache = makeCache(model->shape());
    std::stop_source stop;
    stop.request_stop();
    std::vector<float> logits;
    ASSERT_TRUE(decoder.run(tokens, cache, LogitsFor::Last, logits, stop.get_token()));
    EXPECT_EQ(cache.cells(), 0U);
}
