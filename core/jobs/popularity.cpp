// KeyPopularity: counting, and dropping the rarer half.
#include "core/jobs/popularity.h"

#include <algorithm>

namespace kvscope {

void KeyPopularity::add(BytesView key)
{
    const auto [at, isNew] = m_counts.try_emplace(Bytes(key), m_floor);
    ++at->second;
    if (isNew && m_counts.size() > m_mostKeys) drop();
}

void KeyPopularity::drop()
{
    std::vector<std::uint64_t> counts;
    counts.reserve(m_counts.size());
    for (const auto &[key, count] : m_counts) counts.push_back(count);
    const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    m_floor = std::max(m_floor, *middle);
    std::erase_if(m_counts, [this](const auto &each) { return each.second <= m_floor; });
}

std::vector<Bytes> KeyPopularity::takeTop(std::size_t most)
{
    std::vector<std::pair<std::uint64_t, Bytes>> all;
    all.reserve(m_counts.size());
    while (!m_counts.empty()) {
        auto node = m_counts.extract(m_counts.begin());
        all.emplace_back(node.mapped(), std::move(node.key()));
    }
    const std::size_t count = std::min(most, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                      [](const auto &a, const auto &b) {
                          return a.first != b.first ? a.first > b.first : a.second < b.second;
                      });
    std::vector<Bytes> top;
    top.reserve(count);
    for (std::size_t i = 0; i < count; ++i) top.push_back(std::move(all[i].second));
    return top;
}

} // namespace kvscope
