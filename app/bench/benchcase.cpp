// Interleaved pairs, medians of ratios, and what the kernel says of time and memory.
#include "app/bench/benchcase.h"

#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace kvscope::bench {
namespace {

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
}

std::optional<Timing> timed(const std::function<bool()> &side)
{
    const double cpuBefore = processCpuSeconds();
    const auto start = std::chrono::steady_clock::now();
    if (!side()) return std::nullopt;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return Timing{wall.count(), processCpuSeconds() - cpuBefore};
}

} // namespace

QString Context::option(const QString &name, const QString &fallback) const
{
    const auto at = arguments.indexOf(QStringLiteral("--") + name);
    return at >= 0 && at + 1 < arguments.size() ? arguments[at + 1] : fallback;
}

int Context::number(const QString &name, int fallback) const
{
    bool ok = false;
    const int value = option(name).toInt(&ok);
    return ok ? value : fallback;
}

bool Context::has(const QString &name) const
{
    return arguments.contains(QStringLiteral("--") + name);
}

Result<Pairs> measurePairs(int pairs, const std::function<bool()> &ours,
                           const std::function<bool()> &reference, const Context &context)
{
    std::vector<double> ourWall, ourCpu, referenceWall, referenceCpu, wallRatios, cpuRatios;
    for (int pair = 0; pair < pairs; ++pair) {
        std::optional<Timing> a, b;
        if (pair % 2 == 0) {
            a = timed(ours);
            b = timed(reference);
        } else {
            b = timed(reference);
            a = timed(ours);
        }
        if (!a || !b)
            return failure(ErrorCode::SourceFailed,
                           {a ? QStringLiteral("reference") : QStringLiteral("measurement"),
                            QStringLiteral("see above")});
        ourWall.push_back(a->seconds);
        ourCpu.push_back(a->cpuSeconds);
        referenceWall.push_back(b->seconds);
        referenceCpu.push_back(b->cpuSeconds);
        wallRatios.push_back(a->seconds / b->seconds);
        cpuRatios.push_back(a->cpuSeconds / std::max(b->cpuSeconds, 1e-9));
        context.progress(QStringLiteral("pair %1 of %2: %3 s against %4 s")
                             .arg(pair + 1)
                             .arg(pairs)
                             .arg(a->seconds, 0, 'f', 3)
                             .arg(b->seconds, 0, 'f', 3));
    }
    return Pairs{{median(ourWall), median(ourCpu)},
                 {median(referenceWall), median(referenceCpu)},
                 median(wallRatios),
                 median(cpuRatios)};
}

double median(std::vector<double> values)
{
    if (values.empty()) return 0;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double processCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::int64_t residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

std::int64_t peakResidentBytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::int64_t(usage.ru_maxrss) * 1024;
}

} // namespace kvscope::bench
