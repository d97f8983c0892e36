// Leases: one at a time repairs, and one that was away too long is stopped, with the lease in Redis
// and in a real etcd.
#include "core/jobs/joblease.h"
#include "core/jobs/window.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"

#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <csignal>
#include <gtest/gtest.h>
#include <sys/prctl.h>

namespace kvscope {
namespace {

using namespace test;
using namespace std::chrono_literals;

/// A real etcd of one member; killed with the test.
struct EtcdServer
{
    QTemporaryDir folder;
    QProcess process;
    QString url;

    EtcdServer()
    {
        url = QStringLiteral("http://127.0.0.1:%1").arg(freePort());
        const QString peer = QStringLiteral("http://127.0.0.1:%1").arg(freePort());
        process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("etcd"),
                      {QStringLiteral("--data-dir"), folder.filePath(QStringLiteral("data")),
                       QStringLiteral("--listen-client-urls"), url,
                       QStringLiteral("--advertise-client-urls"), url,
                       QStringLiteral("--listen-peer-urls"), peer,
                       QStringLiteral("--initial-advertise-peer-urls"), peer,
                       QStringLiteral("--initial-cluster"), QStringLiteral("default=") + peer});
        process.waitForStarted();
    }
    ~EtcdServer()
    {
        process.kill();
        process.waitForFinished();
    }
    bool isReady() const { return EtcdLease::take(url, "probe", "-", "-", 2s).has_value(); }
};

struct Leases : testing::Test
{
    RedisServer server;
    StoreFactory factory;
    std::unique_ptr<Store> store;

    Leases()
    {
        auto made = factory.make(server.url(), Access::ReadWrite);
        EXPECT_TRUE(made);
        store = std::move(*made);
        store->open();
        EXPECT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    }

    BulkChanged remove(const Bytes &key, const BulkFence &fence)
    {
        BulkStep step;
        step.key = key;
        step.expect = BulkStep::Expect::String;
        step.expected = "v";
        const std::vector<BulkStep> steps{step};
        const std::vector<BulkChange> changes{steps};
        const auto answers = answerOf<BulkChangeAnswers>(
            [&](auto done) { store->bulk().change(changes, fence, std::move(done)); });
        EXPECT_TRUE(answers);
        return answers ? answers->outcomes.front() : BulkChanged::Refused;
    }
};

TEST_F(Leases, OneHasItAtATimeAndTellsWho)
{
    auto first = JobLease::take(*store, {.name = "users", .work = "run-1"});
    ASSERT_TRUE(first);
    const auto second = JobLease::take(*store, {.name = "users", .work = "run-2"});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::LeaseHeld);
    EXPECT_TRUE(second.error().parameter(1).contains(QStringLiteral("run-1")));
    EXPECT_TRUE(JobLease::take(*store, {.name = "posts", .work = "run-2"}));
    first->reset();
    EXPECT_TRUE(JobLease::take(*store, {.name = "users", .work = "run-2"}));
}

TEST_F(Leases, IsKeptUpForAsLongAsItIsHeld)
{
    const auto first =
        JobLease::take(*store, {.name = "users", .work = "run-1", .etcd = {}, .time = 300ms});
    ASSERT_TRUE(first);
    std::this_thread::sleep_for(1s);
    EXPECT_FALSE(JobLease::take(*store, {.name = "users", .work = "run-2"}));
    EXPECT_FALSE((*first)->whyLost());
}

TEST_F(Leases, TheFenceStopsOneThatWasAwayTooLong)
{
    server.run({"MSET", "a", "v", "b", "v"});
    const auto slow = JobLease::take(*store, {.name = "users", .work = "run-1"});
    ASSERT_TRUE(slow);
    EXPECT_EQ(remove("a", (*slow)->fence()), BulkChanged::Applied);
    server.run({"DEL", "kvscope:lease:users"}); // it expired
    const auto other = JobLease::take(*store, {.name = "users", .work = "run-2"});
    ASSERT_TRUE(other);
    EXPECT_EQ(remove("b", (*slow)->fence()), BulkChanged::Fenced);
    EXPECT_EQ(server.run({"EXISTS", "b"}), "1");
    EXPECT_EQ(remove("b", (*other)->fence()), BulkChanged::Applied);
}

TEST_F(Leases, ARunSucceedsItselfAfterACrash)
{
    const auto dead = JobLease::take(*store, {.name = "users", .work = "run-1"});
    ASSERT_TRUE(dead);
    const auto resumed = JobLease::take(*store, {.name = "users", .work = "run-1"});
    ASSERT_TRUE(resumed);
    server.run({"SET", "a", "v"});
    EXPECT_EQ(remove("a", (*dead)->fence()), BulkChanged::Fenced);
    EXPECT_EQ(remove("a", (*resumed)->fence()), BulkChanged::Applied);
}

TEST_F(Leases, ComeFromEtcdWhereOneIsConfigured)
{
    const EtcdServer etcd;
    ASSERT_TRUE(eventually([&] { return etcd.isReady(); }, 30'000));
    server.run({"MSET", "a", "v", "b", "v"});
    auto first = JobLease::take(*store, {.name = "users", .work = "run-1", .etcd = etcd.url});
    ASSERT_TRUE(first) << first.error().parameters().join(u' ').toStdString();
    const BulkFence old = (*first)->fence();
    EXPECT_EQ(remove("a", old), BulkChanged::Applied);
    // Redis forgets everything it knew of leases; etcd does not.
    server.run({"DEL", "kvscope:lease:users", "kvscope:fence:users"});
    const auto second =
        JobLease::take(*store, {.name = "users", .work = "run-2", .etcd = etcd.url});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), ErrorCode::LeaseHeld);
    first->reset();
    const auto third = JobLease::take(*store, {.name = "users", .work = "run-2", .etcd = etcd.url});
    ASSERT_TRUE(third);
    EXPECT_EQ(remove("b", old), BulkChanged::Fenced);
    // A run goes on under a higher token; its dead self is fenced off.
    const auto resumed =
        JobLease::take(*store, {.name = "users", .work = "run-2", .etcd = etcd.url});
    ASSERT_TRUE(resumed);
    EXPECT_EQ(remove("b", (*third)->fence()), BulkChanged::Fenced);
    EXPECT_EQ(remove("b", (*resumed)->fence()), BulkChanged::Applied);
}

TEST_F(Leases, SaysThatTheEtcdCantBeReached)
{
    const auto lease =
        JobLease::take(*store, {.name = "users",
                                .work = "run-1",
                                .etcd = QStringLiteral("http://127.0.0.1:%1").arg(freePort())});
    ASSERT_FALSE(lease);
    EXPECT_EQ(lease.error().code(), ErrorCode::SourceFailed);
    EXPECT_EQ(lease.error().parameter(0), QStringLiteral("etcd"));
}

} // namespace
} // namespace kvscope
