// TimeChart: what the mouse does: cursor, pan, zoom, follow.
#include "widgets/charts/timechart.h"

#include "widgets/charts/timeaxis.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace kvscope {

std::int64_t TimeChart::timeAt(int x) const
{
    return std::llround(m_plot->xAxis->pixelToCoord(x) * 1000);
}

void TimeChart::press(const QPoint &position)
{
    m_dragging = true;
    m_dragX = position.x();
}

void TimeChart::move(const QPoint &position, Qt::MouseButtons buttons)
{
    if (m_dragging && buttons.testFlag(Qt::LeftButton)) {
        m_axis.setCursor(std::nullopt);
        m_axis.pan(timeAt(m_dragX) - timeAt(position.x()));
        m_dragX = position.x();
        return;
    }
    const QRect area = m_plot->axisRect()->rect();
    if (area.adjusted(-1, 0, 1, 0).contains(position))
        m_axis.setCursor(timeAt(position.x()));
    else
        m_axis.setCursor(std::nullopt);
}

bool TimeChart::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot) return QFrame::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton) press(mouse->pos());
        break;
    }
    case QEvent::MouseMove: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        move(mouse->pos(), mouse->buttons());
        break;
    }
    case QEvent::MouseButtonRelease:
        m_dragging = false;
        break;
    case QEvent::MouseButtonDblClick:
        m_dragging = false;
        m_axis.follow();
        return true;
    case QEvent::Leave:
        m_axis.setCursor(std::nullopt);
        break;
    case QEvent::Wheel: {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        const QPoint turned = wheel->angleDelta();
        if (turned.y() != 0)
            m_axis.zoom(std::pow(0.85, turned.y() / 120.0),
                        timeAt(static_cast<int>(wheel->position().x())));
        else if (turned.x() != 0)
            m_axis.pan((m_axis.toMs() - m_axis.fromMs()) * -turned.x() / 1200);
        return true;
    }
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace kvscope
