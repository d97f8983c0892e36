// Changing: create, rename, delete and copy, each through its dialog.
#include "browserfixture.h"

#include "widgets/editor/editortabs.h"
#include "widgets/models/keycommand.h"

#include <QMenu>
#include <QPlainTextEdit>

namespace kvscope {
namespace {

TEST_F(BrowserTest, CreatesAKeyWithAnExpiryAndOpensIt)
{
    connectStore();
    QTest::mouseClick(child<QWidget>("newKeyButton"), Qt::LeftButton);
    QDialog *create = dialog("createKey");
    auto *button = create->findChild<QPushButton *>(QStringLiteral("createButton"));
    EXPECT_FALSE(button->isEnabled()) << "a key needs a name";
    type(create->findChild<QLineEdit *>(QStringLiteral("createKeyName")), "user:\\x00");
    type(create->findChild<QPlainTextEdit *>(QStringLiteral("createKeyValue")), "hello");
    auto *ttl = create->findChild<QLineEdit *>(QStringLiteral("createKeyTtl"));
    type(ttl, "-5");
    EXPECT_FALSE(button->isEnabled()) << "a time to live below zero is refused";
    ttl->setText(QStringLiteral("10m"));
    ASSERT_TRUE(button->isEnabled());
    clickIn(create, "createButton");
    EXPECT_TRUE(shows({"user: 1", "  user:\\x00"}));
    using namespace std::string_literals;
    const Bytes key = "user:\0"s;
    EXPECT_EQ(page.findChild<EditorTabs *>()->currentKey(), key);
    const auto info = engine().info(key);
    ASSERT_TRUE(info.has_value());
    EXPECT_EQ(engine().peek(key).value(), "hello");
}

TEST_F(BrowserTest, CreatesAKeyByControlAndReturnWhereReturnIsALineBreak)
{
    connectStore();
    QTest::keyClick(&page, Qt::Key_N, Qt::ControlModifier);
    QDialog *create = dialog("createKey");
    type(create->findChild<QLineEdit *>(QStringLiteral("createKeyName")), "lines");
    auto *value = create->findChild<QPlainTextEdit *>(QStringLiteral("createKeyValue"));
    type(value, "one");
    QTest::keyClick(value, Qt::Key_Return);
    QTest::keyClicks(value, QStringLiteral("two"));
    QTest::keyClick(value, Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(shows({"lines"}));
    EXPECT_EQ(engine().peek("lines").value(), "one\ntwo");
}

TEST_F(BrowserTest, RefusesToCreateOverAKeyThatIsThere)
{
    put("a", "kept");
    connectStore();
    QTest::keyClick(&page, Qt::Key_N, Qt::ControlModifier);
    QDialog *create = dialog("createKey");
    type(create->findChild<QLineEdit *>(QStringLiteral("createKeyName")), "a");
    clickIn(create, "createButton");
    EXPECT_TRUE(eventually([&] {
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("exists already")))
                return true;
        }
        return false;
    }));
    EXPECT_EQ(engine().peek("a").value(), "kept");
}

TEST_F(BrowserTest, RenamesAKeyByF2AndKeepsItsValue)
{
    put("old", "value");
    put("taken");
    connectStore();
    ASSERT_TRUE(shows({"old", "taken"}));
    click(0);
    press(Qt::Key_F2);
    QDialog *rename = dialog("renameKey");
    auto *field = rename->findChild<QLineEdit *>();
    field->selectAll();
    type(field, "n:ew");
    clickIn(rename, "confirmButton");
    EXPECT_TRUE(shows({"n: 1", "  n:ew", "taken"}));
    EXPECT_EQ(engine().peek("n:ew").value(), "value");
}

TEST_F(BrowserTest, DeletesOnlyTheKeysItListedAfterAsking)
{
    put("user:1");
    put("user:2");
    put("user*");
    put("username");
    connectStore();
    ASSERT_TRUE(shows({"user: 2", "user*", "username"}));
    click(0);
    press(Qt::Key_Delete);
    QDialog *confirm = dialog("confirmDelete");
    const QString text = confirm->findChild<QLabel *>(QStringLiteral("dialogText"))->text();
    EXPECT_TRUE(text.contains(QStringLiteral("user:1"))) << text.toStdString();
    put("user:3"); // made since: was not seen, must stay
    clickIn(confirm, "confirmButton");
    EXPECT_TRUE(eventually([&] { return engine().size() == 3; }));
    EXPECT_TRUE(shows({"user*", "username"}));
    EXPECT_TRUE(static_cast<bool>(engine().peek("user:3")));
}

TEST_F(BrowserTest, DeletesNothingWhenTheQuestionIsDismissed)
{
    put("a");
    connectStore();
    ASSERT_TRUE(shows({"a"}));
    click(0);
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "cancelButton");
    EXPECT_TRUE(static_cast<bool>(engine().peek("a")));
}

