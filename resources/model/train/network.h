// The network's forward and backward pass over one chunk: `rows` tokens, cut in segments of
// `length` that do not see each other.
//
// Llama's shape: RMSNorm, RoPE on interleaved pairs, grouped queries, SwiGLU, tied embeddings.
// Weights, gradients, norms and the residual stream are float32, operands of products bfloat16. One
// thread works on one chunk alone, so threads only meet at the end of a step, and activations of a
// chunk stay near its core.
#pragma once

#include "attention.h"

constexpr long kVocab = 1024;
constexpr long kLayers = 6;
constexpr long kHidden = 512;
constexpr long kMaxRows = 2048;
constexpr float kEpsilon = 1e-5f;

// Offsets in the one array that holds all parameters. Matrices are [outputs, inputs]; gateUp has
// the gate's rows first.
struct LayerOffsets
{
    long norm1, qkv, out, norm2, gateUp, down;
};
constexpr long kLayerSize = 2 * kDim + kQkv * kDim + kDim * kDim + 3 * kHidden * kDim;
constexpr long kFinalNorm = kVocab * kDim + kLayers * kLayerSize;
constexpr long kParameters = kFinalNorm + kDim;
constexpr LayerOffsets layerOffsets(long layer)
{
    const long start = kVocab * kDim + layer * kLayerSize;
    const long qkv = start + kDim;
    const long out = qkv + kQkv * kDim;
    const long norm2 = out + kDim * kDim;
    return {start, qkv, out, norm2, norm2 + kDim, norm2 + kDim + 2 * kHidden * kDim};
}

// A matrix [n, k] in bfloat16 for y = x Wᵀ (forwards) and dx = dy W (backwards).
struct Packed
{
    std::vector<u32> forwards, backwards;
    long n = 0, k = 0;

    void pack(const float *w, long rows, long columns)
    {
        n = rows;
        k = columns;
        std::vector<bf16> narrowed(static_cast<size_t>(n * k));
        narrow(w, n * k, narrowed.data());
        forwards.resize(static_cast<size_t>(n * k / 2));
        backwards.resize(static_cast<size_t>(n * k / 2));
        transposePairs(reinterpret_cast<const u32 *>(narrowed.data()), k / 2, n, k / 2,
                       forwards.data());
        interleave(narrowed.data(), k, n, k, backwards.data());
    }
    // y[rows, n] (+)= x Wᵀ
    void apply(const bf16 *x, long rows, float *y, bool add) const
    {
        multiply<4>(rows, n, k / 2, reinterpret_cast<const u32 *>(x), k / 2, 1, forwards.data(),
                    k / 2, y, n, add);
    }
    // dx[rows, k] = dy W
    void applyBackwards(const bf16 *dy, long rows, float *dx) const
    {
        multiply<4>(rows, k, n / 2, reinterpret_cast<const u32 *>(dy), n / 2, 1, backwards.data(),
                    n / 2, dx, k, false);
    }
};

struct PackedLayer
{
    Packed qkv, out, gateUp, down;
};

struct PackedModel
{
    const float *weights = nullptr;
    Packed embedding;
    PackedLayer layers[kLayers];
    std::vector<float> cosines, sines; // [position][kHeadDim], sines negated at even places

    PackedModel()
    {
        for (long t = 0; t < kMaxContext; ++t)
            for (long d = 0; d < kHeadDim; ++d) {
                const double angle = static_cast<double>(t) *
                                     std::pow(10000.0, -static_cast<double>(d / 2 * 2) / kHeadDim);
                cosines.push_back(static_cast<float>(std::cos(angle)));
                sines.push_back(
                    static_cast<float>(d % 2 == 0 ? -std::sin(angle) : std::sin(angle)));
            }
    }
};

struct LayerActivations
{
    std::vector<float> x, middle, inverse1, inverse2, logSums;
    std::vector<bf16> normed1, qkv, attended, normed2, gateUp;
};

// Everything one thread needs for a chunk, and its sum of gradients.
class Worker
{
  public:
    Worker();
    // Loss weights are per token; nll (may be null) takes the plain loss of each. Returns the
    // weighted sum.
    double forward(const PackedModel &model, const std::int32_t *tokens,
                   const std::int32_t *targets, const float *lossWeights, float lossScale,
                   long rows, long length, float *nll);
    void backward(const PackedModel &model, const std::int32_t *tokens, long rows, long length);
    std::vector<float> gradients;

  private:
    void forwardLayer(const PackedModel &model, long layer, long rows, long length);
    void backwardLayer(const PackedModel &model, long layer, long rows, long length);
    void backwardFeedForward(const PackedModel &model, long layer, long rows);
    void outer(long weights, const bf16 *dy, long m, const bf16 *x, long n, long rows);

    LayerActivations m_layers[kLayers];
    std::vector<float> m_x, m_dx, m_inverse, m_block, m_dQkv, m_dots;
    std::vector<bf16> m_normed, m_dLogits, m_dxNarrow, m_act, m_dGateUp, m_dOut, m_dQkvNarrow;
    std::vector<u32> m_outerA, m_outerB;
    AttentionBuffers m_attention;
};
