// What servers refuse: memory, replicas, cluster nodes. And what no real server does.
#include "tests/live/redis_reach.h"
#include "tests/support/fakeserver.h"

namespace kvscope::test {
namespace {

using Phase = ConnectionState::Phase;

Error answerTo(Reach &reach, std::initializer_list<BytesView> argv)
{
    const Result<Replies> replies = reach.send(Batch(argv));
    if (!replies) return replies.error();
    return serverError((*replies)[0].bytes(), QString::fromStdString(Bytes(*argv.begin())),
                       reach.client.endpoint().place());
}

TEST(RedisRefusals, NameAFullMemory)
{
    const RedisServer server({QStringLiteral("--maxmemory"), QStringLiteral("1"),
                              QStringLiteral("--maxmemory-policy"), QStringLiteral("noeviction")});
    Reach reach(server.url());
    reach.open();
    EXPECT_EQ(answerTo(reach, {"SET", "k", "v"}).code(), ErrorCode::OutOfMemory);
}

TEST(RedisRefusals, NameAReplica)
{
    const RedisServer primary;
    const RedisServer replica({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                               QString::number(primary.port())});
    Reach reach(replica.url());
    reach.open();
    const Error error = answerTo(reach, {"SET", "k", "v"});
    EXPECT_EQ(error.code(), ErrorCode::ServerReadOnly);
    EXPECT_EQ(error.parameter(0), QStringLiteral("SET"));
}

TEST(RedisRefusals, NameAReplicaWithoutItsPrimary)
{
    const RedisServer replica({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                               QString::number(freePort()),
                               QStringLiteral("--replica-serve-stale-data"), QStringLiteral("no")});
    Reach reach(replica.url());
    EXPECT_EQ(reach.open().phase, Phase::Ready);
    EXPECT_TRUE(
        answerTo(reach, {"GET", "k"}).parameter(0).startsWith(QStringLiteral("MASTERDOWN")));
}

TEST(RedisRefusals, NameTheClusterNodeThatHoldsTheKey)
{
    // The bus gets a free port, too: by default it is port + 10000, which may not exist.
    const QStringList cluster{QStringLiteral("--cluster-enabled"), QStringLiteral("yes"),
                              QStringLiteral("--cluster-port"), QStringLiteral("{tls}")};
    const RedisServer first(cluster);
    const RedisServer second(cluster);
    first.run({"CLUSTER", "ADDSLOTSRANGE", "0", "8191"});
    second.run({"CLUSTER", "ADDSLOTSRANGE", "8192", "16383"});
    first.run({"CLUSTER", "MEET", "127.0.0.1", std::to_string(second.port()),
               std::to_string(second.tlsPort())});
    ASSERT_TRUE(eventually([&] {
        return first.run({"CLUSTER", "INFO"}).find("cluster_slots_ok:16384") != Bytes::npos &&
               first.run({"CLUSTER", "INFO"}).find("cluster_state:ok") != Bytes::npos;
    }));
    Reach reach(first.url());
    reach.open();
    const Error error = answerTo(reach, {"GET", "foo"}); // slot 12182
    EXPECT_EQ(error.code(), ErrorCode::ClusterNode);
    EXPECT_EQ(error.parameter(0), QStringLiteral("12182"));
    EXPECT_EQ(error.parameter(1), QStringLiteral("127.0.0.1:%1").arg(second.port()));
}

TEST(FakeServer, ThatSpeaksHttpIsToldToBeAnotherService)
{
    FakeServer fake([](BytesView, int) {
        return FakeServer::Answer{"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", true};
    });
    Reach reach(fake.url());
    const ConnectionState state = reach.open();
    ASSERT_EQ(state.phase, Phase::Failed);
    EXPECT_EQ(state.error->code(), ErrorCode::NotRedis);
    EXPECT_EQ(state.error->parameter(1), QStringLiteral("HTTP/1.1 400 Bad Request"));
}

/// Greets as it should, then answers every call by `garbage`, on its first connection only.
FakeServer::Script onceGarbage(Bytes garbage, bool close = false)
{
    return [garbage, close](BytesView received, int connection) -> FakeServer::Answer {
        if (FakeServer::isGreeting(received)) return {FakeServer::greetingAnswers()};
        if (connection == 0) return {garbage, close};
        return {"+fine\r\n"};
    };
}

TEST(FakeServer, ThatBreaksTheProtocolIsLeftAndReachedAgain)
{
    for (const BytesView garbage :
         {BytesView("$abc\r\n"), BytesView("*2147483647\r\n"), BytesView("!\r\n"),
          BytesView("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")}) {
        FakeServer fake(onceGarbage(Bytes(garbage)));
        Reach reach(fake.url());
        ASSERT_EQ(reach.open().phase, Phase::Ready);
        const Bytes answer = reach.say({"GET", "k"});
        EXPECT_TRUE(answer == "!protocol_error" || answer == "!reply_too_large") << answer;
        ASSERT_TRUE(
            eventually([&] { return fake.connections() == 2 && reach.phase() == Phase::Ready; }));
        EXPECT_EQ(reach.say({"GET", "k"}), "fine");
    }
}

TEST(FakeServer, ThatClosesInTheMiddleOfAReplyLosesEveryOpenCallOnce)
{
    FakeServer fake(onceGarbage("$10\r\n01234", true));
    Reach reach(fake.url());
    reach.open();
    int lost = 0;
    int answered = 0;
    const Lifetime lifetime;
    for (int i = 0; i < 3; ++i) {
        reach.client.send(Batch({"GET", "k"}), lifetime.guard([&](Result<Replies> r) {
            ++answered;
            if (!r && r.error().code() == ErrorCode::ConnectionLost) ++lost;
        }));
    }
    ASSERT_TRUE(eventually([&] { return answered == 3; }));
    EXPECT_EQ(lost, 3);
    ASSERT_TRUE(
        eventually([&] { return fake.connections() == 2 && reach.phase() == Phase::Ready; }));
    EXPECT_EQ(reach.say({"GET", "k"}), "fine");
    EXPECT_EQ(answered, 3);
}

TEST(FakeServer, ThatSpeaksUnaskedIsLeft)
{
    FakeServer fake(onceGarbage("+one\r\n+two too many\r\n"));
    Reach reach(fake.url());
    reach.open();
    EXPECT_EQ(reach.say({"GET", "k"}), "one");
    ASSERT_TRUE(
        eventually([&] { return fake.connections() == 2 && reach.phase() == Phase::Ready; }));
    EXPECT_EQ(reach.say({"GET", "k"}), "fine");
}

TEST(FakeServer, ThatTricklesItsRepliesByteByByteIsUnderstood)
{
    std::size_t at = 0;
    const Bytes reply = "*2\r\n$1\r\na\r\n$2\r\nbc\r\n";
    FakeServer fake([&](BytesView received, int) -> FakeServer::Answer {
        if (FakeServer::isGreeting(received)) return {FakeServer::greetingAnswers()};
        return {
            reply.substr(at++, 1)}; // a byte for each call: the first is complete after nineteen
    });
    Reach reach(fake.url());
    reach.open();
    Result<Replies> first = failure(ErrorCode::Cancelled);
    const Lifetime lifetime;
    reach.client.send(Batch({"GET", "k"}),
                      lifetime.guard([&](Result<Replies> r) { first = std::move(r); }));
    ASSERT_TRUE(eventually([&] {
        const std::size_t before = at;
        reach.client.send(Batch({"PING"}), [](Result<Replies>) {});
        eventually([&] { return at > before || first; }, 200);
        return first.has_value();
    }));
    EXPECT_EQ((*first)[0][1].bytes(), "bc");
}

} // namespace
} // namespace kvscope::test
