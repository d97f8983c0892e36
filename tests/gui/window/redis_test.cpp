// The window on a real Redis: connect, find, open, and read back through a second client.
#include "tests/gui/window/windowfixture.h"

#include "tests/support/redisserver.h"
#include "widgets/foot.h"

namespace kvscope::test {
namespace {

class WindowOnRedisTest : public WindowTest
{
  protected:
    void connectByKeyboard(const QString &url)
    {
        press(Qt::Key_O);
        auto *dialog = shown<QDialog>("connectDialog");
        ASSERT_TRUE(dialog);
        dialog->activateWindow();
        auto *field = find<QLineEdit>("urlField");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, url);
        QTest::keyClick(dialog, Qt::Key_Return);
    }
};

TEST_F(WindowOnRedisTest, ConnectsAndSaysWhatAnswered)
{
    const RedisServer server;
    connectByKeyboard(server.url());
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(find<QLabel>("footStatus")->text().contains(QStringLiteral("redis")));
    EXPECT_TRUE(shown<QLabel>("accessChip"));
}

TEST_F(WindowOnRedisTest, RefusesToWriteOnAReadOnlyProfile)
{
    RedisServer server;
    server.run({"SET", "k", "1"});
    m_window->openProfile({.url = server.url(), .readOnly = true});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    using Outcomes = std::vector<Result<WriteOutcome>>;
    const auto written = await<Outcomes>([&](Callback<Outcomes> done) {
        WriteRequest request;
        request.key = "k";
        request.value = "2";
        m_session->store()->writer().write({request}, std::move(done));
    });
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), ErrorCode::ReadOnlyRefused);
    EXPECT_EQ(server.run({"GET", "k"}), "1");
}

