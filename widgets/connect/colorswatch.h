// ColorSwatch: one of the colours a profile may have, as a round button.
#pragma once

#include <QAbstractButton>

namespace kvscope {

/// The colour a profile was given, from the theme; muted when it has none.
QColor profileColor(const QString &name);

class ColorSwatch : public QAbstractButton
{
    Q_OBJECT

  public:
    /// `color` as in Profile::color.
    explicit ColorSwatch(const QString &color, QWidget *parent = nullptr);

    const QString &color() const { return m_color; }
    QSize sizeHint() const override { return {24, 24}; }

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QString m_color;
};

} // namespace kvscope
