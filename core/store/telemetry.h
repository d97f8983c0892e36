// Telemetry: counters, histograms and memory, as one sample. Rates and windows are made from the
// difference of two samples (core/metrics).
#pragma once

#include "core/async/result.h"
#include "core/base/histogram.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace kvscope {

/// Everything cumulative since the server (or engine) started unless it says "now". A field the
/// store can't or may not tell is empty, and the panel that shows it says so.
struct TelemetrySample
{
    std::int64_t wallMs = 0;
    std::optional<std::uint64_t> hits, misses; ///< as the store counts them
    std::uint64_t ownHits = 0, ownMisses = 0; ///< of those, caused by our own inspect and job reads
    std::optional<std::uint64_t> commands;    ///< processed in all
    std::optional<std::uint64_t> reads, writes; ///< commands of these families
    std::optional<std::uint64_t> evictions, expirations;
    std::optional<std::uint64_t> usedBytes, rssBytes, budgetBytes; ///< now; budget absent: no limit
    std::optional<double> fragmentation;                           ///< now
    std::string evictionPolicy; ///< now, as the server calls it: "noeviction", "allkeys-lfu", …
    std::optional<std::uint64_t>
        replicaLagBytes; ///< now, of the one farthest behind; empty: no replica is online
    std::optional<std::uint64_t> clients; ///< now
    std::optional<std::uint64_t> netInBytes, netOutBytes;
    std::optional<std::uint64_t> keys;   ///< now
    std::optional<std::int64_t> probeUs; ///< round trip of this sample's PING, µs
    /// Cumulative latencies per command family: "reads", "writes", "scans", "other".
    std::map<std::string, Histogram> latencies;
    std::string runId;             ///< another one means: counters began anew
    std::optional<Error> degraded; ///< why some fields are empty (no INFO right, say)
};

class Telemetry
{
  public:
    virtual ~Telemetry() = default;
    virtual void sample(Callback<TelemetrySample> done) = 0;
};

} // namespace kvscope
