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

double keyOf(const EventMark &mark)
{
    return static_cast<double>(mark.wallMs) / 1000;
}

std::vector<MarkAt> marksAt(const QCPAxis &axis, const std::vector<EventMark> &marks,
                            const QFontMetrics &metrics)
{
    std::vector<MarkAt> places;
    places.reserve(marks.size());
    for (const EventMark &mark : marks)
        places.push_back({axis.coordToPixel(keyOf(mark)),
                          static_cast<double>(metrics.horizontalAdvance(mark.name) + 8)});
    return places;
}

} // namespace

std::vector<MarkName> placeMarkNames(const std::vector<MarkAt> &marks, double left, double right)
{
    std::vector<MarkName> placed;
    std::array<double, 2> rowEnds{left, left};
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const auto [x, width] = marks[i];
        if (x < left || x > right) continue;
        const double from = x + width > right ? x - width : x + 1;
        for (std::size_t row = 0; row < rowEnds.size(); ++row) {
            if (from < rowEnds[row]) continue;
            rowEnds[row] = from + width;
            placed.push_back({i, static_cast<int>(row), from, width});
            break;
        }
    }
    return placed;
}

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
    // Every line before the first name: none is drawn through a name.
    painter->setAntialiasing(false);
    for (const EventMark &mark : *m_marks) {
        const double x = mParentPlot->xAxis->coordToPixel(keyOf(mark));
        if (x < area.left() || x > area.right()) continue;
        const double snapped = std::floor(x) + 0.5;
        QPen pen(toneColor(markTone(mark.kind)), 1);
        pen.setDashPattern({3, 3});
        painter->setPen(pen);
        painter->drawLine(QPointF(snapped, area.top()), QPointF(snapped, area.bottom()));
    }

    const QFont font = uiFont(10);
    const QFontMetrics metrics(font);
    QColor behind = theme().panel;
    behind.setAlphaF(0.9F);
    painter->setFont(font);
    painter->setPen(theme().muted);
    for (const MarkName &name : placeMarkNames(marksAt(*mParentPlot->xAxis, *m_marks, metrics),
                                               area.left(), area.right())) {
        const QRectF box(name.from, area.top() + name.row * metrics.height(), name.width,
                         metrics.height());
        painter->fillRect(box.adjusted(1, 0, -1, 0), behind);
        painter->drawText(box, static_cast<int>(Qt::AlignCenter), (*m_marks)[name.mark].name);
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
