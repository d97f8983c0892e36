// Model: weights, ready to compute with, and the tokenizer that belongs to them.
//
// The file stays mapped; every matrix is decoded to f32 once and packed for the kernels
// (kernels.h). Matrices that read the same input are one: Q, K and V; gate and up.
#pragma once

#include "core/llm/hugememory.h"
#include "core/llm/kernels.h"
#include "core/llm/modelshape.h"
#include "core/llm/tokenizer.h"

namespace kvscope::llm {

/// A matrix of `rows` × `columns` in panels of 64 rows.
struct PackedMatrix
{
    const float *panels = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;

    std::size_t panelCount() const { return (rows + kPanelRows - 1) / kPanelRows; }
    std::size_t bytes() const { return panelCount() * kPanelRows * columns * sizeof(float); }
};

struct LayerWeights
{
    std::vector<float> attentionNorm; ///< [dim]
    std::vector<float> ffnNorm;       ///< [dim]
    std::vector<float> qkvBias;       ///< [(heads + 2·kv_heads)·head_dim] or empty
    std::vector<float> queryNorm;     ///< [head_dim] or empty
    std::vector<float> keyNorm;       ///< [head_dim] or empty
    PackedMatrix qkv;                 ///< [(heads + 2·kv_heads)·head_dim, dim]
    PackedMatrix output;              ///< [dim, heads·head_dim]
    PackedMatrix gateUp;              ///< [2·ffn, dim]: gate above up
    PackedMatrix down;                ///< [dim, ffn]
};

/// Immutable once loaded; any number of threads may use it.
class Model
{
  public:
    /// Everything that gguf.h, modelshape.h and tokenizer.h refuse, and TensorMissing,
    /// TensorTypeUnknown, TensorShapeWrong, FormatUnknown (a tensor that would be ignored),
    /// OutOfMemory.
    static Expected<std::shared_ptr<const Model>> load(const std::string &path);

    const ModelShape &shape() const { return m_shape; }
    const Tokenizer &tokenizer() const { return *m_tokenizer; }
    const LayerWeights &layer(std::size_t i) const { return m_layers[i]; }
    const std::vector<float> &outputNorm() const { return m_outputNorm; }
    const PackedMatrix &head() const { return m_head; }
    /// The token's row of the embedding table, [dim].
    void embed(TokenId token, float *out) const;

    /// The same for the same weights, whatever the file is called: part of every block's identity.
    std::uint64_t fingerprint() const { return m_fingerprint; }
    std::size_t parameters() const { return m_parameters; }
    /// Bytes of weights that decoding one token reads.
    std::size_t bytesPerToken() const;
    /// Where the packed weights lie, for a bandwidth measured on the same memory.
    std::span<const float> packed() const;

  private:
    explicit Model(Gguf gguf) : m_gguf(std::move(gguf)) {}
    Expected<void> read();

    Gguf m_gguf;
    ModelShape m_shape;
    std::unique_ptr<Tokenizer> m_tokenizer;
    HugeMemory m_memory;
    std::vector<LayerWeights> m_layers;
    std::vector<float> m_outputNorm;
    PackedMatrix m_head;
    const TensorView *m_embedding = nullptr;
    std::uint64_t m_fingerprint = 0;
    std::size_t m_parameters = 0;
};

} // namespace kvscope::llm
