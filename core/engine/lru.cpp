// One list from least to most recently used.
#include "core/engine/lru.h"

namespace kvscope::engine {

void LruPolicy::inserted(PolicyNode &node)
{
    m_nodes.pushWarm(node);
}

void LruPolicy::accessed(PolicyNode &node)
{
    if (m_nodes.warmest() == &node) return;
    NodeList::unlink(node);
    m_nodes.pushWarm(node);
}

void LruPolicy::removed(PolicyNode &node, Departure)
{
    NodeList::unlink(node);
}

void LruPolicy::suspended(PolicyNode &node)
{
    NodeList::unlink(node);
}

void LruPolicy::resumed(PolicyNode &node)
{
    m_nodes.pushCold(node);
}

PolicyNode *LruPolicy::victim()
{
    return m_nodes.coldest();
}

std::uint32_t LruPolicy::frequency(const PolicyNode &) const
{
    return 0;
}

std::vector<PolicyNode *> LruPolicy::handOver()
{
    std::vector<PolicyNode *> nodes;
    m_nodes.drainInto(nodes);
    return nodes;
}

} // namespace kvscope::engine
