// KeyTree: rows by number and numbers by path.
#include "core/keyindex/keytree.h"

#include "core/keyindex/naturalorder.h"

#include <algorithm>

namespace kvscope::keyindex {

KeyTree::KeyTree(std::shared_ptr<const KeyStorage> storage, std::vector<Branch> branches,
                 SortOrder order, IdList matchCounts, IndexFigures figures)
    : m_storage(std::move(storage)), m_branches(std::move(branches)), m_order(order),
      m_matchCounts(std::move(matchCounts)), m_figures(figures)
{}

TreeRow KeyTree::namespaceRow(NodeId node) const
{
    TreeRow row;
    row.kind = TreeRow::Kind::Namespace;
    row.keys = m_matchCounts ? (*m_matchCounts)[node] : m_storage->keysBeneath(node);
    row.path = m_storage->path(node);
    row.name = m_storage->name(node);
    return row;
}

TreeRow KeyTree::keyRow(const Branch &branch, std::size_t position) const
{
    const std::size_t size = branch.keys->size();
    const std::size_t at = m_order == SortOrder::NameDescending ? size - 1 - position : position;
    TreeRow row;
    row.path = m_storage->keys().key((*branch.keys)[at]);
    row.name = row.path.substr(m_storage->pathLength(branch.node));
    return row;
}

TreeRow KeyTree::row(std::size_t wanted) const
{
    const Branch *branch = &m_branches.front();
    std::size_t row = wanted; // counted from the branch's first row
    std::size_t base = 0;     // the branch's first row
    std::size_t parentRow = TreeRow::kNoRow;
    int depth = 0;
    while (true) {
        // The last open namespace whose content begins at or before `row`.
        const auto next = std::upper_bound(
            branch->open.begin(), branch->open.end(), row,
            [](std::size_t r, const Branch::Open &open) { return r < open.firstRow; });
        std::size_t position = row;
        if (next != branch->open.begin()) {
            const Branch::Open &open = *(next - 1);
            const Branch &inner = m_branches[open.branch];
            if (row < open.firstRow + inner.rows) {
                parentRow = base + open.firstRow - 1;
                base += open.firstRow;
                row -= open.firstRow;
                branch = &inner;
                ++depth;
                continue;
            }
            position = row - (open.firstRow + inner.rows) + open.position + 1;
        }
        const std::size_t namespaces = branch->namespaces->size();
        TreeRow found = position < namespaces ? namespaceRow((*branch->namespaces)[position])
                                              : keyRow(*branch, position - namespaces);
        found.depth = depth;
        found.parentRow = parentRow;
        found.expanded = next != branch->open.end() && next->position == position &&
                         found.kind == TreeRow::Kind::Namespace;
        return found;
    }
}

std::vector<TreeRow> KeyTree::rows(std::size_t first, std::size_t count) const
{
    std::vector<TreeRow> rows;
    const std::size_t end = std::min(rowCount(), first + count);
    rows.reserve(end > first ? end - first : 0);
    for (std::size_t i = first; i < end; ++i) rows.push_back(row(i));
    return rows;
}

std::size_t KeyTree::rowOfNamespace(const Branch &branch, std::size_t position)
{
    const auto next =
        std::lower_bound(branch.open.begin(), branch.open.end(), position,
                         [](const Branch::Open &open, std::size_t p) { return open.position < p; });
    if (next != branch.open.end() && next->position == position) return next->firstRow - 1;
    // Rows inside the branches before it: how far the next open one's content was pushed down.
    if (next != branch.open.end()) return next->firstRow - 1 - (next->position - position);
    const std::size_t total = branch.namespaces->size() + branch.keys->size();
    return branch.rows - (total - position);
}

std::optional<std::size_t> KeyTree::positionOfNamespace(const Branch &branch, BytesView path) const
{
    const Ids &nodes = *branch.namespaces;
    const auto isWanted = [&](NodeId node) { return m_storage->path(node) == path; };
    if (m_order == SortOrder::MostKeys) {
        const auto found = std::find_if(nodes.begin(), nodes.end(), isWanted);
        if (found == nodes.end()) return std::nullopt;
        return static_cast<std::size_t>(found - nodes.begin());
    }
    const bool descending = m_order == SortOrder::NameDescending;
    const std::size_t begin = m_storage->pathLength(branch.node);
    const BytesView name = path.substr(begin, path.size() - begin - m_storage->delimiter().size());
    const auto found =
        std::lower_bound(nodes.begin(), nodes.end(), name, [&](NodeId node, BytesView wanted) {
            const int order = naturalCompare(m_storage->name(node), wanted);
            return descending ? order > 0 : order < 0;
        });
    if (found == nodes.end() || !isWanted(*found)) return std::nullopt;
    return static_cast<std::size_t>(found - nodes.begin());
}

std::optional<std::size_t> KeyTree::positionOfKey(const Branch &branch, BytesView path) const
{
    const Ids &keys = *branch.keys;
    const std::size_t begin = m_storage->pathLength(branch.node);
    const auto found = std::lower_bound(
        keys.begin(), keys.end(), path.substr(begin), [&](KeyId id, BytesView wanted) {
            return naturalCompare(m_storage->keys().key(id).substr(begin), wanted) < 0;
        });
    if (found == keys.end() || m_storage->keys().key(*found) != path) return std::nullopt;
    const auto position = static_cast<std::size_t>(found - keys.begin());
    return m_order == SortOrder::NameDescending ? keys.size() - 1 - position : position;
}

std::size_t KeyTree::nextSegment(BytesView path, std::size_t from) const
{
    const BytesView delimiter = m_storage->delimiter();
    if (delimiter.empty()) return BytesView::npos;
    const std::size_t at = path.find(delimiter, from);
    return at == BytesView::npos ? at : at + delimiter.size();
}

std::optional<std::size_t> KeyTree::rowOf(TreeRow::Kind kind, BytesView path) const
{
    if (m_branches.empty() || path.empty()) {
        // The empty key is a key like any other; the empty namespace is the root, which has no row.
        if (m_branches.empty() || kind == TreeRow::Kind::Namespace) return std::nullopt;
    }
    const Branch *branch = &m_branches.front();
    std::size_t base = 0;
    for (std::size_t depth = 0;; ++depth) {
        const std::size_t end = depth < kMaxDepth
                                    ? nextSegment(path, m_storage->pathLength(branch->node))
                                    : BytesView::npos;
        if (end == BytesView::npos) {
            if (kind == TreeRow::Kind::Namespace) return std::nullopt;
            const auto position = positionOfKey(*branch, path);
            if (!position) return std::nullopt;
            return base + branch->rows - branch->keys->size() + *position;
        }
        const auto position = positionOfNamespace(*branch, path.substr(0, end));
        if (!position) return std::nullopt;
        const std::size_t row = rowOfNamespace(*branch, *position);
        if (kind == TreeRow::Kind::Namespace && end == path.size()) return base + row;
        const auto open =
            std::lower_bound(branch->open.begin(), branch->open.end(), *position,
                             [](const Branch::Open &o, std::size_t p) { return o.position < p; });
        if (open == branch->open.end() || open->position != *position) return std::nullopt;
        base += open->firstRow;
        branch = &m_branches[open->branch];
    }
}

std::vector<Bytes> KeyTree::enclosing(TreeRow::Kind kind, BytesView path) const
{
    std::vector<Bytes> paths;
    if (!m_storage) return paths;
    std::size_t end = 0;
    while (paths.size() < kMaxDepth) {
        end = nextSegment(path, end);
        if (end == BytesView::npos) break;
        if (kind == TreeRow::Kind::Namespace && end == path.size()) break;
        paths.emplace_back(path.substr(0, end));
    }
    return paths;
}

} // namespace kvscope::keyindex
