// Meter: one live figure with its unit and the curve of its last minute, as small as a word.
#pragma once

#include "widgets/charts/sparkline.h"

#include <QWidget>

namespace kvscope {

/// Its text keeps a fixed width, so that nothing beside it moves as figures change.
class Meter : public QWidget
{
    Q_OBJECT

  public:
    enum class Curve : std::uint8_t { Shown, None };

    /// `widest` is the longest value that room is kept for.
    Meter(const QString &widest, Sparkline::Tone tone, Curve curve, QWidget *parent = nullptr);

    /// An empty value is unknown and shows a dash.
    void setReading(const QString &value, const QString &unit);
    Sparkline *sparkline() const { return m_sparkline; }

    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    int textWidth() const;

    QString m_widest;
    QString m_value;
    QString m_unit;
    Sparkline *m_sparkline = nullptr;
};

} // namespace kvscope
