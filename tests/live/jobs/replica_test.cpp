// A replica compared with its primary: what was changed behind the primary's back is found.
#include "core/jobs/replicacheck.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;

TEST(Replica, IsComparedWithItsPrimary)
{
    const RedisServer primary({QStringLiteral("--repl-diskless-sync-delay"), QStringLiteral("0")});
    const RedisServer replica({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                               QString::number(primary.port()),
                               QStringLiteral("--replica-read-only"), QStringLiteral("no")});
    StoreFactory factory;
    const auto first = std::move(*factory.make(primary.url(), Access::ReadWrite));
    const auto second = std::move(*factory.make(replica.url(), Access::ReadOnly));
    for (const auto &store : {first.get(), second.get()}) {
        store->open();
        ASSERT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }
    SqliteFile file(usersTable(3'000));
    const Binding binding = usersBinding(
        file.url(),
        ",\"version\":\"ver\",\"version_field\":\"_v\",\"ttl\":{\"seconds\":1000,\"jitter\":0.1}");
    ASSERT_FALSE(warm(*first, {.binding = binding}).error);
    ASSERT_TRUE(eventually([&] { return replica.run({"DBSIZE"}) == "3000"; }));
    replica.run({"DEL", "user:1"});
    replica.run({"SET", "user:2", "{\"name\":\"old\",\"age\":2,\"_v\":9}", "KEEPTTL"});
    replica.run({"SET", "user:3", "{\"name\":\"new\",\"age\":3,\"_v\":11}", "KEEPTTL"});
    replica.run({"SET", "user:4", "{\"name\":\"odd\",\"age\":4,\"_v\":10}", "KEEPTTL"});
    replica.run({"PERSIST", "user:5"});
    replica.run({"SET", "user:9000", "alone"});
    std::map<Bytes, EntryClass> found;
    CheckJob::Sinks sinks;
    sinks.difference = [&](const Difference &one) { found[one.key] = one.what; };
    JobControl control;
    ReplicaCheck job(*second, *first, control,
                     {.binding = binding, .rate = 0, .recheck = {std::chrono::milliseconds(0)}},
                     sinks);
    ASSERT_FALSE(job.run());
    const std::map<Bytes, EntryClass> expected{
        {"user:1", EntryClass::Missing}, {"user:2", EntryClass::Stale},
        {"user:3", EntryClass::Ahead},   {"user:4", EntryClass::Diverged},
        {"user:5", EntryClass::TtlNone}, {"user:9000", EntryClass::Orphan}};
    EXPECT_EQ(found, expected);
    EXPECT_EQ(job.report().counts[EntryClass::Match], 2'995);
    EXPECT_EQ(job.report().compared(), 3'001);
}

// Chosen by the key, so that the same entries are looked at on both sides.
TEST(Replica, IsComparedByASampleOfItsPrimarysKeys)
{
    const RedisServer primary;
    const RedisServer copy;
    StoreFactory factory;
    const auto first = std::move(*factory.make(primary.url(), Access::ReadWrite));
    const auto second = std::move(*factory.make(copy.url(), Access::ReadWrite));
    for (const auto &store : {first.get(), second.get()}) {
        store->open();
        ASSERT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }
    SqliteFile file(usersTable(20'000));
    const Binding binding = usersBinding(file.url());
    for (const auto &store : {first.get(), second.get()})
        ASSERT_FALSE(warm(*store, {.binding = binding}).error);
    JobControl control;
    ReplicaCheck job(
        *second, *first, control,
        {.binding = binding, .rate = 0, .recheck = {std::chrono::milliseconds(0)}, .sample = 2'000},
        {});
    ASSERT_FALSE(job.run());
    EXPECT_NEAR(static_cast<double>(job.report().compared()), 2'000, 200);
    EXPECT_EQ(job.report().counts[EntryClass::Match], job.report().compared());
}

} // namespace
} // namespace kvscope
