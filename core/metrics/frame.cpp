// Frames: from two cumulative samples to one moment's rates, ratios and percentiles.
#include "core/metrics/sampler.h"

namespace kvscope {
namespace {

using Count = std::optional<std::uint64_t>;

double gauge(const Count &value)
{
    return value ? static_cast<double>(*value) : kUnknown;
}

double rate(const Count &before, const Count &after, double seconds)
{
    if (!before || !after) return kUnknown;
    return static_cast<double>(*after - *before) / seconds;
}

double ratio(std::uint64_t hits, std::uint64_t misses)
{
    // A second without reads has no hit ratio: neither 0 nor 100 % would be true.
    if (hits + misses == 0) return kUnknown;
    return static_cast<double>(hits) / static_cast<double>(hits + misses);
}

std::uint64_t less(std::uint64_t value, std::uint64_t part)
{
    return value > part ? value - part : 0;
}

// A job's answers that are under way at a sample are counted by the server and not yet by us: a
// few thousand lookups. Beside a flood of ours the little that is left is mostly that.
double netRatio(std::uint64_t hits, std::uint64_t misses, std::uint64_t own)
{
    constexpr std::uint64_t kFlood = 1'000;
    constexpr std::uint64_t kMostTimes = 4;
    if (own >= kFlood && own / kMostTimes > hits + misses) return kUnknown;
    return ratio(hits, misses);
}

void setQuantiles(MetricFrame &frame, LatencyFamily family, const Histogram &window)
{
    if (window.count() == 0) return;
    frame.latency(family, Quantile::P50) = window.quantile(0.5);
    frame.latency(family, Quantile::P99) = window.quantile(0.99);
    frame.latency(family, Quantile::P999) = window.quantile(0.999);
}

bool fell(const Count &before, const Count &after)
{
    return before && after && *after < *before;
}

} // namespace

bool continues(const TelemetrySample &before, const TelemetrySample &after)
{
    return before.runId == after.runId && after.wallMs > before.wallMs &&
           !fell(before.hits, after.hits) && !fell(before.misses, after.misses) &&
           !fell(before.commands, after.commands) && !fell(before.reads, after.reads) &&
           !fell(before.writes, after.writes) && !fell(before.evictions, after.evictions) &&
           !fell(before.expirations, after.expirations) &&
           !fell(before.netInBytes, after.netInBytes) &&
           !fell(before.netOutBytes, after.netOutBytes);
}

MetricFrame gaugesOf(const TelemetrySample &sample)
{
    MetricFrame frame;
    frame.wallMs = sample.wallMs;
    frame[Metric::UsedBytes] = gauge(sample.usedBytes);
    frame[Metric::RssBytes] = gauge(sample.rssBytes);
    frame[Metric::BudgetBytes] = gauge(sample.budgetBytes);
    frame[Metric::Clients] = gauge(sample.clients);
    frame[Metric::Keys] = gauge(sample.keys);
    if (sample.fragmentation) frame[Metric::Fragmentation] = *sample.fragmentation;
    if (sample.probeUs) frame[Metric::Probe] = static_cast<double>(*sample.probeUs);
    return frame;
}

MetricFrame frameBetween(const MetricSample &before, const MetricSample &after)
{
    const TelemetrySample &a = before.store;
    const TelemetrySample &b = after.store;
    const double seconds = static_cast<double>(b.wallMs - a.wallMs) / 1000;
    MetricFrame frame = gaugesOf(b);

    if (a.hits && b.hits && a.misses && b.misses) {
        const std::uint64_t hits = *b.hits - *a.hits;
        const std::uint64_t misses = *b.misses - *a.misses;
        frame[Metric::HitRatioRaw] = ratio(hits, misses);
        const std::uint64_t ownHits = less(b.ownHits, a.ownHits);
        const std::uint64_t ownMisses = less(b.ownMisses, a.ownMisses);
        frame[Metric::HitRatio] =
            netRatio(less(hits, ownHits), less(misses, ownMisses), ownHits + ownMisses);
    }
    frame[Metric::Commands] = rate(a.commands, b.commands, seconds);
    frame[Metric::Reads] = rate(a.reads, b.reads, seconds);
    frame[Metric::Writes] = rate(a.writes, b.writes, seconds);
    frame[Metric::Evictions] = rate(a.evictions, b.evictions, seconds);
    frame[Metric::Expirations] = rate(a.expirations, b.expirations, seconds);
    frame[Metric::NetIn] = rate(a.netInBytes, b.netInBytes, seconds);
    frame[Metric::NetOut] = rate(a.netOutBytes, b.netOutBytes, seconds);

    for (const LatencyFamily family : {LatencyFamily::Reads, LatencyFamily::Writes,
                                       LatencyFamily::Scans, LatencyFamily::Other}) {
        const auto now = b.latencies.find(familyKey(family));
        if (now == b.latencies.end()) continue;
        Histogram window = now->second;
        if (const auto then = a.latencies.find(familyKey(family)); then != a.latencies.end())
            window.subtract(then->second);
        setQuantiles(frame, family, window);
        if (family == LatencyFamily::Reads && window.count() > 0)
            frame[Metric::ReadMean] = window.sum() / static_cast<double>(window.count());
    }
    if (before.scenario && after.scenario) {
        frame[Metric::SourceQueries] =
            rate(before.scenario->sourceQueries, after.scenario->sourceQueries, seconds);
        frame[Metric::ScenarioRate] =
            rate(before.scenario->operations, after.scenario->operations, seconds);
        Histogram window = after.scenario->total;
        window.subtract(before.scenario->total);
        setQuantiles(frame, LatencyFamily::Requests, window);
        Histogram firstToken = after.scenario->firstToken();
        firstToken.subtract(before.scenario->firstToken());
        setQuantiles(frame, LatencyFamily::FirstToken, firstToken);
    }
    return frame;
}

} // namespace kvscope
