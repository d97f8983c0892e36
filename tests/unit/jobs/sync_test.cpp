// Sync with SQLite and the built-in engine: what changes in the source changes in the store.
#include "core/jobs/repairjob.h"
#include "core/store/enginestore.h"
#include "tests/unit/jobs/syncrun.h"

namespace kvscope {
namespace {

using namespace test;
using std::chrono::milliseconds;

const Bytes kFollowed = ",\"version\":\"ver\"";
const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";

struct Sync : testing::Test
{
    engine::Engine engine{{}};
    EngineStore store{engine, Access::ReadWrite};

    Sync() { store.open(); }
    Bytes held(const Bytes &key) const
    {
        const engine::Handle handle = engine.peek(key);
        return handle ? Bytes(handle.value()) : Bytes();
    }
    bool comes(const Bytes &key, const Bytes &value) const
    {
        return eventually([&] { return held(key) == value; });
    }
};

TEST_F(Sync, BringsWhatChangesAndNothingElse)
{
    SqliteFile file(followedTable(500));
    RunningSync sync(store, {.binding = usersBinding(file.url(), kFollowed)});
    file.run("UPDATE users SET name = 'new', ver = 11 WHERE id = 7;"
             "INSERT INTO users VALUES(501, 'added', 1, 12);");
    EXPECT_TRUE(comes("user:7", "{\"name\":\"new\",\"age\":7}"));
    EXPECT_TRUE(comes("user:501", "{\"name\":\"added\",\"age\":1}"));
    const SyncReport report = sync.stop();
    EXPECT_EQ(engine.size(), 2U);
    EXPECT_EQ(report.rows, 2);
    EXPECT_EQ(report.written, 2);
    EXPECT_EQ(report.lag.count(), 2U);
}

TEST_F(Sync, FindsTiesThatWereCommittedBehindTheWatermark)
{
    SqliteFile file(followedTable(20));
    RunningSync sync(store, {.binding = usersBinding(file.url(), kFollowed)});
    file.run("UPDATE users SET name = 'a', ver = 11 WHERE id = 15;");
    EXPECT_TRUE(comes("user:15", "{\"name\":\"a\",\"age\":15}"));
    // The same version and a lower key, and then a lower version: late commits both.
    file.run("UPDATE users SET name = 'b', ver = 11 WHERE id = 3;");
    EXPECT_TRUE(comes("user:3", "{\"name\":\"b\",\"age\":3}"));
    file.run("UPDATE users SET name = 'c', ver = 13 WHERE id = 4;");
    EXPECT_TRUE(comes("user:4", "{\"name\":\"c\",\"age\":4}"));
    file.run("UPDATE users SET name = 'd', ver = 12 WHERE id = 5;");
    EXPECT_TRUE(comes("user:5", "{\"name\":\"d\",\"age\":5}"));
    // A value that changed under its version.
    file.run("UPDATE users SET name = 'e' WHERE id = 4;");
    EXPECT_TRUE(comes("user:4", "{\"name\":\"e\",\"age\":4}"));
    EXPECT_EQ(sync.stop().written, 5);
}

TEST_F(Sync, DoesNotReadATableOfOneVersionAgain)
{
    SqliteFile file(followedTable(20'000));
    RunningSync sync(store, {.binding = usersBinding(file.url(), kFollowed)});
    for (int i = 1; i <= 5; ++i) {
        const Bytes id = std::to_string(i * 1'000);
        file.run("UPDATE users SET name = 'x', ver = " + std::to_string(10 + i) +
                 " WHERE id = " + id + ';');
        EXPECT_TRUE(
            comes("user:" + id, "{\"name\":\"x\",\"age\":" + std::to_string(i * 1'000 % 90) + "}"));
    }
    EXPECT_EQ(sync.stop().rows, 5);
}

TEST_F(Sync, KeepsWhatCarriesAHigherVersion)
{
    SqliteFile file(followedTable(10));
    engine.set("user:1", "{\"name\":\"newer\",\"age\":1,\"_v\":99}", {}, {});
    engine.set("user:2", "{\"name\":\"older\",\"age\":1,\"_v\":9}", {}, {});
    RunningSync sync(store, {.binding = usersBinding(file.url(), kVersioned)});
    file.run("UPDATE users SET ver = 11 WHERE id < 3;");
    EXPECT_TRUE(comes("user:2", "{\"name\":\"name 2\",\"age\":2,\"_v\":11}"));
    EXPECT_EQ(sync.stop().written, 1);
    EXPECT_EQ(held("user:1"), "{\"name\":\"newer\",\"age\":1,\"_v\":99}");
}

TEST_F(Sync, LeavesAnExpiryAloneWhereTheBindingHasNoRule)
{
    SqliteFile file(followedTable(10));
    const std::int64_t expires = Clock::system().wallMs() + 500'000;
    engine.set("user:1", "{}", {}, {engine::Expiry::Kind::At, expires});
    RunningSync sync(store, {.binding = usersBinding(file.url(), kFollowed)});
    file.run("UPDATE users SET ver = 11 WHERE id = 1;");
    EXPECT_TRUE(comes("user:1", "{\"name\":\"name 1\",\"age\":1}"));
    sync.stop();
    EXPECT_EQ(engine.peek("user:1").expiresAtMs(), expires);
}

TEST_F(Sync, RemovesWhatTheSourceNoLongerHas)
{
    SqliteFile file(followedTable(300));
    const Binding binding = usersBinding(file.url(), kFollowed);
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    engine.set("user:x", "of another binding", {}, {});
    RunningSync sync(store, {.binding = binding, .sweepEvery = milliseconds(100)});
    file.run("DELETE FROM users WHERE id = 7;");
    EXPECT_TRUE(eventually([&] { return !engine.peek("user:7"); }));
    const SyncReport report = sync.stop();
    EXPECT_EQ(report.removed, 1);
    // The two looks that found no row are a second apart.
    EXPECT_GE(report.lag.quantile(1), 1'000'000);
    EXPECT_EQ(engine.size(), 300U);
}

TEST_F(Sync, RemovesNothingWhereMostKeysHaveNoRow)
{
    SqliteFile file(followedTable(10));
    for (int i = 1'000; i < 1'100; ++i) engine.set("user:" + std::to_string(i), "{}", {}, {});
    RunningSync sync(
        store, {.binding = usersBinding(file.url(), kFollowed), .sweepEvery = milliseconds(100)});
    EXPECT_TRUE(eventually([&] { return !sync.remarks().isEmpty(); }));
    EXPECT_EQ(sync.stop().removed, 0);
    EXPECT_EQ(engine.size(), 100U);
}

TEST_F(Sync, GoesOnWhereTheLastRunCameTo)
{
    SqliteFile file(followedTable(50));
    const Binding binding = usersBinding(file.url(), kFollowed);
    std::optional<Checkpoint> checkpoint;
    {
        RunningSync sync(store, {.binding = binding});
        file.run("UPDATE users SET ver = 11 WHERE id = 1;");
        EXPECT_TRUE(comes("user:1", "{\"name\":\"name 1\",\"age\":1}"));
        sync.stop();
        const auto record = sync.record();
        ASSERT_TRUE(record);
        checkpoint = record->checkpoint;
    }
    ASSERT_TRUE(checkpoint);
    file.run("UPDATE users SET ver = 12 WHERE id = 2;"); // while nobody follows
    RunningSync sync(store, {.binding = binding, .resume = checkpoint});
    EXPECT_TRUE(comes("user:2", "{\"name\":\"name 2\",\"age\":2}"));
    sync.stop();
}

TEST_F(Sync, EndsAfterItsTimeWithEverythingBroughtThatWasCommitted)
{
    SqliteFile file(followedTable(50));
    JobControl control;
    auto journal = Journal::open(stateFolder());
    bool changed = false;
    SyncJob::Sinks sinks;
    sinks.status = [&](const SyncStatus &) {
        if (!std::exchange(changed, true))
            file.run("UPDATE users SET name = 'x', ver = 11 WHERE id = 5;");
    };
    SyncJob job(store, *journal, control,
                {.binding = usersBinding(file.url(), kFollowed), .duration = milliseconds(1)},
                sinks);
    EXPECT_FALSE(job.run());
    EXPECT_EQ(job.report().written, 1);
    EXPECT_EQ(held("user:5"), "{\"name\":\"x\",\"age\":5}");
}

TEST_F(Sync, NeedsAVersionAndSaysSo)
{
    SqliteFile file(followedTable(5));
    JobControl control;
    auto journal = Journal::open(stateFolder());
    SyncJob job(store, *journal, control, {.binding = usersBinding(file.url())}, {});
    const auto error = job.run();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::InvalidBinding);
    EXPECT_EQ(error->parameter(0), QStringLiteral("version"));
}

TEST(SyncTrigger, NamesTheTableTheChannelAndTheKeysColumns)
{
    const auto binding = Binding::parse(
        "{\"name\":\"Users 2\",\"source\":\"postgresql://h/d\",\"rows\":\"SELECT id, \\\"Name\\\" "
        "FROM public.users WHERE id > 3;\",\"order\":[\"id\"],\"key\":\"user:{id}:{Name}\","
        "\"value\":{\"type\":\"string\",\"column\":\"Name\"},\"version\":\"id\"}");
    ASSERT_TRUE(binding);
    const QString sql = SyncJob::triggerSql(*binding);
    EXPECT_TRUE(sql.contains(QStringLiteral("ON public.users\n"))) << sql.toStdString();
    EXPECT_TRUE(sql.contains(QStringLiteral("pg_notify('kvscope_users_2'")));
    EXPECT_TRUE(sql.contains(QStringLiteral("json_build_array(OLD.id::text, OLD.\"Name\"::text)")));
}

TEST(SyncTrigger, LeavesThePlaceOfTheTableOpenWhereThereAreMore)
{
    const auto binding = Binding::parse(
        "{\"name\":\"j\",\"source\":\"postgresql://h/d\",\"rows\":\"SELECT a.id, b.v FROM a JOIN b "
        "ON a.id = b.id\",\"order\":[\"id\"],\"key\":\"k:{id}\","
        "\"value\":{\"type\":\"string\",\"column\":\"v\"}}");
    ASSERT_TRUE(binding);
    EXPECT_TRUE(SyncJob::triggerSql(*binding).contains(QStringLiteral("ON YOUR_TABLE")));
}

TEST(SyncListener, ReadsWhatATriggerSends)
{
    EXPECT_EQ(SyncListener::parse(QStringLiteral("[\"1\",\"a\\u4e2d\"]")),
              (SyncListener::Told{"1", "a中"}));
    EXPECT_FALSE(SyncListener::parse(QStringLiteral("[1]")));
    EXPECT_FALSE(SyncListener::parse(QStringLiteral("{}")));
    EXPECT_FALSE(SyncListener::parse({}));
    EXPECT_EQ(SyncListener::channelOf(QStringLiteral("Users-中")),
              QStringLiteral("kvscope_users__"));
}

Binding boundTo(const SqliteFile &file, const Bytes &rows)
{
    const auto binding = Binding::parse(
        "{\"name\":\"users\",\"source\":\"" + file.url().toStdString() + "\",\"rows\":\"" + rows +
        "\",\"order\":[\"id\"],\"key\":\"user:{id}\",\"value\":{\"type\":\"string\",\"column\":"
        "\"name\"},\"version\":\"ver\"}");
    EXPECT_TRUE(binding);
    return *binding;
}

// Text with leading zeros; numbers that SQLite gives no type; both in one column.
TEST_F(Sync, RemovesNoEntryForTheKindOfItsColumn)
{
    const std::pair<Bytes, Bytes> cases[] = {
        {"CREATE TABLE users(id TEXT PRIMARY KEY, name TEXT, ver INTEGER);"
         "INSERT INTO users VALUES('007', 'bond', 1), ('008', 'bill', 1), ('9', 'nine', 1);",
         "SELECT id, name, ver FROM users"},
        {"CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, ver INTEGER);"
         "INSERT INTO users VALUES(7, 'bond', 1), (8, 'bill', 1), (9, 'nine', 1);",
         "SELECT id + 0 AS id, name, ver FROM users"},
        {"CREATE TABLE users(id TEXT PRIMARY KEY, name TEXT, ver INTEGER);"
         "INSERT INTO users VALUES('7', 'bond', 1), ('8', 'bill', 1), ('9', 'nine', 1);",
         "SELECT id || '' AS id, name, ver FROM users"},
        {"CREATE TABLE users(id BLOB PRIMARY KEY, name TEXT, ver INTEGER);"
         "INSERT INTO users VALUES(7, 'bond', 1), ('8', 'bill', 1), (9, 'nine', 1);",
         "SELECT id, name, ver FROM users"}};
    for (const auto &[table, rows] : cases) {
        SqliteFile file("PRAGMA journal_mode=WAL;" + table);
        const Binding binding = boundTo(file, rows);
        ASSERT_FALSE(warm(store, {.binding = binding}).error);
        ASSERT_EQ(engine.size(), 3U) << rows;
        engine.set("user:10", "gone", {}, {});
        RunningSync sync(store, {.binding = binding, .sweepEvery = milliseconds(50)});
        EXPECT_TRUE(eventually([&] { return !engine.peek("user:10"); })) << rows;
        EXPECT_EQ(sync.stop().removed, 1) << rows;
        EXPECT_EQ(engine.size(), 3U) << rows;
        CheckOptions options = atOnce(binding);
        options.repair = Repair::Delete;
        EXPECT_EQ(check(store, options).report.counts.wrong(), 0) << rows;
        engine.clear();
    }
}

TEST_F(Sync, RepairsAnEntryWhoseColumnHasNoType)
{
    SqliteFile file(usersTable(10));
    const Binding binding = boundTo(file, "SELECT id + 0 AS id, name, ver FROM users");
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    engine.set("user:7", "old", {}, {});
    RunRecord record;
    record.kind = QStringLiteral("repair");
    JobControl control;
    auto open = Journal::open(stateFolder());
    ASSERT_TRUE(open);
    const auto begun = open->begin(record);
    ASSERT_TRUE(begun);
    RepairOptions options{.binding = binding, .keys = {"user:7"}, .how = Repair::Refill};
    options.run = begun->id;
    RepairJob job(store, *open, control, options, {});
    EXPECT_FALSE(job.run());
    EXPECT_EQ(job.report().repaired, 1);
    EXPECT_EQ(held("user:7"), "name 7");
}

TEST(SyncSweeps, RestSoThatNothingGoneStaysLongerThanStated)
{
    using std::chrono::seconds;
    const auto rest = [](milliseconds took, milliseconds least = milliseconds(1'000)) {
        return std::chrono::duration_cast<milliseconds>(SyncJob::restAfterSweep(took, least));
    };
    EXPECT_EQ(rest(milliseconds(1)), milliseconds(1'000));
    EXPECT_EQ(rest(milliseconds(200)), milliseconds(4'000));
    // A rest, a sweep and a second between the looks.
    for (const int took : {100, 500, 1'000, 2'000, 4'000})
        EXPECT_LE(rest(milliseconds(took)) + milliseconds(took) + seconds(1), seconds(10)) << took;
    EXPECT_EQ(rest(seconds(60)), seconds(60));
    EXPECT_EQ(rest(seconds(1), std::chrono::hours(1)), std::chrono::hours(1));
}

} // namespace
} // namespace kvscope
