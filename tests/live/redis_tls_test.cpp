// TLS: every certificate is checked, and each way it can be wrong has its own Error.
#include "tests/live/redis_reach.h"
#include "tests/support/tlscerts.h"

namespace kvscope::test {
namespace {

const TlsCerts &certs()
{
    static const TlsCerts made;
    return made;
}

QString url(const RedisServer &server, const QString &host, const QStringList &options)
{
    return QStringLiteral("rediss://%1:%2/0?%3")
        .arg(host)
        .arg(server.tlsPort())
        .arg(options.join(QLatin1Char('&')));
}

QString ca(const QString &file)
{
    return QStringLiteral("ca=") + file;
}

TEST(RedisTls, ReachesAServerWhoseCertificateIsSignedAndNamed)
{
    const RedisServer server(certs().serverOptions(certs().good()));
    for (const char *host : {"localhost", "127.0.0.1"}) {
        Reach reach(url(server, QString::fromLatin1(host), {ca(certs().ca())}));
        EXPECT_EQ(reach.open().phase, ConnectionState::Phase::Ready);
        EXPECT_EQ(reach.say({"SET", "k", "v"}), "OK");
        EXPECT_EQ(reach.say({"GET", "k"}), "v");
    }
    Reach big(url(server, QStringLiteral("localhost"), {ca(certs().ca())}));
    big.open();
    const Bytes value(3U << 20U, 'x');
    EXPECT_EQ(big.say({"SET", "big", value}), "OK");
    EXPECT_TRUE(big.say({"GET", "big"}) == value);
}

TEST(RedisTls, TellsAnExpiredCertificateWithItsDate)
{
    const RedisServer server(certs().serverOptions(certs().expired()));
    Reach reach(url(server, QStringLiteral("localhost"), {ca(certs().ca())}));
    const ConnectionState state = reach.open();
    ASSERT_EQ(state.phase, ConnectionState::Phase::Failed);
    EXPECT_EQ(state.error->code(), ErrorCode::TlsExpired);
    EXPECT_EQ(state.error->parameter(0), QStringLiteral("localhost"));
    EXPECT_TRUE(state.error->parameter(1).startsWith(QStringLiteral("2020-01-02")));
}

TEST(RedisTls, TellsACertificateForAnotherHostUnlessThatIsTheNameAskedFor)
{
    const RedisServer server(certs().serverOptions(certs().otherHost()));
    EXPECT_EQ(refusal(url(server, QStringLiteral("localhost"), {ca(certs().ca())})),
              ErrorCode::TlsHostMismatch);
    EXPECT_EQ(refusal(url(server, QStringLiteral("localhost"),
                          {ca(certs().ca()), QStringLiteral("sni=elsewhere.example")})),
              std::nullopt);
}

TEST(RedisTls, TrustsOnlyTheAuthorityItWasGiven)
{
    const RedisServer server(certs().serverOptions(certs().good()));
    EXPECT_EQ(refusal(url(server, QStringLiteral("localhost"), {ca(certs().strangerCa())})),
              ErrorCode::TlsUntrusted);
    EXPECT_EQ(refusal(url(server, QStringLiteral("localhost"), {})), ErrorCode::TlsUntrusted);
}

TEST(RedisTls, ShowsItsOwnCertificateWhereTheServerAsksForOne)
{
    const RedisServer server(certs().serverOptions(certs().good(), true));
    EXPECT_EQ(refusal(url(server, QStringLiteral("localhost"), {ca(certs().ca())})),
              ErrorCode::TlsFailed);
    EXPECT_EQ(refusal(url(server, QStringLiteral("localhost"),
                          {ca(certs().ca()), QStringLiteral("cert=") + certs().client(),
                           QStringLiteral("key=") + certs().key()})),
              std::nullopt);
}

TEST(RedisTls, NamesTheFileItCannotUse)
{
    const RedisServer server(certs().serverOptions(certs().good()));
    const auto error = [&](const QStringList &options) {
        Reach reach(url(server, QStringLiteral("localhost"), options));
        return *reach.open().error;
    };
    EXPECT_EQ(error({ca(QStringLiteral("/no/such.pem"))}).code(), ErrorCode::TlsFileUnreadable);
    EXPECT_EQ(error({ca(certs().key())}).parameter(0), certs().key()) << "a key is no certificate";
    EXPECT_EQ(error({ca(certs().ca()), QStringLiteral("cert=") + certs().client(),
                     QStringLiteral("key=") + certs().ca()})
                  .parameter(0),
              certs().ca());
}

TEST(RedisTls, SaysThatAPortDoesNotSpeakIt)
{
    const RedisServer server;
    EXPECT_EQ(refusal(QStringLiteral("rediss://127.0.0.1:%1").arg(server.port()),
                      {.endpoint = {}, .connectTimeoutMs = 5000}),
              ErrorCode::TlsFailed);
}

} // namespace
} // namespace kvscope::test
