// Warm-up and check against the built-in engine: every class of difference is found, none invented.
#include "core/store/enginestore.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;

struct EngineJobs : testing::Test
{
    engine::Engine engine{{}};
    EngineStore store{engine, Access::ReadWrite};

    EngineJobs() { store.open(); }

    Bytes held(const Bytes &key) const { return Bytes(engine.peek(key).value()); }
    void put(const Bytes &key, const Bytes &value, std::int64_t ttlMs = 0)
    {
        engine::Expiry expiry{engine::Expiry::Kind::None};
        if (ttlMs > 0) expiry = {engine::Expiry::Kind::At, Clock::system().wallMs() + ttlMs};
        engine.set(key, value, {}, expiry);
    }
};

const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";
const Bytes kWithTtl = ",\"ttl\":{\"seconds\":1000,\"jitter\":0.1,\"min_seconds\":100}";

TEST_F(EngineJobs, FillsWhatIsAbsentAndNothingElse)
{
    SqliteFile file(usersTable(5'000));
    put("user:3", "mine");
    const Warmed first = warm(store, {.binding = usersBinding(file.url())});
    ASSERT_FALSE(first.error);
    EXPECT_EQ(first.report.rows, 5'000);
    EXPECT_EQ(first.report.written, 4'999);
    EXPECT_EQ(first.report.newerKept, 1);
    EXPECT_EQ(held("user:1"), "{\"name\":\"name 1\",\"age\":1}");
    EXPECT_EQ(held("user:3"), "mine");
    const Warmed second = warm(store, {.binding = usersBinding(file.url())});
    EXPECT_EQ(second.report.written, 0);
    EXPECT_EQ(second.report.newerKept, 5'000);
}

TEST_F(EngineJobs, WritesNothingInADryRun)
{
    SqliteFile file(usersTable(100));
    put("user:3", "mine");
    const Warmed dry = warm(store, {.binding = usersBinding(file.url()), .dryRun = true});
    EXPECT_EQ(dry.report.written, 99);
    EXPECT_EQ(engine.size(), 1U);
}

TEST_F(EngineJobs, ReplacesOlderVersionsAndKeepsNewerOnes)
{
    SqliteFile file(usersTable(4));
    put("user:1", "{\"name\":\"x\",\"age\":1,\"_v\":9}");
    put("user:2", "{\"name\":\"x\",\"age\":1,\"_v\":11}");
    put("user:3", "{\"_v\" : 9.5, \"name\":\"x\"}");
    put("user:4", "not json");
    const Warmed warmed = warm(store, {.binding = usersBinding(file.url(), kVersioned)});
    ASSERT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.written, 2);
    EXPECT_EQ(warmed.report.newerKept, 2);
    EXPECT_EQ(held("user:1"), "{\"name\":\"name 1\",\"age\":1,\"_v\":10}");
    EXPECT_EQ(held("user:3"), "{\"name\":\"name 3\",\"age\":3,\"_v\":10}");
    EXPECT_EQ(held("user:2"), "{\"name\":\"x\",\"age\":1,\"_v\":11}");
    EXPECT_EQ(held("user:4"), "not json");
}

TEST_F(EngineJobs, ReportsRowsThatHaveNoEntry)
{
    SqliteFile file(
        "CREATE TABLE users(id INTEGER PRIMARY KEY, name, age, ver);"
        "INSERT INTO users VALUES(1, 'a', 1, 1), (2, x'ff', 1, 1), (3, 'c', 1e999, 1);");
    const Warmed warmed = warm(store, {.binding = usersBinding(file.url())});
    EXPECT_EQ(warmed.report.written, 1);
    EXPECT_EQ(warmed.report.skipped, 2);
    const Checked checked = check(store, atOnce(usersBinding(file.url())));
    EXPECT_EQ(checked.count(EntryClass::Match), 1);
    EXPECT_EQ(checked.count(EntryClass::Unknown), 2);
    EXPECT_EQ(checked.report.compared(), 3);
}

TEST_F(EngineJobs, FindsNothingWhereAllIsRight)
{
    SqliteFile file(usersTable(3'000));
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl);
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    put("user:7:posts", "of another binding");
    put("user:x", "of another binding");
    put("account:1", "of another binding");
    const Checked checked = check(store, atOnce(binding));
    ASSERT_FALSE(checked.error);
    EXPECT_EQ(checked.count(EntryClass::Match), 3'000);
    EXPECT_EQ(checked.report.compared(), 3'000);
    EXPECT_TRUE(checked.differences.empty());
    EXPECT_TRUE(checked.report.toJson().value(QStringLiteral("nines")).isNull());
}

TEST_F(EngineJobs, FindsEveryClassOfDifference)
{
    SqliteFile file(usersTable(1'000));
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl);
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    engine.erase("user:10");
    put("user:11", "{\"name\":\"old\",\"age\":1,\"_v\":9}", 500'000);
    put("user:12", "{\"name\":\"new\",\"age\":1,\"_v\":11}", 500'000);
    put("user:13", "{\"name\":\"odd\",\"age\":1,\"_v\":10}", 500'000);
    put("user:14", "{\"name\":\"name 14\",", 500'000);
    put("user:99999", "{\"name\":\"gone\",\"age\":1,\"_v\":10}", 500'000);
    put("user:15", held("user:15"));
    put("user:16", held("user:16"), 2'000'000);
    put("user:17", held("user:17"), 50'000);
    // Looks different and is not.
    put("user:18", "{ \"_v\": 10.0, \"age\": 18, \"name\": \"name 18\" }", 500'000);
    const Checked checked = check(store, atOnce(binding));
    ASSERT_FALSE(checked.error);
    using Keys = std::vector<Bytes>;
    EXPECT_EQ(checked.keys(EntryClass::Missing), Keys{"user:10"});
    EXPECT_EQ(checked.keys(EntryClass::Stale), Keys{"user:11"});
    EXPECT_EQ(checked.keys(EntryClass::Ahead), Keys{"user:12"});
    EXPECT_EQ(checked.keys(EntryClass::Diverged), Keys{"user:13"});
    EXPECT_EQ(checked.keys(EntryClass::Corrupt), Keys{"user:14"});
    EXPECT_EQ(checked.keys(EntryClass::Orphan), Keys{"user:99999"});
    EXPECT_EQ(checked.keys(EntryClass::TtlNone), Keys{"user:15"});
    EXPECT_EQ(checked.keys(EntryClass::TtlLong), Keys{"user:16"});
    EXPECT_EQ(checked.keys(EntryClass::TtlShort), Keys{"user:17"});
    EXPECT_EQ(checked.count(EntryClass::Match), 992);
    EXPECT_EQ(checked.count(EntryClass::Transient), 0);
    EXPECT_EQ(checked.report.compared(), 1'001);
}

TEST_F(EngineJobs, CallsADifferenceThatGoesAwayTransient)
{
    SqliteFile file(usersTable(100));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    const Bytes right = held("user:5");
    put("user:5", "{\"name\":\"late\",\"age\":5}");
    put("user:6", "{\"name\":\"wrong\",\"age\":6}");
    CheckOptions options = atOnce(binding);
    options.recheck = {std::chrono::milliseconds(300)};
    std::jthread writer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        put("user:5", right);
    });
    const Checked checked = check(store, options);
    EXPECT_EQ(checked.count(EntryClass::Transient), 1);
    EXPECT_EQ(checked.keys(EntryClass::Stale), std::vector<Bytes>{"user:6"});
    EXPECT_EQ(checked.count(EntryClass::Match), 98);
}

TEST_F(EngineJobs, ChecksStringsByBytesWithTheirVersionBeside)
{
    SqliteFile file(usersTable(50));
    const Binding binding =
        usersBinding(file.url(), kVersioned, "{\"type\":\"string\",\"column\":\"name\"}");
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    EXPECT_EQ(held("user:9"), "name 9");
    EXPECT_EQ(held("user:9:_v"), "10");
    put("user:9", "name 8");
    put("user:9:_v", "8");
    put("user:10", "later");
    put("user:10:_v", "12");
    const Checked checked = check(store, atOnce(binding));
    EXPECT_EQ(checked.keys(EntryClass::Stale), std::vector<Bytes>{"user:9"});
    EXPECT_EQ(checked.keys(EntryClass::Ahead), std::vector<Bytes>{"user:10"});
    EXPECT_EQ(checked.count(EntryClass::Match), 48);
    EXPECT_EQ(checked.count(EntryClass::Orphan), 0);
}

TEST_F(EngineJobs, NoticesKeysThatTwoRowsMake)
{
    SqliteFile file(usersTable(10));
    Binding binding = usersBinding(file.url());
    binding.key = *KeyTemplate::parse("age:{ver}");
    const Checked checked = check(store, atOnce(binding));
    EXPECT_EQ(checked.report.duplicateKeys, 9);
    EXPECT_EQ(checked.remarks.size(), 1U);
}

TEST_F(EngineJobs, RepairsByDeletingWhatIsWrong)
{
    SqliteFile file(usersTable(20));
    const Binding binding = usersBinding(file.url(), kVersioned);
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    put("user:1", "{\"name\":\"old\",\"age\":1,\"_v\":9}");
    put("user:777", "{}");
    CheckOptions options = atOnce(binding);
    options.repair = Repair::Delete;
    const Checked checked = check(store, options);
    EXPECT_EQ(checked.report.repaired, 2);
    EXPECT_FALSE(engine.peek("user:1"));
    EXPECT_FALSE(engine.peek("user:777"));
}

TEST_F(EngineJobs, RepairsByRefillingWithTheRightExpiry)
{
    SqliteFile file(usersTable(20));
    const Binding binding = usersBinding(file.url(), kWithTtl);
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    put("user:1", "{\"name\":\"old\",\"age\":1}", 500'000);
    put("user:2", held("user:2"));
    engine.erase("user:3");
    CheckOptions options = atOnce(binding);
    options.repair = Repair::Refill;
    EXPECT_EQ(check(store, options).report.repaired, 3);
    const Checked after = check(store, atOnce(binding));
    EXPECT_EQ(after.count(EntryClass::Match), 20);
    EXPECT_TRUE(after.differences.empty());
}

TEST_F(EngineJobs, RefusesToRepairWhereTheBindingLooksWrong)
{
    SqliteFile file(usersTable(500));
    ASSERT_FALSE(warm(store, {.binding = usersBinding(file.url())}).error);
    CheckOptions options =
        atOnce(usersBinding(file.url(), {}, "{\"type\":\"json\",\"fields\":[\"name\",\"ver\"]}"));
    options.repair = Repair::Delete;
    const Checked checked = check(store, options);
    ASSERT_TRUE(checked.error);
    EXPECT_EQ(checked.error->code(), ErrorCode::TooManyDifferences);
    EXPECT_EQ(checked.report.repaired, 0);
    EXPECT_EQ(engine.size(), 500U);
}

TEST_F(EngineJobs, SamplesAboutAsManyRowsAsAsked)
{
    SqliteFile file(usersTable(20'000));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(store, {.binding = binding}).error);
    CheckOptions options = atOnce(binding);
    options.sample = 2'000;
    const Checked checked = check(store, options);
    EXPECT_NEAR(static_cast<double>(checked.report.compared()), 2'000, 200);
    EXPECT_EQ(checked.count(EntryClass::Match), checked.report.compared());
}

TEST_F(EngineJobs, GoesOnWhereACancelledRunEnded)
{
    SqliteFile file(usersTable(50'000));
    const Binding binding = usersBinding(file.url());
    auto journal = Journal::open(stateFolder());
    RunRecord record;
    record.kind = QStringLiteral("warm");
    const auto run = journal->begin(record);
    ASSERT_TRUE(run);
    JobControl control;
    WarmupJob::Sinks sinks;
    sinks.progress = [&](const JobProgress &progress) {
        if (progress.done > 5'000) control.cancel();
    };
    WarmupJob job(store, *journal, control, {.binding = binding, .rate = 50'000, .run = run->id},
                  sinks);
    const auto error = job.run();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::Cancelled);
    ASSERT_LT(job.report().rows, 50'000);
    EXPECT_EQ(static_cast<std::int64_t>(engine.size()), job.report().written);

    const auto record2 = journal->find(run->id);
    ASSERT_TRUE(record2 && record2->checkpoint);
    EXPECT_EQ(record2->checkpoint->counters.at("rows"), job.report().rows);
    const Warmed resumed =
        warm(store, {.binding = binding, .resume = record2->checkpoint, .run = run->id});
    ASSERT_FALSE(resumed.error);
    EXPECT_EQ(resumed.report.rows, 50'000);
    EXPECT_EQ(resumed.report.written, 50'000);
    EXPECT_EQ(engine.size(), 50'000U);
}

TEST_F(EngineJobs, SaysThatTheEngineHoldsNoHashes)
{
    SqliteFile file(usersTable(1));
    const Binding binding =
        usersBinding(file.url(), {}, "{\"type\":\"hash\",\"fields\":[\"name\"]}");
    const Warmed warmed = warm(store, {.binding = binding});
    ASSERT_TRUE(warmed.error);
    EXPECT_EQ(warmed.error->code(), ErrorCode::NotSupported);
}

} // namespace
} // namespace kvscope
