// MatchSet: which keys the filter shows, a bit a key, and how many beneath each namespace.
#pragma once

#include "core/keyindex/keymatcher.h"
#include "core/keyindex/keystorage.h"
#include "core/keyindex/largearray.h"

#include <functional>
#include <optional>

namespace kvscope::keyindex {

/// Index thread only.
class MatchSet
{
  public:
    explicit MatchSet(KeyMatcher matcher = KeyMatcher()) : m_matcher(std::move(matcher)) {}

    bool isActive() const { return !m_matcher.matchesAll(); }
    /// Looks at the keys that came since the last call; the first time at all of them, or only at
    /// those that `wider` had matched. False if `cancelled` said so on the way: the set is useless
    /// then.
    bool extend(const KeyStorage &storage, const MatchSet *wider,
                const std::function<bool()> &cancelled);
    bool contains(KeyId id) const
    {
        return id / 64 < m_bits.size() && ((m_bits[id / 64] >> (id % 64)) & 1U) != 0;
    }
    void remove(const KeyStorage &storage, KeyId id);

    std::size_t matching() const { return m_matching; }
    /// By node; one for every node there was at the last extend().
    const LargeArray<std::uint32_t> &counts() const { return m_counts; }
    /// The ids in the set, ascending.
    template<class Visit>
    void forEach(Visit visit) const
    {
        for (std::size_t word = 0; word < m_bits.size(); ++word) {
            for (std::uint64_t bits = m_bits[word]; bits != 0; bits &= bits - 1) {
                visit(static_cast<KeyId>(word * 64 +
                                         static_cast<std::size_t>(__builtin_ctzll(bits))));
            }
        }
    }

  private:
    void recount(const KeyStorage &storage);
    /// Which of the keys 64 · word … can still match a narrower filter, a bit each.
    std::uint64_t maybe(std::size_t word) const;
    /// Which of those `wanted` match.
    std::uint64_t matchesAmong(const KeyArena &keys, std::size_t word, std::uint64_t wanted) const;
    /// Which of the keys hold the text; none: they are too long to be looked at together.
    std::optional<std::uint64_t> holders(const KeyArena &keys, std::size_t first,
                                         std::size_t count) const;

    KeyMatcher m_matcher;
    LargeArray<std::uint64_t> m_bits;
    LargeArray<std::uint32_t> m_counts;
    std::size_t m_matching = 0;
    std::size_t m_seen = 0; // keys looked at
};

} // namespace kvscope::keyindex
