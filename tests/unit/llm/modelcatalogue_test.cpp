// The capacity calculator against figures that are published elsewhere.
#include "core/llm/modelcatalogue.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace kvscope::llm;

namespace {

const KnownModel &model(std::string_view name)
{
    const auto models = knownModels();
    const auto found = std::ranges::find(models, name, &KnownModel::name);
    EXPECT_NE(found, models.end()) << name;
    return *found;
}

} // namespace

TEST(ModelCatalogue, SaysWhatThePapersSayOfATokensSize)
{
    // vLLM's paper: 800 KB a token for OPT-13B, whose shape Llama 2 13B shares (40 layers of
    // 5,120).
    EXPECT_EQ(capacityOf(model("Llama 2 13B"), {}).bytesPerToken, 819'200);
    // Llama 3.1 8B: 2 · 32 · 8 · 128 · 2 bytes.
    EXPECT_EQ(capacityOf(model("Llama 3.1 8B"), {}).bytesPerToken, 131'072);
    // DeepSeek-V3: (512 + 64) · 61 · 2 bytes, the 70 KB of its paper on hardware (2025).
    EXPECT_EQ(capacityOf(model("DeepSeek-V3"), {}).bytesPerToken, 70'272);
}

TEST(ModelCatalogue, EveryModelHasItsNumbersAndTheirSource)
{
    for (const KnownModel &known : knownModels()) {
        EXPECT_GT(known.billions, 0) << known.name;
        EXPECT_GT(kvValues(known, 1), 0) << known.name;
        EXPECT_LE(known.windowLayers, known.layers) << known.name;
        EXPECT_EQ(known.windowLayers > 0, known.window > 0) << known.name;
        EXPECT_NE(known.source.find("config.json of "), std::string_view::npos) << known.name;
    }
}

TEST(ModelCatalogue, HasTheShapesThatConfigurationsPublish)
{
    struct Shape
    {
        const char *name;
        std::uint32_t layers, kvHeads, hidden, heads, context, windowLayers = 0, window = 0;
    };
    // num_hidden_layers, num_key_value_heads, hidden_size ÷ num_attention_heads,
    // max_position_embeddings, sliding_window. Gemma's head_dim of 256 is a field of its own.
    for (const Shape &published : {Shape{"GPT-2 XL", 48, 25, 1600, 25, 1024},
                                   {"TinyLlama 1.1B", 22, 4, 2048, 32, 2048},
                                   {"SmolLM2 135M", 30, 3, 576, 9, 8192},
                                   {"SmolLM2 1.7B", 24, 32, 2048, 32, 8192},
                                   {"Llama 2 7B", 32, 32, 4096, 32, 4096},
                                   {"Llama 2 13B", 40, 40, 5120, 40, 4096},
                                   {"Llama 2 70B", 80, 8, 8192, 64, 4096},
                                   {"Llama 3 8B", 32, 8, 4096, 32, 8192},
                                   {"Llama 3.2 1B", 16, 8, 2048, 32, 131072},
                                   {"Llama 3.2 3B", 28, 8, 3072, 24, 131072},
                                   {"Llama 3.1 405B", 126, 8, 16384, 128, 131072},
                                   {"Mistral 7B v0.1", 32, 8, 4096, 32, 32768, 32, 4096},
                                   {"Mixtral 8x7B", 32, 8, 4096, 32, 32768},
                                   {"Qwen2 7B", 28, 4, 3584, 28, 131072},
                                   {"Qwen2.5 0.5B", 24, 2, 896, 14, 32768},
                                   {"Gemma 2 9B", 42, 8, 4096, 16, 8192, 21, 4096}}) {
        const KnownModel &known = model(published.name);
        EXPECT_EQ(known.layers, published.layers) << published.name;
        EXPECT_EQ(known.kvHeads, published.kvHeads) << published.name;
        EXPECT_EQ(known.headDim, published.hidden / published.heads) << published.name;
        EXPECT_EQ(known.context, published.context) << published.name;
        EXPECT_EQ(known.windowLayers, published.windowLayers) << published.name;
        EXPECT_EQ(known.window, published.window) << published.name;
    }
}

TEST(ModelCatalogue, LatentsAreKeptOnceForKeysAndValuesOfAllHeads)
{
    // kv_lora_rank and qk_rope_head_dim, sixty layers: as the published configuration has them.
    const KnownModel &deepseek = model("DeepSeek-V2");
    EXPECT_EQ(kvValues(deepseek, 1), (512 + 64) * 60.0);
    EXPECT_EQ(deepseek.context, 163'840U);
    EXPECT_EQ(model("DeepSeek-V3").context, 163'840U);
}

TEST(ModelCatalogue, AWindowStopsGrowing)
{
    const KnownModel &gemma = model("Gemma 3 27B");
    const double step = kvValues(gemma, 1);
    EXPECT_EQ(kvValues(gemma, 1024), 1024 * step);
    // Beyond the window ten of sixty-two layers grow.
    EXPECT_EQ(kvValues(gemma, 2024) - kvValues(gemma, 1024), 1000 * step * 10 / 62);
}

TEST(ModelCatalogue, PagingQuantisingAndSharingEachMakeRoomForMoreUsers)
{
    const KnownModel &llama = model("Llama 3.1 8B");
    const Keeping plain{.context = 2000, .reserved = 8192};
    Keeping paged = plain;
    paged.reserved = 0;
    Keeping eighth = paged;
    eighth.kvBits = 8.5;
    Keeping shared = eighth;
    shared.sharedPrefix = 1000;
    const auto users = [&](const Keeping &keeping) { return capacityOf(llama, keeping).users; };
    // 80 GiB · 0.9 − 16.06 GB for the weights, over 8,192 · 131,072 bytes.
    EXPECT_EQ(users(plain), 57U);
    EXPECT_EQ(users(paged), 233U) << "4.1 times: 8,192 ÷ 2,000";
    EXPECT_EQ(users(eighth), 439U) << "1.88 times: 16 ÷ 8.5 bits";
    EXPECT_GT(users(shared), 2 * users(eighth) - 10) << "half of each context is kept once";
}

TEST(ModelCatalogue, WeightsThatDoNotFitLeaveNoRoom)
{
    const Capacity one = capacityOf(model("Llama 3.1 70B"), {});
    EXPECT_EQ(one.users, 0U);
    EXPECT_EQ(one.roomBytes, 0);
    EXPECT_GT(capacityOf(model("Llama 3.1 70B"), {.gpus = 4}).users, 0U);
}
