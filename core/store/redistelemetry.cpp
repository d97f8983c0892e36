// RedisTelemetry: first PING by itself, since in one burst its answer would wait for INFO's.
#include "core/store/redistelemetry.h"

#include "core/base/clock.h"
#include "core/redis/serverinfo.h"

namespace kvscope {
namespace {

void takeInfo(TelemetrySample &sample, const ServerInfo &info)
{
    sample.hits = info.hits;
    sample.misses = info.misses;
    sample.commands = info.commands;
    sample.reads = info.calls(CommandFamily::Reads);
    sample.writes = info.calls(CommandFamily::Writes);
    sample.evictions = info.evicted;
    sample.expirations = info.expired;
    sample.usedBytes = info.usedBytes;
    sample.rssBytes = info.rssBytes;
    if (info.maxBytes.value_or(0) > 0) sample.budgetBytes = info.maxBytes;
    sample.fragmentation = info.fragmentation;
    sample.evictionPolicy = info.maxMemoryPolicy;
    if (info.replicationOffset && info.replicaOffset)
        sample.replicaLagBytes = *info.replicationOffset > *info.replicaOffset
                                     ? *info.replicationOffset - *info.replicaOffset
                                     : 0;
    sample.clients = info.clients;
    sample.netInBytes = info.netInBytes;
    sample.netOutBytes = info.netOutBytes;
    sample.keys = info.keys();
    sample.runId = info.runId;
}

void askStatistics(const std::shared_ptr<RedisLinks> &links, TelemetrySample sample,
                   Callback<TelemetrySample> done)
{
    Batch batch({"INFO", "everything"});
    const bool histogram = links->capabilities().latencyHistogram;
    if (histogram) batch.add({"LATENCY", "HISTOGRAM"});
    links->interactive().send(std::move(batch), [links, histogram, sample = std::move(sample),
                                                 done = std::move(done)](
                                                    const Result<Replies> &replies) mutable {
        if (!replies) return done(failure(replies.error()));
        const Lookups own = links->ownLookups();
        sample.wallMs = Clock::system().wallMs();
        sample.ownHits = own.hits;
        sample.ownMisses = own.misses;
        const ReplyView info = (*replies)[0];
        if (info.isError())
            sample.degraded = links->errorOf(info, "INFO");
        else
            takeInfo(sample, ServerInfo::parse(info.bytes()));
        const ReplyView latencies = (*replies)[1];
        if (histogram && latencies.isError() && !sample.degraded)
            sample.degraded = links->errorOf(latencies, "LATENCY HISTOGRAM");
        if (histogram && !latencies.isError())
            for (auto &[family, histogramOfFamily] : parseLatencyHistogram(latencies))
                sample.latencies.emplace(commandFamilyName(family), std::move(histogramOfFamily));
        done(std::move(sample));
    });
}

} // namespace

void RedisTelemetry::sample(Callback<TelemetrySample> done)
{
    const Clock::Instant asked = Clock::system().now();
    m_links->interactive().send(Batch({"PING"}), [links = m_links, asked, done = std::move(done)](
                                                     const Result<Replies> &replies) mutable {
        if (!replies) return done(failure(replies.error()));
        TelemetrySample sample;
        if (!(*replies)[0].isError())
            sample.probeUs =
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::system().now() - asked)
                    .count();
        askStatistics(links, std::move(sample), std::move(done));
    });
}

} // namespace kvscope
