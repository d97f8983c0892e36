// Getting in: passwords, users, sockets, databases, servers that are not ready, and coming back.
#include "tests/live/redis_reach.h"

#include <set>

namespace kvscope::test {
namespace {

using Phase = ConnectionState::Phase;

TEST(RedisConnection, ReachesAPlainServerAndAUnixSocket)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    Reach tcp(server.url());
    EXPECT_EQ(tcp.open().phase, Phase::Ready);
    EXPECT_EQ(tcp.say({"GET", "k"}), "v");
    Reach local(server.unixUrl());
    EXPECT_EQ(local.open().phase, Phase::Ready);
    EXPECT_EQ(local.say({"GET", "k"}), "v");
    EXPECT_EQ(local.say({"CLIENT", "GETNAME"}), "kvscope");
}

TEST(RedisConnection, SelectsTheDatabaseOfItsUrl)
{
    const RedisServer server;
    Reach reach(server.url({}, 7));
    reach.open();
    EXPECT_EQ(reach.say({"SET", "k", "seven"}), "OK");
    EXPECT_EQ(server.run({"GET", "k"}), "(nil)");
    EXPECT_EQ(refusal(server.url({}, 99)), ErrorCode::ServerError);
}

TEST(RedisConnection, NeedsTheRightPassword)
{
    RedisServer server({QStringLiteral("--requirepass"), QStringLiteral("päss/word")});
    EXPECT_EQ(refusal(server.url()), ErrorCode::AuthenticationRequired);
    EXPECT_EQ(refusal(server.url(QStringLiteral(":wrong"))), ErrorCode::AuthenticationFailed);
    EXPECT_EQ(refusal(server.url(QStringLiteral(":p%C3%A4ss%2Fword"))), std::nullopt);
    EXPECT_EQ(refusal(server.url(QStringLiteral("default:päss%2Fword"))), std::nullopt);
}

TEST(RedisConnection, LetsAUserOfFewRightsInAndNamesWhatItMayNotDo)
{
    const RedisServer server;
    server.run({"ACL", "SETUSER", "few", "on", ">pw", "~app:*", "+get"});
    EXPECT_EQ(refusal(server.url(QStringLiteral("few:nope"))), ErrorCode::AuthenticationFailed);
    Reach reach(server.url(QStringLiteral("few:pw")));
    EXPECT_EQ(reach.open().phase, Phase::Ready);
    EXPECT_EQ(reach.say({"GET", "app:1"}), "");
    const Result<Replies> info = reach.send(Batch({"INFO"}));
    ASSERT_TRUE(info.has_value());
    const Error error =
        serverError((*info)[0].bytes(), QStringLiteral("INFO"), QStringLiteral("h"));
    EXPECT_EQ(error.code(), ErrorCode::NoPermission);
    EXPECT_EQ(error.parameter(0), QStringLiteral("INFO"));
    EXPECT_EQ(refusal(server.url(QStringLiteral("few:pw"), 1)), ErrorCode::NoPermission);
}

TEST(RedisConnection, SaysWhyThereIsNoServer)
{
    const QString nobody = QStringLiteral("redis://127.0.0.1:%1").arg(freePort());
    EXPECT_EQ(refusal(nobody), ErrorCode::ConnectionRefused);
    EXPECT_EQ(refusal(QStringLiteral("redis://no-such-host.invalid")), ErrorCode::HostNotFound);
    EXPECT_EQ(refusal(QStringLiteral("redis+unix:///no/such/socket")), ErrorCode::Unreachable);
}

TEST(RedisConnection, RetriesOnlyWhenAskedWhereItNeverGotThrough)
{
    RedisServer server;
    server.kill();
    Reach reach(server.url());
    EXPECT_EQ(reach.open().phase, Phase::Failed);
    EXPECT_EQ(reach.say({"PING"}), "!connection_refused");
    server.start();
    EXPECT_EQ(reach.open().phase, Phase::Ready);
    EXPECT_EQ(reach.say({"PING"}), "PONG");
}

TEST(RedisConnection, WaitsWhileTheServerLoadsItsData)
{
    RedisServer server;
    server.run({"DEBUG", "POPULATE", "1500"});
    server.run({"EVAL", "for i = 1, 1500 do redis.call('SET', 'key:' .. i, i) end", "0"});
    server.run({"SAVE"});
    server.kill();
    server.start({QStringLiteral("--key-load-delay"), QStringLiteral("1000"),
                  QStringLiteral("--loading-process-events-interval-bytes"),
                  QStringLiteral("1024")});
    Reach reach(server.url());
    reach.client.open();
    EXPECT_EQ(reach.say({"DBSIZE"}), "1500") << "the call waited";
    ASSERT_TRUE(reach.lastError().has_value());
    EXPECT_EQ(reach.lastError()->code(), ErrorCode::Loading);
    EXPECT_EQ(reach.phase(), Phase::Ready);
}

TEST(RedisConnection, TellsHowFarALoadingServerIsAndAsksAgainAtOnceWhenTold)
{
    RedisServer server;
    server.run({"EVAL", "for i = 1, 3000 do redis.call('SET', 'key:' .. i, i) end", "0"});
    server.run({"SAVE"});
    server.kill();
    server.start({QStringLiteral("--key-load-delay"), QStringLiteral("1000"),
                  QStringLiteral("--loading-process-events-interval-bytes"),
                  QStringLiteral("1024")});
    // Its patience would end long before the server is ready.
    Reach reach(server.url(), {.endpoint = {}, .loadingPatienceMs = 900});
    reach.client.open();
    std::set<int> percents;
    ASSERT_TRUE(eventually([&] {
        reach.client.open();
        if (const auto error = reach.client.state().error)
            if (const QString percent = error->parameter(1); !percent.isEmpty())
                percents.insert(percent.toInt());
        return reach.phase() == Phase::Ready;
    }));
    EXPECT_GT(percents.size(), 2U);
    for (const ConnectionState &state : reach.states()) EXPECT_NE(state.phase, Phase::Failed);
}

TEST(RedisConnection, EndsACallThatOutlastedItsTimeInWhatTheServerSays)
{
    RedisServer server;
    server.run({"EVAL", "for i = 1, 3000 do redis.call('SET', 'key:' .. i, i) end", "0"});
    server.run({"SAVE"});
    server.kill();
    server.start({QStringLiteral("--key-load-delay"), QStringLiteral("10000"),
                  QStringLiteral("--loading-process-events-interval-bytes"),
                  QStringLiteral("1024")});
    Reach reach(server.url());
    reach.client.open();
    ASSERT_TRUE(eventually([&] { return reach.client.state().error.has_value(); }));
    const auto replies = reach.send(Batch({"GET", "key:1"}), {.timeoutMs = 100});
    ASSERT_FALSE(replies);
    EXPECT_EQ(replies.error().code(), ErrorCode::Loading);
}

TEST(RedisConnection, GivesUpOnAServerThatLoadsForTooLong)
{
    RedisServer server;
    server.run({"EVAL", "for i = 1, 3000 do redis.call('SET', 'key:' .. i, i) end", "0"});
    server.run({"SAVE"});
    server.kill();
    server.start({QStringLiteral("--key-load-delay"), QStringLiteral("10000"),
                  QStringLiteral("--loading-process-events-interval-bytes"),
                  QStringLiteral("1024")});
    EXPECT_EQ(refusal(server.url(), {.endpoint = {}, .loadingPatienceMs = 300}),
              ErrorCode::Loading);
}

TEST(RedisConnection, ComesBackAfterTheServerWasKilledAndStartedAgain)
{
    RedisServer server;
    Reach reach(server.url({}, 3));
    reach.open();
    server.kill();
    ASSERT_TRUE(reach.becomes(Phase::Waiting));
    const ConnectionState waiting = reach.client.state();
    EXPECT_TRUE(waiting.error.has_value());
    EXPECT_GT(waiting.retryInMs, 0);
    EXPECT_GE(waiting.attempt, 1);
    EXPECT_EQ(reach.say({"PING"}).front(), '!') << "a call while it waits is answered at once";
    server.start();
    ASSERT_TRUE(reach.becomes(Phase::Ready));
    EXPECT_EQ(reach.say({"SET", "k", "v"}), "OK");
    EXPECT_EQ(server.run({"GET", "k"}), "(nil)") << "it is on its database again";
}

TEST(RedisConnection, PausesLongerAfterEachFailedAttempt)
{
    RedisServer server;
    Reach reach(server.url());
    reach.open();
    server.kill();
    std::vector<int> pauses;
    eventually([&] {
        pauses.clear();
        for (const ConnectionState &state : reach.states()) {
            if (state.phase == Phase::Waiting) pauses.push_back(state.retryInMs);
        }
        return pauses.size() >= 4;
    });
    ASSERT_GE(pauses.size(), 4U);
    EXPECT_GT(pauses[3], pauses[0] * 2);
}

TEST(RedisConnection, DoesNotComeBackWhereItWasToldNotTo)
{
    RedisServer server;
    Reach reach(server.url(), {.endpoint = {}, .reconnect = RedisClient::Reconnect::Never});
    reach.open();
    server.kill();
    EXPECT_TRUE(reach.becomes(Phase::Failed));
    EXPECT_EQ(reach.client.state().error->code(), ErrorCode::ConnectionLost);
}

TEST(RedisConnection, ClosesAndOpensAgain)
{
    const RedisServer server;
    Reach reach(server.url());
    reach.open();
    reach.client.close();
    EXPECT_TRUE(reach.becomes(Phase::Idle));
    EXPECT_EQ(reach.open().phase, Phase::Ready);
    EXPECT_EQ(reach.say({"PING"}), "PONG");
}

TEST(RedisConnection, TellsThatAServerIsFull)
{
    const RedisServer server;
    server.run({"CONFIG", "SET", "maxclients", "1"});
    Reach first(server.unixUrl());
    first.open();
    Reach second(server.url());
    const ConnectionState state = second.open();
    ASSERT_EQ(state.phase, Phase::Failed);
    EXPECT_EQ(state.error->code(), ErrorCode::ServerError);
    EXPECT_TRUE(state.error->parameter(0).contains(QStringLiteral("max number of clients")));
}

TEST(RedisConnection, TellsThatAServerKeepsSilent)
{
    RedisServer server;
    server.freeze();
    Reach reach(server.url(), {.endpoint = {}, .connectTimeoutMs = 200});
    const ConnectionState state = reach.open();
    ASSERT_EQ(state.phase, Phase::Failed);
    EXPECT_EQ(state.error->code(), ErrorCode::TimedOut);
    server.thaw();
}

} // namespace
} // namespace kvscope::test
