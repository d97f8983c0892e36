// Repair and undo against a real Redis: every type of value, expiries to the millisecond, nothing
// of what others changed.
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

    void login(const std::vector<Bytes> &rules)
    {
        std::vector<Bytes> argv{"ACL", "SETUSER", "limited", "reset", "on", ">pw"};
        argv.insert(argv.end(), rules.begin(), rules.end());
        EXPECT_EQ(run(argv), "OK");
        auto made = factory.make(server.url(QStringLiteral("limited:pw")), Access::ReadOnly);
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

} // namespace
} // namespace kvscope
