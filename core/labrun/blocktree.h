// BlockTree: the KV blocks that a store holds, each behind the one before it.
#pragma once

#include "core/jobs/fingerprintset.h"
#include "core/llm/blocksource.h"

#include <map>

namespace kvscope {

/// As much of a record, from its beginning, as was looked at: only what still begins so is deleted.
struct JudgedBytes
{
    std::size_t size = 0;
    ValueMark mark{};

    static JudgedBytes of(BytesView bytes) { return {bytes.size(), ValueMark::of(bytes)}; }
    bool areOf(BytesView record) const
    {
        // Less than a header is all that there was.
        const bool fits =
            size < llm::kRecordHeaderBytes ? record.size() == size : record.size() >= size;
        return fits && ValueMark::of(record.substr(0, size)) == mark;
    }
};

/// A block as its record's header tells of it.
struct BlockNode
{
    llm::BlockId id;
    std::int64_t ttlMs = -1; ///< -1: none
    bool isWanted = true;    ///< to be compared; others are only computed through
    JudgedBytes header{};
    std::vector<std::size_t> children{};
};

/// One thread. Sequences that share a beginning share its nodes.
class BlockTree
{
  public:
    void add(BlockNode node);
    /// Behind the last add(): ties children to parents, and drops branches without a wanted block.
    void tie();

    const BlockNode &node(std::size_t i) const { return m_nodes[i]; }
    std::size_t size() const { return m_nodes.size(); }
    /// First blocks of sequences.
    const std::vector<std::size_t> &roots() const { return m_roots; }
    /// Those whose beginning is not there: no sequence can ever reach them.
    const std::vector<std::size_t> &orphans() const { return m_orphans; }

  private:
    std::vector<BlockNode> m_nodes;
    std::map<llm::BlockHash, std::size_t> m_byHash;
    std::vector<std::size_t> m_roots;
    std::vector<std::size_t> m_orphans;
};

} // namespace kvscope
