// Store URLs: taken apart, put together, and never showing a password.
#include "core/redis/endpoint.h"

#include <gtest/gtest.h>

namespace kvscope {

namespace {

TEST(Endpoint, ReadsEveryFormOfUrl)
{
    struct Row
    {
        QString url;
        Endpoint expected;
    };
    using Transport = Endpoint::Transport;
    const auto at = [](Transport transport, const char *host, quint16 port, int database = 0,
                       Bytes user = {}, Bytes password = {}) {
        Endpoint endpoint;
        endpoint.transport = transport;
        endpoint.host = QString::fromUtf8(host);
        endpoint.port = port;
        endpoint.database = database;
        endpoint.user = std::move(user);
        endpoint.password = std::move(password);
        return endpoint;
    };
    Endpoint tls = at(Transport::Tls, "cache.example", 6380, 2);
    tls.tls = {QStringLiteral("/etc/ca pem"), QStringLiteral("/c.crt"), QStringLiteral("/c.key"),
               QStringLiteral("inner.example")};
    Endpoint unixSocket;
    unixSocket.transport = Transport::Unix;
    unixSocket.path = QStringLiteral("/run/redis/a b.sock");
    unixSocket.database = 3;
    Endpoint unixPassword = unixSocket;
    unixPassword.user = "me";
    unixPassword.password = "pw";

    const Row rows[] = {
        {QStringLiteral("redis://localhost"), at(Transport::Tcp, "localhost", 6379)},
        {QStringLiteral("redis://localhost/"), at(Transport::Tcp, "localhost", 6379)},
        {QStringLiteral(" REDIS://localhost:7000/15 "), at(Transport::Tcp, "localhost", 7000, 15)},
        {QStringLiteral("redis://:secret@h"), at(Transport::Tcp, "h", 6379, 0, "", "secret")},
        {QStringLiteral("redis://me@h"), at(Transport::Tcp, "h", 6379, 0, "me")},
        {QStringLiteral("redis://me:p%40%3a%2F%00@h:1/2"),
         at(Transport::Tcp, "h", 1, 2, "me", Bytes("p@:/\0", 5))},
        {QStringLiteral("redis://me:a@b:c@h"), at(Transport::Tcp, "h", 6379, 0, "me", "a@b:c")},
        {QStringLiteral("redis://me:what?@h"), at(Transport::Tcp, "h", 6379, 0, "me", "what?")},
        {QStringLiteral("redis://:пароль@h"), at(Transport::Tcp, "h", 6379, 0, "", "пароль")},
        {QStringLiteral("redis://[::1]:7000/1"), at(Transport::Tcp, "::1", 7000, 1)},
        {QStringLiteral("redis://[fe80::1]"), at(Transport::Tcp, "fe80::1", 6379)},
        {QStringLiteral("redis://h?db=4"), at(Transport::Tcp, "h", 6379, 4)},
        {QStringLiteral("rediss://cache.example:6380/2?ca=/etc/ca%20pem&cert=/c.crt&key=/"
                        "c.key&sni=inner.example"),
         tls},
        {QStringLiteral("redis+unix:///run/redis/a%20b.sock?db=3"), unixSocket},
        {QStringLiteral("redis+unix://me:pw@/run/redis/a%20b.sock?db=3"), unixPassword},
    };
    for (const Row &row : rows) {
        const Result<Endpoint> parsed = Endpoint::parse(row.url);
        ASSERT_TRUE(parsed.has_value())
            << row.url.toStdString() << ": " << parsed.error().parameter(1).toStdString();
        EXPECT_TRUE(*parsed == row.expected) << row.url.toStdString();
    }
}

TEST(Endpoint, SaysWhyAUrlIsWrong)
{
    const struct
    {
        const char *url;
        const char *reason;
    } rows[] = {
        {"", "no scheme"},
        {"localhost:6379", "no scheme"},
        {"http://localhost", "“http” is unknown"},
        {"redis://", "host is missing"},
        {"redis://:6379", "host is missing"},
        {"redis://me:pw@", "host is missing"},
        {"redis://h:0", "not a port"},
        {"redis://h:65536", "not a port"},
        {"redis://h:+1", "not a port"},
        {"redis://h:abc", "not a port"},
        {"redis://h/x", "not a database"},
        {"redis://h/-1", "not a database"},
        {"redis://h/1/2", "not a database"},
        {"redis://h?db=", "not a database"},
        {"redis://h?ca=/x", "“ca” is unknown"},
        {"rediss://h?cafile=/x", "“cafile” is unknown"},
        {"redis://::1", "needs brackets"},
        {"redis://[::1", "not closed"},
        {"redis://[::1]x", "may follow"},
        {"redis://a b", "blank"},
        {"redis://:%4@h", "hexadecimal"},
        {"redis://:%zz@h", "hexadecimal"},
        {"redis://:abc%@h", "hexadecimal"},
        {"redis+unix://", "path of the socket is missing"},
        {"redis+unix:///", "path of the socket is missing"},
        {"redis+unix://tmp/x.sock", "must begin with /"},
    };
    for (const auto &row : rows) {
        const Result<Endpoint> parsed = Endpoint::parse(QString::fromUtf8(row.url));
        ASSERT_FALSE(parsed.has_value()) << row.url;
        EXPECT_EQ(parsed.error().code(), ErrorCode::InvalidUrl);
        EXPECT_TRUE(parsed.error().parameter(1).contains(QString::fromUtf8(row.reason)))
            << row.url << " said " << parsed.error().parameter(1).toStdString();
    }
}

TEST(Endpoint, NeverShowsAPassword)
{
    for (const char *url :
         {"redis://me:hunter2@h:6379/1", "redis://:hunter2@h", "rediss://a:x@hunter2@h",
          "redis+unix://me:hunter2@/s", "redis://me:hunter2@h/bad", "redis://me:hunter2@",
          "nonsense://me:hunter2@h", "me:hunter2@h"}) {
        const QString text = QString::fromUtf8(url);
        EXPECT_FALSE(redactedUrl(text).contains(QStringLiteral("hunter2"))) << url;
        const Result<Endpoint> parsed = Endpoint::parse(text);
        if (!parsed) {
            EXPECT_FALSE(
                parsed.error().parameters().join(QChar()).contains(QStringLiteral("hunter2")))
                << url;
            continue;
        }
        for (const QString &shown : {parsed->url(), parsed->displayName(), parsed->place()})
            EXPECT_FALSE(shown.contains(QStringLiteral("hunter2"))) << url;
    }
}

TEST(Endpoint, GivesItsUrlBackWithoutThePassword)
{
    for (const char *url : {"redis://localhost:6379/0", "redis://m%20e@[::1]:7000/1",
                            "rediss://h:1/0?ca=/a%20b&cert=/c&key=/k&sni=s",
                            "redis+unix:///a/b%20c?db=3", "redis+unix:///a"}) {
        const QString text = QString::fromUtf8(url);
        const Result<Endpoint> parsed = Endpoint::parse(text);
        ASSERT_TRUE(parsed.has_value()) << url;
        EXPECT_EQ(parsed->url(), text);
        EXPECT_TRUE(*Endpoint::parse(parsed->url()) == *parsed);
    }
    Result<Endpoint> secret = Endpoint::parse(QStringLiteral("redis://me:pw@h"));
    secret->password.clear();
    EXPECT_TRUE(*Endpoint::parse(secret->url()) == *secret);
}

TEST(Endpoint, IsCalledByItsPlaceAndDatabase)
{
    EXPECT_EQ(Endpoint::parse(QStringLiteral("redis://u:p@h"))->displayName(),
              QStringLiteral("h:6379/0"));
    EXPECT_EQ(Endpoint::parse(QStringLiteral("redis://[::1]:7/2"))->displayName(),
              QStringLiteral("[::1]:7/2"));
    EXPECT_EQ(Endpoint::parse(QStringLiteral("redis+unix:///s?db=2"))->place(),
              QStringLiteral("/s"));
}

} // namespace
} // namespace kvscope
