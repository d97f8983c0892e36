// Sparkline: painting.
#include "widgets/charts/sparkline.h"

#include "core/metrics/series.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace kvscope {

Sparkline::Sparkline(Tone tone, QWidget *parent) : QWidget(parent), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void Sparkline::setSeries(const Series &series, std::size_t count)
{
    std::vector<double> values;
    const std::size_t first = series.size() > count ? series.size() - count : 0;
    values.reserve(series.size() - first);
    for (std::size_t i = first; i < series.size(); ++i) values.push_back(series[i].value);
    setValues(std::move(values));
}

void Sparkline::setValues(std::vector<double> values)
{
    m_values = std::move(values);
    update();
}

void Sparkline::setScale(double low, double high)
{
    m_fixedScale = true;
    m_low = low;
    m_high = high;
    update();
}

void Sparkline::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) update();
    QWidget::changeEvent(event);
}

void Sparkline::paintEvent(QPaintEvent *)
{
    if (m_values.size() < 2) return;
    double low = m_low;
    double high = m_high;
    if (!m_fixedScale) {
        low = 0;
        high = 0;
        for (const double value : m_values) {
            if (!std::isnan(value)) high = std::max(high, value);
        }
        if (high <= 0) high = 1;
    }
    const QRectF area = QRectF(rect()).adjusted(1, 2, -1, -2);
    const double step = area.width() / static_cast<double>(m_values.size() - 1);
    QPainterPath path;
    bool inCurve = false;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (std::isnan(m_values[i])) {
            inCurve = false;
            continue;
        }
        const double share = std::clamp((m_values[i] - low) / (high - low), 0.0, 1.0);
        const QPointF point(area.left() + step * static_cast<double>(i),
                            area.bottom() - share * area.height());
        if (inCurve)
            path.lineTo(point);
        else
            path.moveTo(point);
        inCurve = true;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(toneColor(m_tone), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

} // namespace kvscope
