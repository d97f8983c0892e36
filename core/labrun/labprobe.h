// LabProbe: what a decoding does to its cache, gathered while it goes on.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <deque>

namespace kvscope {

/// Sees every attention weight and every key and value of one session. The lab's thread.
///
/// A row is a layer and a kv head. Mass is a running mean over the last kMeanQueries queries of the
/// attention that a head's group of query heads gives to a token.
class LabProbe final : public llm::AttentionObserver, public llm::KvObserver
{
  public:
    static constexpr float kMeanQueries = 8;
    static constexpr std::size_t kRememberedQueries = 1024;
    static constexpr std::size_t kMostExactBytes = 256U << 20U;

    /// A new sequence under `format`.
    void begin(const llm::ModelShape &shape, const llm::KvFormat &format);

    LabHeat heat(HeatKind kind, const llm::Session &session);
    /// Requires: row < layers · kv_heads.
    LabCell cell(std::int32_t index, std::size_t row, llm::Session &session) const;
    float sinkMass() const;
    /// By token of the text: in the cache or not.
    static std::vector<std::uint8_t> liveTokens(const llm::Session &session);

    void attended(const llm::KvCache &cache, std::size_t layer, std::size_t head, std::size_t token,
                  std::span<const float> weights) override;
    void written(const llm::Cell &cell, std::size_t layer, const float *keys,
                 const float *values) override;

  private:
    struct Query
    {
        std::int32_t index = -1;
        std::vector<float> given; ///< by index: summed over layers and heads
    };
    std::size_t rows() const { return m_layers * m_kvHeads; }
    std::size_t tokenFloats() const { return 2 * m_kvHeads * m_headDim; }
    /// Null: too long ago to be remembered.
    Query *queryOf(std::int32_t index);
    /// K and V of one token in one row as they were computed; null: not known.
    const float *exact(std::size_t index, std::size_t row) const;
    void measureBlocks(const llm::Session &session);
    void measure(const llm::KvCache &cache, const llm::KvCache::TableBlock &block,
                 const llm::Kernels &kernels);
    void grow(std::size_t tokens);

    std::size_t m_layers = 0;
    std::size_t m_heads = 0;
    std::size_t m_kvHeads = 0;
    std::size_t m_headDim = 0;
    bool m_keepsExact = false;
    std::size_t m_tokens = 0;                ///< room in the tables below
    std::vector<std::vector<float>> m_mass;  ///< [row][index]
    std::vector<std::vector<float>> m_norm;  ///< [row][index]
    std::vector<std::vector<float>> m_error; ///< [row][index]
    std::vector<std::uint8_t> m_measured;    ///< [index]: 0 no, 1 as residual, 2 as it stays
    std::vector<std::vector<float>> m_exact; ///< [index]: [layer][K heads, V heads]
    std::deque<Query> m_queries;
    std::vector<float> m_nowByHead; ///< [layer · heads][index], of the last query
    std::size_t m_nowStride = 0;
    double m_sinkSum = 0;
    std::size_t m_sinkRows = 0;
};

} // namespace kvscope
