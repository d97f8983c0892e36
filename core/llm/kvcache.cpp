// KvCache: finding cells, writing them, letting them go.
#include "core/llm/kvcache.h"

#include "core/llm/kvcodec.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace kvscope::llm {
namespace {

constexpr std::uint16_t kFull = 0xFFFF;

std::uint16_t bit(std::size_t slot)
{
    return static_cast<std::uint16_t>(1U << slot);
}

} // namespace

KvCache::KvCache(std::shared_ptr<BlockPool> pool, std::shared_ptr<BlockPool> residual)
    : m_pool(std::move(pool)), m_residual(std::move(residual))
{}

KvMemory KvCache::memory() const
{
    KvMemory memory;
    memory.cells = m_cells;
    memory.payload = layout().payloadBytes(m_cells);
    for (const TableBlock &entry : m_table) {
        const std::size_t bytes = layoutOf(entry).blockBytes();
        memory.total += bytes;
        if (entry.block.isShared()) memory.shared += bytes;
        const auto live = static_cast<std::size_t>(std::popcount(entry.live));
        if (entry.isResidual)
            memory.residual += layoutOf(entry).payloadBytes(live) - layout().payloadBytes(live);
        else
            memory.scales += layout().scaleBytes(live);
    }
    memory.slack = memory.total - memory.payload - memory.scales;
    return memory;
}

std::size_t KvCache::batchLimit(std::size_t wanted) const
{
    if (layout().format().type != KvType::Kivi2) return wanted;
    const auto past = static_cast<std::size_t>(m_nextPosition) % kBlockTokens;
    return std::min(wanted, kBlockTokens - past);
}

bool KvCache::isRewritable(const TableBlock &block) const
{
    return m_residual == nullptr || block.isResidual;
}

std::optional<CellPlace> KvCache::freeCell()
{
    const std::size_t first = m_holes == 0 && !m_table.empty() ? m_table.size() - 1 : 0;
    for (std::size_t b = first; b < m_table.size(); ++b) {
        TableBlock &entry = m_table[b];
        if (entry.live == kFull || !isRewritable(entry)) continue;
        if (!makeWritable(entry)) return std::nullopt;
        if (b + 1 < m_table.size()) --m_holes;
        return CellPlace{b, static_cast<std::size_t>(std::countr_one(entry.live))};
    }
    BlockRef block = m_residual ? m_residual->allocate() : m_pool->allocate();
    if (!block) return std::nullopt;
    // What was the last block may have free cells: from now on they count as holes.
    if (!m_table.empty() && isRewritable(m_table.back()))
        m_holes += kBlockTokens - static_cast<std::size_t>(std::popcount(m_table.back().live));
    TableBlock &entry = m_table.emplace_back();
    entry.block = std::move(block);
    entry.isResidual = m_residual != nullptr;
    return CellPlace{m_table.size() - 1, 0};
}

bool KvCache::makeWritable(TableBlock &entry)
{
    if (entry.block.isWritable()) return true;
    BlockPool &pool = entry.isResidual ? *m_residual : *m_pool;
    BlockRef own = pool.writable(std::move(entry.block));
    if (!own) return false;
    entry.block = std::move(own);
    return true;
}

Expected<void> KvCache::reserve(std::span<const TokenId> tokens, const Kernels &kernels)
{
    m_batch.clear();
    const auto full = [&] {
        return fault(FaultCode::OutOfMemory, {std::to_string(layout().blockBytes())});
    };
    if (m_residual && !quantisePassed(kernels)) return full();
    for (const TokenId token : tokens) {
        const std::optional<CellPlace> place = freeCell();
        if (!place) return full();
        TableBlock &entry = m_table[place->block];
        entry.cells[place->slot] = {
            .token = token, .index = m_nextIndex++, .position = m_nextPosition};
        entry.live = static_cast<std::uint16_t>(entry.live | bit(place->slot));
        entry.lastPosition = std::max(entry.lastPosition, m_nextPosition);
        ++m_nextPosition;
        ++m_cells;
        m_batch.push_back(*place);
    }
    return {};
}

void KvCache::write(std::size_t layer, std::size_t i, const float *keys, const float *values)
{
    const CellPlace place = m_batch[i];
    TableBlock &entry = m_table[place.block];
    const KvLayout &format = layoutOf(entry);
    const std::size_t n = format.headDim();
    std::byte *data = entry.block.writableData();
    float squares = 0;
    for (std::size_t head = 0; head < format.kvHeads(); ++head) {
        encodeCell(format, data + format.head(layer, head), place.slot, keys + head * n,
                   values + head * n);
        float sum = 0;
        for (std::size_t d = 0; d < n; ++d) sum += keys[head * n + d] * keys[head * n + d];
        squares += std::sqrt(sum);
    }
    entry.cells[place.slot].keyNorm +=
        squares / static_cast<float>(format.kvHeads() * format.layers());
    if (m_observer != nullptr) m_observer->written(entry.cells[place.slot], layer, keys, values);
}

std::uint16_t KvCache::visible(const TableBlock &block, std::int32_t position) const
{
    if (block.lastPosition <= position) return block.live;
    std::uint16_t mask = 0;
    for (std::size_t slot = 0; slot < kBlockTokens; ++slot)
        if (block.cells[slot].position <= position)
            mask = static_cast<std::uint16_t>(mask | bit(slot));
    return mask & block.live;
}

