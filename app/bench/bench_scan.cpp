// `bench scan`: every key of a database to memory, our Scanner against a bare blocking hiredis loop
// with the same COUNT.
#include "app/bench/cases.h"
#include "app/bench/redisfixture.h"
#include "core/redis/scanner.h"

#include <hiredis/hiredis.h>

#include <semaphore>

namespace kvscope::bench {
namespace {

constexpr std::size_t kValueBytes = 100;

bool ourScan(RedisClient &client, int pageSize, std::size_t expected)
{
    std::vector<KeyBatch> pages;
    std::size_t keys = 0;
    bool failed = false;
    std::binary_semaphore done{0};
    Scanner scanner(client, {.match = {}, .type = {}, .count = pageSize},
                    [&](Result<ScanPage> page) {
                        failed = !page;
                        if (page) {
                            keys += page->keys.size();
                            pages.push_back(std::move(page->keys));
                        }
                        if (failed || page->last) done.release();
                    });
    done.acquire();
    return !failed && keys >= expected; // SCAN may name a key twice
}

bool theirScan(redisContext *context, int pageSize, std::size_t expected)
{
    std::vector<KeyBatch> pages;
    std::size_t keys = 0;
    Bytes cursor = "0";
    do {
        auto *reply = static_cast<redisReply *>(
            redisCommand(context, "SCAN %b COUNT %d", cursor.data(), cursor.size(), pageSize));
        if (!reply) return false;
        cursor.assign(reply->element[0]->str, reply->element[0]->len);
        const redisReply &list = *reply->element[1];
        KeyBatch &page = pages.emplace_back();
        for (std::size_t i = 0; i < list.elements; ++i)
            page.append(BytesView(list.element[i]->str, list.element[i]->len));
        keys += page.size();
        freeReplyObject(reply);
    } while (cursor != "0");
    return keys >= expected;
}

QJsonObject figures(const Timing &timing, std::size_t keys)
{
    return {{QStringLiteral("seconds"), timing.seconds},
            {QStringLiteral("keys_per_second"), double(keys) / timing.seconds},
            {QStringLiteral("cpu_us_per_key"), timing.cpuSeconds * 1e6 / double(keys)}};
}

} // namespace

Result<Outcome> benchScan(const Context &context)
{
    const auto count = std::size_t(context.number(QStringLiteral("keys"), 1'000'000));
    const int pageSize = context.number(QStringLiteral("count"), Scanner::kDefaultCount);
    auto server = RedisFixture::start();
    if (!server) return failure(server.error());
    context.progress(QStringLiteral("seeding %1 keys").arg(count));
    if (auto seeded = (*server)->seed(count, benchKey, kValueBytes); !seeded)
        return failure(seeded.error());

    const RedisFixture::Connection reference = (*server)->connect();
    if (!reference) return failure(ErrorCode::ConnectionRefused, {(*server)->url()});
    RedisThreads threads;
    RedisClient client(threads, RedisThreads::Lane::Bulk,
                       {.endpoint = *Endpoint::parse((*server)->url())});
    client.open();

    const auto pairs = measurePairs(
        context.number(QStringLiteral("pairs"), 7),
        [&] { return ourScan(client, pageSize, count); },
        [&] { return theirScan(reference.get(), pageSize, count); }, context);
    if (!pairs) return failure(pairs.error());
    return Outcome{figures(pairs->ours, count),
                   figures(pairs->reference, count),
                   {{QStringLiteral("time"), pairs->ratio, Ratio::Better::Lower, 1.05},
                    {QStringLiteral("cpu"), pairs->cpuRatio, Ratio::Better::Lower, 1.05}}};
}

} // namespace kvscope::bench
