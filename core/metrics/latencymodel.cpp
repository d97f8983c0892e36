// LatencyModel: windows over our own traffic, and the two questions asked of the formula.
#include "core/metrics/latencymodel.h"

#include <cmath>

namespace kvscope {
namespace {

double shareAbove(const Histogram &histogram, double microseconds)
{
    const auto &buckets = histogram.buckets();
    const auto limit = Histogram::bucketOfNs(static_cast<std::uint64_t>(microseconds * 1000));
    std::uint64_t above = 0;
    for (std::size_t i = limit + 1; i < buckets.size(); ++i) above += buckets[i];
    return static_cast<double>(above) / static_cast<double>(histogram.count());
}

std::optional<double> meanOf(const Histogram &histogram)
{
    if (histogram.count() == 0) return std::nullopt;
    return histogram.sum() / static_cast<double>(histogram.count());
}

Histogram difference(const Histogram &after, const Histogram &before)
{
    Histogram result = after;
    result.subtract(before);
    return result;
}

} // namespace

double predictedLatency(double h, double tcUs, double tdUs)
{
    return h * tcUs + (1 - h) * tdUs;
}

std::optional<double> hitRatioForP99(const Histogram &hit, const Histogram &miss, double targetUs)
{
    if (hit.count() == 0 || miss.count() == 0) return std::nullopt;
    // Of all requests, h·slowHits + (1−h)·slowMisses are too slow; at most 1 % may be.
    constexpr double kAllowed = 0.01;
    const double slowHits = shareAbove(hit, targetUs);
    const double slowMisses = shareAbove(miss, targetUs);
    if (slowMisses <= kAllowed) return 0;
    if (slowHits > kAllowed) return std::nullopt;
    return (slowMisses - kAllowed) / (slowMisses - slowHits);
}

bool LatencyModel::add(std::int64_t wallMs, const ScenarioSample &sample)
{
    const bool continues =
        m_windowStart && sample.operations >= m_atStart.operations && wallMs >= *m_windowStart;
    if (!continues) {
        clear();
        m_windowStart = wallMs;
        m_atStart = sample;
        return false;
    }
    if (wallMs - *m_windowStart < m_windowMs) return false;

    const Histogram total = difference(sample.total, m_atStart.total);
    const Histogram hit = difference(sample.hit, m_atStart.hit);
    const Histogram miss = difference(sample.miss, m_atStart.miss);
    m_windowStart = wallMs;
    m_atStart = sample;

    LatencyEstimate estimate;
    m_windowOperations = hit.count() + miss.count();
    if (m_windowOperations > 0) {
        estimate.basis = LatencyEstimate::Basis::OurOwn;
        const double h = static_cast<double>(hit.count()) / static_cast<double>(m_windowOperations);
        estimate.hitRatio = h;
        estimate.measuredUs = meanOf(total);
        estimate.tcUs = m_previous.tcUs;
        estimate.tdUs = m_previous.tdUs;
        // A term with no weight need not be known.
        if ((estimate.tcUs || h == 0) && (estimate.tdUs || h == 1)) {
            estimate.predictedUs =
                predictedLatency(h, estimate.tcUs.value_or(0), estimate.tdUs.value_or(0));
            if (*estimate.measuredUs > 0)
                estimate.error =
                    (*estimate.predictedUs - *estimate.measuredUs) / *estimate.measuredUs;
        }
        estimate.targetP99Us = kTargetP99Us;
        estimate.neededHitRatio = hitRatioForP99(hit, miss, kTargetP99Us);
    }
    // A window without misses says nothing new of Td: the last one that had some still stands.
    if (const auto tc = meanOf(hit)) m_previous.tcUs = tc;
    if (const auto td = meanOf(miss)) m_previous.tdUs = td;
    m_estimate = estimate;
    return true;
}

void LatencyModel::clear()
{
    m_windowStart.reset();
    m_atStart = {};
    m_previous = {};
    m_estimate = {};
    m_windowOperations = 0;
}

LatencyEstimate foreignEstimate(double hitRatio, std::optional<double> readUs,
                                std::optional<double> probeUs, std::optional<double> assumedTdUs)
{
    LatencyEstimate estimate;
    if (std::isnan(hitRatio)) return estimate;
    estimate.basis = LatencyEstimate::Basis::Foreign;
    estimate.hitRatio = hitRatio;
    estimate.tcFromProbe = !readUs;
    // The server's time for a read, and the way there and back, which it can't see.
    if (readUs || probeUs) estimate.tcUs = readUs.value_or(0) + probeUs.value_or(0);
    estimate.tdUs = assumedTdUs;
    if (estimate.tcUs && estimate.tdUs)
        estimate.predictedUs = predictedLatency(hitRatio, *estimate.tcUs, *estimate.tdUs);
    return estimate;
}

} // namespace kvscope
