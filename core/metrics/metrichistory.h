// MetricHistory: every series of one store on one time axis, and the events that happened.
#pragma once

#include "core/metrics/series.h"

#include <QString>

#include <array>
#include <vector>

namespace kvscope {

/// Rates are per second, sizes bytes, ratios 0 … 1, times µs.
enum class Metric : std::uint8_t {
    HitRatio,    ///< net of our own reads
    HitRatioRaw, ///< as the store counts
    Commands,
    Reads,
    Writes,
    UsedBytes,
    RssBytes,
    BudgetBytes,
    Fragmentation,
    Evictions,
    Expirations,
    Clients,
    NetIn,
    NetOut,
    Keys,
    Probe,
    ReadMean, ///< mean of the reads' times as the store measured them
    SourceQueries,
    ScenarioRate,
};
inline constexpr std::size_t kMetrics = static_cast<std::size_t>(Metric::ScenarioRate) + 1;

/// Requests are the scenario's own, end to end, and FirstToken is what a person waits for who asks
/// its language model; the others are what the store measured of commands.
enum class LatencyFamily : std::uint8_t { Reads, Writes, Scans, Other, Requests, FirstToken };
inline constexpr std::size_t kLatencyFamilies = 6;
enum class Quantile : std::uint8_t { P50, P99, P999 };
inline constexpr std::size_t kQuantiles = 3;

/// A stable identifier for files: `hit_ratio`, `reads_p99_us`, …
QString metricId(Metric metric);
QString latencyId(LatencyFamily family, Quantile quantile);
/// The key of TelemetrySample::latencies; empty for what the scenario measures.
const char *familyKey(LatencyFamily family);

/// Something that happened, drawn as a named line.
struct EventMark
{
    enum class Kind : std::uint8_t { Scenario, Engine, Store, Keys, Job };
    std::int64_t wallMs = 0;
    Kind kind = Kind::Store;
    QString name; ///< translated, short
};

/// One moment's values; what is not set is unknown.
struct MetricFrame
{
    std::int64_t wallMs = 0;
    std::array<double, kMetrics> values;
    std::array<std::array<double, kQuantiles>, kLatencyFamilies> latencies;

    MetricFrame();
    double &operator[](Metric metric) { return values[static_cast<std::size_t>(metric)]; }
    double operator[](Metric metric) const { return values[static_cast<std::size_t>(metric)]; }
    double &latency(LatencyFamily family, Quantile quantile)
    {
        return latencies[static_cast<std::size_t>(family)][static_cast<std::size_t>(quantile)];
    }
};

/// Not thread-safe. All series have the same length and times.
class MetricHistory
{
  public:
    static constexpr std::size_t kMaxMarks = 500;

    void append(const MetricFrame &frame);
    void addMark(EventMark mark);
    void clear();

    const Series &series(Metric metric) const { return m_series[static_cast<std::size_t>(metric)]; }
    const Series &latency(LatencyFamily family, Quantile quantile) const;
    const std::vector<EventMark> &marks() const { return m_marks; }
    bool empty() const { return m_series[0].empty(); }

    /// Everything as CSV: a header, then one line a sample with ISO time (UTC); unknown is empty.
    QByteArray toCsv() const;

  private:
    std::array<Series, kMetrics> m_series;
    std::array<std::array<Series, kQuantiles>, kLatencyFamilies> m_latencies;
    std::vector<EventMark> m_marks;
};

} // namespace kvscope
