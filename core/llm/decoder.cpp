// Decoder: batches and the feed-forward half; attention.cpp has the other half.
#include "core/llm/decoder.h"

#include <algorithm>

namespace kvscope::llm {

Decoder::Decoder(std::shared_ptr<const Model> model, Options options)
    : m_model(std::move(model)), m_kernels(options.kernels),
      m_batch(std::max<std::size_t>(1, options.batch)),
      m_workers(std::max<std::size_t>(1, options.threads)), m_rope(m_model->shape())
{
    const ModelShape &s = m_model->shape();
    m_x.resize(m_batch * s.dim);
    m_h.resize(m_batch * s.dim);
    m_qkv.resize(m_batch * (s.heads + 2 * s.kvHeads) * s.headDim);
    m_attention.resize(m_batch * s.heads * s.headDim);
    m_gateUp.resize(m_batch * 2 * s.ffn);
    m_scores.resize(m_workers.threads());
    m_decoded.resize(s.kvHeads);
    m_keys.resize(s.kvHeads);
    m_values.resize(s.kvHeads);
    m_sights.resize(m_batch);
    m_positions.resize(m_batch);
}

Expected<void> Decoder::run(std::span<const TokenId> tokens, KvCache &cache, LogitsFor wanted,
                            std::vector<float> &logits, const std::stop_token &stop)
{
    const std::size_t vocab = m_model->shape().vocab;
    for (const TokenId token : tokens)
        if (token >= vocab)
            return fault(FaultCode::TokenInvalid, {std::to_string(token), std::to_string(vocab)});
    logits.resize(wanted == LogitsFor::None || tokens.empty() ? 0
                  : wanted == LogitsFor::Last                 ? vocab
                                                              : vocab * tokens.size());
    float *out = logits.data();
    for (std::size_t at = 0; at < tokens.size() && !stop.stop_requested();) {
        const std::size_t count = cache.batchLimit(std::min(m_batch, tokens.size() - at));
        std::size_t from = count; // of the batch: whose logits are wanted
        if (wanted == LogitsFor::All)
            from = 0;
        else if (wanted == LogitsFor::Last && at + count == tokens.size())
            from = count - 1;
        const Expected<bool> whole = runBatch(tokens.subspan(at, count), cache, from, out, stop);
        if (!whole) return tl::unexpected<Fault>(whole.error());
        if (!*whole) break;
        out += vocab * (count - from);
        at += count;
    }
    return {};
}

void Decoder::multiply(const PackedMatrix &matrix, const float *x, std::size_t stride,
                       std::size_t tokens, float *out, std::size_t outStride)
{
    m_workers.run(matrix.panelCount(), [&](std::size_t first, std::size_t end, std::size_t) {
        m_kernels->matmul(matrix.panels, matrix.columns, matrix.rows, first, end, x, stride, tokens,
                          out, outStride);
    });
}

Expected<bool> Decoder::runBatch(std::span<const TokenId> tokens, KvCache &cache,
                                 std::size_t logitsFrom, float *logits, const std::stop_token &stop)
{
    const ModelShape &s = m_model->shape();
    const std::size_t count = tokens.size();
    const std::int32_t firstIndex = cache.nextIndex();
    if (Expected<void> ok = cache.reserve(tokens, *m_kernels); !ok)
        return tl::unexpected<Fault>(ok.error());
    m_rope.extend(static_cast<std::size_t>(cache.nextPosition()));
    for (std::size_t t = 0; t < count; ++t) {
        m_model->embed(tokens[t], m_x.data() + t * s.dim);
        m_positions[t] = cache.cell(cache.batch()[t]).position;
    }
    prepareMasks(cache, count);

    for (std::size_t l = 0; l < s.layers; ++l) {
        if (count > 1 && stop.stop_requested()) {
            cache.truncate(firstIndex);
            return false;
        }
        const LayerWeights &layer = m_model->layer(l);
        for (std::size_t t = 0; t < count; ++t)
            m_kernels->rmsNorm(m_x.data() + t * s.dim, layer.attentionNorm.data(), s.dim,
                               s.normEpsilon, m_h.data() + t * s.dim);
        project(l, cache, count);
        attend(l, cache, count);
        multiply(layer.output, m_attention.data(), s.heads * s.headDim, count, m_h.data(), s.dim);
        m_kernels->add(m_x.data(), m_h.data(), count * s.dim);

        for (std::size_t t = 0; t < count; ++t)
            m_kernels->rmsNorm(m_x.data() + t * s.dim, layer.ffnNorm.data(), s.dim, s.normEpsilon,
                               m_h.data() + t * s.dim);
        multiply(layer.gateUp, m_h.data(), s.dim, count, m_gateUp.data(), 2 * s.ffn);
        for (std::size_t t = 0; t < count; ++t)
            m_kernels->gate(m_gateUp.data() + t * 2 * s.ffn,
                            m_gateUp.data() + t * 2 * s.ffn + s.ffn, s.ffn);
        multiply(layer.down, m_gateUp.data(), 2 * s.ffn, count, m_h.data(), s.dim);
        m_kernels->add(m_x.data(), m_h.data(), count * s.dim);
    }
    if (logitsFrom == count) return true;
    for (std::size_t t = logitsFrom; t < count; ++t)
        m_kernels->rmsNorm(m_x.data() + t * s.dim, m_model->outputNorm().data(), s.dim,
                           s.normEpsilon, m_h.data() + t * s.dim);
    multiply(m_model->head(), m_h.data() + logitsFrom * s.dim, s.dim, count - logitsFrom, logits,
             s.vocab);
    return true;
}

} // namespace kvscope::llm
