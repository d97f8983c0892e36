// MatchSet: one pass over the arena in order, or over the matches of a wider filter.
#include "core/keyindex/matchset.h"

namespace kvscope::keyindex {
namespace {

constexpr std::size_t kKeysBetweenChecks = 65'536;

} // namespace

bool MatchSet::extend(const KeyStorage &storage, const MatchSet *wider,
                      const std::function<bool()> &cancelled)
{
    const std::size_t size = storage.keys().size();
    if (m_seen == size && m_counts.size() == storage.nodeCount()) return true;
    m_bits.resize((size + 63) / 64);
    std::size_t sinceCheck = 0;
    const auto mustStop = [&] {
        if (++sinceCheck % kKeysBetweenChecks != 0) return false;
        return cancelled();
    };
    bool stopped = false;
    // Below a sixteenth, hopping from match to match beats reading every key in order.
    if (m_seen == 0 && wider != nullptr && wider->isActive() &&
        m_matcher.narrows(wider->m_matcher) && wider->m_matching < wider->m_seen / 16) {
        wider->forEach([&](KeyId id) {
            if (stopped || (stopped = mustStop())) return;
            if (m_matcher.matches(storage.keys().key(id))) add(id);
        });
        m_seen = wider->m_seen;
    }
    if (m_seen < size && !stopped) {
        const char *at = storage.keys().begin(static_cast<KeyId>(m_seen));
        for (std::size_t i = m_seen; i < size && !stopped; ++i) {
            const auto id = static_cast<KeyId>(i);
            if (m_matcher.matches(KeyArena::read(at)) && !storage.isRemoved(id)) add(id);
            stopped = mustStop();
        }
        m_seen = size;
    }
    if (!stopped) recount(storage);
    return !stopped;
}

void MatchSet::recount(const KeyStorage &storage)
{
    m_counts.assign(storage.nodeCount(), 0);
    forEach([&](KeyId id) { ++m_counts[storage.nodeOf(id)]; });
    // A namespace is made after the one around it, so this order sums children before parents.
    for (std::size_t i = storage.nodeCount(); i-- > 1;) {
        const auto node = static_cast<NodeId>(i);
        m_counts[storage.parentOf(node)] += m_counts[node];
    }
}

void MatchSet::remove(const KeyStorage &storage, KeyId id)
{
    if (!contains(id)) return;
    m_bits[id / 64] &= ~(std::uint64_t{1} << (id % 64));
    --m_matching;
    for (NodeId node = storage.nodeOf(id); node != kNone; node = storage.parentOf(node)) {
        if (node < m_counts.size()) --m_counts[node];
    }
}

} // namespace kvscope::keyindex
