// INFO and LATENCY HISTOGRAM, as a Redis 7.0.15 told them.
#include "core/redis/decoder.h"
#include "core/redis/serverinfo.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

constexpr BytesView kInfo = "# Server\r\n"
                            "redis_version:7.0.15\r\n"
                            "redis_mode:standalone\r\n"
                            "run_id:c23cb6c0e3e4a1af71c7e8672ea5e81dcef94140\r\n"
                            "uptime_in_seconds:81\r\n"
                            "\r\n# Clients\r\nconnected_clients:3\r\n"
                            "\r\n# Memory\r\n"
                            "used_memory:990464\r\nused_memory_human:967.25K\r\n"
                            "used_memory_rss:12361728\r\nmaxmemory:104857600\r\n"
                            "maxmemory_policy:allkeys-lru\r\nmem_fragmentation_ratio:12.99\r\n"
                            "\r\n# Persistence\r\nloading:0\r\n"
                            "\r\n# Stats\r\n"
                            "total_commands_processed:18446744073709551615\r\n"
                            "total_net_input_bytes:165\r\ntotal_net_output_bytes:27\r\n"
                            "expired_keys:4\r\nevicted_keys:5\r\n"
                            "keyspace_hits:6\r\nkeyspace_misses:7\r\n"
                            "\r\n# Replication\r\nrole:slave\r\nslave_read_only:1\r\n"
                            "\r\n# Commandstats\r\n"
                            "cmdstat_get:calls=20,usec=42,usec_per_call=2.1,rejected_calls=0\r\n"
                            "cmdstat_hget:calls=3,usec=4,usec_per_call=1.3\r\n"
                            "cmdstat_set:calls=2,usec=71,usec_per_call=35.50\r\n"
                            "cmdstat_scan:calls=1,usec=900,usec_per_call=900.00\r\n"
                            "cmdstat_config|get:calls=9,usec=9,usec_per_call=1.00\r\n"
                            "\r\n# Keyspace\r\n"
                            "db0:keys=12,expires=1,avg_ttl=99845\r\n"
                            "db13:keys=3,expires=0,avg_ttl=0\r\n";

TEST(ServerInfo, ReadsWhatRedisTellsOfItself)
{
    const ServerInfo info = ServerInfo::parse(kInfo);
    EXPECT_EQ(info.product, "redis");
    EXPECT_EQ(info.version, "7.0.15");
    EXPECT_EQ(info.mode, "standalone");
    EXPECT_EQ(info.runId, "c23cb6c0e3e4a1af71c7e8672ea5e81dcef94140");
    EXPECT_EQ(info.role, "slave");
    EXPECT_TRUE(info.replicaReadOnly);
    EXPECT_FALSE(info.loading);
    EXPECT_EQ(info.hits, 6U);
    EXPECT_EQ(info.misses, 7U);
    EXPECT_EQ(info.expired, 4U);
    EXPECT_EQ(info.evicted, 5U);
    EXPECT_EQ(info.commands, UINT64_MAX);
    EXPECT_EQ(info.usedBytes, 990464U);
    EXPECT_EQ(info.rssBytes, 12361728U);
    EXPECT_EQ(info.maxBytes, 104857600U);
    EXPECT_EQ(info.maxMemoryPolicy, "allkeys-lru");
    EXPECT_DOUBLE_EQ(info.fragmentation.value_or(0), 12.99);
    EXPECT_EQ(info.clients, 3U);
    EXPECT_EQ(info.netInBytes, 165U);
    EXPECT_EQ(info.netOutBytes, 27U);
    EXPECT_EQ(info.uptimeSeconds, 81U);
}

TEST(ServerInfo, KnowsEachDatabasesKeys)
{
    const ServerInfo info = ServerInfo::parse(kInfo);
    ASSERT_EQ(info.databases.size(), 2U);
    EXPECT_EQ(info.databases.at(0).keys, 12U);
    EXPECT_EQ(info.databases.at(0).expires, 1U);
    EXPECT_EQ(info.databases.at(13).keys, 3U);
    EXPECT_EQ(info.keys(), 15U);
}

