// `bench get`: pipelined GETs of random keys, ours against bare hiredis: the same batches, as many
// in flight, every value looked at on both sides.
#include "app/bench/cases.h"
#include "app/bench/redisfixture.h"
#include "core/redis/client.h"

#include <hiredis/hiredis.h>

#include <cstring>
#include <semaphore>

namespace kvscope::bench {
namespace {

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kInFlight = 4;
constexpr std::size_t kValueBytes = 100;
constexpr std::size_t kToldBytes = 10; // of a value, naming its key

struct Workload
{
    std::vector<Bytes> keys; // in the order they are asked for
    std::size_t batches() const { return (keys.size() + kBatch - 1) / kBatch; }
    std::size_t begin(std::size_t batch) const { return batch * kBatch; }
    std::size_t end(std::size_t batch) const
    {
        return std::min(keys.size(), begin(batch) + kBatch);
    }
};

/// benchKey's digits, padded, are what benchValue begins with.
bool belongs(BytesView value, BytesView key)
{
    return value.size() == kValueBytes &&
           std::memcmp(value.data() + kToldBytes - 7, key.data() + key.size() - 7, 7) == 0;
}

/// The next batch is sent from the answer to an earlier one, on the io thread.
class OurSide
{
  public:
    OurSide(RedisClient &client, const Workload &workload) : m_client(client), m_workload(workload)
    {}

    bool run()
    {
        m_next = m_answered = 0;
        m_right = true;
        for (std::size_t i = 0; i < std::min(kInFlight, m_workload.batches()); ++i) sendNext();
        m_done.acquire();
        return m_right;
    }

  private:
    void sendNext()
    {
        const std::size_t index = m_next++;
        if (index >= m_workload.batches()) return;
        Batch batch;
        batch.reserve(kBatch, kBatch * 40);
        for (std::size_t i = m_workload.begin(index); i < m_workload.end(index); ++i)
            batch.add({"GET", m_workload.keys[i]});
        m_client.send(std::move(batch),
                      [this, index](Result<Replies> r) { answered(index, std::move(r)); });
    }

    void answered(std::size_t index, Result<Replies> replies)
    {
        sendNext();
        if (!replies) {
            m_right = false;
        } else {
            for (std::size_t i = m_workload.begin(index); i < m_workload.end(index); ++i) {
                if (!belongs((*replies)[i - m_workload.begin(index)].bytes(), m_workload.keys[i]))
                    m_right = false;
            }
        }
        if (++m_answered == m_workload.batches()) m_done.release();
    }

    RedisClient &m_client;
    const Workload &m_workload;
    std::atomic<std::size_t> m_next = 0;
    std::size_t m_answered = 0; // io thread
    bool m_right = true;
    std::binary_semaphore m_done{0};
};

class TheirSide
{
  public:
    TheirSide(redisContext *context, const Workload &workload)
        : m_context(context), m_workload(workload)
    {}

    bool run()
    {
        std::size_t next = 0;
        while (next < std::min(kInFlight, m_workload.batches())) sendBatch(next++);
        for (std::size_t batch = 0; batch < m_workload.batches(); ++batch) {
            for (std::size_t i = m_workload.begin(batch); i < m_workload.end(batch); ++i) {
                redisReply *reply = nullptr;
                if (redisGetReply(m_context, reinterpret_cast<void **>(&reply)) != REDIS_OK)
                    return false;
                const bool right = belongs(BytesView(reply->str, reply->len), m_workload.keys[i]);
                freeReplyObject(reply);
                if (!right) return false;
            }
            if (next < m_workload.batches()) sendBatch(next++);
        }
        return true;
    }

  private:
    void sendBatch(std::size_t batch)
    {
        for (std::size_t i = m_workload.begin(batch); i < m_workload.end(batch); ++i) {
            const Bytes &key = m_workload.keys[i];
            const char *arguments[] = {"GET", key.data()};
            const std::size_t lengths[] = {3, key.size()};
            redisAppendCommandArgv(m_context, 2, arguments, lengths);
        }
        // redisGetReply alone would flush only once its read buffer ran dry.
        for (int done = 0; !done;) {
            if (redisBufferWrite(m_context, &done) != REDIS_OK) return;
        }
    }

    redisContext *m_context;
    const Workload &m_workload;
};

QJsonObject figures(const Timing &timing, std::size_t keys)
{
    return {{QStringLiteral("seconds"), timing.seconds},
            {QStringLiteral("keys_per_second"), double(keys) / timing.seconds},
            {QStringLiteral("cpu_us_per_key"), timing.cpuSeconds * 1e6 / double(keys)}};
}

} // namespace

Result<Outcome> benchGet(const Context &context)
{
    const auto count = std::size_t(context.number(QStringLiteral("keys"), 1'000'000));
    auto server = RedisFixture::start();
    if (!server) return failure(server.error());
    context.progress(QStringLiteral("seeding %1 keys").arg(count));
    if (auto seeded = (*server)->seed(count, benchKey, kValueBytes); !seeded)
        return failure(seeded.error());

    Workload workload;
    workload.keys.reserve(count);
    for (const std::uint32_t i : shuffled(count, 7)) workload.keys.push_back(benchKey(i));

    const RedisFixture::Connection reference = (*server)->connect();
    if (!reference) return failure(ErrorCode::ConnectionRefused, {(*server)->url()});
    RedisThreads threads;
    RedisClient client(threads, RedisThreads::Lane::Bulk,
                       {.endpoint = *Endpoint::parse((*server)->url())});
    client.open();

    OurSide ours(client, workload);
    TheirSide theirs(reference.get(), workload);
    const auto pairs = measurePairs(
        context.number(QStringLiteral("pairs"), 7), [&] { return ours.run(); },
        [&] { return theirs.run(); }, context);
    if (!pairs) return failure(pairs.error());
    return Outcome{figures(pairs->ours, count),
                   figures(pairs->reference, count),
                   {{QStringLiteral("rate"), 1 / pairs->ratio, Ratio::Better::Higher, 1.0},
                    {QStringLiteral("cpu"), pairs->cpuRatio, Ratio::Better::Lower, 1.0}}};
}

} // namespace kvscope::bench
