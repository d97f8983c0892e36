// Models: shapes of every family the lab runs agree with the plain double-precision transformer.
#include "tests/unit/llm/llmfixture.h"
#include "tests/unit/llm/referenceforward.h"

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

struct Case
{
    const char *name;
    RandomModel model;
};

RandomModel shaped(TensorType type)
{
    RandomModel model;
    model.type = type;
    // K-quants come in units of 256 values: every matrix's rows must be so long.
    if (type == TensorType::Q4_K || type == TensorType::Q6_K) {
        model.dim = 256;
        model.ffn = 256;
        model.headDim = 64;
        model.layers = 1;
    }
    return model;
}

const Case kCases[] = {
    {"TinyLlamaShape", {.heads = 8, .kvHeads = 1, .headDim = 8, .tied = false}},
    {"MultiHead", {.heads = 4, .kvHeads = 4}},
    {"SmolLmShape",
     {.dim = 72,
      .heads = 9,
      .kvHeads = 3,
      .headDim = 8,
      .ffn = 192,
      .vocab = 301,
      .ropeBase = 100'000}},
    {"Llama3RopeFactors", {.hasRopeFactors = true, .ropeBase = 500'000}},
    {"Qwen2Shape",
     {.architecture = "qwen2",
      .heads = 4,
      .kvHeads = 2,
      .hasBias = true,
      .ropeBase = 1'000'000,
      .epsilon = 1e-6}},
    {"Qwen3Shape",
     {.architecture = "qwen3",
      .heads = 4,
      .kvHeads = 2,
      .headDim = 24,
      .hasHeadNorms = true,
      .epsilon = 1e-6}},
    {"F32", shaped(TensorType::F32)},
    {"Bf16", shaped(TensorType::BF16)},
    {"Q8_0", shaped(TensorType::Q8_0)},
    {"Q4_0", shaped(TensorType::Q4_0)},
    {"Q4_K", shaped(TensorType::Q4_K)},
    {"Q6_K", shaped(TensorType::Q6_K)},
};

class ModelTest : public testing::TestWithParam<Case>
{};

} // namespace

INSTANTIATE_TEST_SUITE_P(Shapes, ModelTest, testing::ValuesIn(kCases),
                         [](const auto &instance) { return std::string(instance.param.name); });

TEST_P(ModelTest, AgreesWithTheDoublePrecisionReference)
{
    RandomModel random = GetParam().model;
    const auto model = loadModel(random.write());
    ASSERT_TRUE(model);
    const std::vector<TokenId> tokens = randomTokens(37, random.vocab);
    std::vector<double> expected;
    for (const auto &row : referenceForward(random, tokens))
        expected.insert(expected.end(), row.begin(), row.end());
    Decoder decoder(model, {});
    KvCache cache = makeCache(model->shape());
    EXPECT_LT(nmse(logitsOf(decoder, cache, tokens, 37), expected), 1e-11);
}

TEST_P(ModelTest, TheScalarKernelsAgreeAsWell)
{
    RandomModel random = GetParam().model;
    const auto model = loadModel(random.write());
    ASSERT_TRUE(model);
    const std::vector<TokenId> tokens = randomTokens(9, random.vocab);
    std::vector<double> expected;
    for (const auto &row : referenceForward(random, tokens))
        expected.insert(expected.end(), row.begin(), row.end());
    Decoder decoder(model, {.kernels = &scalarKernels()});
    KvCache cache = makeCache(model->shape());
    EXPECT_LT(nmse(logitsOf(decoder, cache, tokens, 9), expected), 1e-11);
}

TEST(Model, RefusesATokenBeyondItsVocabulary)
{
    RandomModel random;
    const auto model = loadModel(random.write());
    Decoder decoder(model, {});
    KvCache cache = makeCache(model->shape());
    std::vector<float> logits;
    const std::vector<TokenId> tokens{1, static_cast<TokenId>(random.vocab)};
    const auto ok = decoder.run(tokens, cache, LogitsFor::Last, logits);
    ASSERT_FALSE(ok);
    EXPECT_EQ(ok.error().code, FaultCode::TokenInvalid);
    EXPECT_EQ(cache.cells(), 0U);
}

TEST(Model, HasAFingerprintOfItsWeightsAndNotOfItsFile)
{
    RandomModel a;
    RandomModel b;
    b.seed = 2;
    const auto first = loadModel(a.write());
    const auto again = loadModel(a.write());
    const auto other = loadModel(b.write());
    EXPECT_EQ(first->fingerprint(), again->fingerprint());
    EXPECT_NE(first->fingerprint(), other->fingerprint());
}
