// Decoder, attention: projections, the view of the cache, and the weighted sum.
//
// For each kv head the blocks are brought into reach once for the whole batch: f32 blocks are read
// where they lie; other formats, and keys that are kept Raw, are decoded to scratch. Then each
// token attends, its `group` query heads together, over the cells that it may see. A cell it may
// not see (freed, or of a later token of the batch) gets −∞ before the softmax, so its weight is
// exactly 0 and the sums are those of the visible cells alone.
#include "core/llm/decoder.h"
#include "core/llm/kvcodec.h"

#include <cmath>
#include <limits>

namespace kvscope::llm {

void Decoder::project(std::size_t l, KvCache &cache, std::size_t tokens)
{
    const ModelShape &s = m_model->shape();
    const LayerWeights &layer = m_model->layer(l);
    const std::size_t width = (s.heads + 2 * s.kvHeads) * s.headDim;
    multiply(layer.qkv, m_h.data(), s.dim, tokens, m_qkv.data(), width);
    const bool turnsKeys = cache.layout().format().keys == KeyForm::Turned;
    for (std::size_t t = 0; t < tokens; ++t) {
        float *row = m_qkv.data() + t * width;
        if (!layer.qkvBias.empty()) m_kernels->add(row, layer.qkvBias.data(), width);
        const auto position = static_cast<std::size_t>(m_positions[t]);
        for (std::size_t head = 0; head < s.heads + s.kvHeads; ++head) {
            float *x = row + head * s.headDim;
            const bool isKey = head >= s.heads;
            const std::vector<float> &norm = isKey ? layer.keyNorm : layer.queryNorm;
            if (!norm.empty()) m_kernels->rmsNorm(x, norm.data(), s.headDim, s.normEpsilon, x);
            if (!isKey || turnsKeys) m_rope.turn(x, position);
        }
        const float *keys = row + s.heads * s.headDim;
        cache.write(l, t, keys, keys + s.kvHeads * s.headDim);
    }
}

void Decoder::prepareMasks(const KvCache &cache, std::size_t tokens)
{
    const std::vector<KvCache::TableBlock> &table = cache.table();
    for (std::size_t t = 0; t < tokens; ++t) {
        Sight &sight = m_sights[t];
        sight.blocks = 0;
        sight.partial.clear();
        for (std::size_t b = 0; b < table.size(); ++b) {
            const std::uint16_t mask = cache.visible(table[b], m_positions[t]);
            if (mask != 0) sight.blocks = b + 1;
            if (mask != 0xFFFF) sight.partial.emplace_back(b, mask);
        }
        while (!sight.partial.empty() && sight.partial.back().first >= sight.blocks)
            sight.partial.pop_back();
    }
}

void Decoder::readBlocks(std::size_t layer, std::size_t kvHead, const KvCache &cache)
{
    const std::vector<KvCache::TableBlock> &table = cache.table();
    const std::size_t size = cache.layout().headDim() * kBlockTokens;
    std::vector<float> &decoded = m_decoded[kvHead];
    std::vector<const float *> &keys = m_keys[kvHead];
    std::vector<const float *> &values = m_values[kvHead];
    keys.resize(table.size());
    values.resize(table.size());
    for (std::size_t b = 0; b < table.size(); ++b) {
        const KvLayout &layout = cache.layoutOf(table[b]);
        const KvFormat &format = layout.format();
        const std::byte *head = table[b].block.data() + layout.head(layer, kvHead);
        if (format.type == KvType::F32 && format.rotation == Rotation::None &&
            format.keys == KeyForm::Turned) {
            keys[b] = reinterpret_cast<const float *>(head);
            values[b] = reinterpret_cast<const float *>(head + layout.values());
            continue;
        }
        if (decoded.size() < table.size() * 2 * size) decoded.resize((table.size() + 8) * 2 * size);
    }
    for (std::size_t b = 0; b < table.size(); ++b) {
        const KvLayout &layout = cache.layoutOf(table[b]);
        const KvFormat &format = layout.format();
        if (format.type == KvType::F32 && format.rotation == Rotation::None &&
            format.keys == KeyForm::Turned)
            continue;
        float *to = decoded.data() + b * 2 * size;
        decodeBlock(layout, *m_kernels, table[b].block.data() + layout.head(layer, kvHead), to,
                    to + size);
        if (format.keys == KeyForm::Raw) {
            std::int32_t positions[kBlockTokens];
            for (std::size_t i = 0; i < kBlockTokens; ++i)
                positions[i] = table[b].cells[i].position;
            m_rope.turnBlock(to, positions);
        }
        keys[b] = to;
        values[b] = to + size;
    }
}

void Decoder::attend(std::size_t layer, KvCache &cache, std::size_t tokens)
{
    const ModelShape &s = m_model->shape();
    const std::size_t stride = cache.table().size() * kBlockTokens;
    for (std::vector<float> &scores : m_scores)
        if (scores.size() < stride * s.groupSize()) scores.resize((stride + 1024) * s.groupSize());
    m_workers.run(s.kvHeads, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t head = begin; head < end; ++head) readBlocks(layer, head, cache);
    });
    const auto part = [&](std::size_t begin, std::size_t end, std::size_t worker) {
        for (std::size_t i = begin; i < end; ++i)
            attendToken(layer, i / tokens, i % tokens, cache, m_scores[worker].data());
    };
    if (m_observer != nullptr)
        part(0, s.kvHeads * tokens, 0); // it is told in order, on this thread
    else
        m_workers.run(s.kvHeads * tokens, part);
}

void Decoder::attendToken(std::size_t layer, std::size_t kvHead, std::size_t token,
                          const KvCache &cache, float *scores)
{
    const ModelShape &s = m_model->shape();
    const std::size_t group = s.groupSize();
    const Sight &sight = m_sights[token];
    const std::size_t size = sight.blocks * kBlockTokens;
    const float *q =
        m_qkv.data() + token * (s.heads + 2 * s.kvHeads) * s.headDim + kvHead * group * s.headDim;
    m_kernels->scores(m_keys[kvHead].data(), sight.blocks, s.headDim, q, group,
                      1 / std::sqrt(static_cast<float>(s.headDim)), scores, size);
    for (std::size_t h = 0; h < group; ++h) {
        float *row = scores + h * size;
        for (const auto &[block, mask] : sight.partial)
            for (std::size_t i = 0; i < kBlockTokens; ++i)
                if (((mask >> i) & 1U) == 0)
                    row[block * kBlockTokens + i] = -std::numeric_limits<float>::infinity();
        m_kernels->softmax(row, size);
        if (m_observer != nullptr)
            m_observer->attended(cache, layer, kvHead * group + h, token, {row, size});
    }
    m_kernels->mix(m_values[kvHead].data(), sight.blocks, s.headDim, scores, size, group,
                   m_attention.data() + token * s.heads * s.headDim + kvHead * group * s.headDim);
}

} // namespace kvscope::llm
