// ThreeWayView: base, theirs and mine beside each other, line by line, what changed marked.
#pragma once

#include "core/value/diff.h"
#include "widgets/editor/linescroll.h"

#include <memory>
#include <optional>

namespace kvscope {

/// The three texts of a conflict, aligned once, off the UI thread if large.
struct ThreeTexts
{
    Bytes base, theirs, mine;
    std::vector<BytesView> baseLines, theirLines, myLines; ///< into the above
    std::vector<ThreeWayRow> rows;
    bool mergeable = true; ///< false where the texts only stand for the values (hex)

    ThreeTexts(Bytes base, Bytes theirs, Bytes mine);
    ThreeTexts(const ThreeTexts &) = delete;
    ThreeTexts &operator=(const ThreeTexts &) = delete;

    /// Both sides' changes together; nothing where they touch the same lines.
    std::optional<Bytes> merged() const;
};

class ThreeWayView : public LineScroll
{
    Q_OBJECT

  public:
    explicit ThreeWayView(QWidget *parent = nullptr);
    void show(std::shared_ptr<const ThreeTexts> texts);

  protected:
    int lineCount() const override { return m_texts ? int(m_texts->rows.size()) + 1 : 0; }
    int contentWidth() const override { return 0; }
    void paintLine(QPainter &painter, int line, int x, const QRect &rect) override;

  private:
    std::shared_ptr<const ThreeTexts> m_texts;
};

} // namespace kvscope
