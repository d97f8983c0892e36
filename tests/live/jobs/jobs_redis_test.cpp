// Warm-up and check against a real Redis: classes, guards, expiries and hashes.
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;

const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";
const Bytes kWithTtl = ",\"ttl\":{\"seconds\":1000,\"jitter\":0.1,\"min_seconds\":100}";

struct RedisJobs : testing::Test
{
    RedisServer server;
    StoreFactory factory;
    std::unique_ptr<Store> store;

    RedisJobs()
    {
        auto made = factory.make(server.url(), Access::ReadWrite);
        EXPECT_TRUE(made);
        store = std::move(*made);
        store->open();
        EXPECT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }

    Bytes run(std::vector<Bytes> argv) const { return server.run(argv); }
    Bytes held(const Bytes &key) const { return run({"GET", key}); }
    void put(const Bytes &key, const Bytes &value, const char *ttlSeconds = "500")
    {
        run({"SET", key, value, "EX", ttlSeconds});
    }
};

TEST_F(RedisJobs, FillsAbsentKeysWithSpreadExpiries)
{
    SqliteFile file(usersTable(5'000));
    run({"SET", "user:3", "mine"});
    const Warmed warmed = warm(*store, {.binding = usersBinding(file.url(), kWithTtl)});
    ASSERT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.rows, 5'000);
    EXPECT_EQ(warmed.report.written, 4'999);
    EXPECT_EQ(warmed.report.newerKept, 1);
    EXPECT_EQ(held("user:3"), "mine");
    EXPECT_EQ(held("user:1"), "{\"name\":\"name 1\",\"age\":1}");
    std::set<Bytes> seconds;
    for (int i = 10; i < 110; ++i) {
        const Bytes left = run({"TTL", "user:" + std::to_string(i)});
        EXPECT_GE(std::stoi(left), 890);
        EXPECT_LE(std::stoi(left), 1'100);
        seconds.insert(left);
    }
    EXPECT_GT(seconds.size(), 40U);
}

TEST_F(RedisJobs, ReplacesOlderVersionsInOneStepAndKeepsNewerOnes)
{
    SqliteFile file(usersTable(6));
    put("user:1", "{\"name\":\"x\",\"age\":1,\"_v\":9}");
    put("user:2", "{\"name\":\"x\",\"age\":1,\"_v\":11}");
    put("user:3", "{\"_v\" : 9.5, \"name\":\"x\"}");
    put("user:4", "not json");
    run({"HSET", "user:5", "a", "b"});
    const Binding binding = usersBinding(file.url(), kVersioned);
    const Warmed warmed = warm(*store, {.binding = binding});
    ASSERT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.written, 3);
    EXPECT_EQ(warmed.report.newerKept, 2);
    EXPECT_EQ(warmed.report.skipped, 1);
    EXPECT_EQ(held("user:1"), "{\"name\":\"name 1\",\"age\":1,\"_v\":10}");
    EXPECT_EQ(held("user:3"), "{\"name\":\"name 3\",\"age\":3,\"_v\":10}");
    EXPECT_EQ(held("user:2"), "{\"name\":\"x\",\"age\":1,\"_v\":11}");
    // No expiry was asked for, so the old one stays.
    EXPECT_GT(std::stoi(run({"TTL", "user:1"})), 400);
    EXPECT_EQ(run({"TTL", "user:6"}), "-1");
    // The server forgets its scripts: nothing is lost.
    run({"SCRIPT", "FLUSH"});
    put("user:1", "{\"name\":\"x\",\"age\":1,\"_v\":9}");
    EXPECT_EQ(warm(*store, {.binding = binding}).report.written, 1);
}

TEST_F(RedisJobs, ComparesVersionsBeyondADouble)
{
    SqliteFile file(usersTable(2));
    file.run("UPDATE users SET ver = 9007199254740993 WHERE id = 1;"
             "UPDATE users SET ver = 9007199254740992 WHERE id = 2;");
    put("user:1", "{\"name\":\"x\",\"age\":1,\"_v\":9007199254740992}");
    put("user:2", "{\"name\":\"x\",\"age\":1,\"_v\":9007199254740993}");
    const Warmed warmed = warm(*store, {.binding = usersBinding(file.url(), kVersioned)});
    EXPECT_EQ(warmed.report.written, 1);
    EXPECT_EQ(warmed.report.newerKept, 1);
    EXPECT_EQ(held("user:2"), "{\"name\":\"x\",\"age\":1,\"_v\":9007199254740993}");
}

// Times with a zone are beyond the script: they are compared here, whatever the value's type.
TEST_F(RedisJobs, ReplacesOlderVersionsThatTheServerCantCompare)
{
    SqliteFile file("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, ver TEXT);"
                    "INSERT INTO users VALUES(1, 'a', 1, '2026-01-02 10:00:00+01'),"
                    "(2, 'b', 2, '2026-01-02 10:00:00+01');");
    for (const char *value : {"{\"type\":\"hash\",\"fields\":[\"name\"]}",
                              "{\"type\":\"string\",\"column\":\"name\"}"}) {
        run({"FLUSHDB"});
        const bool hash = Bytes(value).find("hash") != Bytes::npos;
        const char *const versions[] = {"2026-01-02 08:59:59Z", "2026-01-02 09:00:01Z"};
        for (const Bytes id : {"1", "2"}) {
            const Bytes version = versions[id == "1" ? 0 : 1];
            if (hash)
                run({"HSET", "user:" + id, "name", "old", "_v", version});
            else
                run({"MSET", "user:" + id, "old", "user:" + id + ":_v", version});
        }
        const Warmed warmed =
            warm(*store, {.binding = usersBinding(file.url(), kVersioned, value)});
        ASSERT_FALSE(warmed.error);
        EXPECT_EQ(warmed.report.written, 1);
        EXPECT_EQ(warmed.report.newerKept, 1);
        const auto name = [&](const Bytes &id) {
            return hash ? run({"HGET", "user:" + id, "name"}) : run({"GET", "user:" + id});
        };
        EXPECT_EQ(name("1"), "a");
        EXPECT_EQ(name("2"), "old");
    }
}

TEST_F(RedisJobs, FindsEveryClassOfDifference)
{
    SqliteFile file(usersTable(3'000));
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"DEL", "user:10"});
    put("user:11", "{\"name\":\"old\",\"age\":1,\"_v\":9}");
    put("user:12", "{\"name\":\"new\",\"age\":1,\"_v\":11}");
    put("user:13", "{\"name\":\"odd\",\"age\":1,\"_v\":10}");
    put("user:14", "{\"name\":\"name 14\",");
    run({"DEL", "user:19"});
    run({"RPUSH", "user:19", "a list"});
    put("user:99999", "{\"name\":\"gone\",\"age\":1,\"_v\":10}");
    run({"PERSIST", "user:15"});
    run({"EXPIRE", "user:16", "2000"});
    run({"EXPIRE", "user:17", "50"});
    put("user:18", "{ \"_v\": 10.0, \"age\": 18, \"name\": \"name 18\" }");
    put("user:7:posts", "of another binding");
    put("user:x", "of another binding");
    const Checked checked = check(*store, atOnce(binding));
    ASSERT_FALSE(checked.error);
    using Keys = std::vector<Bytes>;
    EXPECT_EQ(checked.keys(EntryClass::Missing), Keys{"user:10"});
    EXPECT_EQ(checked.keys(EntryClass::Stale), Keys{"user:11"});
    EXPECT_EQ(checked.keys(EntryClass::Ahead), Keys{"user:12"});
    EXPECT_EQ(checked.keys(EntryClass::Diverged), Keys{"user:13"});
    EXPECT_EQ(checked.keys(EntryClass::Corrupt), (Keys{"user:14", "user:19"}));
    EXPECT_EQ(checked.keys(EntryClass::Orphan), Keys{"user:99999"});
    EXPECT_EQ(checked.keys(EntryClass::TtlNone), Keys{"user:15"});
    EXPECT_EQ(checked.keys(EntryClass::TtlLong), Keys{"user:16"});
    EXPECT_EQ(checked.keys(EntryClass::TtlShort), Keys{"user:17"});
    EXPECT_EQ(checked.count(EntryClass::Match), 2'991);
    EXPECT_EQ(checked.report.compared(), 3'001);
}

TEST_F(RedisJobs, WarmsAndChecksHashes)
{
    SqliteFile file(usersTable(1'000));
    file.run("UPDATE users SET age = NULL WHERE id = 500;");
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl,
                                         "{\"type\":\"hash\",\"fields\":[\"name\",\"age\"]}");
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    EXPECT_EQ(run({"HGET", "user:7", "_v"}), "10");
    EXPECT_EQ(run({"HLEN", "user:500"}), "2");
    run({"HSET", "user:1", "name", "old", "_v", "9"});
    run({"HSET", "user:2", "more", "than asked"});
    run({"HDEL", "user:3", "age"});
    run({"DEL", "user:4"});
    run({"DEL", "user:5"});
    run({"SET", "user:5", "a string", "EX", "500"});
    const Checked checked = check(*store, atOnce(binding));
    ASSERT_FALSE(checked.error);
    using Keys = std::vector<Bytes>;
    EXPECT_EQ(checked.keys(EntryClass::Stale), Keys{"user:1"});
    EXPECT_EQ(checked.keys(EntryClass::Diverged), (Keys{"user:2", "user:3"}));
    EXPECT_EQ(checked.keys(EntryClass::Missing), Keys{"user:4"});
    EXPECT_EQ(checked.keys(EntryClass::Corrupt), Keys{"user:5"});
    EXPECT_EQ(checked.count(EntryClass::Match), 995);
    // A second warm-up mends the old one and leaves the rest alone.
    const Warmed again = warm(*store, {.binding = binding});
    EXPECT_EQ(again.report.written, 2);
    EXPECT_EQ(run({"HGET", "user:1", "name"}), "name 1");
}

TEST_F(RedisJobs, TellsAClearErrorWhenTheServerGoesAway)
{
    SqliteFile file(usersTable(200'000));
    JobControl control;
    auto journal = Journal::open(stateFolder());
    WarmupJob::Sinks sinks;
    bool killed = false;
    sinks.progress = [&](const JobProgress &progress) {
        if (progress.done > 20'000 && !std::exchange(killed, true)) server.kill();
    };
    WarmupJob job(*store, *journal, control, {.binding = usersBinding(file.url()), .rate = 100'000},
                  sinks);
    const auto error = job.run();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::ConnectionLost);
    EXPECT_LT(job.report().rows, 200'000);
}

} // namespace
} // namespace kvscope
