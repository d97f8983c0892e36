// The window itself: pages, theme, language, errors, the marks of a profile.
#include "tests/gui/window/windowfixture.h"

#include "widgets/pagestack.h"

#include <QAbstractButton>
#include <QTcpServer>
#include <QTcpSocket>

namespace kvscope::test {
namespace {

/// A port that nobody listens on just now.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QAction *actionNamed(const QMenu *menu, const char *name)
{
    for (QAction *action : menu->actions())
        if (action->objectName() == QLatin1String(name)) return action;
    return nullptr;
}

TEST_F(WindowTest, ShowsItsPagesOnTheRailInOrderAndTheGearLast)
{
    QStringList names;
    for (const auto *button : find<QWidget>("rail")->findChildren<QAbstractButton *>())
        names << button->objectName();
    EXPECT_EQ(names.mid(0, 3),
              (QStringList{QStringLiteral("browseButton"), QStringLiteral("liveButton"),
                           QStringLiteral("jobsButton")}));
    EXPECT_EQ(names.last(), QStringLiteral("settingsButton"));
}

TEST_F(WindowTest, BuildsAPageOnlyWhenItIsShown)
{
    const auto *pages = find<PageStack>("pages");
    EXPECT_EQ(pages->count(), 0);
    click(find("liveButton"));
    EXPECT_EQ(pages->count(), 1);
    press(Qt::Key_1);
    EXPECT_EQ(pages->count(), 2);
    press(Qt::Key_2);
    EXPECT_EQ(pages->count(), 2);
    EXPECT_EQ(m_window->navigator().current().page, PageId::Live);
}

TEST_F(WindowTest, EveryButtonHasANameAndATooltip)
{
    click(find("liveButton"));
    press(Qt::Key_1);
    for (const auto *button : m_window->findChildren<QAbstractButton *>()) {
        if (!button->isVisible() || !button->text().isEmpty()) continue;
        if (button->parent()->inherits("QLineEdit")) continue; // Qt's own clear button
        EXPECT_FALSE(button->accessibleName().isEmpty())
            << qPrintable(button->objectName()) << " " << button->metaObject()->className();
        EXPECT_FALSE(button->toolTip().isEmpty()) << qPrintable(button->objectName());
    }
}

TEST_F(WindowTest, SaysWhyAConnectionWasRefusedAndRetryTriesAgain)
{
    const quint16 port = freePort();
    m_window->openProfile({.url = QStringLiteral("redis://127.0.0.1:%1/0").arg(port)});
    ASSERT_TRUE(eventually([&] { return !errorText().isEmpty(); }));
    EXPECT_TRUE(errorText().contains(QStringLiteral("127.0.0.1:%1 refused").arg(port)))
        << qPrintable(errorText());

    QTcpServer listener;
    int connections = 0;
    QObject::connect(&listener, &QTcpServer::newConnection, &listener, [&] { ++connections; });
    ASSERT_TRUE(listener.listen(QHostAddress::LocalHost, port));
    click(find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton")));
    EXPECT_TRUE(eventually([&] { return connections > 0; }));
}

TEST_F(WindowTest, SaysThatAnHttpServerIsNotRedis)
{
    QTcpServer http;
    QObject::connect(&http, &QTcpServer::newConnection, &http, [&] {
        while (QTcpSocket *socket = http.nextPendingConnection())
            socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    });
    ASSERT_TRUE(http.listen(QHostAddress::LocalHost));
    m_window->openProfile({.url = QStringLiteral("redis://127.0.0.1:%1/0").arg(http.serverPort())});
    ASSERT_TRUE(eventually([&] { return !errorText().isEmpty(); }));
    EXPECT_TRUE(errorText().contains(QStringLiteral("does not speak the Redis protocol")))
        << qPrintable(errorText());
    EXPECT_TRUE(
        find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton"))->isVisible());
}

TEST_F(WindowTest, SaysWhatIsWrongWithAUrlAndGoesOnToAnotherStore)
{
    m_window->openProfile({.url = QStringLiteral("gopher://nowhere")});
    EXPECT_EQ(m_session->store(), nullptr);
    EXPECT_TRUE(errorText().contains(QStringLiteral("is not a store URL")));
    m_window->openProfile({.url = QStringLiteral("engine:")});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(eventually([&] { return errorText().isEmpty(); }));
}

TEST_F(WindowTest, ShowsWhatMayBeDoneToTheStore)
{
    m_window->openProfile({.url = QStringLiteral("engine:"), .readOnly = true});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    const auto *chip = shown<QLabel>("accessChip");
    ASSERT_TRUE(chip);
    EXPECT_EQ(chip->text(), QStringLiteral("read-only"));
    m_window->openProfile({.url = QStringLiteral("engine:")});
    ASSERT_TRUE(eventually([&] { return chip->text() == QLatin1String("read-write"); }));
}

TEST_F(WindowTest, ProductionWearsARedEdge)
{
    const auto corner = [&] { return m_window->grab().toImage().pixelColor(1, 400); };
    m_window->openProfile(
        {.name = QStringLiteral("prod"), .url = QStringLiteral("engine:"), .production = true});
    EXPECT_TRUE(eventually([&] { return corner() == theme().bad; }));
    m_window->openProfile({.url = QStringLiteral("engine:")});
    EXPECT_TRUE(eventually([&] { return corner() != theme().bad; }));
}

TEST_F(WindowTest, SwitchesTheThemeAtOnceAndRemembersIt)
{
    press(Qt::Key_Comma);
    auto *menu = shown<QMenu>("settingsMenu");
    ASSERT_TRUE(menu);
    actionNamed(menu, "themeLight")->trigger();
    menu->close();
    EXPECT_FALSE(theme().dark);
    EXPECT_EQ(Settings::load().theme, QStringLiteral("light"));
    EXPECT_EQ(m_window->grab().toImage().pixelColor(400, 20), theme().panel);
}

TEST_F(WindowTest, SwitchesTheLanguageAtOnceAndRemembersIt)
{
    auto *toggle = find<QAbstractButton>("languageButton");
    EXPECT_EQ(toggle->toolTip(), QStringLiteral("简体中文"));
    click(toggle);
    EXPECT_EQ(language(), QStringLiteral("zh_CN"));
    EXPECT_TRUE(eventually([&] { return toggle->toolTip() == QLatin1String("English"); }));
    EXPECT_EQ(Settings::load().language, QStringLiteral("zh_CN"));
    click(toggle);
    EXPECT_EQ(language(), QStringLiteral("en"));
}

TEST_F(WindowTest, ListsItsShortcuts)
{
    press(Qt::Key_Slash);
    auto *dialog = shown<QDialog>("shortcutsDialog");
    ASSERT_TRUE(dialog);
    EXPECT_LE(dialog->height(), 660) << "fits a screen of 700 px with a title bar";
    EXPECT_LE(dialog->width(), 1024);
    dialog->resize(100, 100);
    for (const auto *label : dialog->findChildren<QLabel *>())
        EXPECT_GE(label->width(), label->sizeHint().width()) << label->text().toStdString();
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_TRUE(isGone("shortcutsDialog"));
}

TEST_F(WindowTest, RemembersItsSize)
{
    m_window->resize(1111, 777);
    m_window->close();
    MainWindow next(*m_session, m_profiles, m_settings);
    EXPECT_EQ(next.size(), QSize(1111, 777));
}

TEST_F(WindowTest, ShowsTheFiguresOfTheStoreInTheBars)
{
    m_window->openProfile({.url = QStringLiteral("engine:")});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    const auto *keys = find<QLabel>("footKeys");
    EXPECT_TRUE(eventually([&] { return keys->isVisible() && !keys->text().isEmpty(); }));
    EXPECT_TRUE(keys->text().endsWith(QStringLiteral(" keys"))) << qPrintable(keys->text());
}

} // namespace
} // namespace kvscope::test
