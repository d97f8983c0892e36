// What RedisStore does that an engine needn't: rights, clusters, expiry to the ms, other types.
#include "core/store/casscript.h"
#include "tests/live/storefixture.h"

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

using Status = WriteOutcome::Status;

class StoreOnRedis : public testing::Test
{
  protected:
    std::unique_ptr<Store> open(const QString &url, Access access = Access::ReadWrite,
                                const QString &password = {})
    {
        auto made = m_factory.make(url, access, password);
        EXPECT_TRUE(made);
        if (!made) return nullptr;
        m_trouble = openAndWait(**made);
        return std::move(*made);
    }

    std::unique_ptr<Store> openAs(const RedisServer &server, std::vector<Bytes> rights)
    {
        std::vector<Bytes> command{"ACL", "SETUSER", "limited", "on", ">pw", "~*", "&*"};
        command.insert(command.end(), rights.begin(), rights.end());
        EXPECT_EQ(server.run(command), "OK");
        return open(server.url(QStringLiteral("limited:pw")));
    }

    StoreFactory m_factory;
    std::optional<Error> m_trouble;
};

TEST_F(StoreOnRedis, KeepsTheExpiryToTheMillisecond)
{
    const RedisServer server;
    const auto store = open(server.url());
    server.run({"SET", "k", "1"});
    server.run({"PEXPIREAT", "k", "4102444800123"});
    Calls calls(*store);
    ASSERT_EQ(calls.put("k", "2", ExpectedValue::exactly("1"))->status, Status::Applied);
    ASSERT_EQ(calls.put("k", "3")->status, Status::Applied);
    EXPECT_EQ(server.run({"PEXPIRETIME", "k"}), "4102444800123");
    EXPECT_EQ(server.run({"GET", "k"}), "3");
}

TEST_F(StoreOnRedis, KeepsTheExpiryToTheMillisecondWithoutScripts)
{
    const RedisServer server;
    const auto store = openAs(server, {"+@all", "-@scripting"});
    EXPECT_FALSE(store->capabilities().scripts);
    server.run({"SET", "k", "1"});
    server.run({"PEXPIREAT", "k", "4102444800123"});
    Calls calls(*store);
    ASSERT_EQ(calls.put("k", "2", ExpectedValue::exactly("1"))->status, Status::Applied);
    EXPECT_EQ(server.run({"PEXPIRETIME", "k"}), "4102444800123");
}

TEST_F(StoreOnRedis, TurnsToWatchWhenScriptsAreRefusedWhileItRuns)
{
    const RedisServer server;
    const auto store = openAs(server, {"+@all"});
    EXPECT_TRUE(store->capabilities().scripts);
    server.run({"ACL", "SETUSER", "limited", "-@scripting"});
    Calls calls(*store);
    EXPECT_EQ(calls.put("k", "1", ExpectedValue::absent())->status, Status::Applied);
    EXPECT_FALSE(store->capabilities().scripts);
    EXPECT_EQ(server.run({"GET", "k"}), "1");
}

TEST_F(StoreOnRedis, BringsItsScriptAgainAfterTheServerForgotIt)
{
    const RedisServer server;
    const auto store = open(server.url());
    Calls calls(*store);
    ASSERT_TRUE(calls.put("k", "1", ExpectedValue::absent()));
    server.run({"SCRIPT", "FLUSH"});
    std::vector<WriteRequest> requests(3);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        requests[i].key = "n" + std::to_string(i);
        requests[i].expected = ExpectedValue::absent();
    }
    const auto outcomes = calls.writeAll(requests);
    ASSERT_TRUE(outcomes);
    for (const auto &outcome : *outcomes) EXPECT_EQ(outcome->status, Status::Applied);
    EXPECT_EQ(server.run({"SCRIPT", "EXISTS", casscript::sha()}), "1");
}

TEST_F(StoreOnRedis, LosesNoUpdateWhenManyWritersRace)
{
    for (const bool scripts : {true, false}) {
        const RedisServer server;
        const auto rights =
            scripts ? std::vector<Bytes>{"+@all"} : std::vector<Bytes>{"+@all", "-@scripting"};
        const auto first = openAs(server, rights);
        const auto second = openAs(server, rights);
        server.run({"SET", "n", "0"});
        Lifetime lifetime;
        int applied = 0;
        int answered = 0;
        constexpr int kEach = 200;
        for (int i = 0; i < kEach; ++i) {
            for (Store *store : {first.get(), second.get()}) {
                WriteRequest request;
                request.key = "n";
                request.expected = ExpectedValue::exactly(std::to_string(i));
                request.value = std::to_string(i + 1);
                store->writer().write(
                    {request},
                    lifetime.guard([&](const Result<std::vector<Result<WriteOutcome>>> &r) {
                        ++answered;
                        if (r && r->front() && r->front()->status == Status::Applied) ++applied;
                    }));
            }
            ASSERT_TRUE(eventually([&] { return answered == 2 * (i + 1); }));
        }
        EXPECT_EQ(applied, kEach);
        EXPECT_EQ(server.run({"GET", "n"}), std::to_string(kEach));
    }
}

