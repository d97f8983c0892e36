// CarriedBlocks: records that are kept alive by whoever reads them.
#include "core/llm/carriedblocks.h"

namespace kvscope::llm {
namespace {

BlockRef pinned(const std::shared_ptr<const Bytes> &record)
{
    return BlockRef::pinned(
        reinterpret_cast<const std::byte *>(record->data()) + kRecordHeaderBytes, record);
}

} // namespace

std::size_t CarriedBlocks::bring(std::span<const BlockId> chain, std::vector<Bytes> records)
{
    m_brought.clear();
    for (std::size_t b = 0; b < chain.size() && b < records.size(); ++b) {
        if (blockInRecord(chain[b], records[b], RecordCheck::Thorough) == nullptr) break;
        m_brought.emplace_back(chain[b].hash, std::make_shared<const Bytes>(std::move(records[b])));
    }
    return m_brought.size();
}

std::vector<FoundBlock> CarriedBlocks::find(std::span<const BlockId> chain)
{
    std::vector<FoundBlock> found;
    for (std::size_t b = 0; b < chain.size() && b < m_brought.size(); ++b) {
        if (m_brought[b].first != chain[b].hash) break;
        found.push_back({pinned(m_brought[b].second), m_origin});
    }
    return found;
}

BlockRef CarriedBlocks::publish(const BlockId &id, const std::byte *block)
{
    auto record = std::make_shared<const Bytes>(blockRecord(id, block));
    m_made.push_back({id, record});
    return pinned(record);
}

} // namespace kvscope::llm
