// Repair and undo against a real Redis: every type of value, expiries to the millisecond, nothing
// of what others changed.
#include "core/jobs/window.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;

const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";
const Bytes kWithTtl = ",\"ttl\":{\"seconds\":1000,\"jitter\":0.1,\"min_seconds\":100}";
const Bytes kHash = "{\"type\":\"hash\",\"fields\":[\"name\",\"age\"]}";
const Bytes kString = "{\"type\":\"string\",\"column\":\"name\"}";

struct RedisRepair : testing::Test
{
    RedisServer server{
        {QStringLiteral("--repl-diskless-sync-delay"), QStringLiteral("0")}}; // replicas don't wait
    StoreFactory factory;
    std::unique_ptr<Store> store;

    RedisRepair()
    {
        auto made = factory.make(server.url(), Access::ReadWrite);
        EXPECT_TRUE(made);
        store = std::move(*made);
        store->open();
        EXPECT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }

    Bytes run(std::vector<Bytes> argv) const { return server.run(argv); }
    Bytes held(const Bytes &key) const { return run({"GET", key}); }
    void put(const Bytes &key, const Bytes &value, const Bytes &expiresAtMs)
    {
        run({"SET", key, value, "PXAT", expiresAtMs});
    }

    /// Every key with its DUMP and its absolute expiry.
    std::map<Bytes, std::pair<Bytes, Bytes>> everything() const
    {
        std::map<Bytes, std::pair<Bytes, Bytes>> all;
        for (const QByteArray &key : QByteArray::fromStdString(run({"KEYS", "user:*"})).split('\n'))
            if (!key.isEmpty())
                all[key.toStdString()] = {run({"DUMP", key.toStdString()}),
                                          run({"PEXPIRETIME", key.toStdString()})};
        return all;
    }

    Checked repair(Binding binding, Repair how)
    {
        CheckOptions options = atOnce(std::move(binding));
        options.repair = how;
        return check(*store, options);
    }
};

const Bytes kSoon = "4102444800123"; // 2100: no test is that slow
const Bytes kLater = "4102444811789";

TEST_F(RedisRepair, DeletesWhatIsWrongAndPutsItBackToTheMillisecond)
{
    SqliteFile file(usersTable(200));
    const Binding binding = usersBinding(file.url(), kVersioned);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    put("user:1", "{\"name\":\"old\",\"age\":1,\"_v\":9}", kSoon);
    put("user:2", "not json \x01\xff", kLater);
    run({"DEL", "user:3"});
    run({"RPUSH", "user:3", "a", "list"});
    run({"PEXPIREAT", "user:3", kSoon});
    run({"ZADD", "user:777", "1.5", "an orphan"});
    run({"HSET", "user:778", "another", "orphan"});
    run({"PEXPIREAT", "user:778", kLater});
    const auto before = everything();
    const Checked repaired = repair(binding, Repair::Delete);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.report.repaired, 5);
    for (const char *key : {"user:1", "user:2", "user:3", "user:777", "user:778"})
        EXPECT_EQ(run({"EXISTS", key}), "0") << key;
    EXPECT_EQ(everything().size(), before.size() - 5);
    const Undone undone = undo(*store, repaired.run);
    ASSERT_FALSE(undone.error);
    EXPECT_EQ(undone.report.restored, 5);
    EXPECT_EQ(undone.report.kept, 0);
    EXPECT_EQ(everything(), before);
    // A second undo has nothing left to do.
    EXPECT_EQ(undo(*store, repaired.run).report.restored, 0);
}

TEST_F(RedisRepair, RefillsJsonAndPutsItBack)
{
    SqliteFile file(usersTable(200));
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"SET", "user:1", "{\"name\":\"old\",\"age\":1,\"_v\":9}", "PX", "500123"});
    run({"DEL", "user:2"});
    run({"PERSIST", "user:3"});
    run({"DEL", "user:4"});
    run({"RPUSH", "user:4", "a", "list"}); // whose dump has one order
    const auto before = everything();
    const Checked repaired = repair(binding, Repair::Refill);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.report.repaired, 4);
    EXPECT_EQ(held("user:1"), "{\"name\":\"name 1\",\"age\":1,\"_v\":10}");
    const Checked after = check(*store, atOnce(binding));
    EXPECT_EQ(after.count(EntryClass::Match), 200);
    const Undone undone = undo(*store, repaired.run);
    EXPECT_EQ(undone.report.restored, 4);
    EXPECT_EQ(everything(), before);
}