TEST_F(StoreOnRedis, NeverTurnsAnotherTypeIntoAString)
{
    const RedisServer server;
    for (const auto &store : {open(server.url()), openAs(server, {"+@all", "-@scripting"})}) {
        server.run({"HSET", "h", "f", "v"});
        Calls calls(*store);
        const auto refused = calls.put("h", "x", ExpectedValue::exactly("v"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code(), ErrorCode::WrongType);
        const auto conflict = calls.put("h", "x", ExpectedValue::absent());
        EXPECT_EQ(conflict->status, Status::Conflict);
        EXPECT_FALSE(conflict->current);
        EXPECT_EQ(server.run({"TYPE", "h"}), "hash");
        EXPECT_EQ(calls.expire("h", ExpiryChange::set(100'000))->status, Status::Applied);
        EXPECT_EQ(server.run({"TTL", "h"}), "100");
        EXPECT_EQ(calls.whole("h").error().code(), ErrorCode::UnsupportedType);
        EXPECT_EQ(calls.remove("h")->status, Status::Applied);
        EXPECT_EQ(server.run({"EXISTS", "h"}), "0");
    }
}

TEST_F(StoreOnRedis, TakesReadsOfOtherStoresOfThisProcessOutOfTheHitRatio)
{
    const RedisServer server;
    const auto store = open(server.url());
    server.run({"SET", "there", "1"});
    const auto net = [&]() -> std::pair<std::int64_t, std::int64_t> {
        const auto sample = Calls(*store).sample();
        if (!sample || !sample->hits) return {-1, -1};
        return {std::int64_t(*sample->hits - sample->ownHits),
                std::int64_t(*sample->misses - sample->ownMisses)};
    };
    const auto before = net();
    ASSERT_NE(before.first, -1);
    {
        const auto job = open(server.url(), Access::ReadOnly);
        Calls(*job).read({"there", "not there"}, {ReadPurpose::Job, ReadValue, {}});
        EXPECT_EQ(net(), before);
    }
    EXPECT_EQ(net(), before); // what it looked up stays counted when it has gone
    server.run({"GET", "there"});
    EXPECT_EQ(net(), std::make_pair(before.first + 1, before.second));
}

TEST_F(StoreOnRedis, HasNoVersions)
{
    const RedisServer server;
    const auto store = open(server.url());
    ExpectedValue version;
    version.kind = ExpectedValue::Kind::Version;
    const auto refused = Calls(*store).put("k", "1", version);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::NotSupported);
}

TEST_F(StoreOnRedis, TellsTypeSizeAndMemoryOfEveryType)
{
    const RedisServer server;
    server.run({"SET", "s", "abc"});
    server.run({"HSET", "h", "f", "v", "g", "w"});
    server.run({"RPUSH", "l", "1", "2", "3"});
    server.run({"SADD", "set", "m"});
    server.run({"ZADD", "z", "1", "m", "2", "n"});
    server.run({"XADD", "x", "*", "f", "v"});
    const auto store = open(server.url());
    const int all = ReadType | ReadTtl | ReadSize | ReadMemory;
    const auto entries =
        Calls(*store).read({"s", "h", "l", "set", "z", "x"}, {ReadPurpose::Inspect, all, {}});
    ASSERT_TRUE(entries);
    const std::vector<std::pair<ValueType, std::int64_t>> expected{
        {ValueType::String, 3}, {ValueType::Hash, 2},      {ValueType::List, 3},
        {ValueType::Set, 1},    {ValueType::SortedSet, 2}, {ValueType::Stream, 1}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ((*entries)[i].type, expected[i].first) << i;
        EXPECT_EQ((*entries)[i].size, expected[i].second) << i;
        EXPECT_GT((*entries)[i].memoryBytes, 0) << i;
        EXPECT_FALSE((*entries)[i].encoding.empty()) << i;
    }
    ScanOptions hashes;
    hashes.type = ValueType::Hash;
    EXPECT_EQ(*Calls(*store).keys(hashes), std::vector<Bytes>{"h"});
}

TEST_F(StoreOnRedis, PagesTheElementsOfAHash)
{
    const RedisServer server;
    std::vector<Bytes> command{"HSET", "h"};
    for (int i = 0; i < 2500; ++i) {
        command.push_back("f" + std::to_string(i));
        command.push_back("v" + std::to_string(i));
    }
    server.run(command);
    const auto store = open(server.url());
    std::map<Bytes, Bytes> found;
    Bytes cursor;
    do {
        const auto page = await<ElementPage>([&](auto done) {
            store->reader().readElements("h", ValueType::Hash, cursor, 100, std::move(done));
        });
        ASSERT_TRUE(page);
        EXPECT_EQ(page->total, 2500);
        for (const auto &row : page->rows) found[row.at(0)] = row.at(1);
        cursor = page->next;
    } while (!cursor.empty());
    EXPECT_EQ(found.size(), 2500U);
    EXPECT_EQ(found["f17"], "v17");
}

TEST_F(StoreOnRedis, RefusesWritesOnAReadOnlyConnectionByName)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    const auto store = open(server.url(), Access::ReadOnly);
    EXPECT_TRUE(store->capabilities().readOnly);
    EXPECT_FALSE(store->capabilities().readOnlyReason);
    Calls calls(*store);
    const auto refused = calls.put("k", "w", ExpectedValue::exactly("v"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::ReadOnlyRefused);
    EXPECT_EQ(calls.remove("k").error().code(), ErrorCode::ReadOnlyRefused);
    EXPECT_EQ(calls.rename("k", "l").error().code(), ErrorCode::ReadOnlyRefused);
    EXPECT_EQ(calls.entry("k").value, "v");
}

TEST_F(StoreOnRedis, StaysReadOnlyOnAClusterNode)
{
    const RedisServer server({QStringLiteral("--cluster-enabled"), QStringLiteral("yes")});
    const auto store = open(server.url());
    ASSERT_FALSE(m_trouble);
    const Capabilities capabilities = store->capabilities();
    EXPECT_TRUE(capabilities.readOnly);
    EXPECT_FALSE(capabilities.databases);
    ASSERT_TRUE(capabilities.readOnlyReason);
    EXPECT_EQ(capabilities.readOnlyReason->code(), ErrorCode::ClusterNode);
    EXPECT_EQ(Calls(*store).put("k", "v").error().code(), ErrorCode::ClusterNode);
}

TEST_F(StoreOnRedis, SaysSoWhenAnAnswerShowsThatItIsAClusterNode)
{
    const QStringList cluster{QStringLiteral("--cluster-enabled"), QStringLiteral("yes"),
                              QStringLiteral("--cluster-port"), QStringLiteral("{tls}")};
    const RedisServer first(cluster);
    const RedisServer second(cluster);
    first.run({"CLUSTER", "ADDSLOTSRANGE", "0", "8191"});
    second.run({"CLUSTER", "ADDSLOTSRANGE", "8192", "16383"});
    first.run({"CLUSTER", "MEET", "127.0.0.1", std::to_string(second.port()),
               std::to_string(second.tlsPort())});
    ASSERT_TRUE(eventually([&] {
        return first.run({"CLUSTER", "INFO"}).find("cluster_state:ok") != Bytes::npos;
    }));
    // Without INFO nobody knows beforehand what kind of server this is.
    const auto store = openAs(first, {"+@all", "-info"});
    ASSERT_FALSE(m_trouble);
    ASSERT_FALSE(store->capabilities().readOnly);
    std::vector<bool> told;
    QObject::connect(store.get(), &Store::stateChanged, store.get(),
                     [&] { told.push_back(store->capabilities().readOnly); });
    Calls calls(*store);
    EXPECT_EQ(calls.put("foo", "v").error().code(), ErrorCode::ClusterNode); // slot 12182
    EXPECT_TRUE(eventually([&] { return told == std::vector<bool>{true}; }));
    calls.put("foo", "v");
    calls.read({"foo"});
    EXPECT_EQ(told.size(), 1U);
    EXPECT_EQ(store->state().phase, StoreState::Phase::Ready);
}

TEST_F(StoreOnRedis, SaysWhyAReplicaCantBeWritten)
{
    const RedisServer primary;
    const RedisServer replica({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                               QString::number(primary.port())});
    const auto store = open(replica.url());
    ASSERT_FALSE(m_trouble);
    ASSERT_TRUE(store->capabilities().readOnlyReason);
    EXPECT_EQ(Calls(*store).put("k", "v").error().code(), ErrorCode::ServerReadOnly);
}

TEST_F(StoreOnRedis, WorksForAUserWhoMayOnlyReadValues)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    const auto store = openAs(server, {"-@all", "+type", "+pttl", "+strlen", "+getrange", "+get"});
    ASSERT_FALSE(m_trouble);
    const Capabilities capabilities = store->capabilities();
    EXPECT_FALSE(capabilities.info);
    EXPECT_FALSE(capabilities.scan);
    EXPECT_FALSE(capabilities.scripts);
    EXPECT_FALSE(capabilities.memoryUsage);
    EXPECT_FALSE(capabilities.dump);
    EXPECT_FALSE(capabilities.latencyHistogram);
    Calls calls(*store);
    EXPECT_EQ(calls.entry("k").value, "v");
    EXPECT_EQ(calls.keys().error().code(), ErrorCode::NoPermission);
    const auto sample = calls.sample();
    ASSERT_TRUE(sample);
    ASSERT_TRUE(sample->degraded);
    EXPECT_EQ(sample->degraded->code(), ErrorCode::NoPermission);
    EXPECT_FALSE(sample->hits);
    const auto written = calls.put("k", "w", ExpectedValue::exactly("v"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), ErrorCode::NoPermission);
}

TEST_F(StoreOnRedis, IsReadOnlyForAUserWhoMayWriteNothing)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    const struct
    {
        std::vector<Bytes> rights;
        bool readOnly;
    } rows[] = {
        {{"+@all"}, false},
        {{"+@read", "+@connection"}, true},
        {{"+@read", "+@connection", "+@scripting"}, true},
        {{"+@all", "-@write"}, true},
        {{"+@all", "-set"}, false}, // it may delete
        {{"resetkeys", "%R~*", "+@all"}, true},
        {{"resetkeys", "%R~*", "%RW~mine:*", "+@all"}, false},
        {{"resetkeys", "%R~*", "+@all", "-@admin"}, false}, // it may not ask for its patterns
    };
    for (const auto &row : rows) {
        SCOPED_TRACE(testing::PrintToString(row.rights));
        server.run({"ACL", "DELUSER", "limited"});
        const auto store = openAs(server, row.rights);
        ASSERT_FALSE(m_trouble);
        EXPECT_EQ(store->capabilities().readOnly, row.readOnly);
        const auto reason = store->capabilities().readOnlyReason;
        EXPECT_EQ(reason.has_value() && reason->code() == ErrorCode::NoPermission, row.readOnly);
        EXPECT_EQ(server.run({"DBSIZE"}), "1") << "asking leaves nothing behind";
        Calls calls(*store);
        EXPECT_EQ(calls.entry("k").value, "v");
    }
}

TEST_F(StoreOnRedis, BecomesReadOnlyWhenTheRightToWriteIsTakenAway)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    const auto store = openAs(server, {"+@all"});
    EXPECT_FALSE(store->capabilities().readOnly);
    server.run({"ACL", "SETUSER", "limited", "-@write"});
    Calls calls(*store);
    EXPECT_TRUE(eventually([&] {
        const auto written = calls.put("k", "w", ExpectedValue::exactly("v"));
        EXPECT_TRUE(!written && written.error().code() == ErrorCode::NoPermission);
        return store->capabilities().readOnly;
    }));
    EXPECT_EQ(server.run({"GET", "k"}), "v");
}

