// KeyTreeView: rows in sight, the current row and scrolling. Painting is in keytreepaint.cpp, keys
// and mouse in keytreeinput.cpp.
#include "widgets/browser/keytreeview.h"

#include "core/base/human.h"
#include "core/store/entry.h"
#include "widgets/base/theme.h"
#include "widgets/models/keytypes.h"

#include <QAccessible>
#include <QScrollBar>

namespace kvscope {

KeyTreeView::KeyTreeView(KeyTypes *types, QWidget *parent)
    : QAbstractScrollArea(parent), m_types(types),
      m_tree(std::make_shared<const keyindex::KeyTree>())
{
    setObjectName(QStringLiteral("keyTree"));
    setAccessibleName(tr("Keys"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    verticalScrollBar()->setSingleStep(1);
    connect(types, &KeyTypes::changed, viewport(), qOverload<>(&QWidget::update));
}

KeyTreeView::~KeyTreeView() = default;

void KeyTreeView::setRetire(std::function<void(std::shared_ptr<const keyindex::KeyTree>)> retire)
{
    m_retire = std::move(retire);
}

void KeyTreeView::setMarks(FindMark find)
{
    m_findMark = std::move(find);
    viewport()->update();
}

void KeyTreeView::setTree(std::shared_ptr<const keyindex::KeyTree> tree)
{
    const auto top = static_cast<std::size_t>(firstVisibleRow());
    const std::size_t current = currentIndex();
    const bool currentInSight = current != kNoRow && current >= top &&
                                current < top + static_cast<std::size_t>(rowsInSight());
    std::optional<RowRef> anchor;
    // At the very top stay there; below it the rows in sight stay in sight, the current one first.
    if (top != 0 && currentInSight)
        anchor = m_current;
    else if (top != 0 && top < m_tree->rowCount())
        anchor = RowRef::of(m_tree->row(top));
    const int above = top != 0 && currentInSight ? static_cast<int>(current - top) : 0;
    m_tree.swap(tree);
    if (m_retire) m_retire(std::move(tree));
    updateScrollBar();
    if (anchor) {
        const std::size_t row = rowOf(*anchor);
        if (row != kNoRow) verticalScrollBar()->setValue(static_cast<int>(row) - above);
    } else if (currentInSight && currentIndex() != kNoRow) {
        scrollTo(currentIndex());
    }
    if (m_tree->figures().keys == 0 && !m_tree->figures().passRunning) {
        const bool had = !m_selection.isEmpty();
        m_selection.clear();
        m_current.reset();
        if (had) emit selectionChanged();
    }
    if (m_awaited) lookForAwaited();
    if (m_entered && hasFocus()) takeFirst();
    noticeVisible();
    viewport()->update();
}

std::size_t KeyTreeView::rowOf(const RowRef &row) const
{
    return m_tree->rowOf(row.kind, row.path).value_or(kNoRow);
}

std::size_t KeyTreeView::currentIndex() const
{
    return m_current ? rowOf(*m_current) : kNoRow;
}

int KeyTreeView::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

int KeyTreeView::rowsInSight() const
{
    return std::max(1, viewport()->height() / metric::kRow);
}

QRect KeyTreeView::rowRect(std::size_t row) const
{
    const auto offset = static_cast<qint64>(row) - firstVisibleRow();
    return {0, static_cast<int>(offset * metric::kRow), viewport()->width(), metric::kRow};
}

std::size_t KeyTreeView::rowAt(const QPoint &position) const
{
    if (position.y() < 0) return kNoRow;
    const auto row = static_cast<std::size_t>(firstVisibleRow()) +
                     static_cast<std::size_t>(position.y() / metric::kRow);
    return row < m_tree->rowCount() ? row : kNoRow;
}

void KeyTreeView::updateScrollBar()
{
    const auto rows = static_cast<int>(std::min<std::size_t>(m_tree->rowCount(), INT_MAX));
    verticalScrollBar()->setRange(0, std::max(0, rows - rowsInSight()));
    verticalScrollBar()->setPageStep(rowsInSight());
}

void KeyTreeView::scrollTo(std::size_t row)
{
    const auto at = static_cast<int>(row);
    if (at < firstVisibleRow()) {
        verticalScrollBar()->setValue(at);
    } else if (at >= firstVisibleRow() + rowsInSight()) {
        verticalScrollBar()->setValue(at - rowsInSight() + 1);
    }
}

void KeyTreeView::moveCurrent(std::size_t row, Extend extend)
{
    if (row >= m_tree->rowCount()) return;
    const RowRef ref = RowRef::of(m_tree->row(row));
    m_entered.reset();
    m_current = ref;
    if (extend == Extend::No) {
        m_selection.set(ref);
        m_rangeBegin = ref;
    } else if (extend == Extend::Toggle) {
        m_selection.toggle(ref);
        m_rangeBegin = ref;
    } else {
        const std::size_t begin = m_rangeBegin ? rowOf(*m_rangeBegin) : kNoRow;
        m_selection.setRange(*m_tree, begin == kNoRow ? row : begin, row);
    }
    scrollTo(row);
    describeCurrent();
    emit selectionChanged();
    viewport()->update();
}

void KeyTreeView::describeCurrent()
{
    if (!m_current) return;
    setAccessibleDescription(keyText(m_current->path));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void KeyTreeView::reveal(const RowRef &row)
{
    m_awaited = row;
    m_openedForAwaited = false;
    lookForAwaited();
}

void KeyTreeView::lookForAwaited()
{
    const RowRef awaited = *m_awaited;
    const std::size_t index = rowOf(awaited);
    if (index != kNoRow) {
        m_awaited.reset();
        moveCurrent(index, Extend::No);
        return;
    }
    if (m_openedForAwaited || m_tree->figures().keys == 0) return;
    m_openedForAwaited = true;
    for (const Bytes &path : m_tree->enclosing(awaited.kind, awaited.path)) {
        emit expansionRequested(path, true);
    }
}

void KeyTreeView::selectAll()
{
    if (m_tree->rowCount() == 0) return;
    m_selection.setRange(*m_tree, 0, m_tree->rowCount() - 1);
    emit selectionChanged();
    viewport()->update();
}

// Badges are asked for what can be seen.
void KeyTreeView::noticeVisible()
{
    std::vector<Bytes> keys;
    const auto first = static_cast<std::size_t>(firstVisibleRow());
    for (const Row &row : m_tree->rows(first, static_cast<std::size_t>(rowsInSight()) + 1)) {
        if (row.kind == Row::Kind::Key) keys.emplace_back(row.path);
    }
    m_types->want(std::move(keys));
}

// A current row that was in sight stays so: the strip under the tree comes and goes with each scan,
// and what slid out beneath it would no longer be held while rows come in.
void KeyTreeView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const int before = std::max(1, event->oldSize().height() / metric::kRow);
    const std::size_t current = currentIndex();
    const auto top = static_cast<std::size_t>(firstVisibleRow());
    const bool wasInSight =
        current != kNoRow && current >= top && current < top + static_cast<std::size_t>(before);
    updateScrollBar();
    if (wasInSight) scrollTo(current);
    noticeVisible();
}

void KeyTreeView::scrollContentsBy(int, int)
{
    noticeVisible();
    viewport()->update();
}

void KeyTreeView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void KeyTreeView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace kvscope
