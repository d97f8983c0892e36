// CarriedBlocks: the blocks that one sequence was brought from a store, and those that it made.
//
//     chain ──> store ──records──> bring() ──find()──> Session ──publish()──> takeMade() ──> store
//
// Asking a store takes a while, and a session does not wait: whoever runs it asks first, carries
// what came to the session, and takes away what it made.
#pragma once

#include "core/llm/blocksource.h"

#include <memory>
#include <vector>

namespace kvscope::llm {

/// For one session, on its thread; made and emptied by whoever hands it over.
class CarriedBlocks final : public BlockSource
{
  public:
    struct Made
    {
        BlockId id;
        std::shared_ptr<const Bytes> record;
    };

    explicit CarriedBlocks(Origin origin = Origin::FirstLevel) : m_origin(origin) {}

    /// Takes over what a store had of the chain, one record a block and empty where there was none,
    /// up to the first that is not the block that it should be. Checksums are compared. Returns how
    /// many are of use.
    std::size_t bring(std::span<const BlockId> chain, std::vector<Bytes> records);

    std::vector<FoundBlock> find(std::span<const BlockId> chain) override;
    BlockRef publish(const BlockId &id, const std::byte *block) override;

    /// What was published since, in its order.
    std::vector<Made> takeMade() { return std::exchange(m_made, {}); }

  private:
    Origin m_origin;
    std::vector<std::pair<BlockHash, std::shared_ptr<const Bytes>>> m_brought;
    std::vector<Made> m_made;
};

} // namespace kvscope::llm
