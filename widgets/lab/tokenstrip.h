// TokenStrip: the text as chips, one for each token, coloured by where its keys and values came
// from.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QAbstractScrollArea>
#include <QHash>

namespace kvscope {

/// Follows the newest token until scrolled up. Arrow keys walk, Return chooses, tooltips tell.
/// An evicted token has an outline only; the first that the comparison chose otherwise is framed
/// red in both texts. A red line below a chip grows with the KL to the comparison. Each turn of a
/// chat begins a line, and what a person said stands on a lighter ground.
///
/// A snapshot repaints the chips that it changed, no more.
class TokenStrip : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    /// The session's text, or the comparison's own.
    enum class Shows : std::uint8_t { Session, Comparison };

    explicit TokenStrip(Shows shows, QWidget *parent = nullptr);

    void setSnapshot(std::shared_ptr<const LabSnapshot> snapshot);
    /// The chip that is chosen in the heat map; -1: none.
    void setChosen(int index);

    QSize sizeHint() const override { return {300, m_height}; }
    /// That it takes where there is room; with less it shows fewer lines, two at least.
    void setUsualHeight(int height);

    QString chipText(int index) const;
    /// In the viewport.
    QRect chipRect(int index) const;
    QString chipTip(int index) const;
    int current() const { return m_current; }

  signals:
    void tokenChosen(int index);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

  private:
    /// How a chip was painted last.
    struct Look
    {
        llm::Origin origin;
        bool isEvicted;
        std::uint8_t divergence; ///< 0: no line; else how red
        bool operator==(const Look &) const = default;
    };
    const std::vector<LabToken> &tokens() const;
    int count() const;
    static Look lookOf(const LabToken &token);
    void place();
    QRect caret() const; ///< in the document
    void updateChip(int index);
    int chipAt(const QPoint &position) const;
    void showCurrent();
    void paintChip(QPainter &painter, int index, const QRect &rect) const;

    Shows m_shows;
    int m_height = 94;
    std::shared_ptr<const LabSnapshot> m_snapshot;
    std::uint64_t m_run = 0;
    std::vector<QRect> m_chips; ///< in the document
    std::vector<Look> m_looks;
    QHash<llm::TokenId, int> m_widths;
    QRect m_caret; ///< as it was painted
    int m_firstDifference = -1;
    int m_chosen = -1;
    int m_current = -1;
};

} // namespace kvscope
