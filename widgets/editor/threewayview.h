// ThreeWayView: base, theirs and mine beside each other, line by line, what changed marked.
#pragma once

#include "core/value/diff.h"
#include "widgets/editor/linescroll.h"
#include "widgets/editor/textlog.h"

namespace kvscope {

/// The three texts of a conflict, aligned once, off the UI thread if large.
struct ThreeTexts
{
    SharedBytes base, theirs, mine;
    std::vector<BytesView> baseLines, theirLines, myLines; ///< into the above
    std::vector<ThreeWayRow> rows;
    /// Both sides' changes together, for the text that is mine; nothing where they touch the same
    /// lines, where there is nothing to put together, or where it would no longer be JSON.
    std::optional<TextReplacement> merged;

    /// Texts that only stand for the values (hex) can't be merged.
    enum class Kind : std::uint8_t { Values, Dumps };
    ThreeTexts(Kind kind, SharedBytes base, SharedBytes theirs, SharedBytes mine);
    ThreeTexts(const ThreeTexts &) = delete;
    ThreeTexts &operator=(const ThreeTexts &) = delete;
    bool isDump() const { return m_kind == Kind::Dumps; }

  private:
    std::optional<Bytes> merge() const;
    Kind m_kind;
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
    void changeEvent(QEvent *event) override;

  private:
    std::shared_ptr<const ThreeTexts> m_texts;
};

} // namespace kvscope