TEST_F(StoreOnRedis, TellsWhichKeysOfABatchItMayNotSee)
{
    const RedisServer server;
    server.run({"MSET", "mine:1", "a", "yours:1", "b"});
    server.run({"ACL", "SETUSER", "limited", "on", ">pw", "resetkeys", "~mine:*", "+@all"});
    const auto store = open(server.url(QStringLiteral("limited:pw")));
    ASSERT_FALSE(m_trouble);
    EXPECT_TRUE(store->capabilities().memoryUsage);
    Calls calls(*store);
    const auto entries = calls.read({"mine:1", "yours:1"});
    ASSERT_TRUE(entries);
    EXPECT_EQ((*entries)[0].value, "a");
    ASSERT_TRUE((*entries)[1].refused);
    EXPECT_EQ((*entries)[1].refused->code(), ErrorCode::NoPermission);
    EXPECT_EQ(calls.read({"yours:1"}).error().code(), ErrorCode::NoPermission);
}

TEST_F(StoreOnRedis, SaysWhenTheServerIsOutOfMemory)
{
    const RedisServer server({QStringLiteral("--maxmemory"), QStringLiteral("1kb"),
                              QStringLiteral("--maxmemory-policy"), QStringLiteral("noeviction")});
    const auto store = open(server.url());
    const auto refused = Calls(*store).put("k", "v", ExpectedValue::absent());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::OutOfMemory);
}

