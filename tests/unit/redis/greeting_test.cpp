// What a fresh connection says, and what it makes of the answers.
#include "core/redis/decoder.h"
#include "core/redis/greeting.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

Endpoint endpoint(const char *url)
{
    return *Endpoint::parse(QString::fromUtf8(url));
}

std::optional<Error> verdictOn(const char *url, BytesView answers)
{
    const Endpoint at = endpoint(url);
    const Greeting greeting(at, at.database, QStringLiteral("kvscope"));
    Decoder decoder;
    decoder.expect(greeting.batch().size(), 1U << 20U);
    decoder.feed(answers);
    while (decoder.next() == Decoder::Step::Reply) continue;
    EXPECT_EQ(decoder.complete(), greeting.batch().size());
    return greeting.verdict(decoder.take(), at);
}

TEST(Greeting, LogsInBeforeItSelectsTheDatabase)
{
    const Greeting greeting(endpoint("redis://me:pw@h/3"), 3, QStringLiteral("kvscope"));
    ASSERT_EQ(greeting.batch().size(), 5U);
    EXPECT_TRUE(
        greeting.batch().wire().starts_with("*3\r\n$4\r\nAUTH\r\n$2\r\nme\r\n$2\r\npw\r\n"));
    EXPECT_EQ(greeting.batch().name(1), "SELECT");
    EXPECT_EQ(greeting.batch().name(4), "PING");
}

TEST(Greeting, GoesInWithoutAPasswordWhereNoneIsNeeded)
{
    EXPECT_FALSE(verdictOn("redis://h", "+OK\r\n-ERR unknown\r\n+PONG\r\n"));
    EXPECT_FALSE(verdictOn("redis://:pw@h",
                           "-ERR AUTH <password> called without any password configured "
                           "for the default user.\r\n+OK\r\n+OK\r\n+PONG\r\n"));
}

TEST(Greeting, TellsEveryReasonToStayOutside)
{
    const struct
    {
        const char *url;
        BytesView answers;
        ErrorCode code;
    } rows[] = {
        {"redis://h", "-NOAUTH a\r\n-NOAUTH a\r\n-NOAUTH a\r\n", ErrorCode::AuthenticationRequired},
        {"redis://u:p@h", "-WRONGPASS x\r\n-NOAUTH a\r\n-NOAUTH a\r\n-NOAUTH a\r\n",
         ErrorCode::AuthenticationFailed},
        {"redis://h", "-LOADING x\r\n-LOADING x\r\n-LOADING x\r\n", ErrorCode::Loading},
        {"redis://h/99", "-ERR DB index is out of range\r\n+OK\r\n+OK\r\n+PONG\r\n",
         ErrorCode::ServerError},
        {"redis://h/1", "-NOPERM x\r\n+OK\r\n+OK\r\n+PONG\r\n", ErrorCode::NoPermission},
        {"redis://h", "-DENIED protected\r\n-ERR x\r\n-DENIED protected\r\n",
         ErrorCode::ServerError},
    };
    for (const auto &row : rows) {
        const std::optional<Error> trouble = verdictOn(row.url, row.answers);
        ASSERT_TRUE(trouble.has_value()) << row.answers;
        EXPECT_EQ(trouble->code(), row.code) << row.answers;
    }
}

TEST(Greeting, TellsHowFarALoadingServerIs)
{
    const Endpoint at = endpoint("redis://h");
    const Greeting greeting(at, 0, QStringLiteral("kvscope"), Greeting::Ask::Progress);
    const struct
    {
        BytesView info;
        const char *percent;
    } rows[] = {
        {"$49\r\nloading:1\r\nloading_loaded_perc:42.67\r\nasync_l:0\r\n\r\n", "42"},
        {"$9\r\nloading:1\r\n", ""},
        {"-NOPERM no\r\n", ""},
    };
    for (const auto &row : rows) {
        Decoder decoder;
        decoder.expect(greeting.batch().size(), 1U << 20U);
        decoder.feed("-LOADING x\r\n-LOADING x\r\n" + Bytes(row.info) + "-LOADING x\r\n");
        while (decoder.next() == Decoder::Step::Reply) continue;
        ASSERT_EQ(decoder.complete(), 4U) << row.info;
        const auto trouble = greeting.verdict(decoder.take(), at);
        ASSERT_TRUE(trouble.has_value());
        EXPECT_EQ(trouble->code(), ErrorCode::Loading);
        EXPECT_EQ(trouble->parameter(1), QString::fromLatin1(row.percent));
    }
}

TEST(Greeting, DoesNotNeedTheRightToPing)
{
    EXPECT_FALSE(verdictOn("redis://h", "-NOPERM x\r\n-NOPERM x\r\n-NOPERM x\r\n"));
    EXPECT_FALSE(
        verdictOn("redis://h", "+OK\r\n-ERR x\r\n-MASTERDOWN Link with MASTER is down\r\n"));
}

TEST(Greeting, KnowsAStrangerByItsFirstBytes)
{
    const QString place = QStringLiteral("h:80");
    for (const BytesView redis : {"+OK\r\n", "-ERR x\r\n", ":1\r\n", "$-1\r\n", "*0\r\n"})
        EXPECT_FALSE(strangerIn(redis, place)) << redis;
    const auto http = strangerIn("HTTP/1.1 400 Bad Request\r\nServer: x\r\n", place);
    ASSERT_TRUE(http.has_value());
    EXPECT_EQ(http->code(), ErrorCode::NotRedis);
    EXPECT_EQ(http->parameter(1), QStringLiteral("HTTP/1.1 400 Bad Request"));
    EXPECT_EQ(strangerIn(Bytes(500, 'x'), place)->parameter(1).size(), 60);
    EXPECT_TRUE(strangerIn("SSH-2.0-OpenSSH\r\n", place));
    EXPECT_TRUE(strangerIn("\x15\x03\x01", place));
}

} // namespace
} // namespace kvscope
