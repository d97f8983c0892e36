// KeyTreeView: paints the rows of a KeyTree that are in sight, and nothing else.
//
// Every tree it is given replaces the last one; the row at the top stays where it is, the current
// row and the selection are kept by path. Costs depend on the rows in sight, never on the keys.
#pragma once

#include "widgets/browser/keyselection.h"

#include <QAbstractScrollArea>
#include <QColor>
#include <QElapsedTimer>

#include <functional>
#include <memory>

namespace kvscope {

class KeyTypes;

/// A small mark at the end of a key's row, how old it is, and the sentence that explains it.
struct KeyMark
{
    QColor color;
    QString age; ///< "6 m"; shown where there is room for it
    QString text;
};

class KeyTreeView : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    /// `types` tells the badges and is told which keys are in sight. Requires: outlives this.
    explicit KeyTreeView(KeyTypes *types, QWidget *parent = nullptr);
    ~KeyTreeView() override;

    /// Trees no longer shown are handed to this: the last one of an index is costly to drop.
    void setRetire(std::function<void(std::shared_ptr<const keyindex::KeyTree>)> retire);
    /// Asked for each key in sight when it is painted: it must be quick.
    using FindMark = std::function<std::optional<KeyMark>(BytesView key)>;
    void setMarks(FindMark find);
    void setTree(std::shared_ptr<const keyindex::KeyTree> tree);
    const keyindex::KeyTree &tree() const { return *m_tree; }

    const KeySelection &selection() const { return m_selection; }
    std::optional<RowRef> currentRow() const { return m_current; }
    /// Makes it current and selected and scrolls to it; as soon as it appears if it isn't there
    /// yet.
    void reveal(const RowRef &row);
    void selectAll();
    /// Takes the focus. Where no row is current the first one becomes it, or the first key in sight
    /// (what a filter left over); as soon as there is one.
    enum class First : std::uint8_t { Row, Key };
    void enter(First first);

    int firstVisibleRow() const;
    QRect rowRect(std::size_t row) const;

  signals:
    void keyActivated(const kvscope::Bytes &key);
    void keyActivatedInNewTab(const kvscope::Bytes &key);
    void expansionRequested(const kvscope::Bytes &path, bool expanded);
    void renameRequested();
    void deleteRequested();
    void copyRequested();
    void menuRequested(const QPoint &globalPosition);
    void selectionChanged();

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

  private:
    using Row = keyindex::TreeRow;
    enum class Extend : std::uint8_t { No, Range, Toggle };
    static constexpr std::size_t kNoRow = Row::kNoRow;

    std::size_t rowAt(const QPoint &position) const;
    std::size_t rowOf(const RowRef &row) const;
    std::size_t currentIndex() const;
    int rowsInSight() const;
    void updateScrollBar();
    void scrollTo(std::size_t row);
    void moveCurrent(std::size_t row, Extend extend);
    void noticeVisible();
    void describeCurrent();
    void lookForAwaited();
    void takeFirst();
    bool moveByKey(QKeyEvent *event);
    bool actByKey(QKeyEvent *event);
    void foldCurrent();
    void unfoldCurrent();
    void activateCurrent(Qt::KeyboardModifiers modifiers);
    void typeAhead(const QString &text);
    bool isOnChevron(const Row &row, const QPoint &position) const;
    void paintRow(QPainter &painter, const QRect &rect, std::size_t index, const Row &row) const;
    void paintBadge(QPainter &painter, const QRect &rect, const Row &row) const;

    KeyTypes *m_types;
    FindMark m_findMark;
    std::function<void(std::shared_ptr<const keyindex::KeyTree>)> m_retire;
    std::shared_ptr<const keyindex::KeyTree> m_tree;
    KeySelection m_selection;
    std::optional<RowRef> m_current;
    std::optional<RowRef> m_rangeBegin;
    std::optional<RowRef> m_awaited; // to be revealed when it appears
    bool m_openedForAwaited = false;
    std::optional<First> m_entered; // no row was moved to since enter()
    std::size_t m_hovered = kNoRow;
    QString m_typed;
    QElapsedTimer m_sinceTyped;
};

} // namespace kvscope