TEST_F(RedisRepair, RefillsHashesAndPutsThemBack)
{
    SqliteFile file(usersTable(200));
    file.run("UPDATE users SET age = NULL WHERE id = 2;");
    const Binding binding = usersBinding(file.url(), kVersioned, kHash);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"HSET", "user:1", "name", "old", "_v", "9"});
    run({"HSET", "user:2", "more", "than asked"});
    run({"PEXPIREAT", "user:2", kLater});
    run({"DEL", "user:3"});
    run({"SET", "user:3", "a string"});
    const auto before = everything();
    const Checked repaired = repair(binding, Repair::Refill);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.report.repaired, 3);
    EXPECT_EQ(run({"HGET", "user:1", "name"}), "name 1");
    EXPECT_EQ(run({"HLEN", "user:2"}), "2");
    // No rule speaks of expiries, so the one that was there stays.
    EXPECT_EQ(run({"PEXPIRETIME", "user:2"}), kLater);
    EXPECT_EQ(check(*store, atOnce(binding)).count(EntryClass::Match), 200);
    EXPECT_EQ(undo(*store, repaired.run).report.restored, 3);
    EXPECT_EQ(everything(), before);
}

TEST_F(RedisRepair, ChangesAStringAndItsVersionInOneStep)
{
    SqliteFile file(usersTable(200));
    const Binding binding = usersBinding(file.url(), kVersioned, kString);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"SET", "user:1", "old"});
    run({"SET", "user:1:_v", "9"});
    run({"SET", "user:2", "odd"});
    const auto before = everything();
    const Checked filled = repair(binding, Repair::Refill);
    EXPECT_EQ(filled.report.repaired, 2);
    EXPECT_EQ(held("user:1"), "name 1");
    EXPECT_EQ(held("user:1:_v"), "10");
    EXPECT_EQ(undo(*store, filled.run).report.restored, 2);
    EXPECT_EQ(everything(), before);
    const Checked deleted = repair(binding, Repair::Delete);
    EXPECT_EQ(deleted.report.repaired, 2);
    EXPECT_EQ(run({"EXISTS", "user:1", "user:1:_v"}), "0");
    EXPECT_EQ(undo(*store, deleted.run).report.restored, 2);
    EXPECT_EQ(everything(), before);
}

TEST_F(RedisRepair, UndoKeepsAndListsWhatChangedSince)
{
    SqliteFile file(usersTable(200));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    for (const char *key : {"user:1", "user:2", "user:3"})
        run({"SET", key, "{\"name\":\"old\",\"age\":1}"});
    const Checked repaired = repair(binding, Repair::Refill);
    EXPECT_EQ(repaired.report.repaired, 3);
    run({"SET", "user:2", "{\"name\":\"changed\",\"age\":2}"});
    run({"EXPIRE", "user:3", "1000"});
    const Undone undone = undo(*store, repaired.run);
    EXPECT_EQ(undone.report.restored, 1);
    EXPECT_EQ(undone.report.kept, 2);
    EXPECT_EQ(undone.kept, (std::vector<Bytes>{"user:2", "user:3"}));
    EXPECT_EQ(held("user:2"), "{\"name\":\"changed\",\"age\":2}");
    EXPECT_EQ(run({"TTL", "user:3"}), "1000");
}

TEST_F(RedisRepair, NamesKeysThatMoreThanOneRowMakesAndLeavesThemAlone)
{
    SqliteFile file(usersTable(200));
    Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    file.run("ALTER TABLE users ADD COLUMN half INTEGER;"
             "UPDATE users SET half = CASE WHEN id > 2 THEN id ELSE 1 END;");
    binding.rows = QStringLiteral("SELECT id, name, age, half FROM users");
    binding.key = *KeyTemplate::parse("user:{half}");
    const Checked repaired = repair(binding, Repair::Delete);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.keys(EntryClass::Unknown), std::vector<Bytes>{"user:1"});
    EXPECT_EQ(repaired.keys(EntryClass::Orphan), std::vector<Bytes>{"user:2"});
    EXPECT_EQ(repaired.report.repaired, 1);
    EXPECT_EQ(run({"EXISTS", "user:1"}), "1");
}

