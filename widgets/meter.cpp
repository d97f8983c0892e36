// Meter: one live figure, its unit and its curve.
#include "widgets/meter.h"

#include "widgets/base/theme.h"

#include <QPainter>

namespace kvscope {
namespace {

constexpr int kGap = 4;
constexpr int kCurveWidth = 84;

QFont valueFont()
{
    QFont font = uiFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Meter::Meter(const QString &widest, Sparkline::Tone tone, Curve curve, QWidget *parent)
    : QWidget(parent), m_widest(widest)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    if (curve == Curve::Shown) m_sparkline = new Sparkline(tone, this);
}

void Meter::setReading(const QString &value, const QString &unit)
{
    if (value == m_value && unit == m_unit) return;
    const bool resized = unit != m_unit;
    m_value = value;
    m_unit = unit;
    setAccessibleName(
        QStringLiteral("%1 %2").arg(value.isEmpty() ? QStringLiteral("–") : value, unit));
    if (resized) updateGeometry();
    update();
}

int Meter::textWidth() const
{
    const int unit = m_unit.isEmpty() ? 0 : kGap + QFontMetrics(uiFont()).horizontalAdvance(m_unit);
    return QFontMetrics(valueFont()).horizontalAdvance(m_widest) + unit;
}

QSize Meter::sizeHint() const
{
    return {textWidth() + (m_sparkline ? 2 * kGap + kCurveWidth : 0), metric::kTopBar - 1};
}

void Meter::resizeEvent(QResizeEvent *)
{
    if (m_sparkline)
        m_sparkline->setGeometry(width() - kCurveWidth, (height() - 18) / 2, kCurveWidth, 18);
}

void Meter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRect place(0, 0, textWidth(), height());
    if (!m_unit.isEmpty()) {
        painter.setFont(uiFont());
        painter.setPen(theme().muted);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, m_unit);
        place.setRight(place.right() - kGap - QFontMetrics(uiFont()).horizontalAdvance(m_unit));
    }
    painter.setFont(valueFont());
    painter.setPen(m_value.isEmpty() ? theme().muted : theme().text);
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                     m_value.isEmpty() ? QStringLiteral("–") : m_value);
}

} // namespace kvscope
