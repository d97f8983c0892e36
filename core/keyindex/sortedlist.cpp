// SortedList: one linear merge a settle.
#include "core/keyindex/sortedlist.h"

#include <algorithm>

namespace kvscope::keyindex {

void SortedList::clear()
{
    *this = SortedList();
}

void SortedList::settle(const NameOf &nameOf, const std::function<bool(std::uint32_t)> &isGone)
{
    if (m_hasRemovals) purge(isGone);
    m_hasRemovals = false;
    for (std::size_t begin = 0; begin < m_tail.size(); begin += kMergeChunk) {
        const std::size_t end = std::min(m_tail.size(), begin + kMergeChunk);
        std::vector<SortItem> items;
        items.reserve(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            items.push_back({naturalPrefix(nameOf(m_tail[i])), m_tail[i]});
        }
        naturalSort(items, nameOf);
        merge(items, nameOf);
    }
    m_tail = {};
}

void SortedList::purge(const std::function<bool(std::uint32_t)> &isGone)
{
    auto kept = std::make_shared<std::vector<std::uint32_t>>();
    kept->reserve(m_ids->size());
    std::vector<std::uint64_t> prefixes;
    prefixes.reserve(m_prefixes.size());
    for (std::size_t i = 0; i < m_ids->size(); ++i) {
        if (isGone((*m_ids)[i])) continue;
        kept->push_back((*m_ids)[i]);
        if (!m_prefixes.empty()) prefixes.push_back(m_prefixes[i]);
    }
    m_ids = std::move(kept);
    m_prefixes = std::move(prefixes);
    std::erase_if(m_tail, isGone);
}

void SortedList::merge(std::vector<SortItem> &tail, const NameOf &nameOf)
{
    const std::vector<std::uint32_t> &old = *m_ids;
    const bool hadPrefixes = m_prefixes.size() == old.size();
    const std::size_t size = old.size() + tail.size();
    auto merged = std::make_shared<std::vector<std::uint32_t>>(size);
    const bool keepPrefixes = hadPrefixes && size <= kMaxPrefixes;
    std::vector<std::uint64_t> prefixes(keepPrefixes ? size : 0);
    std::size_t end = 0;
    const auto take = [&, ids = merged->data()](const SortItem &item) {
        ids[end] = item.id;
        if (keepPrefixes) prefixes[end] = item.prefix;
        ++end;
    };
    std::size_t next = 0; // of the tail
    for (std::size_t i = 0; i < old.size(); ++i) {
        const SortItem item{hadPrefixes ? m_prefixes[i] : naturalPrefix(nameOf(old[i])), old[i]};
        while (next < tail.size() && naturalLess(tail[next], item, nameOf)) take(tail[next++]);
        take(item);
    }
    while (next < tail.size()) take(tail[next++]);
    m_ids = std::move(merged);
    m_prefixes = std::move(prefixes);
}

} // namespace kvscope::keyindex
