// TokenStrip: the text as chips, one for each token, coloured by where its keys and values came
// from.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QAbstractScrollArea>
#include <QHash>

namespace kvscope {

/// Follows the newest token until scrolled up. Arrow keys walk, Return chooses, tooltips tell.
/// An evicted token has an outline only; the first that the comparison would have chosen otherwise
/// is framed red. A red line below a chip grows with the KL to the comparison.
class TokenStrip : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    explicit TokenStrip(QWidget *parent = nullptr);

    void setSnapshot(std::shared_ptr<const LabSnapshot> snapshot);
    /// The chip that is chosen in the heat map; -1: none.
    void setChosen(int index);

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

  private:
    int count() const;
    void place();
    int chipAt(const QPoint &position) const;
    void showCurrent();
    void paintChip(QPainter &painter, int index, const QRect &rect) const;

    std::shared_ptr<const LabSnapshot> m_snapshot;
    std::uint64_t m_run = 0;
    std::vector<QRect> m_chips; ///< in the document
    QHash<llm::TokenId, int> m_widths;
    int m_firstDifference = -1;
    int m_scanned = 0;
    int m_chosen = -1;
    int m_current = -1;
};

} // namespace kvscope