TEST_F(RedisRepair, CarriesValuesOfAMegabyte)
{
    SqliteFile file(
        "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, ver INTEGER);"
        "INSERT INTO users VALUES (1, hex(zeroblob(524288)), 1, 10), "
        "(2, hex(zeroblob(524288)), 2, 10), (3, 'c', 3, 10);");
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    EXPECT_EQ(run({"STRLEN", "user:1"}), std::to_string(1'048'576 + 19));
    Bytes other = held("user:2");
    other[500'000] = '1';
    run({"SET", "user:2", other});
    const auto before = everything();
    const Checked repaired = repair(binding, Repair::Refill);
    EXPECT_EQ(repaired.report.repaired, 1);
    EXPECT_EQ(check(*store, atOnce(binding)).count(EntryClass::Match), 3);
    EXPECT_EQ(undo(*store, repaired.run).report.restored, 1);
    EXPECT_EQ(everything(), before);
}

TEST_F(RedisRepair, SaysHowManyReplicasHaveIt)
{
    SqliteFile file(usersTable(200));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    CheckOptions options = atOnce(binding);
    options.repair = Repair::Delete;
    options.replicas = 1;
    run({"SET", "user:1", "{}"});
    const Checked alone = check(*store, options);
    ASSERT_TRUE(alone.error);
    EXPECT_EQ(alone.error->code(), ErrorCode::NotReplicated);
    EXPECT_EQ(alone.error->parameter(0), QStringLiteral("0"));
    const RedisServer replica({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                               QString::number(server.port())});
    ASSERT_TRUE(eventually([&] { return replica.run({"EXISTS", "user:200"}) == "1"; }, 20'000));
    run({"SET", "user:1", "{}"});
    const Checked both = check(*store, options);
    EXPECT_FALSE(both.error);
    EXPECT_EQ(both.report.repaired, 1);
    EXPECT_EQ(replica.run({"EXISTS", "user:1"}), "0");
}

// 70 MB: a list that only DUMP can keep, and a string.
TEST_F(RedisRepair, LeavesAloneAndListsWhatIsTooLargeToBePutBack)
{
    SqliteFile file(usersTable(5));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"CONFIG", "SET", "rdbcompression", "no"});
    run({"EVAL",
         "redis.call('DEL', 'user:2') "
         "for i = 1, 70 do redis.call('RPUSH', 'user:2', string.rep('x', 1048576)) end "
         "redis.call('SETRANGE', 'user:777', 70 * 1048576, 'x') "
         "redis.call('SET', 'user:3', '{}')",
         "0"});
    const Checked repaired = repair(binding, Repair::Delete);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.report.repaired, 1);
    EXPECT_EQ(run({"EXISTS", "user:3"}), "0");
    EXPECT_EQ(run({"EXISTS", "user:2", "user:777"}), "2");
    EXPECT_EQ(repaired.leftAlone, (std::vector<Bytes>{"user:2", "user:777"}));
    EXPECT_EQ(undo(*store, repaired.run).report.restored, 1);
}

TEST_F(RedisRepair, MendsWhatIsLargeTogetherLotByLot)
{
    SqliteFile file(usersTable(5));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"CONFIG", "SET", "rdbcompression", "no"});
    run({"EVAL",
         "for k = 1, 3 do redis.call('DEL', 'user:' .. k) for i = 1, 33 do "
         "redis.call('RPUSH', 'user:' .. k, string.rep('x', 1048576)) end end",
         "0"});
    const auto before = everything();
    const Checked repaired = repair(binding, Repair::Refill);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.report.repaired, 3);
    EXPECT_EQ(check(*store, atOnce(binding)).count(EntryClass::Match), 5);
    EXPECT_EQ(undo(*store, repaired.run).report.restored, 3);
    EXPECT_EQ(everything(), before);
}

TEST_F(RedisRepair, LeavesNothingOfItsOwnInTheStore)
{
    SqliteFile file(usersTable(10));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"SET", "user:1", "{}"});
    EXPECT_EQ(repair(binding, Repair::Refill).report.repaired, 1);
    EXPECT_EQ(run({"DBSIZE"}), "10");
}

struct Limited : RedisRepair
{
    std::unique_ptr<Store> limited;

