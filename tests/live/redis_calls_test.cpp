// Calls: answered exactly once, in order, in their place; refused where writes are refused.
#include "tests/live/redis_reach.h"

#include <QThread>

#include <atomic>
#include <thread>

namespace kvscope::test {
namespace {

using namespace std::string_literals;
using Phase = ConnectionState::Phase;

TEST(RedisCalls, CarryAnyBytesThereAndBack)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    Bytes all;
    for (int i = 0; i < 256; ++i) all += char(i);
    for (const Bytes &key : {all, "*[?\\"s, "a\r\nb"s, Bytes(65536, '\xff'), ""s}) {
        EXPECT_EQ(reach.say({"SET", key, all}), "OK");
        EXPECT_EQ(reach.say({"GET", key}), all);
        EXPECT_EQ(server.run({"GET", key}), all);
    }
}

TEST(RedisCalls, AreExecutedInTheOrderTheyWereSentFromOneThread)
{
    const RedisServer server;
    Reach reach(server.url());
    std::vector<std::int64_t> seen;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 2000; ++i) {
        reach.client.send(Batch({"INCR", "n"}), [&](Result<Replies> r) {
            seen.push_back(r ? (*r)[0].integer() : -1);
            ++answered;
        });
        if (i == 1000) reach.client.open(); // half of them were sent before it was asked to connect
    }
    ASSERT_TRUE(eventually([&] { return answered == 2000; }));
    for (int i = 0; i < 2000; ++i) ASSERT_EQ(seen[std::size_t(i)], i + 1);
}

TEST(RedisCalls, MayBeSentFromManyThreadsAtOnce)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    std::atomic<int> right = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                const Bytes text = std::to_string(t) + "/" + std::to_string(i);
                reach.client.send(Batch({"ECHO", text}), [&right, text](Result<Replies> r) {
                    if (r && (*r)[0].bytes() == text) ++right;
                });
            }
        });
    }
    EXPECT_TRUE(eventually([&] { return right == 2000; }));
}

TEST(RedisCalls, KeepTheirPlaceWhenOneIsCancelled)
{
    RedisServer server;
    Reach reach(server.url());
    reach.open();
    server.freeze(); // so that the calls are on their way when one is cancelled
    std::atomic<int> answers = 0;
    std::vector<Bytes> got(3);
    std::vector<RedisClient::CallId> ids;
    for (std::size_t i = 0; i < 3; ++i) {
        ids.push_back(
            reach.client.send(Batch({"ECHO", std::to_string(i)}), [&, i](Result<Replies> r) {
                got[i] = r ? Bytes((*r)[0].bytes()) : r.error().id().toStdString();
                ++answers;
            }));
    }
    reach.client.cancel(ids[1]);
    reach.client.cancel(ids[1]);
    ASSERT_TRUE(eventually([&] { return answers == 1; }));
    server.thaw();
    ASSERT_TRUE(eventually([&] { return answers == 3; }));
    EXPECT_EQ(got, (std::vector<Bytes>{"0", "cancelled", "2"}));
    EXPECT_EQ(reach.say({"ECHO", "after"}), "after");
    EXPECT_EQ(answers, 3);
}

TEST(RedisCalls, TimeOutOnceAndLeaveTheirRepliesToNobodyElse)
{
    RedisServer server;
    Reach reach(server.url());
    reach.open();
    server.freeze();
    const Result<Replies> late = reach.send(Batch({"ECHO", "late"}), {.timeoutMs = 50});
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().code(), ErrorCode::TimedOut);
    EXPECT_EQ(late.error().parameter(0), QStringLiteral("ECHO"));
    server.thaw();
    EXPECT_EQ(reach.say({"ECHO", "next"}), "next");
}

TEST(RedisCalls, AreAllAnsweredOnceWhenTheServerIsKilled)
{
    RedisServer server;
    Reach reach(server.url());
    reach.open();
    server.freeze();
    std::atomic<int> lost = 0;
    std::atomic<int> other = 0;
    for (int i = 0; i < 1000; ++i) {
        reach.client.send(Batch({"SET", "k", Bytes(5000, 'x')}), [&](Result<Replies> r) {
            ++(!r && r.error().code() == ErrorCode::ConnectionLost ? lost : other);
        });
    }
    server.kill();
    ASSERT_TRUE(eventually([&] { return lost + other == 1000; }));
    server.start();
    ASSERT_TRUE(reach.becomes(Phase::Ready));
    EXPECT_EQ(reach.say({"EXISTS", "k"}), "0") << "nothing is sent again behind the caller's back";
    EXPECT_EQ(lost + other, 1000);
}

TEST(RedisCalls, AreAllAnsweredWhenTheClientIsDestroyed)
{
    const RedisServer server;
    std::atomic<int> answered = 0;
    RedisThreads threads;
    {
        RedisClient client(threads, RedisThreads::Lane::Bulk,
                           {.endpoint = *Endpoint::parse(server.url())});
        client.open();
        for (int i = 0; i < 500; ++i)
            client.send(Batch({"DEBUG", "SLEEP", "0"}), [&](Result<Replies>) { ++answered; });
    }
    EXPECT_TRUE(eventually([&] { return answered == 500; }));
}

TEST(RedisCalls, NeverReachAnOwnerThatDied)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    bool called = false;
    {
        const Lifetime owner;
        reach.client.send(Batch({"PING"}), owner.guard([&](Result<Replies>) { called = true; }));
    }
    EXPECT_EQ(reach.say({"PING"}), "PONG"); // behind it, so the first has been answered
    EXPECT_FALSE(called);
}

