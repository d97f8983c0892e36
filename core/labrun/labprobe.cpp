// LabProbe: means, errors, and one cell in detail.
#include "core/labrun/labprobe.h"

#include "core/llm/kvcodec.h"

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

constexpr std::size_t kLookers = 6;
/// Before this many keys, any position has much of the attention.
constexpr std::int32_t kSinkFrom = 32;
constexpr float kNothing = kNotMeasured;

float length(std::span<const float> x)
{
    float sum = 0;
    for (const float v : x) sum += v * v;
    return std::sqrt(sum);
}

float relativeError(std::span<const float> stored, std::span<const float> exact)
{
    float sum = 0;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const float difference = stored[i] - exact[i];
        sum += difference * difference;
    }
    const float size = length(exact);
    return size > 0 ? std::sqrt(sum) / size : 0;
}

/// Weights come in whole blocks. Loops of a known length, over what can't overlap, are what a
/// compiler makes registers of at -O2; this runs 36 times for a token of the shipped model.
void addWeights(float *__restrict sum, float kept, float share, const float *__restrict weights,
                std::size_t size)
{
    for (; size >= llm::kBlockTokens; size -= llm::kBlockTokens) {
        for (std::size_t i = 0; i < llm::kBlockTokens; ++i)
            sum[i] = kept * sum[i] + share * weights[i];
        sum += llm::kBlockTokens;
        weights += llm::kBlockTokens;
    }
}

/// One slot of a decoded block: K [head_dim][16], V [16][head_dim].
std::vector<float> keyOf(std::span<const float> keys, std::size_t slot, std::size_t headDim)
{
    std::vector<float> out(headDim);
    for (std::size_t d = 0; d < headDim; ++d) out[d] = keys[d * llm::kBlockTokens + slot];
    return out;
}

} // namespace

void LabProbe::begin(const llm::ModelShape &shape, const llm::KvFormat &format)
{
    *this = LabProbe();
    m_layers = shape.layers;
    m_heads = shape.heads;
    m_kvHeads = shape.kvHeads;
    m_headDim = shape.headDim;
    m_keepsExact = format.type != llm::KvType::F32 || format.rotation != llm::Rotation::None;
    m_mass.resize(rows());
    m_norm.resize(rows());
    m_error.resize(rows());
}

void LabProbe::grow(std::size_t tokens)
{
    if (tokens <= m_tokens) return;
    m_tokens = tokens + 256;
    for (std::size_t row = 0; row < rows(); ++row) {
        m_mass[row].resize(m_tokens, 0.F);
        m_norm[row].resize(m_tokens, kNothing);
        m_error[row].resize(m_tokens, kNothing);
    }
    m_measured.resize(m_tokens, 0);
    m_exact.resize(m_tokens);
}

void LabProbe::written(const llm::Cell &cell, std::size_t layer, const float *keys,
                       const float *values)
{
    const auto index = static_cast<std::size_t>(cell.index);
    grow(index + 1);
    for (std::size_t head = 0; head < m_kvHeads; ++head)
        m_norm[layer * m_kvHeads + head][index] = length({keys + head * m_headDim, m_headDim});
    if (!m_keepsExact || (index + 1) * tokenFloats() * m_layers * sizeof(float) > kMostExactBytes)
        return;
    std::vector<float> &exact = m_exact[index];
    exact.resize(tokenFloats() * m_layers);
    float *to = exact.data() + layer * tokenFloats();
    std::copy_n(keys, m_kvHeads * m_headDim, to);
    std::copy_n(values, m_kvHeads * m_headDim, to + m_kvHeads * m_headDim);
}

LabProbe::Query *LabProbe::queryOf(std::int32_t index)
{
    // Heads come one after the other, each for the whole batch: a query is met once for each head.
    while (m_queries.empty() || m_queries.back().index < index) {
        Query query;
        if (m_queries.size() == kRememberedQueries) { // its memory is used again
            query = std::move(m_queries.front());
            m_queries.pop_front();
        }
        query.index = m_queries.empty() ? index : m_queries.back().index + 1;
        const auto blocks = static_cast<std::size_t>(query.index) / llm::kBlockTokens + 1;
        query.given.assign(blocks * llm::kBlockTokens, 0.F);
        m_queries.push_back(std::move(query));
    }
    const std::int32_t first = m_queries.front().index;
    return index >= first ? &m_queries[static_cast<std::size_t>(index - first)] : nullptr;
}