TEST_F(BrowserTest, WantsTheCountTypedBeforeItDeletesThousands)
{
    for (int i = 0; i < 1200; ++i) put("bulk:" + std::to_string(i));
    put("rest");
    connectStore();
    ASSERT_TRUE(shows({"bulk: 1200", "rest"}));
    click(0);
    press(Qt::Key_Delete);
    QDialog *confirm = dialog("confirmDelete");
    auto *button = confirm->findChild<QPushButton *>(QStringLiteral("confirmButton"));
    EXPECT_FALSE(button->isEnabled());
    type(confirm->findChild<QLineEdit *>(QStringLiteral("confirmField")), "1200");
    ASSERT_TRUE(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_TRUE(shows({"rest"}));
    EXPECT_EQ(engine().size(), 1U);
}

TEST_F(BrowserTest, SaysHowFarADeletionHasComeAndStopsItBetweenTwoBatches)
{
    for (int i = 0; i < 900; ++i) put("bulk:" + std::to_string(i));
    connectStore();
    ASSERT_TRUE(shows({"bulk: 900"}));
    click(0);
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "confirmButton");
    ASSERT_TRUE(eventually([&] { return child<QWidget>("scanStrip")->isVisible(); }));
    EXPECT_EQ(textOf(child<QLabel>("scanRate")), "deleted 0 of 900");
    QTest::mouseClick(child<QWidget>("stopScanButton"), Qt::LeftButton);
    EXPECT_TRUE(shows({"bulk: 400"})) << "the batch under way is finished, the next not begun";
    EXPECT_EQ(engine().size(), 400U);
    EXPECT_TRUE(eventually([&] { return !child<QWidget>("scanStrip")->isVisible(); }));
}

TEST_F(BrowserTest, TellsOpenTabsOfAKeyThatWasDeletedOrRenamed)
{
    put("a", "one");
    put("b", "two");
    connectStore();
    ASSERT_TRUE(shows({"a", "b"}));
    auto *tabs = page.findChild<EditorTabs *>();
    const auto saysGone = [&] {
        for (const QLabel *label : tabs->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == QStringLiteral("This key does not exist"))
                return true;
        }
        return false;
    };
    click(0);
    click(1, Qt::NoModifier, Qt::MiddleButton);
    ASSERT_EQ(tabs->currentKey(), "b");
    click(1);
    press(Qt::Key_F2);
    QDialog *rename = dialog("renameKey");
    rename->findChild<QLineEdit *>()->setText(QStringLiteral("c"));
    clickIn(rename, "confirmButton");
    EXPECT_TRUE(eventually([&] { return tabs->currentKey() == "c"; })) << "the tab goes with it";
    EXPECT_FALSE(saysGone());
    ASSERT_TRUE(shows({"a", "c"}));
    click(1);
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "confirmButton");
    EXPECT_TRUE(shows({"a"}));
    EXPECT_TRUE(eventually(saysGone));
}

TEST_F(BrowserTest, DeletesWhatTheFilterShowsAndNothingElseOfTheNamespace)
{
    put("u:1");
    put("u:12");
    put("u:2");
    connectStore();
    type(child<QLineEdit>("keyFilter"), "1");
    ASSERT_TRUE(shows({"u: 2", "  u:1", "  u:12"}));
    click(0);
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "confirmButton");
    EXPECT_TRUE(eventually([&] { return engine().size() == 1; }));
    EXPECT_TRUE(static_cast<bool>(engine().peek("u:2")));
}

TEST_F(BrowserTest, ChangesNothingOnAReadOnlyConnection)
{
    put("a");
    connectStore(Access::ReadOnly);
    ASSERT_TRUE(shows({"a"}));
    EXPECT_FALSE(child<QWidget>("newKeyButton")->isEnabled());
    EXPECT_FALSE(child<QWidget>("newKeyButton")->toolTip().isEmpty());
    click(0);
    press(Qt::Key_Delete);
    press(Qt::Key_F2);
    EXPECT_EQ(page.findChild<QDialog *>(QStringLiteral("confirmDelete")), nullptr);
    EXPECT_EQ(page.findChild<QDialog *>(QStringLiteral("renameKey")), nullptr);
}

TEST_F(BrowserTest, CopiesNamesAndTheCommandThatMakesAKey)
{
    using namespace std::string_literals;
    put("b in", "\x00\"q\"\n"s);
    connectStore();
    ASSERT_TRUE(shows({"b in"}));
    click(0);
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text().toStdString(), "b in");
    emit tree()->menuRequested(QPoint(10, 10));
    auto *menu = page.findChild<QMenu *>(QStringLiteral("keyMenu"));
    ASSERT_NE(menu, nullptr);
    menu->findChild<QAction *>(QStringLiteral("copyCommandAction"))->trigger();
    menu->close();
    EXPECT_TRUE(eventually([] {
        return QApplication::clipboard()->text() ==
               QStringLiteral("SET \"b in\" \"\\x00\\\"q\\\"\\n\"\n");
    })) << QApplication::clipboard()->text().toStdString();
}

TEST_F(BrowserTest, NoticesWhatThisSideChangedElsewhere)
{
    put("a");
    connectStore();
    ASSERT_TRUE(shows({"a"}));
    WriteRequest request;
    request.key = "made";
    request.value = "x";
    const auto outcome = await<std::vector<Result<WriteOutcome>>>(
        [&](auto done) { store->writer().write({request}, done); });
    ASSERT_TRUE(outcome.has_value());
    EXPECT_TRUE(shows({"a", "made"}));
}

TEST(QuoteArgument, IsReadBackByRedisCliToTheSameBytes)
{
    using namespace std::string_literals;
    EXPECT_EQ(quoteArgument("user:1001"), "user:1001");
    EXPECT_EQ(quoteArgument(""), "\"\"");
    EXPECT_EQ(quoteArgument("two words"), "\"two words\"");
    EXPECT_EQ(quoteArgument("\x01\xff\\\""s), "\"\\x01\\xff\\\\\\\"\"");
    EXPECT_EQ(quoteArgument("李四"), "\"李四\"");
    EXPECT_EQ(quoteArgument("a\tb\r\n"), "\"a\\tb\\r\\n\"");
}

} // namespace
} // namespace kvscope