    void login(const std::vector<Bytes> &rules, Access access = Access::ReadOnly)
    {
        std::vector<Bytes> argv{"ACL", "SETUSER", "limited", "reset", "on", ">pw"};
        argv.insert(argv.end(), rules.begin(), rules.end());
        EXPECT_EQ(run(argv), "OK");
        auto made = factory.make(server.url(QStringLiteral("limited:pw")), access);
        ASSERT_TRUE(made);
        limited = std::move(*made);
        limited->open();
        EXPECT_TRUE(eventually([&] { return limited->state().phase == StoreState::Phase::Ready; }));
    }
};

TEST_F(Limited, ChecksDoNotTakeAnExpiryTheyMayNotReadForNone)
{
    SqliteFile file(usersTable(10));
    const Binding binding = usersBinding(file.url(), kWithTtl);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    login({"~*", "+@all", "-pttl"});
    const Checked checked = check(*limited, atOnce(binding));
    EXPECT_FALSE(checked.error);
    EXPECT_EQ(checked.count(EntryClass::TtlNone), 0);
    EXPECT_EQ(checked.count(EntryClass::Unknown), 10);
}

TEST_F(Limited, ChecksFindWhatDiffersBesideKeysTheyMayNotRead)
{
    SqliteFile file(usersTable(20));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    run({"SET", "user:11", "{\"name\":\"old\",\"age\":11}"});
    login({"~user:1*", "+@all"});
    const Checked checked = check(*limited, atOnce(binding));
    EXPECT_FALSE(checked.error);
    EXPECT_EQ(checked.keys(EntryClass::Stale), std::vector<Bytes>{"user:11"});
    EXPECT_EQ(checked.count(EntryClass::Unknown), 9); // 2 to 9 and 20
}

struct WithoutScripts : Limited
{
    WithoutScripts()
    {
        login({"~*", "+@all", "-@scripting", "-eval", "-evalsha", "-script"}, Access::ReadWrite);
        EXPECT_FALSE(limited->capabilities().scripts);
    }

    Checked mend(Binding binding, Repair how)
    {
        CheckOptions options = atOnce(std::move(binding));
        options.repair = how;
        return check(*limited, options);
    }
};

TEST_F(WithoutScripts, RepairsEveryTypeByWatchAndPutsItBackToTheMillisecond)
{
    SqliteFile file(usersTable(50));
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    put("user:1", "{\"name\":\"old\",\"age\":1,\"_v\":9}", kSoon);
    put("user:2", "not json \x01\xff", kLater);
    run({"DEL", "user:3"});
    run({"RPUSH", "user:3", "a", "list"});
    run({"PEXPIREAT", "user:3", kSoon});
    run({"PERSIST", "user:4"});
    run({"ZADD", "user:777", "1.5", "an orphan"});
    const auto before = everything();
    for (const Repair how : {Repair::Delete, Repair::Refill}) {
        const Checked repaired = mend(binding, how);
        ASSERT_FALSE(repaired.error);
        EXPECT_EQ(repaired.report.repaired, 5);
        EXPECT_EQ(run({"EXISTS", "user:777"}), "0");
        if (how == Repair::Refill) {
            EXPECT_EQ(check(*store, atOnce(binding)).count(EntryClass::Match), 50);
        }
        const Undone undone = undo(*limited, repaired.run);
        ASSERT_FALSE(undone.error);
        EXPECT_EQ(undone.report.restored, 5);
        EXPECT_EQ(everything(), before);
    }
    EXPECT_EQ(run({"KEYS", "kvscope:*"}), "");
}

TEST_F(WithoutScripts, RepairsHashesAndStringsWithTheirVersions)
{
    SqliteFile file(usersTable(50));
    for (const Bytes &value : {kHash, kString}) {
        run({"FLUSHALL"});
        const Binding binding = usersBinding(file.url(), kVersioned, value);
        ASSERT_FALSE(warm(*store, {.binding = binding}).error);
        if (value == kHash) {
            run({"HSET", "user:1", "name", "old", "_v", "9"});
            run({"HSET", "user:2", "more", "than asked"});
        } else {
            run({"SET", "user:1", "old"});
            run({"SET", "user:1:_v", "9"});
            run({"SET", "user:2", "odd"});
        }
        const auto before = everything();
        const Checked repaired = mend(binding, Repair::Refill);
        ASSERT_FALSE(repaired.error);
        EXPECT_EQ(repaired.report.repaired, 2);
        EXPECT_EQ(check(*store, atOnce(binding)).count(EntryClass::Match), 50);
        EXPECT_EQ(undo(*limited, repaired.run).report.restored, 2);
        EXPECT_EQ(everything(), before);
    }
}

