// Series: appending, and finding a moment.
#include "core/metrics/series.h"

#include <algorithm>

namespace kvscope {

void Series::append(std::int64_t wallMs, double value)
{
    if (m_points.size() == m_capacity) m_points.pop_front();
    m_points.push_back({wallMs, value});
}

std::size_t Series::lowerBound(std::int64_t wallMs) const
{
    const auto found =
        std::lower_bound(m_points.begin(), m_points.end(), wallMs,
                         [](const Point &point, std::int64_t t) { return point.wallMs < t; });
    return static_cast<std::size_t>(found - m_points.begin());
}

std::optional<Series::Point> Series::nearest(std::int64_t wallMs, std::int64_t toleranceMs) const
{
    const std::size_t after = lowerBound(wallMs);
    std::optional<Point> best;
    for (const std::size_t i : {after == 0 ? m_points.size() : after - 1, after}) {
        if (i >= m_points.size()) continue;
        const std::int64_t distance = std::abs(m_points[i].wallMs - wallMs);
        if (distance <= toleranceMs && (!best || distance < std::abs(best->wallMs - wallMs)))
            best = m_points[i];
    }
    return best;
}

std::optional<double> Series::latest(std::int64_t maxAgeMs) const
{
    if (m_points.empty()) return std::nullopt;
    const std::int64_t oldest = m_points.back().wallMs - maxAgeMs;
    for (auto point = m_points.rbegin(); point != m_points.rend() && point->wallMs >= oldest;
         ++point) {
        if (!std::isnan(point->value)) return point->value;
    }
    return std::nullopt;
}

} // namespace kvscope
