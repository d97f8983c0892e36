// Series: one measured quantity over time, bounded.
#pragma once

#include <cmath>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>

namespace kvscope {

/// What is not known: a gap in a curve.
inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Points in the order of time; the oldest goes when it is full. Not thread-safe.
class Series
{
  public:
    /// Six hours at one point a second.
    static constexpr std::size_t kCapacity = 21'600;

    struct Point
    {
        std::int64_t wallMs;
        double value; ///< kUnknown: nothing was measured
    };

    explicit Series(std::size_t capacity = kCapacity) : m_capacity(capacity) {}

    /// Requires: `wallMs` is not before the last point's.
    void append(std::int64_t wallMs, double value);
    void clear() { m_points.clear(); }

    bool empty() const { return m_points.empty(); }
    std::size_t size() const { return m_points.size(); }
    std::size_t capacity() const { return m_capacity; }
    const Point &operator[](std::size_t i) const { return m_points[i]; }
    const Point &back() const { return m_points.back(); }

    /// The point nearest to `wallMs`, if one is within `toleranceMs`.
    std::optional<Point> nearest(std::int64_t wallMs, std::int64_t toleranceMs) const;
    /// The last value, if it is known and at most `maxAgeMs` older than the last point.
    std::optional<double> latest(std::int64_t maxAgeMs = 0) const;
    /// Index of the first point at or after `wallMs`; size() if there is none.
    std::size_t lowerBound(std::int64_t wallMs) const;

  private:
    std::size_t m_capacity;
    std::deque<Point> m_points;
};

} // namespace kvscope
