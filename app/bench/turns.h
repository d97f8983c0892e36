// Turns: more than two sides of a measurement, turn about.
#pragma once

#include "app/bench/benchcase.h"

namespace kvscope::bench {

struct Side
{
    QString name;
    std::function<bool()> before;               ///< not measured
    std::function<std::optional<Timing>()> run; ///< empty: it failed
};

/// What each side took in each round, in the order of the sides.
using Turns = std::vector<std::vector<Timing>>;

/// Each round begins with another side. SourceFailed{name} where a side fails.
Result<Turns> measureTurns(int rounds, const std::vector<Side> &sides, const Context &context);

Timing medianOf(const std::vector<Timing> &timings);
/// Median over the rounds of how much faster the first was than the second, by wall time.
double rateRatio(const std::vector<Timing> &ours, const std::vector<Timing> &reference);
/// Median over the rounds of the first's CPU seconds over the second's.
double cpuRatio(const std::vector<Timing> &ours, const std::vector<Timing> &reference);
/// `work` as a side's run: wall seconds, CPU seconds of this process and of children it waited for.
std::optional<Timing> timed(const std::function<bool()> &work);
/// seconds, rows_per_second, cpu_us_per_row.
QJsonObject rowFigures(const std::vector<Timing> &timings, std::size_t rows);

} // namespace kvscope::bench
