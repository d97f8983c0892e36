// KeySelection: which rows of the tree are chosen, by path, so that it survives rows that come and
// go.
#pragma once

#include "core/keyindex/keytree.h"

#include <optional>
#include <set>

namespace kvscope {

/// A row by what it stands for.
struct RowRef
{
    keyindex::TreeRow::Kind kind = keyindex::TreeRow::Kind::Key;
    Bytes path;

    static RowRef of(const keyindex::TreeRow &row) { return {row.kind, Bytes(row.path)}; }
    bool isKey() const { return kind == keyindex::TreeRow::Kind::Key; }
    friend bool operator==(const RowRef &, const RowRef &) = default;
    friend auto operator<=>(const RowRef &, const RowRef &) = default;
};

class KeySelection
{
  public:
    /// A range takes no more rows than this: what is beyond is a namespace's business.
    static constexpr std::size_t kMostRows = 50'000;

    bool contains(const keyindex::TreeRow &row) const
    {
        return m_rows.find(RowRef::of(row)) != m_rows.end();
    }
    bool isEmpty() const { return m_rows.empty(); }
    std::size_t size() const { return m_rows.size(); }

    void clear() { m_rows.clear(); }
    void set(const RowRef &row)
    {
        m_rows.clear();
        m_rows.insert(row);
    }
    void toggle(const RowRef &row)
    {
        if (m_rows.erase(row) == 0) m_rows.insert(row);
    }
    void remove(const RowRef &row) { m_rows.erase(row); }
    void setRange(const keyindex::KeyTree &tree, std::size_t from, std::size_t to);

    std::vector<Bytes> keys() const { return paths(keyindex::TreeRow::Kind::Key); }
    std::vector<Bytes> namespaces() const { return paths(keyindex::TreeRow::Kind::Namespace); }

  private:
    std::vector<Bytes> paths(keyindex::TreeRow::Kind kind) const;

    std::set<RowRef> m_rows;
};

} // namespace kvscope
