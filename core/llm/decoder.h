// Decoder: the forward pass of a Llama-style transformer over a KV cache.
//
//     x = embedding[token]                                      [tokens, dim]
//     for each layer:
//         h = rmsNorm(x);  q, k, v = Wqkv·h (+ bias), q and k normalised where the model wants it
//         turn q, k by position (RoPE);  store k, v in the cache
//         x += Wo · Σ softmax(q·K / √head_dim) · V              per head; kv heads serve
//         heads/kv_heads h = rmsNorm(x);  x += Wdown · (silu(Wgate·h) · Wup·h)
//     logits = Whead · rmsNorm(x)                               [tokens, vocab]
//
// Everything is f32. Each number is made by the same operations in the same order whether its token
// came alone or in a batch, whether earlier keys were computed now or long ago, and on however many
// threads: see kernels.h. Vaswani et al. 2017; Touvron et al. 2023; Ainslie et al. 2023 (GQA).
#pragma once

#include "core/llm/kvcache.h"
#include "core/llm/model.h"
#include "core/llm/rope.h"
#include "core/llm/workers.h"

#include <stop_token>

namespace kvscope::llm {

/// Sees every row of attention weights as it is made. Called on the decoding thread.
class AttentionObserver
{
  public:
    virtual ~AttentionObserver() = default;
    /// `weights[16·b + slot]` is what the query gives to that cell of `cache`; `blocks` of them.
    /// `token`: which of the batch asked. `head`: which query head.
    virtual void attended(const KvCache &cache, std::size_t layer, std::size_t head,
                          std::size_t token, std::span<const float> weights) = 0;
};

enum class LogitsFor : std::uint8_t { None, Last, All };

class Decoder
{
  public:
    struct Options
    {
        std::size_t threads = 1;
        std::size_t batch = 96; ///< tokens computed together, at most
        const Kernels *kernels = &llm::kernels();
    };
    Decoder(std::shared_ptr<const Model> model, Options options);

    const Model &model() const { return *m_model; }
    const std::shared_ptr<const Model> &sharedModel() const { return m_model; }
    const Kernels &arithmetic() const { return *m_kernels; }
    std::size_t threads() const { return m_workers.threads(); }
    void setObserver(AttentionObserver *observer) { m_observer = observer; }

    /// Computes `tokens` behind what `cache` holds and adds them to it. Logits come in `logits`:
    /// vocab floats for each token asked for. TokenInvalid, OutOfMemory. A stop is looked for
    /// before each layer of a batch; then fewer tokens are in the cache than were given, those of
    /// the batches that were finished. A batch of one token is finished always.
    Expected<void> run(std::span<const TokenId> tokens, KvCache &cache, LogitsFor wanted,
                       std::vector<float> &logits, const std::stop_token &stop = {});

  private:
    /// False: stopped, and nothing of the batch is left in the cache.
    Expected<bool> runBatch(std::span<const TokenId> tokens, KvCache &cache, std::size_t logitsFrom,
                            float *logits, const std::stop_token &stop);
    void multiply(const PackedMatrix &matrix, const float *x, std::size_t stride,
                  std::size_t tokens, float *out, std::size_t outStride);
    void project(std::size_t layer, KvCache &cache, std::size_t tokens);
    void attend(std::size_t layer, KvCache &cache, std::size_t tokens);
    void prepareMasks(const KvCache &cache, std::size_t tokens);
    void readBlocks(std::size_t layer, std::size_t kvHead, const KvCache &cache);
    void attendToken(std::size_t layer, std::size_t kvHead, std::size_t token, const KvCache &cache,
                     float *scores);

    std::shared_ptr<const Model> m_model;
    const Kernels *m_kernels;
    std::size_t m_batch;
    Workers m_workers;
    Rope m_rope;
    AttentionObserver *m_observer = nullptr;

    // Scratch, kept from call to call: a page fault costs as much as a matrix.
    std::vector<float> m_x;                    // [batch, dim]
    std::vector<float> m_h;                    // [batch, max(dim, 2·ffn …)]
    std::vector<float> m_qkv;                  // [batch, (heads + 2·kv_heads)·head_dim]
    std::vector<float> m_attention;            // [batch, heads·head_dim]
    std::vector<float> m_gateUp;               // [batch, 2·ffn]
    std::vector<std::vector<float>> m_scores;  // per worker: [group, cells]
    std::vector<std::vector<float>> m_decoded; // per kv head: decoded blocks
    std::vector<std::vector<const float *>> m_keys;
    std::vector<std::vector<const float *>> m_values;
    struct Sight
    {
        std::size_t blocks = 0;                                     // up to the last that is seen
        std::vector<std::pair<std::size_t, std::uint16_t>> partial; // blocks seen in part
    };
    std::vector<Sight> m_sights; // per token of the batch
    std::vector<std::int32_t> m_positions;
};

} // namespace kvscope::llm
