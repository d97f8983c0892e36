// PrefixTree: which beginnings the lab's texts had in common, block by block.
#pragma once

#include "core/llm/blocksource.h"

#include <map>
#include <memory>

namespace kvscope {

/// A stretch of blocks that the same texts passed through.
struct PrefixRow
{
    int depth = 0;
    Bytes text;             ///< of its tokens
    std::size_t blocks = 0; ///< of sixteen tokens
    std::size_t runs = 0;   ///< texts that have it
    std::uint64_t lastRun = 0;
};
using PrefixRows = std::vector<PrefixRow>;

/// Remembers the chains of full blocks of every run, up to kMostBlocks. One thread.
class PrefixTree
{
  public:
    static constexpr std::size_t kMostBlocks = 4096;

    /// Notes a run's chain; the same run may come again with a longer one.
    void add(std::uint64_t run, std::span<const llm::BlockId> chain,
             const llm::Tokenizer &tokenizer);
    /// A row for each stretch without a fork, parents before children, the newest first.
    PrefixRows rows() const;

  private:
    struct Node
    {
        Bytes text;
        std::size_t runs = 0;
        std::uint64_t lastRun = 0;
        std::map<llm::BlockHash, std::unique_ptr<Node>> children;
    };
    static void collect(const Node &node, int depth, PrefixRows &rows);

    Node m_root;
    std::size_t m_blocks = 0;
};

} // namespace kvscope
