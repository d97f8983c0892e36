// KeySelection: ranges and lists.
#include "widgets/browser/keyselection.h"

#include <algorithm>

namespace kvscope {

void KeySelection::setRange(const keyindex::KeyTree &tree, std::size_t from, std::size_t to)
{
    const std::size_t first = std::min(from, to);
    const std::size_t count = std::min(kMostRows, std::max(from, to) - first + 1);
    m_rows.clear();
    for (const keyindex::TreeRow &row : tree.rows(first, count)) m_rows.insert(RowRef::of(row));
}

std::vector<Bytes> KeySelection::paths(keyindex::TreeRow::Kind kind) const
{
    std::vector<Bytes> paths;
    for (const RowRef &row : m_rows) {
        if (row.kind == kind) paths.push_back(row.path);
    }
    return paths;
}

} // namespace kvscope
