// SCAN: every key, page by page; paused, resumed, cancelled, gone on with.
#include "core/redis/scanner.h"
#include "tests/live/redis_reach.h"
#include "tests/support/fakeserver.h"
#include "tests/support/tlscerts.h"

#include <set>

namespace kvscope::test {
namespace {

using namespace std::string_literals;

/// Collects on the io thread; looked at when done().
struct Collector
{
    std::mutex mutex;
    std::set<Bytes> keys;
    std::vector<std::uint64_t> cursors;
    std::optional<Error> error;
    int errors = 0;
    bool last = false;

    Scanner::Sink sink()
    {
        return [this](Result<ScanPage> page) {
            const std::lock_guard lock(mutex);
            if (!page) {
                error = page.error();
                ++errors;
                return;
            }
            for (std::size_t i = 0; i < page->keys.size(); ++i) keys.emplace(page->keys[i]);
            cursors.push_back(page->cursor);
            last = page->last;
        };
    }
    bool done()
    {
        const std::lock_guard lock(mutex);
        return last || error;
    }
    std::size_t pages()
    {
        const std::lock_guard lock(mutex);
        return cursors.size();
    }
};

void populate(const RedisServer &server, int count)
{
    server.run({"EVAL", "for i = 1, ARGV[1] do redis.call('SET', 'key:' .. i, i) end", "0",
                std::to_string(count)});
}

TEST(RedisScan, BringsEveryKeyOnceItIsThere)
{
    const RedisServer server;
    populate(server, 20'000);
    const Bytes odd = "a\0\r\n*[?\\\xff"s;
    server.run({"SET", odd, "v"});
    server.run({"SET", Bytes(65536, 'k'), "v"});
    server.run({"SET", "", "v"});
    Reach reach(server.url());
    reach.open();
    Collector all;
    const Scanner scanner(reach.client, {}, all.sink());
    ASSERT_TRUE(eventually([&] { return all.done(); }));
    EXPECT_EQ(all.keys.size(), 20'003U);
    EXPECT_TRUE(all.keys.contains(odd));
    EXPECT_TRUE(all.keys.contains(Bytes(65536, 'k')));
    EXPECT_TRUE(all.keys.contains(Bytes()));
    EXPECT_GE(all.pages(), 10U);
}

TEST(RedisScan, BringsPagesOfManyTlsRecords)
{
    const TlsCerts certs;
    const RedisServer server(certs.serverOptions(certs.good()));
    server.run(
        {"EVAL", "for i = 1, 20000 do redis.call('SET', string.rep('k', 100) .. i, i) end", "0"});
    Reach reach(
        QStringLiteral("rediss://localhost:%1/0?ca=%2").arg(server.tlsPort()).arg(certs.ca()));
    ASSERT_EQ(reach.open().phase, ConnectionState::Phase::Ready);
    Collector all;
    const Scanner scanner(reach.client, {}, all.sink());
    ASSERT_TRUE(eventually([&] { return all.done(); }));
    EXPECT_FALSE(all.error);
    EXPECT_EQ(all.keys.size(), 20'000U);
}

TEST(RedisScan, ReportsAnEmptyDatabaseAsOneLastPage)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    Collector all;
    const Scanner scanner(reach.client, {}, all.sink());
    ASSERT_TRUE(eventually([&] { return all.done(); }));
    EXPECT_TRUE(all.keys.empty());
    EXPECT_EQ(all.pages(), 1U);
}

TEST(RedisScan, FindsByPatternAndType)
{
    const RedisServer server;
    populate(server, 500);
    server.run({"HSET", "key:h", "f", "v"});
    server.run({"SET", "k*y", "v"});
    Reach reach(server.url());
    reach.open();
    Collector byType;
    const Scanner types(reach.client, {.match = {}, .type = "hash"}, byType.sink());
    Collector byName;
    const Scanner names(reach.client, {.match = escapeGlob("k*y"), .type = {}}, byName.sink());
    ASSERT_TRUE(eventually([&] { return byType.done() && byName.done(); }));
    EXPECT_EQ(byType.keys, std::set<Bytes>{"key:h"});
    EXPECT_EQ(byName.keys, std::set<Bytes>{"k*y"});
}

TEST(RedisScan, GoesOnFromACursorToTheRest)
{
    const RedisServer server;
    populate(server, 10'000);
    Reach reach(server.url());
    reach.open();
    Collector whole;
    const Scanner first(reach.client, {.match = {}, .type = {}, .count = 100}, whole.sink());
    ASSERT_TRUE(eventually([&] { return whole.done(); }));
    const std::size_t half = whole.cursors.size() / 2;
    Collector rest;
    const Scanner second(reach.client,
                         {.match = {}, .type = {}, .count = 100, .cursor = whole.cursors[half]},
                         rest.sink());
    ASSERT_TRUE(eventually([&] { return rest.done(); }));
    EXPECT_EQ(rest.cursors.size(), whole.cursors.size() - half - 1);
    EXPECT_LT(rest.keys.size(), whole.keys.size());
}

TEST(RedisScan, StopsAskingWhilePausedAndFinishesWhenResumed)
{
    const RedisServer server;
    populate(server, 20'000);
    Reach reach(server.url());
    reach.open();
    Collector all;
    Scanner scanner(reach.client, {.match = {}, .type = {}, .count = 10}, all.sink());
    scanner.pause();
    reach.say({"PING"}); // answers in order: what was asked for has come
    reach.say({"PING"});
    const std::size_t pages = all.pages();
    reach.say({"PING"});
    EXPECT_EQ(all.pages(), pages);
    EXPECT_FALSE(all.done());
    scanner.resume();
    ASSERT_TRUE(eventually([&] { return all.done(); }));
    EXPECT_EQ(all.keys.size(), 20'000U);
}

TEST(RedisScan, DeliversNothingAfterItWasCancelled)
{
    const RedisServer server;
    populate(server, 20'000);
    Reach reach(server.url());
    reach.open();
    for (int round = 0; round < 20; ++round) {
        Collector all;
        {
            Scanner scanner(reach.client, {.match = {}, .type = {}, .count = 10}, all.sink());
            eventually([&] { return all.pages() > std::size_t(round); });
            scanner.cancel();
        }
        reach.say({"PING"});
        const std::size_t pages = all.pages();
        reach.say({"PING"});
        EXPECT_EQ(all.pages(), pages);
        EXPECT_FALSE(all.last);
    }
}

TEST(RedisScan, EndsInOneErrorWhenTheServerIsKilled)
{
    RedisServer server;
    populate(server, 50'000);
    Reach reach(server.url());
    reach.open();
    Collector all;
    const Scanner scanner(reach.client, {.match = {}, .type = {}, .count = 10}, all.sink());
    eventually([&] { return all.pages() > 3; });
    server.kill();
    ASSERT_TRUE(eventually([&] { return all.done(); }));
    EXPECT_FALSE(all.last);
    EXPECT_EQ(all.error->code(), ErrorCode::ConnectionLost);
}

/// A page of a hundred keys that is not the last.
Bytes pageBefore(int cursor)
{
    const Bytes next = std::to_string(cursor);
    Bytes page = "*2\r\n$" + std::to_string(next.size()) + "\r\n" + next + "\r\n*100\r\n";
    for (int i = 100; i < 200; ++i) page += "$7\r\nkey:" + std::to_string(i) + "\r\n";
    return page;
}

TEST(RedisScan, EndsInOneErrorWhenTheConnectionIsResetInTheMiddleOfAPage)
{
    // The next page is asked for when the cursor has come: into a socket that is gone by then.
    for (const bool whole : {false, true}) {
        int asked = 0;
        FakeServer fake([&](BytesView received, int) -> FakeServer::Answer {
            if (FakeServer::isGreeting(received)) return {FakeServer::greetingAnswers()};
            const Bytes page = pageBefore(++asked);
            if (asked < 3) return {page};
            return {.bytes = whole ? page : page.substr(0, 300), .reset = true};
        });
        Collector all;
        {
            Reach reach(fake.url());
            ASSERT_EQ(reach.open().phase, ConnectionState::Phase::Ready);
            const Scanner scanner(reach.client, {}, all.sink());
            ASSERT_TRUE(eventually([&] { return all.done(); }));
            ASSERT_TRUE(eventually([&] {
                return fake.connections() == 2 && reach.phase() == ConnectionState::Phase::Ready;
            }));
        }
        EXPECT_EQ(all.errors, 1);
        EXPECT_EQ(all.error->code(), ErrorCode::ConnectionLost);
        EXPECT_EQ(all.pages(), whole ? 3U : 2U);
        EXPECT_EQ(asked, 3);
    }
}

TEST(RedisScan, RefusesAPageThatIsNotAFlatListOfStrings)
{
    for (const BytesView page :
         {BytesView("*2\r\n$1\r\n0\r\n*1\r\n*1\r\n:500\r\n"),
          BytesView("*2\r\n$1\r\n0\r\n*1\r\n*1\r\n$1\r\na\r\n"),
          BytesView("*2\r\n$1\r\n0\r\n*1\r\n:500\r\n"),
          BytesView("*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$-1\r\n"),
          BytesView("*2\r\n$1\r\n0\r\n*1\r\n-ERR a\r\n"), BytesView("*2\r\n-0\r\n*0\r\n"),
          BytesView("*2\r\n*1\r\n$1\r\n0\r\n*0\r\n"),
          BytesView("*3\r\n$1\r\n0\r\n*0\r\n$1\r\na\r\n"),
          BytesView("*2\r\n$1\r\n0\r\n$1\r\na\r\n"), BytesView(":0\r\n")}) {
        FakeServer fake([&](BytesView received, int) -> FakeServer::Answer {
            if (FakeServer::isGreeting(received)) return {FakeServer::greetingAnswers()};
            return {Bytes(page)};
        });
        Reach reach(fake.url());
        ASSERT_EQ(reach.open().phase, ConnectionState::Phase::Ready);
        Collector all;
        const Scanner scanner(reach.client, {}, all.sink());
        ASSERT_TRUE(eventually([&] { return all.done(); }));
        ASSERT_EQ(all.errors, 1) << escapeBytes(page);
        EXPECT_EQ(all.error->code(), ErrorCode::ProtocolError) << escapeBytes(page);
        EXPECT_EQ(all.pages(), 0U);
    }
}

TEST(RedisScan, SaysThatTheUserMayNot)
{
    const RedisServer server;
    server.run({"ACL", "SETUSER", "few", "on", ">pw", "~*", "+get"});
    Reach reach(server.url(QStringLiteral("few:pw")));
    reach.open();
    Collector all;
    const Scanner scanner(reach.client, {}, all.sink());
    ASSERT_TRUE(eventually([&] { return all.done(); }));
    EXPECT_EQ(all.error->code(), ErrorCode::NoPermission);
    EXPECT_EQ(all.error->parameter(0), QStringLiteral("SCAN"));
}

} // namespace
} // namespace kvscope::test
