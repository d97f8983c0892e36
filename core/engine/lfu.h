// LFU with aging: the entry used least often of late goes first, of equals the least recently used.
//
// Idea. Popularity predicts better than recency where it is stable (Zipf-like traffic). Each entry
// counts its accesses, up to 255. There is one list a count, ordered by last access, so the victim
// is the cold end of the lowest list that is not empty; a bitmap finds that list.
//
//     count  0 | 1            | 2       | 3 | …  | 255
//              | a <-> b <-> c| d <-> e |   |    | x <-> y
//                ^ victim       access: d goes to the warm end of list 3
//
// Aging. Without it yesterday's favourites stay for ever. After ten events (insertions and
// accesses) per resident entry every count is halved, the reset of TinyLFU. Nothing visits the
// entries: list n is appended to list n/2, in rising n, so that of two entries with the same new
// count the one that had the lower goes first; each node remembers the epoch in which its count was
// true and is shifted when it is next looked at.
//
// Invariants. A node is in the list of its present count: count(node) = frequency >> (epochs
// since). A list that is not empty has its bit set; a set bit may belong to a list that emptied
// since, and is cleared by the next search. Within a list, nodes are in order of last access but
// for a merge.
//
// Complexity. O(1) for everything; a halving splices 255 lists, once per 10·n events (128 at
// least). 4 KiB of list heads a shard, and four bytes of the node.
//
// Why 255 and not the unbounded list of counts of Shah et al.: with the halving a resident entry's
// count passes 255 only if it takes a share of over 12/n of the traffic, and such entries are never
// near eviction; so the fixed array saves them the allocation and the pointer chase.
//
// Sources. K. Shah, A. Mitra, D. Matani: An O(1) algorithm for implementing the LFU cache eviction
// scheme, 2010. G. Einziger, R. Friedman, B. Manes: TinyLFU: A highly efficient cache admission
// policy. ACM Transactions on Storage 13(4), 2017 (the reset and its factor of ten).
#pragma once

#include "core/engine/nodelist.h"

#include <array>

namespace kvscope::engine {

class LfuPolicy final : public Policy
{
  public:
    static constexpr std::uint32_t kHighest = 255;
    static constexpr std::uint64_t kEventsPerEntry = 10; ///< between two halvings
    static constexpr std::uint64_t kFewestEvents = 128;

    PolicyKind kind() const override { return PolicyKind::Lfu; }
    void inserted(PolicyNode &node) override;
    void accessed(PolicyNode &node) override;
    void removed(PolicyNode &node, Departure why) override;
    void suspended(PolicyNode &node) override;
    void resumed(PolicyNode &node) override;
    PolicyNode *victim() override;
    std::uint32_t frequency(const PolicyNode &node) const override;
    std::size_t memoryBytes() const override { return sizeof(*this); }
    std::vector<PolicyNode *> handOver() override;

  private:
    std::size_t lowestLevel();
    void place(PolicyNode &node, std::uint32_t count);
    void countEvent();
    void halve();

    std::array<NodeList, kHighest + 1> m_levels;
    std::array<std::uint64_t, (kHighest + 1) / 64> m_occupied{};
    std::uint64_t m_nodes = 0;
    std::uint64_t m_events = 0; // since the last halving
    std::uint16_t m_epoch = 0;  // wraps: a node untouched for 65,536 halvings may be overrated once
};

} // namespace kvscope::engine
