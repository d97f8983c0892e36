// Turns: rounds, and medians of ratios within each.
#include "app/bench/turns.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

namespace kvscope::bench {
namespace {

double childrenCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template<class Ratio>
double medianRatio(const std::vector<Timing> &a, const std::vector<Timing> &b, Ratio ratio)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(ratio(a[i], b[i]));
    return median(std::move(ratios));
}

} // namespace

Result<Turns> measureTurns(int rounds, const std::vector<Side> &sides, const Context &context)
{
    Turns turns(sides.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const std::size_t at = (i + std::size_t(round)) % sides.size();
            const Side &side = sides[at];
            const auto took = !side.before || side.before() ? side.run() : std::optional<Timing>();
            if (!took)
                return failure(ErrorCode::SourceFailed, {side.name, QStringLiteral("see above")});
            turns[at].push_back(*took);
        }
        QString line = QStringLiteral("round %1 of %2:").arg(round + 1).arg(rounds);
        for (std::size_t i = 0; i < sides.size(); ++i)
            line += QStringLiteral(" %1 %2 s (%3 s CPU)")
                        .arg(sides[i].name)
                        .arg(turns[i].back().seconds, 0, 'f', 3)
                        .arg(turns[i].back().cpuSeconds, 0, 'f', 3);
        context.progress(line);
    }
    return turns;
}

Timing medianOf(const std::vector<Timing> &timings)
{
    std::vector<double> wall, cpu;
    for (const Timing &timing : timings) {
        wall.push_back(timing.seconds);
        cpu.push_back(timing.cpuSeconds);
    }
    return {median(std::move(wall)), median(std::move(cpu))};
}

double rateRatio(const std::vector<Timing> &ours, const std::vector<Timing> &reference)
{
    return medianRatio(ours, reference,
                       [](const Timing &a, const Timing &b) { return b.seconds / a.seconds; });
}

double cpuRatio(const std::vector<Timing> &ours, const std::vector<Timing> &reference)
{
    return medianRatio(ours, reference, [](const Timing &a, const Timing &b) {
        return a.cpuSeconds / std::max(b.cpuSeconds, 1e-9);
    });
}

std::optional<Timing> timed(const std::function<bool()> &work)
{
    const double cpu = processCpuSeconds() + childrenCpuSeconds();
    const auto start = std::chrono::steady_clock::now();
    if (!work()) return std::nullopt;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return Timing{wall.count(), processCpuSeconds() + childrenCpuSeconds() - cpu};
}

QJsonObject rowFigures(const std::vector<Timing> &timings, std::size_t rows)
{
    const Timing middle = medianOf(timings);
    return {{QStringLiteral("seconds"), middle.seconds},
            {QStringLiteral("rows_per_second"), double(rows) / middle.seconds},
            {QStringLiteral("cpu_us_per_row"), middle.cpuSeconds * 1e6 / double(rows)}};
}

} // namespace kvscope::bench