TEST_F(StoreOnRedis, SelectsAnotherDatabaseForEveryLaterCall)
{
    const RedisServer server;
    const auto store = open(server.url());
    std::vector<int> told;
    QObject::connect(store.get(), &Store::databaseChanged, store.get(),
                     [&](int index) { told.push_back(index); });
    Calls calls(*store);
    calls.put("zero", "0");
    store->selectDatabase(3);
    calls.put("three", "3", ExpectedValue::absent());
    EXPECT_EQ(*calls.keys(), std::vector<Bytes>{"three"});
    EXPECT_TRUE(eventually([&] { return told == std::vector<int>{3}; }));
    EXPECT_EQ(store->database(), 3);
    EXPECT_TRUE(store->name().endsWith(QLatin1String("/3")));
    const auto databases = await<std::vector<DatabaseInfo>>(
        [&](auto done) { store->keySpace().databases(std::move(done)); });
    ASSERT_TRUE(databases);
    ASSERT_EQ(databases->size(), 16U);
    EXPECT_EQ((*databases)[0].keys, 1);
    EXPECT_EQ((*databases)[3].keys, 1);
    store->selectDatabase(99);
    EXPECT_TRUE(eventually([&] { return told == std::vector<int>{3, 3}; }));
    EXPECT_EQ(calls.entry("three").value, "3");
}

