// NodeList: an intrusive list of policy nodes from cold to warm.
#pragma once

#include "core/engine/policy.h"

namespace kvscope::engine {

/// Circular through one sentinel, so that unlinking needs neither the list nor a branch. Owns
/// nothing.
///
///     m_end <-> coldest <-> … <-> warmest <-> m_end
class NodeList
{
  public:
    NodeList() { reset(); }
    NodeList(const NodeList &) = delete;
    NodeList &operator=(const NodeList &) = delete;

    bool empty() const { return m_end.warmer == &m_end; }
    PolicyNode *coldest() const
    {
        return empty() ? nullptr : static_cast<PolicyNode *>(m_end.warmer);
    }
    PolicyNode *warmest() const
    {
        return empty() ? nullptr : static_cast<PolicyNode *>(m_end.colder);
    }
    /// The next one towards the warm end, or nothing.
    PolicyNode *warmerThan(const PolicyNode &node) const
    {
        return node.warmer == &m_end ? nullptr : static_cast<PolicyNode *>(node.warmer);
    }

    void pushWarm(PolicyNode &node) { link(node, *m_end.colder, m_end); }
    void pushCold(PolicyNode &node) { link(node, m_end, *m_end.warmer); }

    /// Requires: the node is in some list.
    static void unlink(PolicyNode &node)
    {
        node.colder->warmer = node.warmer;
        node.warmer->colder = node.colder;
        node.colder = nullptr;
        node.warmer = nullptr;
    }

    /// Moves all of `other` behind the warm end of this one, in order. O(1).
    void appendWarm(NodeList &other)
    {
        if (other.empty()) return;
        other.m_end.warmer->colder = m_end.colder;
        m_end.colder->warmer = other.m_end.warmer;
        other.m_end.colder->warmer = &m_end;
        m_end.colder = other.m_end.colder;
        other.reset();
    }

    /// Unlinks every node into `nodes`, coldest first.
    void drainInto(std::vector<PolicyNode *> &nodes)
    {
        while (PolicyNode *node = coldest()) {
            unlink(*node);
            nodes.push_back(node);
        }
    }

  private:
    static void link(PolicyNode &node, Links &colder, Links &warmer)
    {
        node.colder = &colder;
        node.warmer = &warmer;
        colder.warmer = &node;
        warmer.colder = &node;
    }
    void reset()
    {
        m_end.colder = &m_end;
        m_end.warmer = &m_end;
    }

    Links m_end;
};

} // namespace kvscope::engine
