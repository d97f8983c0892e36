// TreeBuilder: open branches, filtered branches, and the tree put together.
#include "core/keyindex/treebuilder.h"

#include <algorithm>

namespace kvscope::keyindex {
namespace {

// Up to so many matches the filtered branches are sorted anew; above, filtered out of sorted lists.
constexpr std::size_t kFewMatches = 32'768;

IdList sortedByName(const Ids &ids, const NameOf &nameOf)
{
    SortedList list;
    list.setTail(ids);
    list.settle(nameOf, [](std::uint32_t) { return false; });
    return list.ids();
}

} // namespace

TreeBuilder::TreeBuilder(std::shared_ptr<KeyStorage> storage) : m_storage(std::move(storage))
{
    open(kRoot);
}

NameOf TreeBuilder::nameIn(NodeId node) const
{
    const KeyArena *keys = &m_storage->keys();
    return {.name = [keys, begin = m_storage->pathLength(node)](
                        std::uint32_t id) { return keys->key(id).substr(begin); },
            .prefetch = [keys](std::uint32_t id) { keys->prefetch(id); }};
}

NameOf TreeBuilder::namespaceName() const
{
    return {
        .name = [storage = m_storage.get()](std::uint32_t node) { return storage->name(node); }};
}

void TreeBuilder::keyAdded(const KeyStorage::Added &added)
{
    const std::size_t known = m_seenNodes;
    if (m_storage->nodeCount() != known) noticeNewNodes();
    if (m_hasLists[added.node] != 0) m_lists[added.node].keys.append(added.id);
    // A namespace that had emptied and holds its first key again is missing from its parent's list.
    for (NodeId node = added.node; node != kRoot && m_storage->keysBeneath(node) == 1;
         node = m_storage->parentOf(node)) {
        const NodeId parent = m_storage->parentOf(node);
        if (node < known && m_hasLists[parent] != 0) m_lists[parent].namespacesStale = true;
    }
}

void TreeBuilder::noticeNewNodes()
{
    m_hasLists.resize(m_storage->nodeCount());
    for (; m_seenNodes < m_storage->nodeCount(); ++m_seenNodes) {
        const auto node = static_cast<NodeId>(m_seenNodes);
        const NodeId parent = m_storage->parentOf(node);
        if (m_hasLists[parent] != 0) m_lists[parent].namespaces.append(node);
        if (!m_expandedPaths.empty() && m_expandedPaths.contains(Bytes(m_storage->path(node)))) {
            m_hasLists[node] = 1;
            m_lists[node];
        }
    }
}

void TreeBuilder::keyRemoved(KeyId id)
{
    m_matches.remove(*m_storage, id);
    const NodeId node = m_storage->nodeOf(id);
    if (m_hasLists[node] != 0) m_lists[node].keys.markRemovals();
    for (NodeId at = node; at != kRoot && m_storage->keysBeneath(at) == 0;
         at = m_storage->parentOf(at)) {
        const NodeId parent = m_storage->parentOf(at);
        if (m_hasLists[parent] != 0) m_lists[parent].namespaces.markRemovals();
    }
}

void TreeBuilder::setExpanded(const Bytes &path, bool expanded)
{
    const NodeId node = m_storage->findNode(path);
    if (expanded) {
        m_expandedPaths.insert(path);
    } else {
        m_expandedPaths.erase(path);
    }
    if (node == kNone || node == kRoot) return;
    if (m_matches.isActive()) m_toggled[node] = expanded;
    if (expanded) {
        open(node);
    } else {
        m_hasLists[node] = 0;
        m_lists.erase(node);
    }
}

void TreeBuilder::open(NodeId node)
{
    m_hasLists.resize(m_storage->nodeCount());
    if (m_hasLists[node] != 0) return;
    m_hasLists[node] = 1;
    Lists &lists = m_lists[node];
    lists.namespacesStale = true;
    Ids keys;
    const auto size = static_cast<KeyId>(m_storage->keys().size());
    for (KeyId id = 0; id < size; ++id) {
        if (m_storage->nodeOf(id) == node && !m_storage->isRemoved(id)) keys.push_back(id);
    }
    lists.keys.setTail(std::move(keys));
}

void TreeBuilder::settle()
{
    std::unordered_map<NodeId, Ids> children;
    for (auto &[node, lists] : m_lists) {
        if (lists.namespacesStale) children[node];
    }
    if (!children.empty()) {
        for (std::size_t i = 1; i < m_storage->nodeCount(); ++i) {
            const auto node = static_cast<NodeId>(i);
            if (m_storage->keysBeneath(node) == 0) continue;
            const auto parent = children.find(m_storage->parentOf(node));
            if (parent != children.end()) parent->second.push_back(node);
        }
        for (auto &[node, found] : children) {
            Lists &lists = m_lists[node];
            lists.namespaces.clear();
            lists.namespaces.setTail(std::move(found));
            lists.namespacesStale = false;
        }
    }
    for (auto &[node, lists] : m_lists) {
        if (!lists.namespaces.isSettled()) {
            lists.namespaces.settle(namespaceName(), [this](NodeId child) {
                return m_storage->keysBeneath(child) == 0;
            });
        }
        if (!lists.keys.isSettled()) {
            lists.keys.settle(nameIn(node), [this](KeyId id) { return m_storage->isRemoved(id); });
        }
    }
}

bool TreeBuilder::setFilter(KeyMatcher matcher, std::uint64_t version,
                            const std::function<bool()> &cancelled)
{
    MatchSet matches(std::move(matcher));
    if (matches.isActive() && !matches.extend(*m_storage, &m_matches, cancelled)) return false;
    m_matches = std::move(matches);
    m_filterVersion = version;
    m_toggled.clear();
    return true;
}

bool TreeBuilder::isOpen(NodeId node) const
{
    if (!m_matches.isActive()) return m_hasLists[node] != 0;
    if (node == kRoot) return true;
    const auto toggled = m_toggled.find(node);
    if (toggled != m_toggled.end()) return toggled->second;
    return m_matches.matching() <= kOpenAllMatches || m_hasLists[node] != 0;
}

TreeBuilder::Shown TreeBuilder::unfiltered(NodeId node)
{
    const Lists &lists = m_lists[node];
    return {lists.namespaces.ids(), lists.keys.ids()};
}

// Fills m_shown for every namespace that is open and holds a match.
void TreeBuilder::prepareMatches()
{
    m_shown.clear();
    const Ids &counts = m_matches.counts();
    std::unordered_map<NodeId, std::pair<Ids, Ids>> found; // namespaces, keys
    std::vector<std::uint8_t> shown(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto node = static_cast<NodeId>(i);
        if (node != kRoot && counts[node] == 0) continue;
        shown[node] = isOpen(node) ? 1 : 0;
        if (shown[node] != 0) found[node];
        if (node != kRoot && shown[m_storage->parentOf(node)] != 0) {
            found[m_storage->parentOf(node)].first.push_back(node);
        }
    }
    const bool few = m_matches.matching() <= kFewMatches;
    if (few) {
        m_matches.forEach([&](KeyId id) {
            const NodeId node = m_storage->nodeOf(id);
            if (shown[node] != 0) found[node].second.push_back(id);
        });
    }
    for (auto &[node, ids] : found) {
        Shown &branch = m_shown[node];
        branch.namespaces = sortedByName(ids.first, namespaceName());
        if (few) {
            branch.keys = sortedByName(ids.second, nameIn(node));
        } else {
            auto kept = std::make_shared<Ids>();
            for (const KeyId id : *m_lists[node].keys.ids()) {
                if (m_matches.contains(id)) kept->push_back(id);
            }
            branch.keys = std::move(kept);
        }
    }
}

IdList TreeBuilder::ordered(IdList namespaces) const
{
    if (m_order == SortOrder::NameAscending || namespaces->size() < 2) return namespaces;
    auto sorted = std::make_shared<Ids>(*namespaces);
    if (m_order == SortOrder::NameDescending) {
        std::reverse(sorted->begin(), sorted->end());
    } else {
        // Equal counts stay in the order of their names. Counts don't change meanwhile: this thread
        // writes them.
        const auto keys = [this](NodeId node) {
            return m_matches.isActive() ? m_matches.counts()[node] : m_storage->keysBeneath(node);
        };
        std::stable_sort(sorted->begin(), sorted->end(),
                         [&](NodeId a, NodeId b) { return keys(a) > keys(b); });
    }
    return sorted;
}

std::size_t TreeBuilder::addBranch(std::vector<Branch> &branches, NodeId node)
{
    const std::size_t index = branches.size();
    branches.emplace_back();
    Branch branch;
    branch.node = node;
    const Shown shown = m_matches.isActive() ? m_shown[node] : unfiltered(node);
    branch.namespaces = ordered(shown.namespaces);
    branch.keys = shown.keys;
    std::size_t row = 0;
    for (std::size_t position = 0; position < branch.namespaces->size(); ++position) {
        ++row;
        const NodeId child = (*branch.namespaces)[position];
        if (!isOpen(child)) continue;
        const std::size_t inner = addBranch(branches, child);
        branch.open.push_back({position, inner, row});
        row += branches[inner].rows;
    }
    branch.rows = row + branch.keys->size();
    branches[index] = std::move(branch);
    return index;
}

std::shared_ptr<const KeyTree> TreeBuilder::build(IndexFigures figures)
{
    if (m_storage->nodeCount() != m_seenNodes) noticeNewNodes();
    settle();
    IdList counts;
    if (m_matches.isActive()) {
        m_matches.extend(*m_storage, nullptr, [] { return false; });
        prepareMatches();
        counts = std::make_shared<const Ids>(m_matches.counts());
    }
    std::vector<Branch> branches;
    addBranch(branches, kRoot);
    m_shown.clear();
    figures.keys = m_storage->liveKeys();
    figures.filtered = m_matches.isActive();
    figures.matching = figures.filtered ? m_matches.matching() : figures.keys;
    figures.filterVersion = m_filterVersion;
    figures.bytesUsed = m_storage->bytesUsed();
    figures.keyBytes = m_storage->keys().keyBytes();
    return std::make_shared<const KeyTree>(m_storage, std::move(branches), m_order,
                                           std::move(counts), figures);
}

void TreeBuilder::trim()
{
    for (auto &[node, lists] : m_lists) {
        lists.namespaces.trim();
        lists.keys.trim();
    }
}

} // namespace kvscope::keyindex
