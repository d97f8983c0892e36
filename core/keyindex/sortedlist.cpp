// SortedList: one linear merge a settle, or a search for each new name where they are few.
#include "core/keyindex/sortedlist.h"

#include <algorithm>

namespace kvscope::keyindex {
namespace {

// Names are cache misses: so far ahead they are asked for while others are compared.
constexpr std::size_t kAhead = 16;

} // namespace

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
        SortItems items;
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
    auto kept = std::make_shared<Ids>();
    kept->reserve(m_ids->size());
    LargeArray<std::uint64_t> prefixes;
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

void SortedList::merge(const SortItems &tail, const NameOf &nameOf)
{
    if (m_prefixes.size() == m_ids->size() && m_ids->size() + tail.size() <= kMaxPrefixes) {
        mergeByPrefixes(tail, nameOf);
        return;
    }
    m_prefixes = {};
    if (tail.size() * kFewAmong < m_ids->size()) {
        mergeBySearch(tail, nameOf);
    } else {
        mergeByNames(tail, nameOf);
    }
}

void SortedList::mergeByPrefixes(const SortItems &tail, const NameOf &nameOf)
{
    const Ids &old = *m_ids;
    const std::size_t size = old.size() + tail.size();
    auto merged = std::make_shared<Ids>(size);
    LargeArray<std::uint64_t> prefixes(size);
    std::size_t end = 0;
    const auto take = [&, ids = merged->data()](const SortItem &item) {
        ids[end] = item.id;
        prefixes[end] = item.prefix;
        ++end;
    };
    auto next = tail.begin();
    for (std::size_t i = 0; i < old.size(); ++i) {
        const SortItem item{m_prefixes[i], old[i]};
        while (next != tail.end() && naturalLess(*next, item, nameOf)) take(*next++);
        take(item);
    }
    while (next != tail.end()) take(*next++);
    m_ids = std::move(merged);
    m_prefixes = std::move(prefixes);
}

void SortedList::mergeByNames(const SortItems &tail, const NameOf &nameOf)
{
    const Ids &old = *m_ids;
    auto merged = std::make_shared<Ids>(old.size() + tail.size());
    std::uint32_t *end = merged->data();
    auto next = tail.begin();
    for (std::size_t i = 0; i < old.size() && next != tail.end(); ++i) {
        if (nameOf.prefetch && i + kAhead < old.size()) nameOf.prefetch(old[i + kAhead]);
        const SortItem item{naturalPrefix(nameOf(old[i])), old[i]};
        while (next != tail.end() && naturalLess(*next, item, nameOf)) *end++ = (next++)->id;
        *end++ = item.id;
    }
    // What is left of either stands behind all of the other.
    const auto placed = static_cast<std::size_t>(end - merged->data());
    const std::size_t taken = placed - static_cast<std::size_t>(next - tail.begin());
    end = std::copy(old.begin() + static_cast<std::ptrdiff_t>(taken), old.end(), end);
    for (; next != tail.end(); ++next) *end++ = next->id;
    m_ids = std::move(merged);
}

void SortedList::mergeBySearch(const SortItems &tail, const NameOf &nameOf)
{
    const Ids &old = *m_ids;
    auto merged = std::make_shared<Ids>(old.size() + tail.size());
    std::uint32_t *end = merged->data();
    auto from = old.begin();
    for (const SortItem &item : tail) {
        const auto place =
            std::upper_bound(from, old.end(), item, [&](const SortItem &wanted, std::uint32_t id) {
                return naturalLess(wanted, {naturalPrefix(nameOf(id)), id}, nameOf);
            });
        end = std::copy(from, place, end);
        *end++ = item.id;
        from = place;
    }
    std::copy(from, old.end(), end);
    m_ids = std::move(merged);
}

} // namespace kvscope::keyindex
