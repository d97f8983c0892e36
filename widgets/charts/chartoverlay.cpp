// ChartOverlay: drawing.
#include "widgets/charts/chartoverlay.h"

#include "widgets/base/theme.h"

#include <array>
#include <cmath>

namespace kvscope {
namespace {

Tone markTone(EventMark::Kind kind)
{
    switch (kind) {
    case EventMark::Kind::Scenario:
        return Tone::Accent;
    case EventMark::Kind::Engine:
        return Tone::Warning;
    case EventMark::Kind::Store:
        return Tone::Bad;
    case EventMark::Kind::Keys:
        return Tone::Blue;
    case EventMark::Kind::Job:
        return Tone::Purple;
    }
    return Tone::Muted;
}

} // namespace

ChartOverlay::ChartOverlay(QCustomPlot *plot) : QCPAbstractItem(plot)
{
    setSelectable(false);
    setClipToAxisRect(false);
}

void ChartOverlay::setCursor(double key, std::vector<Dot> dots)
{
    m_hasCursor = true;
    m_cursorKey = key;
    m_dots = std::move(dots);
}

void ChartOverlay::clearCursor()
{
    m_hasCursor = false;
    m_dots.clear();
}

void ChartOverlay::draw(QCPPainter *painter)
{
    const QRect area = mParentPlot->axisRect()->rect();
    if (area.width() < 20) return;
    painter->save();
    if (m_marks != nullptr) drawMarks(painter, area);
    if (m_hasCursor) drawCursor(painter, area);
    painter->restore();
}

void ChartOverlay::drawMarks(QCPPainter *painter, const QRect &area)
{
    QFont font = uiFont(10);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    // Two rows of names; one that fits in neither keeps its line alone.
    std::array<double, 2> rowEnds{-1e9, -1e9};
    for (const EventMark &mark : *m_marks) {
        const double x = mParentPlot->xAxis->coordToPixel(static_cast<double>(mark.wallMs) / 1000);
        if (x < area.left() || x > area.right()) continue;
        const double snapped = std::floor(x) + 0.5;
        painter->setAntialiasing(false);
        QPen pen(toneColor(markTone(mark.kind)), 1);
        pen.setDashPattern({3, 3});
        painter->setPen(pen);
        painter->drawLine(QPointF(snapped, area.top()), QPointF(snapped, area.bottom()));

        const double width = metrics.horizontalAdvance(mark.name) + 8;
        const bool toTheLeft = x + width > area.right();
        const double from = toTheLeft ? x - width : x;
        for (std::size_t row = 0; row < rowEnds.size(); ++row) {
            if (from < rowEnds[row]) continue;
            rowEnds[row] = from + width;
            const QRectF box(from, area.top() + static_cast<double>(row) * metrics.height(), width,
                             metrics.height());
            QColor behind = theme().panel;
            behind.setAlphaF(0.75F);
            painter->fillRect(box.adjusted(toTheLeft ? 0 : 2, 0, toTheLeft ? -2 : 0, 0), behind);
            painter->setPen(theme().muted);
            painter->drawText(box.adjusted(4, 0, -4, 0), static_cast<int>(Qt::AlignCenter),
                              mark.name);
            break;
        }
    }
}

void ChartOverlay::drawCursor(QCPPainter *painter, const QRect &area)
{
    const double x = mParentPlot->xAxis->coordToPixel(m_cursorKey);
    if (x < area.left() || x > area.right()) return;
    painter->setAntialiasing(false);
    painter->setPen(QPen(theme().muted, 1));
    const double snapped = std::floor(x) + 0.5;
    painter->drawLine(QPointF(snapped, area.top()), QPointF(snapped, area.bottom()));
    painter->setAntialiasing(true);
    for (const Dot &dot : m_dots) {
        if (std::isnan(dot.value)) continue;
        const double y = mParentPlot->yAxis->coordToPixel(dot.value);
        if (y < area.top() - 1 || y > area.bottom() + 1) continue;
        painter->setPen(QPen(theme().panel, 1.5));
        painter->setBrush(toneColor(dot.tone));
        painter->drawEllipse(QPointF(x, y), 3.5, 3.5);
    }
}

} // namespace kvscope
