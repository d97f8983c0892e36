// MetricHistory: names, appending, and the CSV form.
#include "core/metrics/metrichistory.h"

#include <QDateTime>

namespace kvscope {
namespace {

constexpr std::array<const char *, kMetrics> kMetricIds{"hit_ratio",
                                                        "hit_ratio_raw",
                                                        "commands_per_s",
                                                        "reads_per_s",
                                                        "writes_per_s",
                                                        "used_bytes",
                                                        "rss_bytes",
                                                        "budget_bytes",
                                                        "fragmentation",
                                                        "evictions_per_s",
                                                        "expirations_per_s",
                                                        "clients",
                                                        "net_in_bytes_per_s",
                                                        "net_out_bytes_per_s",
                                                        "keys",
                                                        "probe_us",
                                                        "read_mean_us",
                                                        "source_queries_per_s",
                                                        "scenario_requests_per_s"};
constexpr std::array<const char *, kLatencyFamilies> kFamilyIds{"reads", "writes",   "scans",
                                                                "other", "requests", "first_token"};
constexpr std::array<const char *, kQuantiles> kQuantileIds{"p50", "p99", "p999"};

void appendNumber(QByteArray &csv, double value)
{
    csv += ',';
    if (!std::isnan(value)) csv += QByteArray::number(value, 'g', 10);
}

} // namespace

QString metricId(Metric metric)
{
    return QString::fromLatin1(kMetricIds[static_cast<std::size_t>(metric)]);
}

QString latencyId(LatencyFamily family, Quantile quantile)
{
    return QStringLiteral("%1_%2_us")
        .arg(QString::fromLatin1(kFamilyIds[static_cast<std::size_t>(family)]),
             QString::fromLatin1(kQuantileIds[static_cast<std::size_t>(quantile)]));
}

const char *familyKey(LatencyFamily family)
{
    const bool isOurs = family == LatencyFamily::Requests || family == LatencyFamily::FirstToken;
    return isOurs ? "" : kFamilyIds[static_cast<std::size_t>(family)];
}

MetricFrame::MetricFrame()
{
    values.fill(kUnknown);
    for (auto &family : latencies) family.fill(kUnknown);
}

void MetricHistory::append(const MetricFrame &frame)
{
    for (std::size_t i = 0; i < kMetrics; ++i) m_series[i].append(frame.wallMs, frame.values[i]);
    for (std::size_t f = 0; f < kLatencyFamilies; ++f) {
        for (std::size_t q = 0; q < kQuantiles; ++q)
            m_latencies[f][q].append(frame.wallMs, frame.latencies[f][q]);
    }
}

void MetricHistory::addMark(EventMark mark)
{
    if (m_marks.size() == kMaxMarks) m_marks.erase(m_marks.begin());
    m_marks.push_back(std::move(mark));
}

void MetricHistory::clear()
{
    for (Series &series : m_series) series.clear();
    for (auto &family : m_latencies) {
        for (Series &series : family) series.clear();
    }
    m_marks.clear();
}

const Series &MetricHistory::latency(LatencyFamily family, Quantile quantile) const
{
    return m_latencies[static_cast<std::size_t>(family)][static_cast<std::size_t>(quantile)];
}

QByteArray MetricHistory::toCsv() const
{
    QByteArray csv = "time";
    for (const char *id : kMetricIds) csv += ',' + QByteArray(id);
    for (std::size_t f = 0; f < kLatencyFamilies; ++f) {
        for (std::size_t q = 0; q < kQuantiles; ++q)
            csv +=
                ',' + latencyId(static_cast<LatencyFamily>(f), static_cast<Quantile>(q)).toLatin1();
    }
    csv += '\n';
    const Series &clock = m_series[0];
    for (std::size_t i = 0; i < clock.size(); ++i) {
        csv += QDateTime::fromMSecsSinceEpoch(clock[i].wallMs, Qt::UTC)
                   .toString(Qt::ISODateWithMs)
                   .toLatin1();
        for (const Series &series : m_series) appendNumber(csv, series[i].value);
        for (const auto &family : m_latencies) {
            for (const Series &series : family) appendNumber(csv, series[i].value);
        }
        csv += '\n';
    }
    return csv;
}

} // namespace kvscope