TEST(RedisCalls, MayBeSentFromACallback)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    std::atomic<int> rounds = 0;
    std::function<void()> next = [&] {
        reach.client.send(Batch({"PING"}), [&](Result<Replies> r) {
            if (r && ++rounds < 200) next();
        });
    };
    next();
    EXPECT_TRUE(eventually([&] { return rounds == 200; }));
}

TEST(RedisCalls, ThatWriteAreRefusedByNameBeforeTheSocket)
{
    const RedisServer server;
    Reach reach(server.url(), {.endpoint = {}, .writes = RedisClient::Writes::Refused});
    reach.open();
    const Result<Replies> refused = reach.send(Batch({"set", "k", "v"}));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), ErrorCode::ReadOnlyRefused);
    EXPECT_EQ(refused.error().parameter(0), QStringLiteral("SET"));
    Batch mixed({"GET", "k"});
    mixed.add({"config", "set", "maxmemory", "1"});
    EXPECT_EQ(reach.send(std::move(mixed)).error().parameter(0), QStringLiteral("CONFIG SET"));
    EXPECT_EQ(reach.say({"EVAL", "return redis.call('SET','k','v')", "0"}), "!read_only");
    EXPECT_EQ(reach.say({"GET", "k"}), "");
    EXPECT_EQ(server.run({"DBSIZE"}), "0");
    reach.client.setWrites(RedisClient::Writes::Allowed);
    EXPECT_EQ(reach.say({"SET", "k", "v"}), "OK");
}

TEST(RedisCalls, ActOnTheDatabaseSelectedBeforeThem)
{
    RedisServer server;
    Reach reach(server.url());
    reach.open();
    reach.client.send(Batch({"SET", "k", "zero"}), [](Result<Replies>) {});
    reach.client.selectDatabase(5);
    reach.client.send(Batch({"SET", "k", "five"}), [](Result<Replies>) {});
    EXPECT_EQ(reach.say({"GET", "k"}), "five");
    EXPECT_EQ(server.run({"GET", "k"}), "zero");
    server.run({"CLIENT", "KILL", "TYPE", "normal"});
    ASSERT_TRUE(
        eventually([&] { return reach.states().size() > 3 && reach.phase() == Phase::Ready; }));
    EXPECT_EQ(reach.say({"GET", "k"}), "five") << "the new connection is on it too";
}

TEST(RedisCalls, ForADatabaseThatIsRefusedDoNotRunOnAnother)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    std::optional<Error> refused;
    std::atomic<bool> answered = false;
    reach.client.selectDatabase(4711, [&](Result<int> r) {
        if (!r) refused = r.error();
        answered = true;
    });
    EXPECT_EQ(reach.say({"SET", "k", "v"}), "!server_error");
    ASSERT_TRUE(eventually([&] { return answered.load(); }));
    EXPECT_TRUE(refused.has_value());
    EXPECT_EQ(server.run({"DBSIZE"}), "0");
    EXPECT_EQ(reach.say({"SET", "k", "v"}), "!server_error")
        << "nobody has chosen the old one again yet";
    reach.client.selectDatabase(0);
    EXPECT_EQ(reach.say({"SET", "k", "v"}), "OK");
    EXPECT_EQ(server.run({"GET", "k"}), "v");
}

TEST(RedisCalls, EndInReplyTooLargeAboveTheirLimitAndTheConnectionLives)
{
    const RedisServer server;
    server.run(
        {"EVAL", "for i = 1, 1000 do redis.call('RPUSH', 'l', string.rep('x', 100)) end", "0"});
    Reach reach(server.url());
    reach.open();
    const Result<Replies> large =
        reach.send(Batch({"LRANGE", "l", "0", "-1"}), {.maxReplyBytes = 10'000});
    ASSERT_FALSE(large.has_value());
    EXPECT_EQ(large.error().code(), ErrorCode::ReplyTooLarge);
    EXPECT_EQ(reach.say({"LLEN", "l"}), "1000");
}

TEST(RedisCalls, CarryAValueOfManyMegabytes)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    Bytes value(20U << 20U, 'a');
    value[12'345'678] = '\0';
    EXPECT_EQ(reach.say({"SET", "big", value}), "OK");
    EXPECT_TRUE(reach.say({"GET", "big"}) == value);
}

TEST(RedisCalls, CountTheirOwnHitsAndMissesAsTheServerDoes)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    server.run({"HSET", "h", "f", "v"});
    server.run({"CONFIG", "RESETSTAT"});
    Reach reach(server.url());
    reach.open();
    Batch batch;
    for (const BytesView key : {"k", "h", "none"}) {
        for (const BytesView name : {"GET", "TYPE", "PTTL", "DUMP", "STRLEN", "EXISTS"})
            batch.add({name, key});
        batch.add({"MEMORY", "USAGE", key});
        batch.add({"OBJECT", "IDLETIME", key});
        batch.add({"GETRANGE", key, "0", "10"});
        batch.add({"HSCAN", key, "0"});
    }
    batch.add({"MGET", "k", "k", "none"});
    batch.add({"SCAN", "0"});
    batch.add({"SET", "k", "w"});
    batch.add({"DEL", "none"});
    ASSERT_TRUE(reach.send(std::move(batch)).has_value());
    ASSERT_TRUE(
        reach.send(Batch({"GET", "k"}), {.purpose = CallOptions::Purpose::Traffic}).has_value());
    const Lookups own = reach.client.ownLookups();
    const Bytes stats = server.run({"INFO", "stats"});
    EXPECT_NE(stats.find("keyspace_hits:" + std::to_string(own.hits + 1) + "\r"), Bytes::npos)
        << own.hits << stats;
    EXPECT_NE(stats.find("keyspace_misses:" + std::to_string(own.misses) + "\r"), Bytes::npos)
        << own.misses << stats;
}

} // namespace
} // namespace kvscope::test
