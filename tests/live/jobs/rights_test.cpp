// Jobs of users who may do only some of what a server can: what is allowed is used, and what is
// denied is named.
#include "core/jobs/joblease.h"
#include "core/jobs/window.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;
using namespace std::chrono_literals;

const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";
const Bytes kSoon = "4102444800123"; // 2100: no test is that slow
const std::vector<Bytes> kNoScripts{"~*", "+@all", "-@scripting", "-eval", "-evalsha", "-script"};

struct Rights : testing::Test
{
    RedisServer server;
    StoreFactory factory;
    std::unique_ptr<Store> store;

    Bytes run(std::vector<Bytes> argv) const { return server.run(argv); }

    void allow(std::vector<Bytes> rules, std::vector<Bytes> more = {}) const
    {
        std::vector<Bytes> argv{"ACL", "SETUSER", "limited", "reset", "on", ">pw"};
        argv.insert(argv.end(), rules.begin(), rules.end());
        argv.insert(argv.end(), more.begin(), more.end());
        EXPECT_EQ(run(argv), "OK");
    }
    void login()
    {
        auto made = factory.make(server.url(QStringLiteral("limited:pw")), Access::ReadWrite);
        ASSERT_TRUE(made);
        store = std::move(*made);
        store->open();
        EXPECT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }
    void login(const std::vector<Bytes> &rules, const std::vector<Bytes> &more = {})
    {
        allow(rules, more);
        login();
    }
    Checked repair(const Binding &binding, Repair how)
    {
        CheckOptions options = atOnce(binding);
        options.repair = how;
        return check(*store, options);
    }
    Result<BulkImages> imageOf(const Bytes &key)
    {
        KeyBatch keys;
        keys.append(key);
        return answerOf<BulkImages>(
            [&](auto done) { store->bulk().images(keys, std::move(done)); });
    }
};

TEST_F(Rights, EitherWayOfAskingForAnExpiryWillDo)
{
    SqliteFile file(usersTable(10));
    const Binding binding = usersBinding(file.url());
    for (const std::vector<Bytes> &denied :
         {std::vector<Bytes>{"-pexpiretime"}, std::vector<Bytes>{"-time"}}) {
        SCOPED_TRACE(denied[0]);
        run({"FLUSHALL"});
        login(kNoScripts, denied);
        ASSERT_FALSE(warm(*store, {.binding = binding}).error);
        run({"SET", "user:1", "{}", "PXAT", kSoon});
        const Checked repaired = repair(binding, Repair::Delete);
        ASSERT_FALSE(repaired.error);
        EXPECT_EQ(repaired.report.repaired, 1);
        const Undone undone = undo(*store, repaired.run);
        ASSERT_FALSE(undone.error);
        EXPECT_EQ(undone.report.restored, 1);
        EXPECT_EQ(run({"GET", "user:1"}), "{}");
        // By the time that is left it is exact to what passes meanwhile.
        EXPECT_NEAR(std::stod(run({"PEXPIRETIME", "user:1"})), std::stod(kSoon), 50);
    }
}

TEST_F(Rights, AnExpiryThatMayNotBeAskedForIsNotTakenForNone)
{
    login(kNoScripts, {"-pexpiretime", "-pttl"});
    run({"SET", "k", "v", "PXAT", kSoon});
    const auto image = imageOf("k");
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code(), ErrorCode::NoPermission);
    EXPECT_EQ(image.error().parameter(0), QStringLiteral("PTTL"));
}

// A script is not taken back where one of its commands is refused; a transaction is not begun.
TEST_F(Rights, WhatWasWrittenBeforeARefusalCanBePutBack)
{
    for (const bool scripts : {false, true}) {
        run({"FLUSHALL"});
        SqliteFile file(usersTable(3));
        const Binding binding =
            usersBinding(file.url(), ",\"ttl\":{\"seconds\":1000,\"min_seconds\":100}");
        login(scripts ? std::vector<Bytes>{"~*", "+@all"} : kNoScripts);
        ASSERT_FALSE(warm(*store, {.binding = binding}).error);
        run({"SET", "user:1", "{}"});
        allow(scripts ? std::vector<Bytes>{"~*", "+@all"} : kNoScripts, {"-pexpireat"});
        const Checked repaired = repair(binding, Repair::Refill);
        ASSERT_TRUE(repaired.error);
        EXPECT_EQ(repaired.error->code(), ErrorCode::NoPermission);
        const bool halfDone = run({"GET", "user:1"}) != "{}";
        auto journal = Journal::open(stateFolder());
        ASSERT_TRUE(journal);
        const auto changes = journal->changes(repaired.run, 0, 10);
        ASSERT_TRUE(changes);
        EXPECT_EQ(halfDone, scripts);
        ASSERT_EQ(changes->size(), halfDone ? 1U : 0U);
        if (halfDone) {
            EXPECT_EQ(changes->front().before.payload, "{}");
        }
    }
}

TEST_F(Rights, ALeaseThatMayNotBeKeptUpNamesThePermission)
{
    for (const std::vector<Bytes> &rules : {kNoScripts, std::vector<Bytes>{"~*", "+@all"}}) {
        run({"FLUSHALL"});
        login(rules);
        const auto lease =
            JobLease::take(*store, {.name = "users", .work = "w", .etcd = {}, .time = 600ms});
        ASSERT_TRUE(lease);
        EXPECT_FALSE((*lease)->whyLost());
        allow(rules, rules == kNoScripts ? std::vector<Bytes>{"-get"}
                                         : std::vector<Bytes>{"-eval", "-evalsha"});
        ASSERT_TRUE(eventually([&] { return (*lease)->whyLost().has_value(); }));
        EXPECT_EQ((*lease)->whyLost()->code(), ErrorCode::NoPermission);
    }
}

TEST_F(Rights, ScriptsThatMayNotBeLoadedAreSentEachTime)
{
    SqliteFile file(usersTable(50));
    const Binding binding = usersBinding(file.url(), kVersioned);
    login({"~*", "+@all", "-script"});
    EXPECT_TRUE(store->capabilities().scripts);
    run({"SET", "user:1", "{\"name\":\"x\",\"age\":1,\"_v\":9}"});
    const Warmed warmed = warm(*store, {.binding = binding});
    ASSERT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.written, 50);
    run({"SET", "user:2", "{}"});
    const Checked repaired = repair(binding, Repair::Delete);
    ASSERT_FALSE(repaired.error);
    EXPECT_EQ(repaired.report.repaired, 1);
    EXPECT_EQ(run({"EXISTS", "user:2"}), "0");
    EXPECT_EQ(undo(*store, repaired.run).report.restored, 1);
    EXPECT_EQ(run({"GET", "user:2"}), "{}");
}

} // namespace
} // namespace kvscope
