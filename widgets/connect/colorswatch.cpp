// ColorSwatch: one of the colours a profile may have, as a round button.
#include "widgets/connect/colorswatch.h"

#include "widgets/base/theme.h"

#include <QPainter>

namespace kvscope {

QColor profileColor(const QString &name)
{
    const ThemeTokens &t = theme();
    if (name == QLatin1String("accent")) return t.accent;
    if (name == QLatin1String("blue")) return t.blue;
    if (name == QLatin1String("purple")) return t.purple;
    if (name == QLatin1String("orange")) return t.orange;
    return t.muted;
}

ColorSwatch::ColorSwatch(const QString &color, QWidget *parent)
    : QAbstractButton(parent), m_color(color)
{
    setObjectName(QStringLiteral("color_") + color);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    const QString name = color == QLatin1String("accent")   ? tr("Teal")
                         : color == QLatin1String("blue")   ? tr("Blue")
                         : color == QLatin1String("purple") ? tr("Purple")
                         : color == QLatin1String("orange") ? tr("Orange")
                                                            : tr("No colour");
    setAccessibleName(name);
    setToolTip(name);
}

void ColorSwatch::paintEvent(QPaintEvent *)
{
    const ThemeTokens &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF center = QRectF(rect()).center();
    if (isChecked() || hasFocus()) {
        painter.setPen(QPen(hasFocus() ? t.accent : t.text, 1.6));
        painter.drawEllipse(center, 10, 10);
    }
    painter.setPen(QPen(m_color.isEmpty() ? t.muted : profileColor(m_color), 1.6));
    painter.setBrush(m_color.isEmpty() ? QBrush() : QBrush(profileColor(m_color)));
    painter.drawEllipse(center, 6, 6);
    if (m_color.isEmpty()) painter.drawLine(center + QPointF(-4, 4), center + QPointF(4, -4));
}

} // namespace kvscope
