// BlockTree: from hashes to branches.
#include "core/labrun/blocktree.h"

#include <algorithm>

namespace kvscope {

void BlockTree::add(BlockNode node)
{
    if (m_byHash.try_emplace(node.id.hash, m_nodes.size()).second)
        m_nodes.push_back(std::move(node));
}

void BlockTree::tie()
{
    std::vector<std::size_t> reached;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i].id.parent == llm::BlockHash{}) {
            m_roots.push_back(i);
            reached.push_back(i);
            continue;
        }
        const auto parent = m_byHash.find(m_nodes[i].id.parent);
        if (parent != m_byHash.end()) m_nodes[parent->second].children.push_back(i);
    }
    std::vector<bool> isReached(m_nodes.size());
    // Parents stand before their children in `reached`.
    for (std::size_t at = 0; at < reached.size(); ++at) {
        isReached[reached[at]] = true;
        const auto &children = m_nodes[reached[at]].children;
        reached.insert(reached.end(), children.begin(), children.end());
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        if (!isReached[i] && m_nodes[i].isWanted) m_orphans.push_back(i);
    std::vector<bool> leads(m_nodes.size());
    for (auto i = reached.rbegin(); i != reached.rend(); ++i) {
        std::erase_if(m_nodes[*i].children, [&](std::size_t child) { return !leads[child]; });
        leads[*i] = m_nodes[*i].isWanted || !m_nodes[*i].children.empty();
    }
    std::erase_if(m_roots, [&](std::size_t root) { return !leads[root]; });
}

} // namespace kvscope