TEST(ServerInfo, SumsCallsByFamily)
{
    const ServerInfo info = ServerInfo::parse(kInfo);
    EXPECT_EQ(info.commandStats.at("set").microseconds, 71U);
    EXPECT_EQ(info.calls(CommandFamily::Reads), 23U);
    EXPECT_EQ(info.calls(CommandFamily::Writes), 2U);
    EXPECT_EQ(info.calls(CommandFamily::Scans), 1U);
    EXPECT_EQ(info.calls(CommandFamily::Other), 9U);
}

TEST(ServerInfo, LeavesEmptyWhatItWasNotTold)
{
    const ServerInfo info =
        ServerInfo::parse("# Server\r\nredis_version:7.0.15\r\nkeyspace_hits:many\r\nx");
    EXPECT_FALSE(info.hits);
    EXPECT_FALSE(info.usedBytes);
    EXPECT_FALSE(info.calls(CommandFamily::Reads));
    EXPECT_TRUE(info.runId.empty());
    EXPECT_EQ(info.keys(), 0U);
}

TEST(ServerInfo, CallsAForkByItsOwnNameAndVersion)
{
    const ServerInfo valkey =
        ServerInfo::parse("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n");
    EXPECT_EQ(valkey.product, "valkey");
    EXPECT_EQ(valkey.version, "8.0.1");
}

std::map<CommandFamily, Histogram> families(BytesView wire)
{
    Decoder decoder;
    decoder.expect(1, 1U << 20U);
    decoder.feed(wire);
    EXPECT_EQ(decoder.next(), Decoder::Step::Reply);
    return parseLatencyHistogram(decoder.take()[0]);
}

/// GET with `first` calls up to 8 µs and `all` up to 66 µs; SET with one up to 4 µs.
Bytes latencies(int first, int all)
{
    const auto number = [](int n) { return ":" + std::to_string(n) + "\r\n"; };
    return "*4\r\n$3\r\nget\r\n*4\r\n$5\r\ncalls\r\n" + number(all) +
           "$14\r\nhistogram_usec\r\n*4\r\n:8\r\n" + number(first) + ":66\r\n" + number(all) +
           "$3\r\nset\r\n*4\r\n$5\r\ncalls\r\n:1\r\n$14\r\nhistogram_usec\r\n*2\r\n:4\r\n:1\r\n";
}

TEST(LatencyHistogram, PutsEveryCallIntoItsBucketsWidthAndItsFamily)
{
    const auto histograms = families(latencies(100, 1000));
    const Histogram &reads = histograms.at(CommandFamily::Reads);
    EXPECT_EQ(reads.count(), 1000U);
    EXPECT_EQ(histograms.at(CommandFamily::Writes).count(), 1U);
    EXPECT_GE(reads.quantile(0.05), 4);
    EXPECT_LE(reads.quantile(0.05), 8);
    EXPECT_GE(reads.quantile(0.5), 33);
    EXPECT_LE(reads.quantile(0.999), 66);
    EXPECT_NEAR(reads.quantile(0.55), 49.5, 4); // the middle of the second bucket
}

TEST(LatencyHistogram, DiffersToExactlyTheCallsBetweenTwoSamples)
{
    for (int before = 0; before <= 70; ++before) {
        for (int after = before; after <= 70; ++after) {
            Histogram window = families(latencies(0, after + 1)).at(CommandFamily::Reads);
            window.subtract(families(latencies(0, before + 1)).at(CommandFamily::Reads));
            ASSERT_EQ(window.count(), std::uint64_t(after - before)) << before << " to " << after;
        }
    }
}

TEST(LatencyHistogram, TakesAnEmptyOrOddReplyForNothing)
{
    EXPECT_TRUE(families("*0\r\n").empty());
    EXPECT_TRUE(families("-NOPERM no\r\n").empty());
    EXPECT_TRUE(families("*2\r\n$3\r\nget\r\n:5\r\n").empty());
}

} // namespace
} // namespace kvscope