void LabProbe::attended(const llm::KvCache &cache, std::size_t layer, std::size_t head,
                        std::size_t token, std::span<const float> weights)
{
    const std::size_t group = m_heads / m_kvHeads;
    const llm::Cell &asking = cache.cell(cache.batch()[token]);
    const auto asks = static_cast<std::size_t>(asking.index);
    grow(std::max(asks + 1, weights.size()));
    std::vector<float> &mass = m_mass[layer * m_kvHeads + head / group];
    const float kept = head % group == 0 ? 1 - 1 / kMeanQueries : 1;
    Query *query = queryOf(asking.index);
    // A batch that was stopped half-way comes again.
    if (query != nullptr && layer == 0 && head == 0) std::ranges::fill(query->given, 0.F);
    const bool isLast = token + 1 == cache.batch().size();
    if (isLast && (m_nowByHead.empty() || m_nowStride < asks + 1)) {
        m_nowStride = asks + 256;
        m_nowByHead.assign(m_layers * m_heads * m_nowStride, 0.F);
    }
    float *now = isLast ? m_nowByHead.data() + (layer * m_heads + head) * m_nowStride : nullptr;

    const float share = 1 / (kMeanQueries * static_cast<float>(group));
    if (asking.index >= kSinkFrom) ++m_sinkRows;
    if (cache.isWhole()) { // every weight lies at its token's index
        const std::size_t seen = std::min(weights.size(), asks + 1);
        // The last query's row is written over by the next: what lies behind it was never said.
        if (now != nullptr) std::copy_n(weights.begin(), seen, now);
        // Behind the query itself every weight is 0.
        addWeights(mass.data(), kept, share, weights.data(), weights.size());
        if (query != nullptr)
            addWeights(query->given.data(), 1, 1, weights.data(),
                       std::min(weights.size(), query->given.size()));
        if (asking.index >= kSinkFrom) m_sinkSum += static_cast<double>(weights[0]);
        return;
    }
    if (now != nullptr) std::fill_n(now, m_nowStride, 0.F);
    if (kept < 1)
        for (std::size_t i = 0; i <= asks; ++i) mass[i] *= kept;
    const std::vector<llm::KvCache::TableBlock> &table = cache.table();
    for (std::size_t b = 0; b * llm::kBlockTokens < weights.size(); ++b)
        for (std::size_t slot = 0; slot < llm::kBlockTokens; ++slot) {
            const float weight = weights[b * llm::kBlockTokens + slot];
            if (weight <= 0) continue;
            const auto index = static_cast<std::size_t>(table[b].cells[slot].index);
            mass[index] += share * weight;
            if (query != nullptr && index < query->given.size()) query->given[index] += weight;
            if (now != nullptr && index < m_nowStride) now[index] = weight;
            if (index == 0 && asking.index >= kSinkFrom) m_sinkSum += static_cast<double>(weight);
        }
}

float LabProbe::sinkMass() const
{
    return m_sinkRows == 0 ? kNotMeasured
                           : static_cast<float>(m_sinkSum / static_cast<double>(m_sinkRows));
}

const float *LabProbe::exact(std::size_t index, std::size_t row) const
{
    if (index >= m_exact.size() || m_exact[index].empty()) return nullptr;
    return m_exact[index].data() + row / m_kvHeads * tokenFloats() + row % m_kvHeads * m_headDim;
}

void LabProbe::measure(const llm::KvCache &cache, const llm::KvCache::TableBlock &block,
                       const llm::Kernels &kernels)
{
    const llm::KvLayout &layout = cache.layoutOf(block);
    std::vector<float> keys(llm::kBlockTokens * m_headDim);
    std::vector<float> values(keys.size());
    for (std::size_t row = 0; row < rows(); ++row) {
        llm::decodeBlock(layout, kernels,
                         block.block.data() + layout.head(row / m_kvHeads, row % m_kvHeads),
                         keys.data(), values.data());
        for (std::size_t slot = 0; slot < llm::kBlockTokens; ++slot) {
            if (((block.live >> slot) & 1U) == 0) continue;
            const auto index = static_cast<std::size_t>(block.cells[slot].index);
            const std::vector<float> key = keyOf(keys, slot, m_headDim);
            if (std::isnan(m_norm[row][index])) m_norm[row][index] = length(key);
            const float *known = exact(index, row);
            if (!m_keepsExact)
                m_error[row][index] = 0;
            else if (known != nullptr)
                m_error[row][index] = (relativeError(key, {known, m_headDim}) +
                                       relativeError({values.data() + slot * m_headDim, m_headDim},
                                                     {known + m_kvHeads * m_headDim, m_headDim})) /
                                      2;
        }
    }
}

