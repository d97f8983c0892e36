// KeyTree: the tree as it can be seen at one moment, for reading rows by number.
//
// The index thread makes one and never touches it again; a view reads rows from it without a lock
// for as long as it likes. Only the counts beside namespaces are read live.
//
//   root      [namespaces…][keys…]            an open namespace's branch follows its row
//    └ user:  [namespaces…][keys…]
//
// Row n is found by descending through open branches: O(depth · log open), whatever their size.
#pragma once

#include "core/keyindex/keystorage.h"
#include "core/keyindex/largearray.h"

#include <memory>
#include <optional>
#include <vector>

namespace kvscope::keyindex {

enum class SortOrder : std::uint8_t { NameAscending, NameDescending, MostKeys };

struct TreeRow
{
    enum class Kind : std::uint8_t { Namespace, Key };
    static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);

    Kind kind = Kind::Key;
    int depth = 0;
    bool expanded = false;
    std::uint32_t keys = 1;         ///< beneath a namespace; with a filter, those that match
    BytesView name;                 ///< the last segment
    BytesView path;                 ///< the whole key, or the namespace with its last delimiter
    std::size_t parentRow = kNoRow; ///< kNoRow at the top level
};

/// Figures of the moment a tree was made.
struct IndexFigures
{
    std::size_t keys = 0;     ///< in the index
    std::size_t matching = 0; ///< of them, those that the filter shows
    bool filtered = false;
    bool full = false; ///< there were more keys than the index can hold
    bool passRunning = false;
    std::uint32_t pass = 0;          ///< the last pass begun
    std::uint64_t passKeys = 0;      ///< keys it has brought, repetitions included
    std::uint64_t filterVersion = 0; ///< what setFilter() returned for the filter shown
    std::size_t bytesUsed = 0;       ///< by the index, the keys' own bytes included
    std::size_t keyBytes = 0;
};

using Ids = LargeArray<std::uint32_t>;
using IdList = std::shared_ptr<const Ids>;

/// One open namespace's content, in the order shown.
struct Branch
{
    struct Open
    {
        std::size_t position = 0; ///< in `namespaces`
        std::size_t branch = 0;   ///< index into KeyTree's branches
        std::size_t firstRow = 0; ///< of its content, counted from this branch's first row
    };
    NodeId node = kRoot;
    IdList namespaces;
    IdList keys; ///< ascending by name whatever the order shown
    std::vector<Open> open;
    std::size_t rows = 0;
};

/// Rows' names and paths point into the index and are valid while the tree lives.
class KeyTree
{
  public:
    KeyTree() = default;
    KeyTree(std::shared_ptr<const KeyStorage> storage, std::vector<Branch> branches,
            SortOrder order, IdList matchCounts, IndexFigures figures);

    std::size_t rowCount() const { return m_branches.empty() ? 0 : m_branches.front().rows; }
    /// Requires: row < rowCount().
    TreeRow row(std::size_t row) const;
    /// The rows [first, first + count), as far as they exist.
    std::vector<TreeRow> rows(std::size_t first, std::size_t count) const;
    /// Where a key or a namespace stands, if every namespace around it is open.
    std::optional<std::size_t> rowOf(TreeRow::Kind kind, BytesView path) const;
    /// The paths of the namespaces that `path` lies in, the outermost first.
    std::vector<Bytes> enclosing(TreeRow::Kind kind, BytesView path) const;

    const IndexFigures &figures() const { return m_figures; }

  private:
    TreeRow namespaceRow(NodeId node) const;
    TreeRow keyRow(const Branch &branch, std::size_t position) const;
    std::optional<std::size_t> positionOfNamespace(const Branch &branch, BytesView path) const;
    std::optional<std::size_t> positionOfKey(const Branch &branch, BytesView path) const;
    /// The row, counted from the branch's first, of a namespace at `position`.
    static std::size_t rowOfNamespace(const Branch &branch, std::size_t position);
    /// The end of the namespace that `path` goes on with behind `from`; npos: none.
    std::size_t nextSegment(BytesView path, std::size_t from) const;

    std::shared_ptr<const KeyStorage> m_storage;
    std::vector<Branch> m_branches; // [0] is the root's
    SortOrder m_order = SortOrder::NameAscending;
    IdList m_matchCounts; // by node; null: no filter
    IndexFigures m_figures;
};

} // namespace kvscope::keyindex
