// KeyTreeView: keys, mouse and tooltips.
#include "widgets/browser/keytreeview.h"

#include "core/store/entry.h"
#include "widgets/base/theme.h"
#include "widgets/browser/keytreemetrics.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextDocument>
#include <QToolTip>

namespace kvscope {
namespace {

constexpr int kTypeAheadPauseMs = 1000;
constexpr std::size_t kTypeAheadRows = 5000; ///< looked at for a name that begins so
constexpr std::size_t kMostToolTipBytes = 600;

} // namespace

void KeyTreeView::enter(First first)
{
    setFocus();
    if (currentIndex() != kNoRow) return;
    m_entered = first;
    takeFirst();
}

void KeyTreeView::takeFirst()
{
    const std::size_t rows = m_tree->rowCount();
    if (rows == 0) return;
    // A namespace that was taken before what a filter leaves had come gives way to a key.
    if (currentIndex() != kNoRow && (m_entered != First::Key || m_current->isKey())) return;
    std::size_t target = 0;
    if (m_entered == First::Key) {
        const auto top = static_cast<std::size_t>(firstVisibleRow());
        const std::size_t end = std::min(rows, top + static_cast<std::size_t>(rowsInSight()));
        for (std::size_t row = end; row-- > top;)
            if (m_tree->row(row).kind == Row::Kind::Key) target = row;
    }
    const std::optional<First> entered = m_entered;
    moveCurrent(target, Extend::No);
    m_entered = entered; // what a filter leaves may still be on its way
}

void KeyTreeView::keyPressEvent(QKeyEvent *event)
{
    if (moveByKey(event) || actByKey(event)) return;
    const QString text = event->text();
    const bool printable = !text.isEmpty() && text[0].isPrint() &&
                           !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (printable) {
        typeAhead(text);
        return;
    }
    // QAbstractScrollArea would scroll by the arrows; what is not ours goes to the page.
    event->ignore();
}

bool KeyTreeView::moveByKey(QKeyEvent *event)
{
    const std::size_t rows = m_tree->rowCount();
    if (rows == 0) return false;
    const std::size_t at = currentIndex();
    const std::size_t current = at == kNoRow ? 0 : at;
    const auto page = static_cast<std::size_t>(std::max(1, rowsInSight() - 1));
    std::size_t target = 0;
    switch (event->key()) {
    case Qt::Key_Up:
        target = current == 0 ? 0 : current - 1;
        break;
    case Qt::Key_Down:
        target = at == kNoRow ? 0 : std::min(rows - 1, current + 1);
        break;
    case Qt::Key_Home:
        target = 0;
        break;
    case Qt::Key_End:
        target = rows - 1;
        break;
    case Qt::Key_PageUp:
        target = current - std::min(current, page);
        break;
    case Qt::Key_PageDown:
        target = std::min(rows - 1, current + page);
        break;
    default:
        return false;
    }
    moveCurrent(target, event->modifiers() & Qt::ShiftModifier ? Extend::Range : Extend::No);
    return true;
}

bool KeyTreeView::actByKey(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        emit copyRequested();
        return true;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return true;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        foldCurrent();
        return true;
    case Qt::Key_Right:
        unfoldCurrent();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activateCurrent(event->modifiers());
        return true;
    case Qt::Key_F2:
        emit renameRequested();
        return true;
    case Qt::Key_Delete:
        emit deleteRequested();
        return true;
    case Qt::Key_Menu: {
        const std::size_t row = currentIndex();
        const QPoint at = row == kNoRow ? QPoint(20, 10) : rowRect(row).center();
        emit menuRequested(viewport()->mapToGlobal(at));
        return true;
    }
    case Qt::Key_Space:
        if (event->modifiers() & Qt::ControlModifier && m_current) {
            moveCurrent(currentIndex(), Extend::Toggle);
            return true;
        }
        return false;
    default:
        return false;
    }
}

// Left closes an open namespace, else goes to the one around.
void KeyTreeView::foldCurrent()
{
    const std::size_t index = currentIndex();
    if (index == kNoRow) return;
    const Row row = m_tree->row(index);
    if (row.expanded) {
        emit expansionRequested(Bytes(row.path), false);
    } else if (row.parentRow != kNoRow) {
        moveCurrent(row.parentRow, Extend::No);
    }
}

// Right opens a namespace, and goes into one that is open.
void KeyTreeView::unfoldCurrent()
{
    const std::size_t index = currentIndex();
    if (index == kNoRow) return;
    const Row row = m_tree->row(index);
    if (row.kind == Row::Kind::Key) return;
    if (!row.expanded) {
        emit expansionRequested(Bytes(row.path), true);
    } else {
        moveCurrent(index + 1, Extend::No);
    }
}

