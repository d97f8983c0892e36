// ChartUnit: how a chart's numbers are written, and where its ticks stand.
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace kvscope {

enum class ChartUnit : std::uint8_t {
    Ratio,  ///< 0 … 1, shown in percent
    Rate,   ///< per second
    Micros, ///< µs, on a logarithmic scale
    Size,   ///< bytes
};

/// "98.2 %", "8,214 /s", "0.21 ms", "2.31 GB"; "—" for what is not known.
QString formatValue(ChartUnit unit, double value);

/// The same for a tick, as short as it can be: "75 %", "9 k/s", "10 µs", "4 GB".
QString formatTick(ChartUnit unit, double value);

struct ValueRange
{
    double low = 0;
    double high = 1;
};

/// A range that holds low … high with round ends and some air above.
ValueRange niceRange(ChartUnit unit, double low, double high);

/// Round values within `range`, about `count` of them.
std::vector<double> niceTicks(ChartUnit unit, const ValueRange &range, int count);

/// Seconds between time ticks (5 s … 6 h) so that at most `count` fit in `seconds`.
std::int64_t timeStep(double seconds, int count);

} // namespace kvscope
