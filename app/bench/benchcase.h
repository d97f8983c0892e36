// BenchCase: a measurement of ours beside its reference, interleaved in one run (contract, bench).
#pragma once

#include "core/async/result.h"

#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <vector>

namespace kvscope::bench {

struct Ratio
{
    enum class Better : std::uint8_t { Higher, Lower };
    QString name;
    double value = 0;
    Better better = Better::Lower;
    double goal = 0;

    bool met() const { return better == Better::Higher ? value >= goal : value <= goal; }
};

struct Outcome
{
    QJsonObject figures;   ///< ours; units in the key names (seconds, cpu_us_per_key, …)
    QJsonObject reference; ///< the other side's, same names
    std::vector<Ratio> ratios;
    bool isTold = false; ///< as text already: no table of figures beside it
};

/// What a running case may use: its arguments and a voice.
struct Context
{
    QStringList arguments;
    std::function<void(const QJsonObject &)> item; ///< an item of the JSON output
    std::function<void(const QString &)> progress; ///< a line for standard error
    std::function<void(const QString &)> text;     ///< part of the answer, where that is text

    /// The value behind `--name`, or `fallback`.
    QString option(const QString &name, const QString &fallback = {}) const;
    int number(const QString &name, int fallback) const;
    bool has(const QString &name) const;
};

struct Case
{
    const char *name;
    const char *summary;
    Result<Outcome> (*run)(const Context &);
    bool needsWindow = false; ///< wants a QApplication (offscreen when there is no display)
};

/// Every case that exists, in the order of the contract.
const std::vector<Case> &cases();

/// One side of a pair: wall and CPU seconds of this process (and its children, where they are
/// waited for).
struct Timing
{
    double seconds = 0;
    double cpuSeconds = 0;
};

struct Pairs
{
    Timing ours;         ///< medians
    Timing reference;    ///< medians
    double ratio = 0;    ///< median of ours.seconds / reference.seconds, pair by pair
    double cpuRatio = 0; ///< the same for CPU seconds
};

/// Runs both sides `pairs` times, turn about, the first side alternating, and takes medians.
/// A side returns false when it failed; measuring ends then with SourceFailed{name}.
Result<Pairs> measurePairs(int pairs, const std::function<bool()> &ours,
                           const std::function<bool()> &reference, const Context &context);

double median(std::vector<double> values);
/// CPU seconds (user and system) of this process so far, all its threads.
double processCpuSeconds();
/// Resident set size of this process now, bytes (/proc/self/statm).
std::int64_t residentBytes();
/// Highest resident set size so far, bytes (VmHWM).
std::int64_t peakResidentBytes();

} // namespace kvscope::bench
