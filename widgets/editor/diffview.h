// DiffView: the changed lines of two texts, removed above added, with what differs within them
// marked.
#pragma once

#include "core/base/sharedbytes.h"
#include "core/value/diff.h"
#include "widgets/editor/linescroll.h"

namespace kvscope {

class DiffView : public LineScroll
{
    Q_OBJECT

  public:
    explicit DiffView(QWidget *parent = nullptr);

    static constexpr int kContext = 3; ///< equal lines shown around a change; the rest is folded

    struct Row
    {
        std::size_t line = 0;
        int folded = 0; ///< above 0: that many equal lines stand here
    };
    /// Holds the texts, since the lines point into them.
    struct Content
    {
        SharedBytes before;
        SharedBytes after;
        std::vector<DiffLine> lines; ///< diffLines(before, after, kContext)
        std::vector<Row> rows;
        std::size_t widest = 0; ///< bytes of the longest line, as far as it is shown
    };
    void show(std::shared_ptr<const Content> content);
    bool isEmpty() const { return !m_content || m_content->rows.empty(); }

    /// Diffs the texts; any thread.
    static std::shared_ptr<const Content> compare(SharedBytes before, SharedBytes after);

  protected:
    int lineCount() const override { return m_content ? int(m_content->rows.size()) : 0; }
    int contentWidth() const override;
    void paintLine(QPainter &painter, int line, int x, const QRect &rect) override;
    void changeEvent(QEvent *event) override;

  private:
    void paintFold(QPainter &painter, int count, const QRect &rect) const;
    int gutterWidth() const;

    std::shared_ptr<const Content> m_content;
};

/// Compares bytes as hex dumps; any thread.
std::shared_ptr<const DiffView::Content> compareDumps(BytesView before, BytesView after);

} // namespace kvscope
