// DiffView: the changed lines of two texts, removed above added, with what differs within them
// marked.
#pragma once

#include "core/value/diff.h"
#include "widgets/editor/linescroll.h"

namespace kvscope {

class DiffView : public LineScroll
{
    Q_OBJECT

  public:
    explicit DiffView(QWidget *parent = nullptr);

    /// Takes the texts, since the lines point into them. Folds away what lies more than `context`
    /// lines from a change; negative keeps everything.
    struct Content
    {
        Bytes before;
        Bytes after;
        std::vector<DiffLine> lines; ///< diffLines(before, after, kContext)
        int lineCount = 0;           ///< of `after`
    };
    static constexpr int kContext = 3;
    void show(std::shared_ptr<const Content> content);
    bool isEmpty() const { return m_rows.empty(); }

    /// Diffs the texts; any thread.
    static std::shared_ptr<const Content> compare(Bytes before, Bytes after);

  protected:
    int lineCount() const override { return int(m_rows.size()); }
    int contentWidth() const override;
    void paintLine(QPainter &painter, int line, int x, const QRect &rect) override;

  private:
    void paintFold(QPainter &painter, int count, const QRect &rect) const;
    int gutterWidth() const;

    struct Row
    {
        std::size_t line = 0;
        int folded = 0; // above 0: that many equal lines stand here
    };
    std::shared_ptr<const Content> m_content;
    std::vector<Row> m_rows;
    std::size_t m_widest = 0;
};

} // namespace kvscope