void KeyTreeView::activateCurrent(Qt::KeyboardModifiers modifiers)
{
    const std::size_t index = currentIndex();
    if (index == kNoRow) return;
    const Row row = m_tree->row(index);
    if (row.kind == Row::Kind::Namespace) {
        emit expansionRequested(Bytes(row.path), !row.expanded);
    } else if (modifiers & Qt::ControlModifier) {
        emit keyActivatedInNewTab(Bytes(row.path));
    } else {
        emit keyActivated(Bytes(row.path));
    }
}

void KeyTreeView::typeAhead(const QString &text)
{
    const bool goesOn = m_sinceTyped.isValid() && m_sinceTyped.elapsed() < kTypeAheadPauseMs;
    m_typed = goesOn ? m_typed + text : text;
    m_sinceTyped.start();
    const std::size_t rows = m_tree->rowCount();
    if (rows == 0) return;
    const std::size_t at = currentIndex();
    // The first letter moves on from the current row, further ones refine where it stands.
    std::size_t from = at == kNoRow ? 0 : goesOn ? at : at + 1;
    for (std::size_t looked = 0; looked < std::min(rows, kTypeAheadRows); ++looked, ++from) {
        const Row row = m_tree->row(from % rows);
        if (keyText(row.name.substr(0, 64)).startsWith(m_typed, Qt::CaseInsensitive)) {
            moveCurrent(from % rows, Extend::No);
            return;
        }
    }
}

bool KeyTreeView::isOnChevron(const Row &row, const QPoint &position) const
{
    return row.kind == Row::Kind::Namespace && position.x() < keytree::nameLeft(row.depth) &&
           position.x() >= keytree::chevronLeft(row.depth) - 6;
}

void KeyTreeView::mousePressEvent(QMouseEvent *event)
{
    const std::size_t index = rowAt(event->position().toPoint());
    if (index == kNoRow) {
        if (event->button() == Qt::LeftButton && !m_selection.isEmpty()) {
            m_selection.clear();
            emit selectionChanged();
            viewport()->update();
        }
        return;
    }
    const Row row = m_tree->row(index);
    const RowRef ref =
        RowRef::of(row); // the row's bytes go with the tree, which a slot may replace
    const bool expanded = row.expanded;
    if (event->button() == Qt::RightButton) {
        if (!m_selection.contains(row)) moveCurrent(index, Extend::No);
        return;
    }
    if (event->button() == Qt::MiddleButton && ref.isKey()) {
        emit keyActivatedInNewTab(ref.path);
        return;
    }
    if (event->button() != Qt::LeftButton) return;
    if (isOnChevron(row, event->position().toPoint())) {
        // What Del and F2 act on stays in sight: rows that come in may push the old one away.
        moveCurrent(index, Extend::No);
        emit expansionRequested(ref.path, !expanded);
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier) {
        moveCurrent(index, Extend::Range);
    } else if (event->modifiers() & Qt::ControlModifier) {
        moveCurrent(index, Extend::Toggle);
    } else {
        moveCurrent(index, Extend::No);
        if (ref.isKey()) emit keyActivated(ref.path);
    }
}

void KeyTreeView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const std::size_t index = rowAt(event->position().toPoint());
    if (index == kNoRow || event->button() != Qt::LeftButton) return;
    const Row row = m_tree->row(index);
    if (row.kind == Row::Kind::Key) {
        emit keyActivatedInNewTab(Bytes(row.path));
    } else if (!isOnChevron(row, event->position().toPoint())) {
        emit expansionRequested(Bytes(row.path), !row.expanded);
    } else {
        mousePressEvent(event);
    }
}

void KeyTreeView::mouseMoveEvent(QMouseEvent *event)
{
    const std::size_t row = rowAt(event->position().toPoint());
    if (row == m_hovered) return;
    m_hovered = row;
    viewport()->update();
}

void KeyTreeView::leaveEvent(QEvent *event)
{
    QAbstractScrollArea::leaveEvent(event);
    m_hovered = kNoRow;
    viewport()->update();
}

void KeyTreeView::contextMenuEvent(QContextMenuEvent *event)
{
    const std::size_t row = currentIndex();
    // By the Menu key Qt names the middle of the view: the menu belongs under its row.
    if (event->reason() == QContextMenuEvent::Keyboard && row != kNoRow) {
        const QRect rect = rowRect(row);
        if (viewport()->rect().contains(rect.bottomLeft()))
            return emit menuRequested(viewport()->mapToGlobal(rect.bottomLeft()));
    }
    emit menuRequested(event->globalPos());
}

bool KeyTreeView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const std::size_t index = rowAt(help->pos());
        if (index == kNoRow) {
            QToolTip::hideText();
        } else {
            const Row row = m_tree->row(index);
            QString text = keyText(row.path.substr(0, kMostToolTipBytes));
            if (row.path.size() > kMostToolTipBytes) text += QStringLiteral("…");
            if (m_findMark && row.kind == Row::Kind::Key)
                if (const auto mark = m_findMark(row.path)) text += QLatin1Char('\n') + mark->text;
            QToolTip::showText(help->globalPos(), Qt::convertFromPlainText(text), viewport(),
                               rowRect(index));
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace kvscope
