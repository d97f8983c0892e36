// Kernels: what vectors compute is what the scalar reference computes.
#include "core/llm/dequantise.h"
#include "core/llm/half.h"
#include "core/llm/kvcodec.h"
#include "tests/unit/llm/llmfixture.h"

#include <cmath>
#include <limits>

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

std::vector<float> randoms(std::size_t count, std::uint64_t seed = 1)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> out(count);
    for (float &x : out) x = normal(random);
    return out;
}

} // namespace

TEST(Kernels, AProductIsTheSameBitsInEveryBatchAndAlmostTheScalarOne)
{
    for (const std::size_t rows : {64U, 128U, 70U, 1U, 63U})
        for (const std::size_t columns : {1U, 24U, 192U}) {
            const std::size_t panels = (rows + 63) / 64;
            const std::vector<float> w = randoms(panels * 64 * columns);
            const std::vector<float> x = randoms(13 * columns, 2);
            std::vector<float> all(13 * rows, -7);
            std::vector<float> scalar(13 * rows, -7);
            kernels().matmul(w.data(), columns, rows, 0, panels, x.data(), columns, 13, all.data(),
                             rows);
            scalarKernels().matmul(w.data(), columns, rows, 0, panels, x.data(), columns, 13,
                                   scalar.data(), rows);
            EXPECT_LT(nmse(all, scalar), 1e-12) << rows << " x " << columns;
            for (std::size_t t = 0; t < 13; ++t) {
                std::vector<float> one(rows);
                for (std::size_t p = 0; p < panels; ++p)
                    kernels().matmul(w.data(), columns, rows, p, p + 1, x.data() + t * columns,
                                     columns, 1, one.data(), rows);
                EXPECT_TRUE(
                    sameBits(one, {all.begin() + static_cast<std::ptrdiff_t>(t * rows),
                                   all.begin() + static_cast<std::ptrdiff_t>((t + 1) * rows)}));
            }
        }
}

TEST(Kernels, AttentionAgreesForEveryHeadSizeAndGroup)
{
    for (const std::size_t headDim : {8U, 20U, 32U, 64U, 80U, 128U})
        for (const std::size_t queries : {1U, 2U, 3U, 4U, 7U, 8U})
            for (const std::size_t blocks : {1U, 2U, 5U}) {
                const std::vector<float> k = randoms(blocks * headDim * 16);
                const std::vector<float> v = randoms(blocks * headDim * 16, 2);
                const std::vector<float> q = randoms(queries * headDim, 3);
                std::vector<const float *> keys;
                std::vector<const float *> values;
                for (std::size_t b = 0; b < blocks; ++b) {
                    keys.push_back(k.data() + b * headDim * 16);
                    values.push_back(v.data() + b * headDim * 16);
                }
                std::vector<float> a(queries * blocks * 16);
                std::vector<float> b = a;
                std::vector<float> mixedA(queries * headDim);
                std::vector<float> mixedB = mixedA;
                const std::size_t stride = blocks * 16;
                const auto run = [&](const Kernels &with, std::vector<float> &scores,
                                     std::vector<float> &mixed) {
                    with.scores(keys.data(), blocks, headDim, q.data(), queries, 0.25F,
                                scores.data(), stride);
                    for (std::size_t h = 0; h < queries; ++h)
                        with.softmax(scores.data() + h * stride, stride);
                    with.mix(values.data(), blocks, headDim, scores.data(), stride, queries,
                             mixed.data());
                };
                run(kernels(), a, mixedA);
                run(scalarKernels(), b, mixedB);
                EXPECT_LT(nmse(a, b), 1e-11) << headDim << ' ' << queries << ' ' << blocks;
                EXPECT_LT(nmse(mixedA, mixedB), 1e-11)
                    << headDim << ' ' << queries << ' ' << blocks;
            }
}

TEST(Kernels, ACellThatMayNotBeSeenWeighsExactlyNothing)
{
    std::vector<float> x = randoms(32);
    for (const std::size_t hidden : {0U, 5U, 31U})
        x[hidden] = -std::numeric_limits<float>::infinity();
    x[7] = -200; // visible, but beyond what floats can tell from nothing
    kernels().softmax(x.data(), x.size());
    for (const std::size_t hidden : {0U, 5U, 7U, 31U}) EXPECT_EQ(x[hidden], 0.0F);
    double sum = 0;
    for (const float p : x) sum += static_cast<double>(p);
    EXPECT_NEAR(sum, 1, 1e-6);
}

TEST(Kernels, NormsGatesAndSumsAgree)
{
    for (const std::size_t size : {1U, 16U, 31U, 192U, 513U}) {
        const std::vector<float> x = randoms(size);
        const std::vector<float> w = randoms(size, 2);
        std::vector<float> a(size);
        std::vector<float> b(size);
        kernels().rmsNorm(x.data(), w.data(), size, 1e-5F, a.data());
        scalarKernels().rmsNorm(x.data(), w.data(), size, 1e-5F, b.data());
        EXPECT_LT(nmse(a, b), 1e-12);
        a = b = x;
        kernels().gate(a.data(), w.data(), size);
        scalarKernels().gate(b.data(), w.data(), size);
        EXPECT_LT(nmse(a, b), 1e-12);
        kernels().add(a.data(), w.data(), size);
        scalarKernels().add(b.data(), w.data(), size);
        EXPECT_LT(nmse(a, b), 1e-12);
    }
    std::vector<float> extreme{-1000, -89, -30, 0, 30, 89, 1000, -1e30F,
                               1e30F, 1,   2,   3, 4,  5,  6,    7};
    const std::vector<float> ones(16, 1);
    kernels().gate(extreme.data(), ones.data(), 16);
    EXPECT_EQ(extreme[3], 0.0F);
    EXPECT_EQ(extreme[6], 1000.0F);
    EXPECT_NEAR(extreme[0], 0.0F, 1e-30);
    for (const float x : extreme) EXPECT_FALSE(std::isnan(x));
}