void KvCache::scaleMass(float factor)
{
    for (TableBlock &entry : m_table)
        for (Cell &cell : entry.cells) cell.mass *= factor;
}

bool KvCache::quantisePassed(const Kernels &kernels)
{
    // At a multiple of sixteen, so that every batching sees the same blocks quantised.
    const std::int32_t now = m_nextPosition / 16 * 16;
    const std::size_t n = layout().headDim();
    std::vector<float> keys(n * kBlockTokens);
    std::vector<float> values(n * kBlockTokens);
    for (std::size_t b = 0; b < m_table.size(); ++b) {
        TableBlock &entry = m_table[b];
        if (!entry.isResidual || entry.live == 0) continue;
        if (entry.lastPosition >= now - static_cast<std::int32_t>(kResidual)) continue;
        BlockRef block = m_pool->allocate();
        if (!block) return false;
        const KvLayout &from = m_residual->layout();
        for (std::size_t layer = 0; layer < from.layers(); ++layer)
            for (std::size_t head = 0; head < from.kvHeads(); ++head) {
                decodeBlock(from, kernels, entry.block.data() + from.head(layer, head), keys.data(),
                            values.data());
                encodeBlock(layout(), block.writableData() + layout().head(layer, head),
                            keys.data(), values.data());
            }
        if (b + 1 < m_table.size())
            m_holes -= kBlockTokens - static_cast<std::size_t>(std::popcount(entry.live));
        entry.block = std::move(block);
        entry.isResidual = false;
    }
    return true;
}

void KvCache::evict(CellPlace place)
{
    TableBlock &entry = m_table[place.block];
    if ((entry.live & bit(place.slot)) == 0) return;
    entry.live = static_cast<std::uint16_t>(entry.live & ~bit(place.slot));
    entry.cells[place.slot] = {};
    --m_cells;
    m_isWhole = false;
    if (place.block + 1 < m_table.size() && isRewritable(entry)) ++m_holes;
    if (entry.live == 0) dropEmpty();
}

void KvCache::dropEmpty()
{
    std::erase_if(m_table, [](const TableBlock &entry) { return entry.live == 0; });
    m_holes = 0;
    for (std::size_t b = 0; b + 1 < m_table.size(); ++b)
        if (isRewritable(m_table[b]))
            m_holes += kBlockTokens - static_cast<std::size_t>(std::popcount(m_table[b].live));
}

void KvCache::truncate(std::int32_t index)
{
    const bool wasWhole = m_isWhole;
    std::int32_t position = 0;
    for (TableBlock &entry : m_table) {
        entry.lastPosition = -1;
        for (std::size_t slot = 0; slot < kBlockTokens; ++slot) {
            if ((entry.live & bit(slot)) == 0) continue;
            if (entry.cells[slot].index >= index) {
                entry.live = static_cast<std::uint16_t>(entry.live & ~bit(slot));
                entry.cells[slot] = {};
                --m_cells;
                continue;
            }
            entry.lastPosition = std::max(entry.lastPosition, entry.cells[slot].position);
            position = std::max(position, entry.cells[slot].position + 1);
        }
    }
    dropEmpty();
    m_nextIndex = std::min(m_nextIndex, index);
    m_nextPosition = position;
    m_isWhole = wasWhole;
}

void KvCache::shift(std::int32_t keep, std::int32_t drop)
{
    for (TableBlock &entry : m_table) {
        entry.lastPosition = -1;
        for (std::size_t slot = 0; slot < kBlockTokens; ++slot) {
            if ((entry.live & bit(slot)) == 0) continue;
            Cell &cell = entry.cells[slot];
            if (cell.position >= keep && cell.position < keep + drop) {
                entry.live = static_cast<std::uint16_t>(entry.live & ~bit(slot));
                cell = {};
                --m_cells;
                continue;
            }
            if (cell.position >= keep + drop) cell.position -= drop;
            entry.lastPosition = std::max(entry.lastPosition, cell.position);
        }
    }
    m_isWhole = false;
    m_nextPosition = std::max(keep, m_nextPosition - drop);
    dropEmpty();
}

std::vector<CellPlace> KvCache::places() const
{
    std::vector<CellPlace> out;
    out.reserve(m_cells);
    for (std::size_t b = 0; b < m_table.size(); ++b)
        for (std::size_t slot = 0; slot < kBlockTokens; ++slot)
            if ((m_table[b].live & bit(slot)) != 0) out.push_back({b, slot});
    return out;
}

void KvCache::adopt(BlockRef block, std::span<const TokenId> tokens, Origin origin)
{
    TableBlock &entry = m_table.emplace_back();
    entry.block = std::move(block);
    entry.live = kFull;
    for (std::size_t slot = 0; slot < kBlockTokens; ++slot) {
        entry.cells[slot] = {.token = tokens[slot],
                             .index = m_nextIndex++,
                             .position = m_nextPosition,
                             .origin = origin};
        entry.lastPosition = m_nextPosition++;
    }
    m_cells += kBlockTokens;
}

void KvCache::clear()
{
    m_table.clear();
    m_batch.clear();
    m_cells = m_holes = 0;
    m_nextPosition = m_nextIndex = 0;
    m_isWhole = true;
}

} // namespace kvscope::llm
