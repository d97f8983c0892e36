// LatencyModel: T = h·Tc + (1−h)·Td, predicted against measured.
//
// h is this window's; Tc and Td are the previous window's. Taken from the same window the
// prediction would be the measurement by definition: total time is the sum of the hits' and the
// misses' times.
#pragma once

#include "core/metrics/scenariosample.h"

#include <cstdint>
#include <optional>

namespace kvscope {

/// Times in µs, ratios 0 … 1. What can't be known is empty.
struct LatencyEstimate
{
    enum class Basis : std::uint8_t {
        None,    ///< no traffic, or not enough windows yet
        OurOwn,  ///< scenario traffic: every term is measured
        Foreign, ///< somebody else's: T and Td can't be seen from here
    };
    Basis basis = Basis::None;
    std::optional<double> hitRatio, tcUs, tdUs, predictedUs, measuredUs;
    std::optional<double> error;          ///< (predicted − measured) / measured
    std::optional<double> targetP99Us;    ///< for neededHitRatio
    std::optional<double> neededHitRatio; ///< lowest h at which p99 ≤ targetP99Us
    bool tcFromProbe = false; ///< Foreign: Tc is a round trip, the server tells no times
};

/// The mean T of a cache that answers the share `h` in `tcUs` and the rest in `tdUs`.
double predictedLatency(double h, double tcUs, double tdUs);

/// The lowest share of hits at which at most 1 % of requests take longer than `targetUs`; empty
/// when even hits alone miss the target or one of the histograms is empty.
std::optional<double> hitRatioForP99(const Histogram &hit, const Histogram &miss, double targetUs);

/// Cuts our own traffic into windows. Not thread-safe.
class LatencyModel
{
  public:
    /// Long enough for a few hundred misses, short enough to follow a switch of policy.
    static constexpr std::int64_t kWindowMs = 2000;

    explicit LatencyModel(std::int64_t windowMs = kWindowMs) : m_windowMs(windowMs) {}

    /// Cumulative samples in the order of time. True when a window was closed and estimate() is
    /// new.
    bool add(std::int64_t wallMs, const ScenarioSample &sample);
    const LatencyEstimate &estimate() const { return m_estimate; }
    void clear();

    /// Requests in the window that estimate() describes, for weighting.
    std::uint64_t windowOperations() const { return m_windowOperations; }

    /// The target for neededHitRatio.
    static constexpr double kTargetP99Us = 1000;

  private:
    struct Window
    {
        std::optional<double> tcUs, tdUs;
    };

    std::int64_t m_windowMs;
    std::optional<std::int64_t> m_windowStart;
    ScenarioSample m_atStart;
    Window m_previous;
    LatencyEstimate m_estimate;
    std::uint64_t m_windowOperations = 0;
};

/// For traffic that isn't ours: h from the store's counters, Tc from its read times and a round
/// trip.
LatencyEstimate foreignEstimate(double hitRatio, std::optional<double> readUs,
                                std::optional<double> probeUs, std::optional<double> assumedTdUs);

} // namespace kvscope