TEST_F(WindowOnRedisTest, AsksForThePasswordAndGoesOnWithIt)
{
    const RedisServer server({QStringLiteral("--requirepass"), QStringLiteral("s3cret")});
    m_window->openProfile({.url = server.url()});
    auto *prompt = shown<QDialog>("passwordDialog");
    ASSERT_TRUE(prompt);
    auto *field = prompt->findChild<QLineEdit *>(QStringLiteral("passwordField"));
    QTest::keyClicks(field, QStringLiteral("wrong"));
    QTest::keyClick(field, Qt::Key_Return);

    ASSERT_TRUE(eventually([&] {
        prompt = nullptr;
        for (auto *dialog : m_window->findChildren<QDialog *>(QStringLiteral("passwordDialog")))
            if (dialog->isVisible() &&
                dialog->findChild<QLineEdit *>(QStringLiteral("passwordField"))->text().isEmpty())
                prompt = dialog;
        return prompt != nullptr;
    })) << "a wrong password asks again";
    field = prompt->findChild<QLineEdit *>(QStringLiteral("passwordField"));
    QTest::keyClicks(field, QStringLiteral("s3cret"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_FALSE(m_session->profile().url.contains(QStringLiteral("s3cret")));
    EXPECT_FALSE(m_window->windowTitle().contains(QStringLiteral("s3cret")));
}

TEST_F(WindowOnRedisTest, RetryWorksOnceTheServerIsThere)
{
    RedisServer server;
    server.kill();
    m_window->openProfile({.url = server.url()});
    ASSERT_TRUE(eventually([&] { return !errorText().isEmpty(); }));
    server.start();
    click(find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton")));
    EXPECT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(eventually([&] { return errorText().isEmpty(); }));
}

TEST_F(WindowOnRedisTest, GivesTheFocusBackOnceARetryWorked)
{
    RedisServer server;
    server.run({"SET", "k", R"({"a": 1})"});
    server.run({"SAVE"});
    server.kill();
    m_window->openProfile({.url = server.url()});
    m_window->navigator().open({.page = PageId::Browse});
    const auto retry = [&] {
        ASSERT_TRUE(eventually([&] { return !errorText().isEmpty(); }));
        auto *button = find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton"));
        button->setFocus();
        server.start();
        QTest::keyClick(button, Qt::Key_Space);
        ASSERT_TRUE(reaches(StoreState::Phase::Ready));
        ASSERT_TRUE(eventually([&] { return errorText().isEmpty(); }));
    };
    retry();
    EXPECT_TRUE(eventually([&] { return m_window->focusWidget() == shown<QWidget>("keyTree"); }));

    m_window->navigator().open({.page = PageId::Browse, .key = "k"});
    auto *editor = shown<QWidget>("codeEditor");
    ASSERT_TRUE(editor);
    editor->setFocus();
    server.kill();
    retry();
    EXPECT_EQ(m_window->focusWidget(), editor);
}

TEST_F(WindowOnRedisTest, ReadsAKeyAgainThatWasOpenedWhileTheServerWasAway)
{
    RedisServer server;
    server.run({"SET", "k", R"({"a": 1})"});
    server.run({"SAVE"});
    m_window->openProfile({.url = server.url()});
    m_window->navigator().open({.page = PageId::Browse});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    server.kill();
    ASSERT_TRUE(reaches(StoreState::Phase::Waiting));
    m_window->navigator().open({.page = PageId::Browse, .key = "k"});
    const auto complaints = [&] {
        int visible = 0;
        for (const auto *bar : m_window->findChildren<QWidget *>(QStringLiteral("errorBar")))
            visible += bar->isVisible() ? 1 : 0;
        return visible;
    };
    ASSERT_TRUE(eventually([&] { return complaints() == 2; })) << "the window's and the key's";
    server.start();
    EXPECT_TRUE(shown<QWidget>("codeEditor"));
    EXPECT_TRUE(eventually([&] { return complaints() == 0; }));
}

TEST_F(WindowOnRedisTest, LetsAnUnusableUrlBeMendedByRetry)
{
    m_window->openProfile({.url = QStringLiteral("redis://localhost:notaport")});
    ASSERT_TRUE(eventually([&] { return !errorText().isEmpty(); }));
    click(find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton")));
    ASSERT_TRUE(shown<QDialog>("connectDialog"));
    EXPECT_EQ(find<QLineEdit>("urlField")->text(), QStringLiteral("redis://localhost:notaport"));
}

TEST_F(WindowOnRedisTest, MayWriteOnceAReplicaIsPromoted)
{
    const RedisServer primary;
    RedisServer server({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                        QString::number(primary.port())});
    m_window->openProfile({.url = server.url()});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    const auto *chip = shown<QLabel>("accessChip");
    ASSERT_TRUE(chip);
    EXPECT_EQ(chip->text(), QStringLiteral("read-only"));
    EXPECT_TRUE(errorText().contains(QStringLiteral("replica"))) << qPrintable(errorText());
    server.run({"REPLICAOF", "NO", "ONE"});
    click(find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton")));
    EXPECT_TRUE(eventually([&] { return chip->text() == QStringLiteral("read-write"); }));
    EXPECT_EQ(errorText(), QString());
}

TEST_F(WindowOnRedisTest, SaysThatTheServerIsLoadingAndHowFar)
{
    RedisServer server;
    server.run({"EVAL", "for i = 1, 3000 do redis.call('SET', 'key:' .. i, i) end", "0"});
    server.run({"SAVE"});
    server.kill();
    server.start({QStringLiteral("--key-load-delay"), QStringLiteral("1000"),
                  QStringLiteral("--loading-process-events-interval-bytes"),
                  QStringLiteral("1024")});
    m_window->openProfile({.url = server.url()});
    ASSERT_TRUE(eventually([&] { return errorText().contains(QStringLiteral("% done")); }))
        << qPrintable(errorText());
    EXPECT_TRUE(errorText().contains(QStringLiteral("loading its data set")));
    EXPECT_TRUE(find<QLabel>("footStatus")->text().contains(QStringLiteral("is loading")));
    const auto *retry = find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton"));
    EXPECT_TRUE(retry->isVisible());
    EXPECT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(eventually([&] { return errorText().isEmpty(); })) << qPrintable(errorText());
}

TEST_F(WindowOnRedisTest, TellsAtOnceWhenATestedServerIsLoading)
{
    RedisServer server;
    server.run({"EVAL", "for i = 1, 3000 do redis.call('SET', 'key:' .. i, i) end", "0"});
    server.run({"SAVE"});
    server.kill();
    server.start({QStringLiteral("--key-load-delay"), QStringLiteral("10000"),
                  QStringLiteral("--loading-process-events-interval-bytes"),
                  QStringLiteral("1024")});
    press(Qt::Key_O);
    ASSERT_TRUE(shown<QDialog>("connectDialog"));
    find<QLineEdit>("urlField")->selectAll();
    QTest::keyClicks(find<QLineEdit>("urlField"), server.url());
    click(find("testButton"));
    const auto *message = find<QLabel>("connectMessage");
    EXPECT_TRUE(eventually([&] { return message->text().contains(QStringLiteral("loading")); }))
        << qPrintable(message->text());
    EXPECT_TRUE(find("testButton")->isEnabled()) << "it has ended";
}

TEST_F(WindowOnRedisTest, SaysThatTheUserMayNotWriteAndWhy)
{
    const RedisServer server;
    server.run({"SET", "k", "1"});
    server.run({"ACL", "SETUSER", "reader", "on", ">pw", "~*", "+@read", "+@connection"});
    m_window->openProfile({.url = server.url(QStringLiteral("reader:pw"))});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    const auto *chip = shown<QLabel>("accessChip");
    ASSERT_TRUE(chip);
    EXPECT_EQ(chip->text(), QStringLiteral("read-only"));
    EXPECT_TRUE(chip->toolTip().contains(QStringLiteral("may not run SET")));
    EXPECT_TRUE(errorText().contains(QStringLiteral("ACL SETUSER"))) << qPrintable(errorText());
}

} // namespace
} // namespace kvscope::test
