// Lists by access count, halved by splicing.
#include "core/engine/lfu.h"

#include <algorithm>
#include <bit>

namespace kvscope::engine {

std::uint32_t LfuPolicy::frequency(const PolicyNode &node) const
{
    const auto epochs = static_cast<std::uint16_t>(m_epoch - node.epoch);
    return epochs > 7 ? 0U : static_cast<std::uint32_t>(node.frequency) >> epochs;
}

void LfuPolicy::place(PolicyNode &node, std::uint32_t count)
{
    node.frequency = static_cast<std::uint8_t>(count);
    node.epoch = m_epoch;
    m_occupied[count / 64] |= 1ULL << (count % 64);
}

void LfuPolicy::inserted(PolicyNode &node)
{
    ++m_nodes;
    place(node, 1);
    m_levels[1].pushWarm(node);
    countEvent();
}

void LfuPolicy::accessed(PolicyNode &node)
{
    const std::uint32_t count = std::min(frequency(node) + 1, kHighest);
    NodeList::unlink(node);
    place(node, count);
    m_levels[count].pushWarm(node);
    countEvent();
}

void LfuPolicy::removed(PolicyNode &node, Departure)
{
    suspended(node);
}

void LfuPolicy::suspended(PolicyNode &node)
{
    --m_nodes;
    NodeList::unlink(node);
}

void LfuPolicy::resumed(PolicyNode &node)
{
    ++m_nodes;
    const std::uint32_t count = frequency(node);
    place(node, count);
    m_levels[count].pushCold(node);
}

std::size_t LfuPolicy::lowestLevel()
{
    for (std::size_t word = 0; word < m_occupied.size(); ++word) {
        while (m_occupied[word] != 0) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(m_occupied[word]));
            if (!m_levels[word * 64 + bit].empty()) return word * 64 + bit;
            m_occupied[word] &= m_occupied[word] - 1;
        }
    }
    return m_levels.size();
}

PolicyNode *LfuPolicy::victim()
{
    const std::size_t level = lowestLevel();
    return level == m_levels.size() ? nullptr : m_levels[level].coldest();
}

void LfuPolicy::countEvent()
{
    if (++m_events >= std::max(kFewestEvents, kEventsPerEntry * m_nodes)) halve();
}

void LfuPolicy::halve()
{
    m_events = 0;
    ++m_epoch;
    for (std::size_t level = 1; level <= kHighest; ++level) {
        if (m_levels[level].empty()) continue;
        m_levels[level / 2].appendWarm(m_levels[level]);
        m_occupied[level / 128] |= 1ULL << (level / 2 % 64);
    }
}

std::vector<PolicyNode *> LfuPolicy::handOver()
{
    std::vector<PolicyNode *> nodes;
    nodes.reserve(m_nodes);
    for (NodeList &level : m_levels) level.drainInto(nodes);
    m_nodes = 0;
    return nodes;
}

} // namespace kvscope::engine
