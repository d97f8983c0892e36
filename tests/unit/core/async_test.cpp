// Errors, mailboxes and guarded callbacks.
#include "core/async/errortext.h"
#include "core/async/lifetime.h"
#include "core/async/result.h"
#include "tests/support/await.h"

#include <QThread>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

namespace kvscope {
namespace {

std::vector<ErrorCode> everyCode()
{
    std::vector<ErrorCode> codes;
    for (int i = 0; i <= int(ErrorCode::SourceFailed); ++i) codes.push_back(ErrorCode(i));
    return codes;
}

TEST(Error, IsOnePointerWide)
{
    EXPECT_EQ(sizeof(Error), sizeof(void *));
}

TEST(Error, HasADistinctStableIdentifierForEveryCode)
{
    std::set<QString> ids;
    for (const ErrorCode code : everyCode()) {
        const QString id = Error(code).id();
        EXPECT_NE(id, QStringLiteral("unknown"));
        EXPECT_TRUE(ids.insert(id).second) << id.toStdString();
    }
}

TEST(ErrorText, HasASentenceWithEveryParameterForEveryCode)
{
    for (const ErrorCode code : everyCode()) {
        const ErrorText text = errorText(
            Error(code, {QStringLiteral("«a»"), QStringLiteral("«b»"), QStringLiteral("«c»")}));
        EXPECT_TRUE(text.cause.endsWith(QLatin1Char('.'))) << text.cause.toStdString();
        EXPECT_FALSE(text.cause.contains(QLatin1String("%1"))) << text.cause.toStdString();
        EXPECT_FALSE(text.cause.contains(QLatin1String("%2"))) << text.cause.toStdString();
    }
}

TEST(ErrorText, SendsNobodyToHostAndPortOfAUnixSocket)
{
    for (const ErrorCode code : {ErrorCode::ConnectionRefused, ErrorCode::Unreachable}) {
        const auto remedy = [code](const char *place) {
            return errorText(Error(code, {QString::fromLatin1(place), QStringLiteral("why")}))
                .remedy;
        };
        const QString socket = remedy("/run/redis/redis.sock");
        EXPECT_TRUE(socket.contains(QLatin1String("path of the socket"))) << socket.toStdString();
        EXPECT_FALSE(socket.contains(QLatin1String("port"))) << socket.toStdString();
        for (const char *place : {"localhost:6379", "[::1]:6379"})
            EXPECT_TRUE(remedy(place).contains(QLatin1String("port"))) << place;
    }
}

TEST(ErrorText, TellsATtlThatIsTooLongFromOneThatWouldDelete)
{
    for (const char *ttl : {"0", "-5", "0 ms", " -1d", "-9223372036854775808 ms"})
        EXPECT_TRUE(errorLine(Error(ErrorCode::TtlRefused, {QString::fromLatin1(ttl)}))
                        .contains(QLatin1String("would delete the key")))
            << ttl;
    for (const char *ttl : {"999999999d", "3153600000000001 ms"})
        EXPECT_TRUE(errorLine(Error(ErrorCode::TtlRefused, {QString::fromLatin1(ttl)}))
                        .contains(QLatin1String("too long")))
            << ttl;
}

TEST(ErrorText, NamesTheExpiryDateOfACertificate)
{
    const QString line = errorLine(Error(
        ErrorCode::TlsExpired, {QStringLiteral("cache.example"), QStringLiteral("2026-01-02")}));
    EXPECT_TRUE(line.contains(QLatin1String("cache.example")));
    EXPECT_TRUE(line.contains(QLatin1String("2026-01-02")));
    EXPECT_TRUE(line.contains(QStringLiteral("Connection › TLS")));
}

TEST(Mailbox, RunsWhatOtherThreadsPostInOrderOnItsOwnThread)
{
    const auto mailbox = Mailbox::current();
    std::vector<int> seen;
    QThread *const mine = QThread::currentThread();
    bool alwaysHere = true;
    std::jthread poster([&] {
        for (int i = 0; i < 10'000; ++i)
            mailbox->post([&, i] {
                seen.push_back(i);
                alwaysHere &= QThread::currentThread() == mine;
            });
    });
    ASSERT_TRUE(test::eventually([&] { return seen.size() == 10'000; }));
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_TRUE(alwaysHere);
}

TEST(Mailbox, DropsWhatIsPostedAfterItsThreadEnded)
{
    std::shared_ptr<Mailbox> mailbox;
    std::jthread([&] { mailbox = Mailbox::current(); }).join();
    auto captured = std::make_shared<int>(1);
    mailbox->post([captured] {});
    EXPECT_EQ(captured.use_count(), 1);
}

TEST(Mailbox, LetsAFunctionPostAnother)
{
    int runs = 0;
    const auto mailbox = Mailbox::current();
    mailbox->post([&] { mailbox->post([&] { ++runs; }); });
    ASSERT_TRUE(test::eventually([&] { return runs == 1; }));
}

TEST(Lifetime, DeliversToALivingOwner)
{
    Lifetime lifetime;
    QString got;
    const Callback<QString> callback = lifetime.guard([&](Result<QString> r) { got = *r; });
    std::jthread([callback] { callback(QStringLiteral("value")); }).join();
    ASSERT_TRUE(test::eventually([&] { return !got.isEmpty(); }));
    EXPECT_EQ(got, QStringLiteral("value"));
}

TEST(Lifetime, NeverRunsACallbackInsideTheCall)
{
    Lifetime lifetime;
    bool ran = false;
    lifetime.guard([&] { ran = true; })();
    EXPECT_FALSE(ran);
    ASSERT_TRUE(test::eventually([&] { return ran; }));
}

TEST(Lifetime, DropsWhatComesAfterItsOwnerDied)
{
    bool ran = false;
    std::function<void()> callback;
    {
        const Lifetime lifetime;
        callback = lifetime.guard([&] { ran = true; });
        callback();
    }
    callback();
    bool later = false;
    Mailbox::current()->post([&] { later = true; });
    ASSERT_TRUE(test::eventually([&] { return later; }));
    EXPECT_FALSE(ran);
}

TEST(Lifetime, DropsAnOlderGenerationOnly)
{
    Lifetime lifetime;
    int older = 0;
    int newer = 0;
    const std::function<void()> before = lifetime.guard([&] { ++older; });
    lifetime.renew();
    const std::function<void()> after = lifetime.guard([&] { ++newer; });
    before();
    after();
    ASSERT_TRUE(test::eventually([&] { return newer == 1; }));
    EXPECT_EQ(older, 0);
}

} // namespace
} // namespace kvscope