TEST_F(StoreOnRedis, KeepsTheOrderOfLargeAndSmallWrites)
{
    const RedisServer server;
    const auto store = open(server.url());
    const Bytes large(3'000'000, 'x');
    Lifetime lifetime;
    std::vector<Bytes> order;
    const auto put = [&](const Bytes &name, const Bytes &value) {
        WriteRequest request;
        request.key = "k";
        request.value = value;
        store->writer().write({request}, lifetime.guard([&order, name](const auto &outcomes) {
            EXPECT_TRUE(outcomes && outcomes->front());
            order.push_back(name);
        }));
    };
    put("large", large);
    put("small", "1");
    put("larger", large + large);
    put("smaller", "0");
    ASSERT_TRUE(eventually([&] { return order.size() == 4; }));
    EXPECT_EQ(order, (std::vector<Bytes>{"large", "small", "larger", "smaller"}));
    EXPECT_EQ(server.run({"GET", "k"}), "0");
}

TEST_F(StoreOnRedis, ReportsAWrongPasswordAndAMissingOne)
{
    RedisServer server({QStringLiteral("--requirepass"), QStringLiteral("secret")});
    open(server.url());
    ASSERT_TRUE(m_trouble);
    EXPECT_EQ(m_trouble->code(), ErrorCode::AuthenticationRequired);
    open(server.url(QStringLiteral(":wrong")));
    ASSERT_TRUE(m_trouble);
    EXPECT_EQ(m_trouble->code(), ErrorCode::AuthenticationFailed);
    const auto store = open(server.url(), Access::ReadWrite, QStringLiteral("secret"));
    EXPECT_FALSE(m_trouble);
    EXPECT_FALSE(store->name().contains(QLatin1String("secret")));
}

TEST_F(StoreOnRedis, EndsEveryCallWhenItIsDestroyed)
{
    RedisServer server;
    auto store = open(server.url());
    server.freeze();
    Lifetime lifetime;
    int answered = 0;
    for (int i = 0; i < 10; ++i)
        store->reader().read({"k"}, {}, lifetime.guard([&](const Result<std::vector<Entry>> &r) {
            ++answered;
            EXPECT_EQ(r.error().code(), ErrorCode::Cancelled);
        }));
    store.reset();
    EXPECT_TRUE(eventually([&] { return answered == 10; }));
    server.thaw();
}

TEST_F(StoreOnRedis, RefusesUrlsOfStoresThatComeLater)
{
    for (const char *url :
         {"redis+cluster://a:1", "redis+sentinel://a:1/m/0", "tiered:?l1=1", "http://a", "engine:x",
          "engine:?memory=lots", "engine:?policy=none", "engine:?memory=1mb&polcy=lru",
          "engine:?=", "engine:?memory=-1", "engine:?memory=1mb&memory=2mb"}) {
        const auto made = m_factory.make(QString::fromLatin1(url), Access::ReadWrite);
        ASSERT_FALSE(made) << url;
        EXPECT_EQ(made.error().code(), ErrorCode::InvalidUrl) << url;
        EXPECT_FALSE(made.error().parameter(1).isEmpty()) << url;
        EXPECT_EQ(StoreFactory::faultOf(QString::fromLatin1(url)), made.error()) << url;
    }
}

} // namespace
} // namespace kvscope::test
