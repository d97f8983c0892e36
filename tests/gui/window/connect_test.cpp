// The connect dialog: fields and URLs, profiles on disk, keyboard alone.
#include "tests/gui/window/windowfixture.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QFileInfo>
#include <QListWidget>

namespace kvscope::test {
namespace {

class ConnectTest : public WindowTest
{
  protected:
    QDialog *open()
    {
        press(Qt::Key_O);
        auto *dialog = shown<QDialog>("connectDialog");
        if (dialog) {
            dialog->activateWindow();
            (void)QTest::qWaitForWindowActive(dialog);
        }
        return dialog;
    }

    QString text(const char *field) const { return find<QLineEdit>(field)->text(); }

    void type(const char *field, const QString &text)
    {
        auto *edit = find<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    QString message() const { return find<QLabel>("connectMessage")->text(); }
};

TEST_F(ConnectTest, PastingAUrlFillsTheFields)
{
    ASSERT_TRUE(open());
    type("urlField", QStringLiteral("rediss://app@cache.example.com:7000/3?sni=inner"));
    EXPECT_EQ(text("hostField"), QStringLiteral("cache.example.com"));
    EXPECT_EQ(text("portField"), QStringLiteral("7000"));
    EXPECT_EQ(text("databaseField"), QStringLiteral("3"));
    EXPECT_EQ(text("userField"), QStringLiteral("app"));
    EXPECT_EQ(text("serverNameField"), QStringLiteral("inner"));
    EXPECT_TRUE(find<QAbstractButton>("kindTls")->isChecked());
}

TEST_F(ConnectTest, ThePasswordOfAPastedUrlMovesToItsOwnField)
{
    ASSERT_TRUE(open());
    type("urlField", QStringLiteral("redis://:s3cret@localhost:6379/0"));
    QFocusEvent leaving(QEvent::FocusOut, Qt::TabFocusReason);
    QApplication::sendEvent(find("urlField"), &leaving);
    EXPECT_EQ(text("passwordField"), QStringLiteral("s3cret"));
    EXPECT_EQ(find<QLineEdit>("passwordField")->echoMode(), QLineEdit::Password);
    EXPECT_FALSE(text("urlField").contains(QStringLiteral("s3cret")));
}

TEST_F(ConnectTest, AUrlThatIsNoneConnectsToNothing)
{
    QDialog *dialog = open();
    ASSERT_TRUE(dialog);
    type("urlField", QStringLiteral("redis://127.0.0.1:6390/0"));
    for (const char *wrong : {"redis:/foo bar", "redis://127.0.0.1:6455/0orders-prod"}) {
        type("urlField", QString::fromLatin1(wrong));
        EXPECT_TRUE(find<QLabel>("urlError")->isVisible()) << wrong;
        EXPECT_TRUE(find<QLabel>("urlError")->text().contains(QStringLiteral("not a store URL")));
        type("nameField", QStringLiteral("orders"));
        EXPECT_EQ(text("urlField"), QString::fromLatin1(wrong)) << "the name is not in the URL";
        for (const char *button : {"testButton", "saveProfileButton", "connectButton"})
            EXPECT_FALSE(find(button)->isEnabled()) << wrong << ": " << button;
        QTest::keyClick(find("urlField"), Qt::Key_Return);
        EXPECT_TRUE(dialog->isVisible());
    }
    type("urlField", QStringLiteral("redis://127.0.0.1:6455/0"));
    EXPECT_FALSE(find<QLabel>("urlError")->isVisible());
    EXPECT_TRUE(find("connectButton")->isEnabled());
    type("urlField", QStringLiteral("redis:/foo"));
    find<QLineEdit>("urlField")->selectAll();
    QTest::keyClick(find("urlField"), Qt::Key_Delete);
    EXPECT_FALSE(find<QLabel>("urlError")->isVisible());
    EXPECT_TRUE(find("connectButton")->isEnabled());
}

TEST_F(ConnectTest, APasswordStaysWithItsServer)
{
    ASSERT_TRUE(open());
    type("urlField", QStringLiteral("redis://h1:6379/0"));
    const auto urlWith = [&](const char *url, const char *password) {
        type("passwordField", QStringLiteral("s3cret"));
        auto *line = find<QLineEdit>("urlField");
        line->setFocus();
        line->selectAll();
        QApplication::clipboard()->setText(QString::fromLatin1(url));
        line->paste();
        EXPECT_EQ(text("passwordField"), QString::fromLatin1(password)) << url;
    };
    urlWith("redis://h1:6379/4", "s3cret");
    urlWith("redis://h2:6379/0", "");
    urlWith("redis://h2:6380/0", "");
    urlWith("redis://:other@h3:6380/0", "other");
    EXPECT_FALSE(text("urlField").contains(QStringLiteral("other")));
    urlWith("redis+unix:///run/a.sock", "");
    urlWith("redis+unix:///run/b.sock", "");
    urlWith("redis://localhost:6379/0", "");
}

TEST_F(ConnectTest, MnemonicsLeadToTheFields)
{
    QDialog *dialog = open();
    ASSERT_TRUE(dialog);
    for (const char *field : {"urlField", "hostField", "userField", "passwordField", "nameField"}) {
        bool led = false;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            led |= label->buddy() == find(field) && label->text().contains(u'&');
        EXPECT_TRUE(led) << field;
    }
}

TEST_F(ConnectTest, AUrlWearsTheProfileOfItsEndpoint)
{
    ASSERT_TRUE(m_profiles.save({.name = QStringLiteral("orders-prod"),
                                 .url = QStringLiteral("redis://app@db1:6379/0"),
                                 .color = QStringLiteral("orange"),
                                 .production = true,
                                 .readOnly = true}));
    const Profile same = profileOf(QStringLiteral("redis://app:s3cret@db1"), m_profiles);
    EXPECT_EQ(same.name, QStringLiteral("orders-prod"));
    EXPECT_EQ(same.color, QStringLiteral("orange"));
    EXPECT_TRUE(same.production);
    EXPECT_TRUE(same.readOnly);
    EXPECT_EQ(same.url, QStringLiteral("redis://app:s3cret@db1")) << "the password is still used";
    for (const char *other : {"redis://app@db2", "redis://app@db1:6380", "redis://app@db1/1",
                              "rediss://app@db1", "redis://db1", "engine:", "nonsense"})
        EXPECT_TRUE(profileOf(QString::fromLatin1(other), m_profiles).name.isEmpty()) << other;
}

TEST_F(ConnectTest, AChangedUrlDoesNotCarryTheNameOfTheProfile)
{
    ASSERT_TRUE(m_profiles.save({.name = QStringLiteral("orders-prod"),
                                 .url = QStringLiteral("redis://app@127.0.0.1:1/0"),
                                 .color = QStringLiteral("orange"),
                                 .production = true}));
    const auto connectTo = [&](const char *url) {
        m_window->openProfile(*m_profiles.find(QStringLiteral("orders-prod")));
        QDialog *dialog = open();
        ASSERT_TRUE(dialog);
        EXPECT_EQ(text("nameField"), QStringLiteral("orders-prod"));
        type("urlField", QString::fromLatin1(url));
        QTest::keyClick(dialog, Qt::Key_Return);
        ASSERT_TRUE(isGone("connectDialog"));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the next is another
    };
    for (const char *other : {"redis://app@127.0.0.1:2/0", "redis://app@127.0.0.1:1/3",
                              "redis://127.0.0.1:1/0", "engine:?memory=8mb&policy=lfu"}) {
        connectTo(other);
        EXPECT_EQ(m_session->profile().name, QString()) << other;
        EXPECT_EQ(m_session->profile().color, QString()) << other;
        EXPECT_FALSE(m_window->windowTitle().contains(QStringLiteral("orders-prod"))) << other;
        EXPECT_EQ(m_settings.profile, QString()) << other;
    }
    connectTo("redis://app@127.0.0.1:1");
    EXPECT_EQ(m_session->profile().name, QStringLiteral("orders-prod"));
    EXPECT_EQ(m_session->profile().color, QStringLiteral("orange"));
}

TEST_F(ConnectTest, TheProductionMarkStaysWithItsServer)
{
    ASSERT_TRUE(m_profiles.save({.name = QStringLiteral("orders-prod"),
                                 .url = QStringLiteral("redis://app@127.0.0.1:1/0"),
                                 .production = true}));
    m_window->openProfile(*m_profiles.find(QStringLiteral("orders-prod")));
    QDialog *dialog = open();
    ASSERT_TRUE(dialog);
    const auto *mark = find<QAbstractButton>("productionField");
    EXPECT_TRUE(mark->isChecked());
    for (const char *same : {"redis://app@127.0.0.1:1/3", "redis://127.0.0.1:1/0", "redis:/no"}) {
        type("urlField", QString::fromLatin1(same));
        EXPECT_TRUE(mark->isChecked()) << same;
    }
    type("urlField", QStringLiteral("redis://app@127.0.0.1:2/0"));
    EXPECT_FALSE(mark->isChecked());
    EXPECT_TRUE(message().contains(QStringLiteral("production mark"))) << qPrintable(message());
    type("portField", QStringLiteral("1"));
    EXPECT_TRUE(mark->isChecked()) << "it is the same server again";
    type("hostField", QStringLiteral("127.0.0.2"));
    EXPECT_FALSE(mark->isChecked());
    click(find("productionField"));
    type("portField", QStringLiteral("3"));
    EXPECT_TRUE(mark->isChecked()) << "ticked by hand, it stays";
    click(find("productionField"));
    QTest::keyClick(dialog, Qt::Key_Return);
    ASSERT_TRUE(isGone("connectDialog"));
    EXPECT_FALSE(m_session->profile().production);
    EXPECT_TRUE(m_profiles.find(QStringLiteral("orders-prod"))->production);
}

TEST_F(ConnectTest, ASavedChangeOfItsUrlKeepsTheNameOfTheProfile)
{
    ASSERT_TRUE(m_profiles.save(
        {.name = QStringLiteral("orders"), .url = QStringLiteral("redis://127.0.0.1:1/0")}));
    m_window->openProfile(*m_profiles.find(QStringLiteral("orders")));
    QDialog *dialog = open();
    ASSERT_TRUE(dialog);
    type("urlField", QStringLiteral("redis://127.0.0.1:2/0"));
    click(find("saveProfileButton"));
    QTest::keyClick(dialog, Qt::Key_Return);
    ASSERT_TRUE(isGone("connectDialog"));
    EXPECT_EQ(m_session->profile().name, QStringLiteral("orders"));
    EXPECT_EQ(m_profiles.find(QStringLiteral("orders"))->url, m_session->profile().url);
}

TEST_F(ConnectTest, EditedFieldsMakeTheUrl)
{
    ASSERT_TRUE(open());
    type("hostField", QStringLiteral("::1"));
    type("portField", QStringLiteral("6380"));
    type("databaseField", QStringLiteral("5"));
    EXPECT_EQ(text("urlField"), QStringLiteral("redis://[::1]:6380/5"));
    click(find("kindUnix"));
    type("pathField", QStringLiteral("/run/r.sock"));
    EXPECT_TRUE(text("urlField").startsWith(QStringLiteral("redis+unix:///run/r.sock")));
}

TEST_F(ConnectTest, SavedProfilesNeverHoldAPassword)
{
    ASSERT_TRUE(open());
    type("urlField", QStringLiteral("redis://app:s3cret@localhost:6379/0"));
    type("nameField", QStringLiteral("orders"));
    click(find("productionField"));
    click(find("saveProfileButton"));
    EXPECT_TRUE(message().contains(QStringLiteral("without a password"))) << qPrintable(message());

    const QString path = configFolder() + QStringLiteral("/profiles.json");
    const QByteArray file = fileText(path);
    EXPECT_TRUE(file.contains("orders"));
    EXPECT_TRUE(file.contains("redis://app@localhost:6379"));
    EXPECT_FALSE(file.contains("s3cret"));
    EXPECT_EQ(QFileInfo(path).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther |
                                               QFileDevice::WriteGroup | QFileDevice::WriteOther),
              QFileDevice::Permissions());
    EXPECT_TRUE(find<QListWidget>("profileList")->currentItem());
}

TEST_F(ConnectTest, AProfileNeedsANameOfItsOwn)
{
    ASSERT_TRUE(
        m_profiles.save({.name = QStringLiteral("taken"), .url = QStringLiteral("engine:")}));
    ASSERT_TRUE(open());
    click(find("saveProfileButton"));
    EXPECT_TRUE(message().contains(QStringLiteral("name")));
    type("nameField", QStringLiteral("taken"));
    click(find("saveProfileButton"));
    EXPECT_TRUE(message().contains(QStringLiteral("already")));
    EXPECT_EQ(m_profiles.all().size(), 1U);
}

TEST_F(ConnectTest, SaysWhatIsWrongWithAPort)
{
    ASSERT_TRUE(open());
    type("portField", QStringLiteral("70000"));
    click(find("connectButton"));
    EXPECT_TRUE(message().contains(QStringLiteral("65535")));
    EXPECT_TRUE(find<QDialog>("connectDialog")->isVisible());
}

TEST_F(ConnectTest, TestSaysWhatAnsweredWithoutConnectingTheWindow)
{
    ASSERT_TRUE(open());
    click(find("kindEngine"));
    click(find("testButton"));
    EXPECT_TRUE(eventually([&] { return message().startsWith(QStringLiteral("Connected to")); }))
        << qPrintable(message());
    EXPECT_EQ(m_session->store(), nullptr);
}

TEST_F(ConnectTest, TestSaysWhyNothingAnswered)
{
    ASSERT_TRUE(open());
    type("urlField", QStringLiteral("redis://127.0.0.1:1/0"));
    click(find("testButton"));
    EXPECT_TRUE(eventually([&] { return message().contains(QStringLiteral("refused")); }))
        << qPrintable(message());
    EXPECT_TRUE(find<QAbstractButton>("testButton")->isEnabled());
}

TEST_F(ConnectTest, ConnectsByKeyboardAlone)
{
    QDialog *dialog = open();
    ASSERT_TRUE(dialog);
    type("urlField", QStringLiteral("engine:?memory=8mb&policy=lfu"));
    QTest::keyClick(dialog, Qt::Key_Return);
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(isGone("connectDialog"));
    EXPECT_EQ(m_session->profile().url, QStringLiteral("engine:?memory=8mb&policy=lfu"));
}

TEST_F(ConnectTest, RemovingAProfileAsksFirst)
{
    ASSERT_TRUE(m_profiles.save({.name = QStringLiteral("old"), .url = QStringLiteral("engine:")}));
    ASSERT_TRUE(open());
    find<QListWidget>("profileList")->setCurrentRow(0);
    click(find("removeProfileButton"));
    QDialog *question = shown<QDialog>("confirmRemoveProfile");
    ASSERT_TRUE(question);
    QTest::keyClick(question, Qt::Key_Return);
    EXPECT_EQ(m_profiles.all().size(), 1U) << "Enter must not remove";
    click(find("removeProfileButton"));
    question = shown<QDialog>("confirmRemoveProfile");
    ASSERT_TRUE(question);
    click(question->findChild<QPushButton *>(QStringLiteral("confirmButton")));
    EXPECT_TRUE(eventually([&] { return m_profiles.all().empty(); }));
}

TEST_F(ConnectTest, TheTitleShowsTheStoreAndNoPassword)
{
    m_window->openProfile({.url = QStringLiteral("redis://u:s3cret@127.0.0.1:1/0")});
    EXPECT_TRUE(m_window->windowTitle().contains(QStringLiteral("127.0.0.1")));
    EXPECT_FALSE(m_window->windowTitle().contains(QStringLiteral("s3cret")));
    EXPECT_FALSE(find("storeButton")->toolTip().contains(QStringLiteral("s3cret")));
}

} // namespace
} // namespace kvscope::test