TEST(Half, EveryNumberComesBackAndRoundingIsToTheNearestEven)
{
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float value = floatFromHalf(half);
        if (!std::isnan(value)) {
            EXPECT_EQ(halfFromFloat(value), half);
        }
    }
    EXPECT_EQ(halfFromFloat(1 + 0x1p-11F), 0x3C00) << "half way: to the even one";
    EXPECT_EQ(halfFromFloat(1 + 3 * 0x1p-11F), 0x3C02);
    EXPECT_EQ(halfFromFloat(65519.0F), 0x7BFF);
    EXPECT_EQ(halfFromFloat(65520.0F), 0x7C00);
    EXPECT_EQ(halfFromFloat(0x1p-25F), 0);
    EXPECT_EQ(halfFromFloat(-0x1p-24F), 0x8001);
    std::vector<std::uint16_t> halves(61);
    for (std::size_t i = 0; i < halves.size(); ++i) halves[i] = static_cast<std::uint16_t>(i * 511);
    std::vector<float> a(halves.size());
    std::vector<float> b(halves.size());
    kernels().decodeHalf(halves.data(), a.data(), halves.size());
    scalarKernels().decodeHalf(halves.data(), b.data(), halves.size());
    EXPECT_TRUE(sameBits(a, b));
}

TEST(Hadamard, IsItsOwnInverseAndKeepsLengths)
{
    for (const std::size_t size : {8U, 24U, 32U, 80U, 128U}) {
        const std::vector<float> x = randoms(size);
        std::vector<float> y = x;
        hadamard(y.data(), size, 1);
        double before = 0;
        double after = 0;
        for (std::size_t i = 0; i < size; ++i) {
            before += static_cast<double>(x[i]) * static_cast<double>(x[i]);
            after += static_cast<double>(y[i]) * static_cast<double>(y[i]);
        }
        EXPECT_NEAR(before, after, before * 1e-5);
        EXPECT_GT(nmse(y, x), 0.1);
        hadamard(y.data(), size, 1);
        EXPECT_LT(nmse(y, x), 1e-12);
    }
}

TEST(KvCodec, EachFormatLosesWhatItsBitsAllow)
{
    RandomModel random{.headDim = 32};
    const auto model = loadModel(random.write());
    struct
    {
        KvType type;
        double most;
    } const cases[] = {{KvType::F32, 1e-13},
                       {KvType::F16, 1e-6},
                       {KvType::Q8, 1e-4},
                       {KvType::Q4, 1e-2},
                       {KvType::Kivi2, 0.2}};
    for (const auto &each : cases)
        for (const Rotation rotation : {Rotation::None, Rotation::Hadamard}) {
            const KvLayout layout(model->shape(), {each.type, rotation});
            std::vector<std::byte> block(layout.blockBytes());
            const std::vector<float> k = randoms(16 * 32);
            const std::vector<float> v = randoms(16 * 32, 2);
            std::vector<float> transposed(16 * 32);
            for (std::size_t t = 0; t < 16; ++t)
                for (std::size_t d = 0; d < 32; ++d) transposed[d * 16 + t] = k[t * 32 + d];
            std::byte *head = block.data() + layout.head(1, 1);
            if (each.type == KvType::Kivi2)
                encodeBlock(layout, head, transposed.data(), v.data());
            else
                for (std::size_t t = 0; t < 16; ++t)
                    encodeCell(layout, head, t, k.data() + t * 32, v.data() + t * 32);
            std::vector<float> keys(16 * 32);
            std::vector<float> values(16 * 32);
            decodeBlock(layout, kernels(), head, keys.data(), values.data());
            EXPECT_LT(nmse(keys, transposed), each.most) << layout.format().name();
            EXPECT_LT(nmse(values, v), each.most) << layout.format().name();
            std::vector<float> keys2(16 * 32);
            std::vector<float> values2(16 * 32);
            decodeBlock(layout, scalarKernels(), head, keys2.data(), values2.data());
            EXPECT_LT(nmse(keys, keys2), 1e-12);
            EXPECT_LT(nmse(values, values2), 1e-12);
        }
}

TEST(Kernels, EveryInstructionSetOfThisMachineRunsAModelAlike)
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    const auto model = loadModel(random.write());
    const std::vector<TokenId> tokens = randomTokens(45, random.vocab);
    const auto run = [&](const Kernels &with, KvType kv, std::size_t chunk) {
        Decoder decoder(model, {.kernels = &with});
        KvCache cache = makeCache(model->shape(), {kv});
        return logitsOf(decoder, cache, tokens, chunk);
    };
    const std::vector<Kernels> all = everyKernels();
    EXPECT_GE(all.size(), 1U);
    for (const Kernels &one : all) {
        EXPECT_LT(nmse(run(one, KvType::F32, 45), run(scalarKernels(), KvType::F32, 45)), 1e-11)
            << one.name;
        EXPECT_TRUE(sameBits(run(one, KvType::F32, 7), run(one, KvType::F32, 45))) << one.name;
        // Codes may fall on the other side of a rounding: a bound, not equality.
        for (const KvType kv : {KvType::F16, KvType::Q8, KvType::Q4, KvType::Kivi2}) {
            EXPECT_LT(nmse(run(one, kv, 45), run(scalarKernels(), kv, 45)), 1e-3)
                << one.name << ' ' << kvTypeName(kv);
            EXPECT_TRUE(sameBits(run(one, kv, 1), run(one, kv, 45)))
                << one.name << ' ' << kvTypeName(kv);
        }
    }
}
