// ServerInfo: INFO and LATENCY HISTOGRAM as values.
#pragma once

#include "core/base/bytes.h"
#include "core/base/histogram.h"
#include "core/redis/commandtable.h"
#include "core/redis/reply.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace kvscope {

/// One INFO (the default sections, or `INFO everything` for commandstats). What the server did not
/// tell is empty.
struct ServerInfo
{
    struct Database
    {
        std::uint64_t keys = 0;
        std::uint64_t expires = 0;
    };
    struct CommandStats
    {
        std::uint64_t calls = 0;
        std::uint64_t microseconds = 0;
    };

    std::string product; ///< "redis", "valkey", "keydb", "dragonfly"
    std::string version;
    std::string mode; ///< "standalone", "cluster", "sentinel"
    std::string runId;
    std::string role; ///< "master", "slave"
    bool replicaReadOnly = false;
    bool loading = false;
    std::optional<double> loadedPercent; ///< while it is loading

    std::optional<std::uint64_t> hits, misses, evicted, expired, commands;
    std::optional<std::uint64_t> usedBytes, rssBytes, maxBytes; ///< maxBytes 0: no limit
    std::optional<double> fragmentation;
    std::string maxMemoryPolicy;
    std::optional<std::uint64_t> replicationOffset;
    std::optional<std::uint64_t> replicaOffset; ///< of the replica that is farthest behind
    std::optional<std::uint64_t> clients, netInBytes, netOutBytes, uptimeSeconds;
    std::map<int, Database> databases;                ///< the non-empty ones
    std::map<std::string, CommandStats> commandStats; ///< by lower-case name

    static ServerInfo parse(BytesView info);

    /// Keys in all databases.
    std::uint64_t keys() const;
    /// Calls of a family, from commandStats; empty when INFO brought none.
    std::optional<std::uint64_t> calls(CommandFamily family) const;
};

/// LATENCY HISTOGRAM (7.0+), merged by family: cumulative since the server started; difference two.
/// The server counts in power-of-two buckets of µs (≤1, ≤2, ≤4 …); the counts of a bucket are
/// spread evenly over its width, so a percentile read off is at most a bucket's width wrong.
std::map<CommandFamily, Histogram> parseLatencyHistogram(const ReplyView &reply);

} // namespace kvscope