TEST_F(WithoutScripts, UndoKeepsWhatChangedSince)
{
    SqliteFile file(usersTable(20));
    const Binding binding = usersBinding(file.url());
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    for (const char *key : {"user:1", "user:2", "user:3"})
        run({"SET", key, "{\"name\":\"old\",\"age\":1}"});
    const Checked repaired = mend(binding, Repair::Refill);
    EXPECT_EQ(repaired.report.repaired, 3);
    run({"SET", "user:2", "{\"name\":\"changed\",\"age\":2}"});
    run({"EXPIRE", "user:3", "1000"});
    const Undone undone = undo(*limited, repaired.run);
    EXPECT_EQ(undone.report.restored, 1);
    EXPECT_EQ(undone.kept, (std::vector<Bytes>{"user:2", "user:3"}));
    EXPECT_EQ(held("user:2"), "{\"name\":\"changed\",\"age\":2}");
}

TEST_F(WithoutScripts, FillByVersionsAllTheSame)
{
    SqliteFile file(usersTable(20));
    const Binding binding = usersBinding(file.url(), kVersioned + kWithTtl);
    put("user:1", "{\"name\":\"old\",\"age\":1,\"_v\":9}", kSoon);
    put("user:2", "{\"name\":\"new\",\"age\":2,\"_v\":11}", kSoon);
    const Warmed warmed = warm(*limited, {.binding = binding});
    ASSERT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.written, 19);
    EXPECT_EQ(warmed.report.newerKept, 1);
    EXPECT_EQ(held("user:1"), "{\"name\":\"name 1\",\"age\":1,\"_v\":10}");
    EXPECT_EQ(held("user:2"), "{\"name\":\"new\",\"age\":2,\"_v\":11}");
}

// The lease of one who runs scripts holds for one who may not, and the other way round.
TEST_F(WithoutScripts, TakeTurnsWithThoseWhoHaveThem)
{
    const auto claim = [](Store &by, const Bytes &work) {
        return answerOf<BulkGrant>([&](auto done) {
            by.bulk().claim(
                {.name = "users", .owner = "me", .work = work, .time = std::chrono::seconds(30)},
                std::move(done));
        });
    };
    const auto first = claim(*store, "a");
    ASSERT_TRUE(first && first->granted);
    const auto refused = claim(*limited, "b");
    ASSERT_TRUE(refused);
    EXPECT_FALSE(refused->granted);
    EXPECT_EQ(refused->holder, first->fence.value);
    const auto again = claim(*limited, "a"); // the same work goes on
    ASSERT_TRUE(again && again->granted);
    EXPECT_NE(again->fence.value, first->fence.value);
    BulkStep step;
    step.key = "user:1";
    step.expect = BulkStep::Expect::Absent;
    step.action = BulkStep::Action::PutString;
    step.value = "x";
    const auto change = [&](Store &by, const BulkFence &fence) {
        const BulkChange one(&step, 1);
        const auto answers = answerOf<BulkChangeAnswers>(
            [&](auto done) { by.bulk().change(std::span(&one, 1), fence, std::move(done)); });
        EXPECT_TRUE(answers);
        return answers ? answers->outcomes.at(0) : BulkChanged::Refused;
    };
    EXPECT_EQ(change(*store, first->fence), BulkChanged::Fenced);
    EXPECT_EQ(change(*limited, first->fence), BulkChanged::Fenced);
    EXPECT_EQ(change(*limited, again->fence), BulkChanged::Applied);
    for (Store *one : {limited.get(), store.get()}) {
        const auto kept = answerOf<bool>([&](auto done) {
            one->bulk().renew(again->fence, std::chrono::seconds(30), FencedBy::Store,
                              std::move(done));
        });
        EXPECT_TRUE(kept && *kept);
    }
    const auto released =
        answerOf<bool>([&](auto done) { limited->bulk().release(again->fence, std::move(done)); });
    EXPECT_TRUE(released && *released);
    EXPECT_EQ(run({"KEYS", "kvscope:*"}), "");
}

} // namespace
} // namespace kvscope
