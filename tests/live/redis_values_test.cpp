// Typed values paged from a real server, and what the server tells of itself.
#include "core/redis/serverinfo.h"
#include "core/redis/types/elements.h"
#include "tests/live/redis_reach.h"

namespace kvscope::test {
namespace {

using Rows = std::vector<std::vector<Bytes>>;

/// All pages, put together; fails on an Error.
Rows allPages(Reach &reach, ValueType type, BytesView key, int count)
{
    const ElementType *element = ElementType::of(type);
    Rows rows;
    Bytes cursor;
    do {
        Batch batch;
        element->addPage(batch, key, cursor, count);
        const Result<Replies> replies = reach.send(std::move(batch));
        if (!replies) return {};
        Result<ElementPage> page = element->page(*replies, 0, cursor, count);
        EXPECT_TRUE(page.has_value());
        if (!page) return {};
        EXPECT_LE(page->rows.size(), std::size_t(count));
        rows.insert(rows.end(), page->rows.begin(), page->rows.end());
        cursor = page->next;
    } while (!cursor.empty());
    return rows;
}

void fill(const RedisServer &server, const Bytes &call, int count)
{
    server.run(
        {"EVAL", "for i = 1, ARGV[1] do redis.call(" + call + ") end", "0", std::to_string(count)});
}

TEST(RedisValues, ArePagedToTheLastElementWhateverTheirTypeAndEncoding)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    for (const int count : {1, 100, 101, 2500}) { // packed and not
        server.run({"FLUSHALL"});
        fill(server, "'HSET', 'h', 'f' .. i, i", count);
        fill(server, "'RPUSH', 'l', i", count);
        fill(server, "'SADD', 's', 'm' .. i", count);
        fill(server, "'SADD', 'ints', i", count);
        fill(server, "'ZADD', 'z', i / 2, 'm' .. i", count);
        fill(server, "'XADD', 'x', '1-' .. i, 'f', i, 'g', 'h'", count);

        const auto size = std::size_t(count);
        Rows hash = allPages(reach, ValueType::Hash, "h", 100);
        std::sort(hash.begin(), hash.end());
        EXPECT_EQ(std::unique(hash.begin(), hash.end()) - hash.begin(), count);
        EXPECT_EQ(hash.front(), (std::vector<Bytes>{"f1", "1"}));
        for (const char *key : {"s", "ints"}) {
            Rows set = allPages(reach, ValueType::Set, key, 100);
            std::sort(set.begin(), set.end());
            EXPECT_EQ(std::unique(set.begin(), set.end()) - set.begin(), count) << key;
        }
        const Rows list = allPages(reach, ValueType::List, "l", 100);
        ASSERT_EQ(list.size(), size);
        EXPECT_EQ(list.back()[0], std::to_string(count));
        const Rows sorted = allPages(reach, ValueType::SortedSet, "z", 100);
        ASSERT_EQ(sorted.size(), size);
        EXPECT_EQ(sorted.front(), (std::vector<Bytes>{"m1", "0.5"}));
        const Rows stream = allPages(reach, ValueType::Stream, "x", 100);
        ASSERT_EQ(stream.size(), size);
        EXPECT_EQ(stream.back(), (std::vector<Bytes>{"1-" + std::to_string(count), "f",
                                                     std::to_string(count), "g", "h"}));
    }
}

TEST(RedisValues, OfAStringComeAsRangesOfBytes)
{
    const RedisServer server;
    Bytes value;
    for (int i = 0; i < 1000; ++i) value += char(i);
    server.run({"SET", "k", value});
    Reach reach(server.url());
    reach.open();
    Bytes whole;
    const Rows pages = allPages(reach, ValueType::String, "k", 300);
    ASSERT_EQ(pages.size(), 4U);
    for (const auto &row : pages) whole += row[0];
    EXPECT_TRUE(whole == value);
    EXPECT_TRUE(allPages(reach, ValueType::String, "none", 300).empty());
}

TEST(RedisValues, InfoAndLatenciesOfARealServerAreUnderstood)
{
    const RedisServer server({QStringLiteral("--maxmemory"), QStringLiteral("64mb")});
    Reach reach(server.url());
    reach.open();
    for (int i = 0; i < 50; ++i) reach.say({"SET", "k" + std::to_string(i), "v"});
    for (int i = 0; i < 100; ++i) reach.say({"GET", "k" + std::to_string(i)});
    reach.say({"SCAN", "0"});
    const ServerInfo info = ServerInfo::parse(reach.say({"INFO", "everything"}));
    EXPECT_EQ(info.product, "redis");
    EXPECT_EQ(info.mode, "standalone");
    EXPECT_EQ(info.role, "master");
    EXPECT_EQ(info.runId.size(), 40U);
    EXPECT_EQ(info.hits, 50U);
    EXPECT_EQ(info.misses, 50U);
    EXPECT_EQ(info.keys(), 50U);
    EXPECT_EQ(info.maxBytes, 64U << 20U);
    EXPECT_EQ(info.calls(CommandFamily::Reads), 100U);
    EXPECT_EQ(info.calls(CommandFamily::Writes), 50U);
    EXPECT_EQ(info.calls(CommandFamily::Scans), 1U);
    EXPECT_TRUE(info.usedBytes && info.rssBytes && info.fragmentation && info.clients &&
                info.netInBytes);

    const Result<Replies> latencies = reach.send(Batch({"LATENCY", "HISTOGRAM"}));
    ASSERT_TRUE(latencies.has_value());
    const auto families = parseLatencyHistogram((*latencies)[0]);
    EXPECT_EQ(families.at(CommandFamily::Reads).count(), 100U);
    EXPECT_EQ(families.at(CommandFamily::Writes).count(), 50U);
    EXPECT_EQ(families.at(CommandFamily::Scans).count(), 1U);
    EXPECT_GT(families.at(CommandFamily::Reads).quantile(0.5), 0);
}

} // namespace
} // namespace kvscope::test