void LabProbe::measureBlocks(const llm::Session &session)
{
    const llm::KvCache &cache = session.cache();
    for (const llm::KvCache::TableBlock &block : cache.table()) {
        const std::uint8_t wanted = block.isResidual ? 1 : 2;
        bool isNew = false;
        for (std::size_t slot = 0; slot < llm::kBlockTokens; ++slot) {
            if (((block.live >> slot) & 1U) == 0) continue;
            const auto index = static_cast<std::size_t>(block.cells[slot].index);
            grow(index + 1);
            isNew |= m_measured[index] != wanted;
            m_measured[index] = wanted;
        }
        if (isNew) measure(cache, block, llm::kernels());
    }
}

std::vector<std::uint8_t> LabProbe::liveTokens(const llm::Session &session)
{
    std::vector<std::uint8_t> live(session.tokens().size(), 0);
    const llm::KvCache &cache = session.cache();
    for (const llm::CellPlace place : cache.places()) {
        const auto index = static_cast<std::size_t>(cache.cell(place).index);
        if (index < live.size()) live[index] = cache.cell(place).isHeld ? 2 : 1;
    }
    return live;
}

LabHeat LabProbe::heat(HeatKind kind, const llm::Session &session)
{
    const std::vector<std::uint8_t> live = liveTokens(session);
    LabHeat heat{.kind = kind, .rows = rows(), .positions = live.size(), .values = {}, .held = {}};
    grow(live.size());
    if (kind == HeatKind::Norm || kind == HeatKind::Error) measureBlocks(session);
    heat.values.resize(heat.rows * heat.positions, kNothing);
    heat.held.resize(heat.positions);
    for (std::size_t i = 0; i < heat.positions; ++i) heat.held[i] = live[i] == 2 ? 1 : 0;
    for (std::size_t row = 0; row < heat.rows; ++row) {
        float *out = heat.values.data() + row * heat.positions;
        for (std::size_t i = 0; i < heat.positions; ++i) {
            if (live[i] == 0) continue;
            switch (kind) {
            case HeatKind::Mass:
                out[i] = m_mass[row][i];
                break;
            case HeatKind::Norm:
                out[i] = m_norm[row][i];
                break;
            case HeatKind::Age:
                out[i] = static_cast<float>(heat.positions - i);
                break;
            case HeatKind::Error:
                out[i] = m_error[row][i];
                break;
            }
        }
    }
    return heat;
}

LabCell LabProbe::cell(std::int32_t index, std::size_t row, llm::Session &session) const
{
    LabCell out;
    out.index = index;
    out.row = row;
    const llm::KvCache &cache = session.cache();
    const auto at = static_cast<std::size_t>(index);
    if (at < session.tokens().size())
        out.text = session.model().tokenizer().bytesOf(session.tokens()[at]);
    for (const llm::CellPlace place : cache.places()) {
        const llm::Cell &cell = cache.cell(place);
        if (cell.index != index) continue;
        out.isLive = true;
        out.isHeld = cell.isHeld;
        out.position = cell.position;
        const llm::KvCache::TableBlock &block = cache.table()[place.block];
        const llm::KvLayout &layout = cache.layoutOf(block);
        std::vector<float> keys(llm::kBlockTokens * m_headDim);
        std::vector<float> values(keys.size());
        llm::decodeBlock(layout, llm::kernels(),
                         block.block.data() + layout.head(row / m_kvHeads, row % m_kvHeads),
                         keys.data(), values.data());
        out.key = keyOf(keys, place.slot, m_headDim);
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(place.slot * m_headDim);
        out.value.assign(from, from + static_cast<std::ptrdiff_t>(m_headDim));
        if (const float *known = exact(at, row)) {
            out.exactKey.assign(known, known + m_headDim);
            known += m_kvHeads * m_headDim;
            out.exactValue.assign(known, known + m_headDim);
        } else if (!m_keepsExact) {
            out.exactKey = out.key;
            out.exactValue = out.value;
        }
        if (!out.exactKey.empty()) {
            out.keyError = relativeError(out.key, out.exactKey);
            out.valueError = relativeError(out.value, out.exactValue);
        }
    }
    const float all = static_cast<float>(m_layers * m_heads);
    for (const Query &query : m_queries)
        if (index < query.index && at < query.given.size())
            out.lookers.push_back({query.index, query.given[at] / all});
    const auto most = std::min(kLookers, out.lookers.size());
    std::partial_sort(out.lookers.begin(), out.lookers.begin() + static_cast<std::ptrdiff_t>(most),
                      out.lookers.end(),
                      [](const auto &a, const auto &b) { return a.weight > b.weight; });
    out.lookers.resize(most);
    if (at < m_nowStride)
        for (std::size_t h = 0; h < m_layers * m_heads; ++h)
            out.nowByHead.push_back(m_nowByHead[h * m_nowStride + at]);
    return out;
}

} // namespace kvscope
