// SortedList: the keys or namespaces of one open branch, in order, growing while it is shown.
#pragma once

#include "core/keyindex/keytree.h"
#include "core/keyindex/naturalorder.h"

namespace kvscope::keyindex {

/// What came since the last settle() waits in a tail; settle() sorts the tail and merges it into a
/// new list, so lists given out before stay as they are. Index thread only.
class SortedList
{
  public:
    void append(std::uint32_t id) { m_tail.push_back(id); }
    void setTail(Ids ids) { m_tail = std::move(ids); }
    /// Some ids may no longer belong here; settle() asks which.
    void markRemovals() { m_hasRemovals = true; }
    void clear();

    bool isSettled() const { return m_tail.empty() && !m_hasRemovals; }
    void settle(const NameOf &nameOf, const std::function<bool(std::uint32_t)> &isGone);
    const IdList &ids() const { return m_ids; }
    /// Gives up what only makes frequent merges fast.
    void trim() { m_prefixes = {}; }

  private:
    // So few new names are looked for in the list; more are merged in by reading all of it.
    static constexpr std::size_t kFewAmong = 64;
    // The first eight bytes of each name save a merge from looking at keys; beyond this many
    // entries (16 MiB) the memory is worth more than the time.
    static constexpr std::size_t kMaxPrefixes = std::size_t{2} << 20U;
    static constexpr std::size_t kMergeChunk = std::size_t{1} << 20U;

    void purge(const std::function<bool(std::uint32_t)> &isGone);
    void mergeByPrefixes(const SortItems &tail, const NameOf &nameOf);
    void mergeByNames(const SortItems &tail, const NameOf &nameOf);
    void mergeBySearch(const SortItems &tail, const NameOf &nameOf);
    void merge(const SortItems &tail, const NameOf &nameOf);

    IdList m_ids = std::make_shared<const Ids>();
    LargeArray<std::uint64_t> m_prefixes; // beside m_ids, or empty
    Ids m_tail;
    bool m_hasRemovals = false;
};

} // namespace kvscope::keyindex
