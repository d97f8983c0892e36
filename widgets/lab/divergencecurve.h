// DivergenceCurve: how far the comparison's distribution was from the session's, token by token.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QWidget>

namespace kvscope {

/// KL in nats on a logarithmic scale, from kLeast at the bottom to one nat at the top, over the
/// tokens behind the prompt. A red stroke stands at the first difference. Tooltips tell a token's;
/// so do the arrow keys, Home and End, and D, which goes to the first difference. Return and a
/// click choose the token.
class DivergenceCurve : public QWidget
{
    Q_OBJECT

  public:
    static constexpr float kLeast = 1e-7F;

    explicit DivergenceCurve(QWidget *parent = nullptr);

    void setSnapshot(std::shared_ptr<const LabSnapshot> snapshot);
    /// A token's place in the widget; the token at a place, -1 beside.
    QPointF placeOf(int index) const;
    int tokenAt(const QPoint &position) const;
    QString tip(int index) const;
    QSize sizeHint() const override { return {300, 40}; }
    QSize minimumSizeHint() const override { return {100, 40}; }

  signals:
    void tokenChosen(int index);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    QRectF area() const;
    int first() const;
    int count() const;
    void moveTo(int index);

    int m_cursor = -1; ///< a token's index, below first(): none yet
    std::shared_ptr<const LabSnapshot> m_snapshot;
};

} // namespace kvscope
