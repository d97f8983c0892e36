// MatchSet: 64 keys at a time, whose bytes are searched as one text.
#include "core/keyindex/matchset.h"

#include <algorithm>
#include <array>
#include <bit>

namespace kvscope::keyindex {
namespace {

constexpr std::size_t kWordsBetweenChecks = 1024;
// So few of 64 keys are looked at one by one.
constexpr int kFewKeys = 6;
// Bytes of 64 keys that are marked together; longer keys are worth a search each.
constexpr std::size_t kMostMarked = std::size_t{16} << 10U;

/// 64 marks from `place` on.
std::uint64_t window(const std::uint64_t *marks, std::size_t place)
{
    const auto shift = static_cast<unsigned>(place % 64);
    return (marks[place / 64] >> shift) | (marks[place / 64 + 1] << 1U << (63 - shift));
}

} // namespace

bool MatchSet::extend(const KeyStorage &storage, const MatchSet *wider,
                      const std::function<bool()> &cancelled)
{
    const std::size_t size = storage.keys().size();
    if (m_seen == size && m_counts.size() == storage.nodeCount()) return true;
    m_bits.resize((size + 63) / 64);
    const bool narrowing =
        m_seen == 0 && wider != nullptr && wider->isActive() && m_matcher.narrows(wider->m_matcher);
    const std::size_t first = m_seen / 64;
    for (std::size_t word = first; word < m_bits.size(); ++word) {
        if ((word - first) % kWordsBetweenChecks == 0 && cancelled()) return false;
        std::uint64_t wanted = ~storage.removedOf(word);
        if (word == first) wanted &= ~std::uint64_t{0} << (m_seen % 64);
        if (narrowing) wanted &= wider->maybe(word);
        if (wanted == 0) continue;
        const std::uint64_t found = matchesAmong(storage.keys(), word, wanted);
        m_bits[word] |= found;
        m_matching += static_cast<std::size_t>(std::popcount(found));
    }
    m_seen = size;
    recount(storage);
    return true;
}

std::uint64_t MatchSet::maybe(std::size_t word) const
{
    if (word >= m_bits.size()) return ~std::uint64_t{0};
    const bool whole = (word + 1) * 64 <= m_seen;
    return whole ? m_bits[word] : m_bits[word] | (~std::uint64_t{0} << (m_seen % 64));
}

std::uint64_t MatchSet::matchesAmong(const KeyArena &keys, std::size_t word,
                                     std::uint64_t wanted) const
{
    const std::size_t first = word * 64;
    const std::size_t count = std::min<std::size_t>(64, keys.size() - first);
    if (count < 64) wanted &= (std::uint64_t{1} << count) - 1;
    if (m_matcher.needsFind() && std::popcount(wanted) > kFewKeys) {
        if (const std::optional<std::uint64_t> holding = holders(keys, first, count)) {
            wanted &= *holding;
            if (m_matcher.isSearch()) return wanted;
        }
    }
    std::uint64_t found = 0;
    for (std::uint64_t bits = wanted; bits != 0; bits &= bits - 1) {
        const auto bit = static_cast<unsigned>(std::countr_zero(bits));
        if (m_matcher.matches(keys.key(static_cast<KeyId>(first + bit))))
            found |= std::uint64_t{1} << bit;
    }
    return found;
}

// Keys lie one behind the other with their lengths between. The text is marked in all of them at
// once; a mark counts for the key that it does not reach out of. Every eighth key's place is known,
// so the lengths are not one long chain.
std::optional<std::uint64_t> MatchSet::holders(const KeyArena &keys, std::size_t first,
                                               std::size_t count) const
{
    const char *const bytes = keys.begin(static_cast<KeyId>(first));
    const char *const end =
        first + count < keys.size() ? keys.begin(static_cast<KeyId>(first + count)) : keys.end();
    const auto size = static_cast<std::size_t>(end - bytes);
    if (size > kMostMarked) return std::nullopt;
    std::array<std::uint64_t, kMostMarked / 64 + 2> marks; // windows reach into two more
    if (!m_matcher.mark(bytes, size, marks.data())) return 0;
    marks[(size + 63) / 64] = marks[(size + 63) / 64 + 1] = 0;

    std::uint64_t found = 0;
    const std::size_t length = m_matcher.length();
    for (std::size_t group = 0; group < count; group += KeyArena::kStride) {
        const char *next = keys.begin(static_cast<KeyId>(first + group));
        const std::size_t groupEnd = std::min<std::size_t>(count, group + KeyArena::kStride);
        for (std::size_t i = group; i < groupEnd; ++i) {
            const BytesView key = KeyArena::read(next);
            auto place = static_cast<std::size_t>(key.data() - bytes);
            std::size_t starts = key.size() + 1 - std::min(key.size() + 1, length);
            std::uint64_t within = 0;
            for (; starts >= 64; starts -= 64, place += 64) within |= window(marks.data(), place);
            within |= window(marks.data(), place) & ((std::uint64_t{1} << starts) - 1);
            found |= static_cast<std::uint64_t>(within != 0) << i;
        }
    }
    return found;
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
