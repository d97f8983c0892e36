// TreeBuilder: keeps the open branches sorted while keys come and go, and makes KeyTrees of them.
//
// Only what is open is sorted. A namespace opened for the first time is gathered by one pass over
// the keys' namespace numbers (4 B a key, in order: 1 ms for a million) and sorted once; from then
// on new keys are merged in. With a filter on, branches are made from the matches: from the matches
// alone where they are few, else by testing the sorted lists against the match bits.
#pragma once

#include "core/keyindex/keytree.h"
#include "core/keyindex/matchset.h"
#include "core/keyindex/sortedlist.h"

#include <set>
#include <unordered_map>

namespace kvscope::keyindex {

/// Index thread only.
class TreeBuilder
{
  public:
    /// With so few matches every namespace that holds one is shown open.
    static constexpr std::size_t kOpenAllMatches = 500;

    explicit TreeBuilder(std::shared_ptr<KeyStorage> storage);

    void keyAdded(const KeyStorage::Added &added);
    void keyRemoved(KeyId id);

    /// A path that is not there yet opens when it appears.
    void setExpanded(const Bytes &path, bool expanded);
    void setOrder(SortOrder order) { m_order = order; }
    /// `version` is shown in the figures. False: superseded on the way, nothing changed.
    bool setFilter(KeyMatcher matcher, std::uint64_t version,
                   const std::function<bool()> &cancelled);

    /// Fills the index's part of `figures`.
    std::shared_ptr<const KeyTree> build(IndexFigures figures);
    /// A pass is over: memory that only made frequent merges fast is given up.
    void trim();

    const MatchSet &matches() const { return m_matches; }
    const std::set<Bytes> &expandedPaths() const { return m_expandedPaths; }
    SortOrder order() const { return m_order; }

  private:
    struct Lists
    {
        SortedList namespaces;
        SortedList keys;
        bool namespacesStale = false; ///< one came back: gather them anew
    };
    struct Shown
    {
        IdList namespaces;
        IdList keys;
    };

    NameOf nameIn(NodeId node) const;
    NameOf namespaceName() const;
    void open(NodeId node);
    void noticeNewNodes();
    void settle();
    bool isOpen(NodeId node) const;
    Shown unfiltered(NodeId node);
    void prepareMatches();
    IdList ordered(IdList namespaces) const;
    std::size_t addBranch(std::vector<Branch> &branches, NodeId node);

    std::shared_ptr<KeyStorage> m_storage;
    std::unordered_map<NodeId, Lists> m_lists; // the root and what was opened by hand
    std::vector<std::uint8_t> m_hasLists;      // by node, so that a key costs no look-up
    std::set<Bytes> m_expandedPaths;
    std::size_t m_seenNodes = 1;
    SortOrder m_order = SortOrder::NameAscending;

    MatchSet m_matches;
    std::uint64_t m_filterVersion = 0;
    std::unordered_map<NodeId, bool> m_toggled; // opened or closed by hand since the filter was set
    std::unordered_map<NodeId, Shown> m_shown;  // the filtered branches of the tree being built
};

} // namespace kvscope::keyindex
