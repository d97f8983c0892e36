// Sync, warm orders and the forecast against a real Redis, and a real PostgreSQL as the source.
#include "core/jobs/forecast.h"
#include "core/store/storefactory.h"
#include "tests/support/postgresserver.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/syncrun.h"

namespace kvscope {
namespace {

using namespace test;
using std::chrono::milliseconds;

const Bytes kFollowed = ",\"version\":\"ver\"";
const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";
const Bytes kHash = "{\"type\":\"hash\",\"fields\":[\"name\",\"age\"]}";
const Bytes kString = "{\"type\":\"string\",\"column\":\"name\"}";

struct LiveSync : testing::Test
{
    RedisServer server;
    StoreFactory factory;
    std::unique_ptr<Store> store;

    LiveSync()
    {
        auto made = factory.make(server.url(), Access::ReadWrite);
        EXPECT_TRUE(made);
        store = std::move(*made);
        store->open();
        EXPECT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }
    Bytes run(std::vector<Bytes> argv) const { return server.run(argv); }
    bool comes(std::vector<Bytes> argv, const Bytes &answer) const
    {
        return eventually([&] { return run(argv) == answer; });
    }
};

TEST_F(LiveSync, KeepsEveryKindOfValueInStep)
{
    SqliteFile file(followedTable(100));
    struct Case
    {
        Bytes value;
        Bytes more;
        std::vector<Bytes> ask;
        Bytes answer;
    };
    const Case cases[] = {
        {"{\"type\":\"json\",\"fields\":[\"name\",\"age\"]}",
         kVersioned,
         {"GET", "user:7"},
         "{\"name\":\"new\",\"age\":7,\"_v\":11}"},
        {kHash, kVersioned, {"HGET", "user:7", "name"}, "new"},
        {kHash, kFollowed, {"HGET", "user:7", "name"}, "new"},
        {kString, kVersioned, {"GET", "user:7:_v"}, "11"},
        {kString, kFollowed, {"GET", "user:7"}, "new"},
    };
    for (const Case &each : cases) {
        run({"FLUSHALL"});
        file.run("UPDATE users SET name = 'name ' || id, ver = 10;");
        const Binding binding = usersBinding(file.url(), each.more, each.value);
        ASSERT_FALSE(warm(*store, {.binding = binding}).error);
        run({"EXPIRE", "user:7", "500"});
        RunningSync sync(*store, {.binding = binding, .sweepEvery = milliseconds(100)});
        file.run("UPDATE users SET name = 'new', ver = 11 WHERE id = 7;");
        EXPECT_TRUE(comes(each.ask, each.answer)) << each.answer;
        // The value changed; its time to live is the user's.
        EXPECT_GT(std::stoi(run({"TTL", "user:7"})), 400);
        file.run("DELETE FROM users WHERE id = 8;");
        EXPECT_TRUE(comes({"EXISTS", "user:8"}, "0"));
        file.run("INSERT INTO users VALUES(8, 'name 8', 8, 10);");
        const SyncReport report = sync.stop();
        EXPECT_EQ(report.removed, 1);
        const Checked checked = check(*store, atOnce(binding));
        EXPECT_EQ(checked.count(EntryClass::Stale) + checked.count(EntryClass::Orphan), 0);
    }
}

TEST_F(LiveSync, FollowsAWriterThatDoesNotStop)
{
    SqliteFile file(followedTable(2'000));
    const Binding binding = usersBinding(file.url(), kVersioned);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    RunningSync sync(*store, {.binding = binding});
    for (int round = 1; round <= 40; ++round)
        file.run("UPDATE users SET age = age + 1, ver = " + std::to_string(10 + round) +
                 " WHERE id % 40 = " + std::to_string(round % 40) + ';');
    const Bytes expected = "{\"name\":\"name 40\",\"age\":41,\"_v\":50}";
    EXPECT_TRUE(comes({"GET", "user:40"}, expected));
    const SyncReport report = sync.stop();
    EXPECT_EQ(report.written, 2'000);
    EXPECT_GT(report.lag.count(), 0U);
    const Checked checked = check(*store, atOnce(binding));
    EXPECT_EQ(checked.count(EntryClass::Match), 2'000);
}

TEST_F(LiveSync, OutlivesARestartOfTheStore)
{
    SqliteFile file(followedTable(50));
    RunningSync sync(*store, {.binding = usersBinding(file.url(), kFollowed)});
    server.kill();
    file.run("UPDATE users SET name = 'x', ver = 11 WHERE id = 5;");
    server.start();
    EXPECT_TRUE(comes({"GET", "user:5"}, "{\"name\":\"x\",\"age\":5}"));
    sync.stop();
}

TEST_F(LiveSync, HearsPostgresqlTellOfChangesAndRemovals)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    PostgresServer postgres;
    postgres.run("CREATE TABLE users(id int PRIMARY KEY, name text, age int, ver bigint);"
                 "INSERT INTO users SELECT i, 'name ' || i, i % 90, 10 FROM "
                 "generate_series(1, 1000) i;");
    const Binding binding = usersBinding(postgres.url(), kVersioned);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    postgres.run(SyncJob::triggerSql(binding).toStdString());
    // Without polls and sweeps: what comes is what the trigger told of.
    RunningSync sync(*store, {.binding = binding,
                              .pollEvery = std::chrono::hours(1),
                              .sweepEvery = std::chrono::hours(1)});
    postgres.run("UPDATE users SET name = 'new', ver = 11 WHERE id = 7;");
    EXPECT_TRUE(comes({"GET", "user:7"}, "{\"name\":\"new\",\"age\":7,\"_v\":11}"));
    postgres.run("DELETE FROM users WHERE id = 8;");
    EXPECT_TRUE(comes({"EXISTS", "user:8"}, "0"));
    EXPECT_EQ(sync.stop().removed, 1);
}

TEST_F(LiveSync, FollowsPostgresqlWithoutATriggerToo)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    PostgresServer postgres;
    postgres.run("CREATE TABLE users(id int PRIMARY KEY, name text, age int, ver timestamptz);"
                 "INSERT INTO users SELECT i, 'name ' || i, i % 90, now() - interval '1 day' FROM "
                 "generate_series(1, 1000) i;");
    const Binding binding = usersBinding(postgres.url(), kVersioned);
    RunningSync sync(*store, {.binding = binding, .sweepEvery = milliseconds(100)});
    // Committed after a later one: by its version it lies behind the watermark.
    postgres.run("UPDATE users SET name = 'b', ver = now() WHERE id = 2;");
    EXPECT_TRUE(comes({"EXISTS", "user:2"}, "1"));
    postgres.run("UPDATE users SET name = 'a', ver = now() - interval '1 second' WHERE id = 1;");
    EXPECT_TRUE(comes({"EXISTS", "user:1"}, "1"));
    postgres.run("DELETE FROM users WHERE id = 2;");
    EXPECT_TRUE(comes({"EXISTS", "user:2"}, "0"));
    EXPECT_EQ(sync.stop().written, 3);
}

TEST_F(LiveSync, ForecastsWhatRedisTakesWithinATenth)
{
    struct Case
    {
        Bytes value;
        Bytes more;
        int nameBytes;
    };
    const Bytes json = "{\"type\":\"json\",\"fields\":[\"name\",\"age\"]}";
    const Bytes ttl = ",\"ttl\":{\"seconds\":5000}";
    const auto used = [&] {
        const Bytes info = run({"INFO", "memory"});
        return std::stoll(info.substr(info.find("used_memory:") + 12));
    };
    for (const Case &each : {Case{json, "", 20}, Case{json, ttl, 200}, Case{kString, ttl, 1'000},
                             Case{kHash, "", 20}, Case{kHash, ttl, 100}}) {
        run({"FLUSHALL", "SYNC"});
        SqliteFile file(usersTable(50'000));
        file.run("UPDATE users SET name = printf('%" + std::to_string(each.nameBytes) + "d', id);");
        const Binding binding = usersBinding(file.url(), each.more, each.value);
        JobControl control;
        auto rows = BoundRows::open(binding, {}, control.token());
        ASSERT_TRUE(rows);
        const auto forecast = forecastMemory(binding, *rows, *store);
        ASSERT_TRUE(forecast);
        EXPECT_EQ(forecast->rows, 50'000);
        const auto before = used();
        ASSERT_FALSE(warm(*store, {.binding = binding}).error);
        const double took = static_cast<double>(used() - before);
        const auto told = static_cast<double>(forecast->neededBytes().value_or(0));
        EXPECT_NEAR(told / took, 1, 0.1) << each.value << each.more << ' ' << told << ' ' << took;
    }
}

TEST_F(LiveSync, RefusesAWarmUpThatRedisWouldRefuse)
{
    run({"CONFIG", "SET", "maxmemory", "4mb"});
    SqliteFile file(usersTable(100'000));
    const Warmed warmed = warm(*store, {.binding = usersBinding(file.url())});
    ASSERT_TRUE(warmed.error);
    EXPECT_EQ(warmed.error->code(), ErrorCode::DoesNotFit);
    EXPECT_EQ(run({"DBSIZE"}), "0");
    run({"CONFIG", "SET", "maxmemory-policy", "allkeys-lru"});
    const Warmed evicting = warm(*store, {.binding = usersBinding(file.url()), .rate = 20'000});
    ASSERT_TRUE(evicting.error);
    EXPECT_EQ(evicting.error->code(), ErrorCode::EvictionsRose);
}

TEST_F(LiveSync, RefreshesWhatIsAskedForMostFirst)
{
    run({"CONFIG", "SET", "maxmemory-policy", "allkeys-lfu"});
    run({"CONFIG", "SET", "lfu-log-factor", "0"});
    SqliteFile file(usersTable(500));
    const Binding binding = usersBinding(file.url(), kVersioned);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    for (int i = 0; i < 50; ++i) {
        run({"GET", "user:400"});
        if (i % 2 == 0) run({"GET", "user:300"});
    }
    JobControl control;
    auto rows = BoundRows::open(binding, {}, control.token());
    ASSERT_TRUE(rows && forecastMemory(binding, *rows, *store));
    auto ranked = WarmOrderRows::rank({WarmOrder::Kind::Lfu}, binding, *rows, *store, control, 2);
    ASSERT_TRUE(ranked);
    ASSERT_EQ(ranked->size(), 2U);
    RowPage page;
    ASSERT_TRUE(ranked->read(*rows, 1, page));
    EXPECT_EQ(page.text(0, 0), "400");
    ASSERT_TRUE(ranked->read(*rows, 1, page));
    EXPECT_EQ(page.text(0, 0), "300");
}

TEST_F(LiveSync, FollowsPostgresqlWhateverTheTypesOfItsOrder)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    PostgresServer postgres;
    // The last one takes no lowest value that we know of.
    const std::pair<Bytes, Bytes> cases[] = {
        {"uuid", "('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid"},
        {"timestamptz", "'2024-01-01 00:00:00+00'::timestamptz + i * interval '1 second'"},
        {"inet", "('10.0.0.' || i)::inet"}};
    for (const auto &[type, value] : cases) {
        run({"FLUSHALL"});
        postgres.run("DROP TABLE IF EXISTS users; CREATE TABLE users(place " + type +
                     " PRIMARY KEY, id int UNIQUE, name text, ver bigint);"
                     "INSERT INTO users SELECT " +
                     value + ", i, 'name ' || i, 10 FROM generate_series(1, 100) i;");
        const auto binding = Binding::parse(
            "{\"name\":\"users\",\"source\":\"" + postgres.url().toStdString() +
            "\",\"rows\":\"SELECT place, id, name, ver FROM users\",\"order\":[\"place\"],\"key\":"
            "\"user:{id}\",\"value\":{\"type\":\"string\",\"column\":\"name\"},\"version\":"
            "\"ver\"}");
        ASSERT_TRUE(binding);
        RunningSync sync(*store, {.binding = *binding});
        postgres.run("UPDATE users SET name = 'new', ver = 11 WHERE id = 7;");
        EXPECT_TRUE(comes({"GET", "user:7"}, "new")) << type;
        // A tie, lower in the order: found where the poll begins in front of it.
        if (type != "inet") {
            postgres.run("UPDATE users SET name = 'late', ver = 11 WHERE id = 3;");
            EXPECT_TRUE(comes({"GET", "user:3"}, "late")) << type;
        }
        EXPECT_TRUE(sync.remarks().isEmpty()) << sync.remarks().join(u'|').toStdString();
        sync.stop();
    }
}

TEST_F(LiveSync, GoesOnAfterTheDatabaseCutItOff)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    PostgresServer postgres;
    postgres.run("CREATE TABLE users(id int PRIMARY KEY, name text, age int, ver bigint);"
                 "INSERT INTO users SELECT i, 'name ' || i, i % 90, 10 FROM "
                 "generate_series(1, 100) i;");
    RunningSync sync(*store, {.binding = usersBinding(postgres.url(), kFollowed)});
    postgres.run("UPDATE users SET name = 'before', ver = 11 WHERE id = 7;");
    EXPECT_TRUE(comes({"GET", "user:7"}, "{\"name\":\"before\",\"age\":7}"));
    postgres.kill();
    postgres.start();
    postgres.run("UPDATE users SET name = 'after', ver = 12 WHERE id = 8;");
    EXPECT_TRUE(comes({"GET", "user:8"}, "{\"name\":\"after\",\"age\":8}"));
    sync.stop();
}

} // namespace
} // namespace kvscope
