// ChartUnit: numbers, ranges and ticks.
#include "widgets/charts/chartunit.h"

#include "core/base/human.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kvscope {
namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

// The smallest of 1, 2, 5 · 10^n (of 2^n for bytes) that is not below `rough`.
double roundStep(ChartUnit unit, double rough)
{
    if (unit == ChartUnit::Size) return std::exp2(std::ceil(std::log2(std::max(rough, 1.0))));
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double mantissa : {1.0, 2.0, 5.0}) {
        if (mantissa * power >= rough * 0.999) return mantissa * power;
    }
    return 10 * power;
}

// 1-2-5 values around `value`, for logarithmic scales.
double logFloor(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    const double mantissa = value / power;
    return power * (mantissa >= 4.999 ? 5 : mantissa >= 1.999 ? 2 : 1);
}
double logCeil(double value)
{
    const double floor = logFloor(value);
    if (floor >= value * 0.999) return floor;
    const double power = std::pow(10, std::floor(std::log10(floor * 1.001)));
    const double mantissa = floor / power;
    return power * (mantissa < 1.5 ? 2 : mantissa < 3 ? 5 : 10);
}

QString trimmed(double value)
{
    return QString::number(value, 'g', 4);
}

} // namespace

QString formatValue(ChartUnit unit, double value)
{
    if (std::isnan(value)) return QStringLiteral("—");
    switch (unit) {
    case ChartUnit::Ratio:
        return QStringLiteral("%1 %").arg(value * 100, 0, 'f', 1);
    case ChartUnit::Rate:
        return text(formatRate(value));
    case ChartUnit::Micros:
        return text(formatMicros(value));
    case ChartUnit::Size:
        return text(formatBytes(static_cast<std::uint64_t>(std::max(value, 0.0))));
    }
    return {};
}

QString formatTick(ChartUnit unit, double value)
{
    switch (unit) {
    case ChartUnit::Ratio:
        return QStringLiteral("%1 %").arg(trimmed(value * 100));
    case ChartUnit::Rate:
        if (value >= 1e6) return trimmed(value / 1e6) + QStringLiteral(" M");
        if (value >= 1e3) return trimmed(value / 1e3) + QStringLiteral(" k");
        return trimmed(value);
    case ChartUnit::Micros:
        if (value >= 1e6) return trimmed(value / 1e6) + QStringLiteral(" s");
        if (value >= 1e3) return trimmed(value / 1e3) + QStringLiteral(" ms");
        return trimmed(value) + QStringLiteral(" µs");
    case ChartUnit::Size:
        return value <= 0 ? QStringLiteral("0")
                          : text(formatBytes(static_cast<std::uint64_t>(value)));
    }
    return {};
}

ValueRange niceRange(ChartUnit unit, double low, double high)
{
    switch (unit) {
    case ChartUnit::Ratio:
        return {-0.012, 1.04};
    case ChartUnit::Micros: {
        const double top = logCeil(std::max(high, 1.0) * 1.15);
        const double bottom = std::min(logFloor(std::max(low, 0.05) * 0.9), top / 10);
        return {bottom, top};
    }
    case ChartUnit::Rate:
    case ChartUnit::Size:
        break;
    }
    const double least = unit == ChartUnit::Size ? 1024 : 10;
    const double wanted = std::max(high * 1.06, least);
    // Ends on half a step: tight enough to use the height, round enough not to jump each second.
    const double step = roundStep(unit, wanted / 4) / 2;
    const double top = std::ceil(wanted / step) * step;
    // A line at zero is drawn whole.
    return {-0.012 * top, top};
}

std::vector<double> niceTicks(ChartUnit unit, const ValueRange &range, int count)
{
    std::vector<double> ticks;
    if (unit == ChartUnit::Ratio) {
        const int parts = count >= 4 ? 4 : 2;
        for (int i = 0; i <= parts; ++i) ticks.push_back(static_cast<double>(i) / parts);
        return ticks;
    }
    if (unit == ChartUnit::Micros) {
        // As many to a decade as fit: 1-2-5, 1-3 or the decades alone.
        const double decades = std::log10(range.high / range.low);
        const std::vector<double> mantissas = decades * 3 <= count + 1 ? std::vector{1.0, 2.0, 5.0}
                                              : decades * 2 <= count + 1 ? std::vector{1.0, 3.0}
                                                                         : std::vector{1.0};
        const int last = static_cast<int>(std::floor(std::log10(range.high)));
        for (int i = static_cast<int>(std::floor(std::log10(range.low))); i <= last; ++i) {
            const double power = std::pow(10, i);
            for (const double mantissa : mantissas) {
                const double value = mantissa * power;
                if (value >= range.low * 0.999 && value <= range.high * 1.001)
                    ticks.push_back(value);
            }
        }
        return ticks;
    }
    const double step = roundStep(unit, (range.high - range.low) / std::max(count, 1));
    for (int i = 0; i * step <= range.high * 1.001; ++i) ticks.push_back(i * step);
    return ticks;
}

std::int64_t timeStep(double seconds, int count)
{
    constexpr std::array<std::int64_t, 15> kSteps{1,   2,   5,    10,   15,   30,    60,   120,
                                                  300, 600, 1800, 3600, 7200, 14400, 21600};
    for (const std::int64_t step : kSteps) {
        if (seconds / static_cast<double>(step) <= count) return step;
    }
    return 86400;
}

} // namespace kvscope
