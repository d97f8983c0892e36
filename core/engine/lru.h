// LRU: the entry not used for the longest time goes first.
//
// Idea. Programs come back to what they used lately (Denning's locality), so the time since the
// last access predicts the time to the next. One list holds all entries in order of last access; an
// access moves an entry to the warm end, the victim is the cold end.
//
//     cold end                                  warm end
//       victim <-> … <-> … <-> last but one <-> last accessed
//                   └──────── access ───────────────^
//
// Invariants. Every node that is neither removed nor suspended is in the list exactly once. Of two
// nodes the colder was accessed earlier, except those that came back from a suspension: they were
// next to go when they left, so they return to the cold end.
//
// Complexity. O(1) for everything; two pointers an entry, which the node has anyway. An access
// writes to five cache lines at worst (the node, its two neighbours, the sentinel, the former
// warmest); an access to the warmest entry writes to none.
//
// Known weakness. One pass over more keys than fit evicts everything (no scan resistance), and an
// entry used a thousand times counts no more than one used once a moment later.
//
// Source. R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger: Evaluation techniques for storage
// hierarchies. IBM Systems Journal 9(2), 1970.
#pragma once

#include "core/engine/nodelist.h"

namespace kvscope::engine {

class LruPolicy final : public Policy
{
  public:
    PolicyKind kind() const override { return PolicyKind::Lru; }
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
    NodeList m_nodes;
};

} // namespace kvscope::engine
