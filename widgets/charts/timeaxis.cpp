// TimeAxis: following, panning, zooming.
#include "widgets/charts/timeaxis.h"

#include <algorithm>
#include <cmath>

namespace kvscope {

TimeAxis::TimeAxis(QObject *parent) : QObject(parent)
{}

void TimeAxis::setSpan(std::int64_t ms)
{
    m_span = ms;
    follow();
}

void TimeAxis::setExtent(std::int64_t firstMs, std::int64_t lastMs)
{
    m_first = firstMs;
    m_last = lastMs;
    if (m_following && !m_paused) showLatest();
}

void TimeAxis::showLatest()
{
    const std::int64_t there = std::max(m_last - m_first, kMinute);
    const std::int64_t shown = m_span > 0 ? std::min(m_span, there) : there;
    const std::int64_t to = std::max(m_last, m_first + shown);
    setRange(to - shown, to);
}

void TimeAxis::leaveLatest()
{
    if (!m_following) return;
    m_following = false;
    emit modeChanged();
}

void TimeAxis::pan(std::int64_t byMs)
{
    leaveLatest();
    const std::int64_t width = m_to - m_from;
    // At least a tenth of the view stays on what was measured.
    const std::int64_t from =
        std::clamp(m_from + byMs, m_first - width * 9 / 10, std::max(m_first, m_last - width / 10));
    setRange(from, from + width);
}

void TimeAxis::zoom(double factor, std::int64_t anchorMs)
{
    leaveLatest();
    const double width = static_cast<double>(m_to - m_from);
    const double longest = static_cast<double>(std::max(m_last - m_first, kMinute)) * 1.2;
    const double wanted = std::clamp(width * factor, static_cast<double>(kShortest), longest);
    const double share = static_cast<double>(anchorMs - m_from) / width;
    const std::int64_t from = anchorMs - std::llround(share * wanted);
    setRange(from, from + std::llround(wanted));
}

void TimeAxis::follow()
{
    const bool changed = !m_following || m_paused;
    m_following = true;
    m_paused = false;
    m_pausedAt.reset();
    showLatest();
    if (changed) emit modeChanged();
}

void TimeAxis::setPaused(bool paused)
{
    if (m_paused == paused) return;
    m_paused = paused;
    m_pausedAt = paused ? std::optional(m_last) : std::nullopt;
    if (!paused && m_following) showLatest();
    emit modeChanged();
}

void TimeAxis::setCursor(std::optional<std::int64_t> wallMs)
{
    if (m_cursor == wallMs) return;
    m_cursor = wallMs;
    emit cursorChanged();
}

void TimeAxis::setRange(std::int64_t from, std::int64_t to)
{
    if (m_from == from && m_to == to) return;
    m_from = from;
    m_to = to;
    emit rangeChanged();
}

} // namespace kvscope
