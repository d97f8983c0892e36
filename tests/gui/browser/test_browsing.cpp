// Looking: the scan fills the tree, namespaces open, the filter narrows, keys open.
#include "browserfixture.h"

#include "widgets/editor/editortabs.h"
#include "widgets/models/keytypes.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QScrollBar>

#include <future>

namespace kvscope {
namespace {

TEST_F(BrowserTest, FillsTheTreeWithTrueCountsWhenAStoreIsConnected)
{
    for (int i = 0; i < 2500; ++i) put("user:" + std::to_string(i));
    put("cart:1:items");
    put("note");
    connectStore();
    EXPECT_TRUE(shows({"cart: 1", "user: 2500", "note"}));
    EXPECT_EQ(textOf(child<QLabel>("shownKeys")), "2,502 keys");
}

TEST_F(BrowserTest, OpensAndClosesANamespaceByChevronKeyAndDoubleClick)
{
    put("user:1");
    put("user:2");
    connectStore();
    ASSERT_TRUE(shows({"user: 2"}));
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, QPoint(15, 12));
    EXPECT_TRUE(shows({"user: 2", "  user:1", "  user:2"}));
    click(0);
    press(Qt::Key_Left);
    EXPECT_TRUE(shows({"user: 2"}));
    press(Qt::Key_Right);
    EXPECT_TRUE(shows({"user: 2", "  user:1", "  user:2"}));
    press(Qt::Key_Return);
    EXPECT_TRUE(shows({"user: 2"}));
    QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {}, tree()->rowRect(0).center());
    EXPECT_TRUE(shows({"user: 2", "  user:1", "  user:2"}));
}

TEST_F(BrowserTest, SplitsNamesByTheDelimiterOfTheConnectionUntilTheNextOne)
{
    put("user/1");
    put("user/2");
    put("a:b");
    connectStore(Access::ReadWrite, "/");
    EXPECT_TRUE(shows({"user/ 2", "a:b"}));
    page.setStore(nullptr);
    connectStore();
    EXPECT_TRUE(shows({"a: 1", "user/1", "user/2"}));
    page.setStore(nullptr);
    connectStore(Access::ReadWrite, "");
    EXPECT_TRUE(shows({"a:b", "user/1", "user/2"}));
}

TEST_F(BrowserTest, WalksTheTreeByKeyboard)
{
    for (int i = 0; i < 100; ++i) put("k" + std::to_string(i));
    put("n:1");
    connectStore();
    ASSERT_TRUE(eventually([&] { return tree()->tree().rowCount() == 101; }));
    const auto current = [&] { return escapeBytes(tree()->currentRow()->path); };
    press(Qt::Key_Down);
    EXPECT_EQ(current(), "n:");
    press(Qt::Key_Down);
    EXPECT_EQ(current(), "k0");
    press(Qt::Key_End);
    EXPECT_EQ(current(), "k99");
    EXPECT_GT(tree()->verticalScrollBar()->value(), 0);
    press(Qt::Key_PageUp);
    EXPECT_NE(current(), "k99");
    press(Qt::Key_Home);
    EXPECT_EQ(current(), "n:");
    type(tree(), "k42");
    EXPECT_EQ(current(), "k42");
    press(Qt::Key_Down, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_EQ(tree()->selection().keys(), (std::vector<Bytes>{"k42", "k43", "k44"}));
}

TEST_F(BrowserTest, FiltersAsOneTypesAndShowsTheMatchesOpen)
{
    put("user:1");
    put("user:12");
    put("cart:12");
    connectStore();
    ASSERT_TRUE(shows({"cart: 1", "user: 2"}));
    QTest::keyClick(&page, Qt::Key_F, Qt::ControlModifier);
    auto *filter = child<QLineEdit>("keyFilter");
    type(filter, "R:12");
    EXPECT_TRUE(shows({"user: 1", "  user:12"}));
    EXPECT_EQ(textOf(child<QLabel>("shownKeys")), "1 of 3 keys");
    QTest::keyClick(filter, Qt::Key_Escape);
    EXPECT_TRUE(shows({"cart: 1", "user: 2"}));
    type(filter, "zzz");
    EXPECT_TRUE(shows({}));
    EXPECT_FALSE(tree()->isVisible()) << "an empty state says how to go on";
}

TEST_F(BrowserTest, KeepsTheCurrentKeyInSightWhenTheWindowShrinks)
{
    for (int i = 1000; i < 2000; ++i) put("user:" + std::to_string(i));
    connectStore();
    page.openKey("user:1500");
    ASSERT_TRUE(eventually([&] { return sees("user:1500"); }));
    for (int height = 780; height >= 300; height -= 20) {
        page.resize(1200, height);
        page.layout()->activate();
        QCoreApplication::sendPostedEvents();
        ASSERT_TRUE(sees("user:1500")) << height;
    }
    page.resize(1200, 800);
    QCoreApplication::sendPostedEvents();
    EXPECT_TRUE(sees("user:1500"));
    tree()->verticalScrollBar()->setValue(0);
    page.resize(1200, 500);
    QCoreApplication::sendPostedEvents();
    EXPECT_EQ(tree()->verticalScrollBar()->value(), 0) << "nobody is pulled back to it";
}

TEST_F(BrowserTest, KeepsTheCurrentKeyInSightWhileOthersComeBetween)
{
    for (int i = 1000; i < 2000; ++i) put("user:" + std::to_string(i));
    connectStore();
    page.openKey("user:1500");
    ASSERT_TRUE(eventually([&] { return sees("user:1500"); }));
    // What the strip of a running scan takes from the tree, however short the scan.
    page.resize(1200, 760);
    QCoreApplication::sendPostedEvents();
    for (int i = 0; i < 500; ++i) put("user:1499a" + std::to_string(i));
    page.refresh();
    ASSERT_TRUE(eventually([&] { return page.feed().tree()->figures().keys == 1500; }));
    ASSERT_TRUE(eventually([&] { return !page.feed().tree()->figures().passRunning; }));
    EXPECT_TRUE(sees("user:1500"));
    for (int i = 1000; i < 1400; ++i) engine().erase("user:" + std::to_string(i));
    page.refresh();
    ASSERT_TRUE(eventually([&] { return page.feed().tree()->figures().keys == 1100; }));
    EXPECT_TRUE(sees("user:1500")) << "nor when keys above it go";
}

TEST_F(BrowserTest, TakesItsKeysFromTheDatabaseBoxToo)
{
    connectStore();
    auto *databases = child<QComboBox>("databaseBox");
    QTest::keyClick(databases, Qt::Key_F, Qt::ControlModifier);
    EXPECT_EQ(page.focusWidget(), child<QLineEdit>("keyFilter"));
}

TEST_F(BrowserTest, KeepsTheFocusWhileOneStoreGoesAndAnotherComes)
{
    put("user:1");
    // A neighbour that would take it.
    QWidget window;
    QHBoxLayout row(&window);
    QPushButton rail;
    row.addWidget(&rail);
    row.addWidget(&page);
    window.show();
    connectStore();
    child<QLineEdit>("keyFilter")->setFocus();
    page.setStore(nullptr);
    EXPECT_NE(window.focusWidget(), &rail);
    page.setStore(store.get());
    EXPECT_TRUE(eventually([&] { return window.focusWidget() == tree(); }));
    page.setStore(nullptr);
    page.setParent(nullptr);
}

TEST_F(BrowserTest, GoesFromTheFilterDownToTheFirstMatchAndOpensIt)
{
    put("user:1");
    put("user:12");
    put("cart:12");
    connectStore();
    ASSERT_TRUE(shows({"cart: 1", "user: 2"}));
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    QTest::keyClick(&page, Qt::Key_F, Qt::ControlModifier);
    auto *filter = child<QLineEdit>("keyFilter");
    type(filter, "R:12");
    QTest::keyClick(filter, Qt::Key_Down); // the matches may still be on their way
    EXPECT_TRUE(tree()->hasFocus());
    EXPECT_TRUE(shows({"user: 1", "  user:12"}));
    ASSERT_TRUE(eventually(
        [&] { return tree()->currentRow() && tree()->currentRow()->path == "user:12"; }));
    press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(
        eventually([&] { return page.findChild<EditorTabs *>()->currentKey() == "user:12"; }));
}

TEST_F(BrowserTest, AsksTheServerForThePatternAndGoesBackToEverything)
{
    put("a*b");
    put("axb");
    put("user:1");
    connectStore();
    auto *filter = child<QLineEdit>("keyFilter");
    filter->setFocus();
    type(filter, "user");
    QTest::keyClick(filter, Qt::Key_Return);
    ASSERT_TRUE(eventually(
        [&] { return page.feed().query().match == "*user*" && page.feed().isComplete(); }));
    EXPECT_TRUE(shows({"user: 1"}));
    EXPECT_TRUE(child<QLabel>("serverSearchLabel")->isVisible());
    QTest::mouseClick(child<QWidget>("clearServerSearch"), Qt::LeftButton);
    EXPECT_TRUE(shows({"user: 1", "a*b", "axb"}));
    type(filter, "a*b");
    QTest::keyClick(filter, Qt::Key_Return);
    EXPECT_TRUE(shows({"a*b", "axb"})) << "what is typed as a pattern stays one";
}

TEST_F(BrowserTest, AsksTheServerForOneType)
{
    put("s");
    connectStore();
    QTest::mouseClick(child<QPushButton>("typeChip_hash"), Qt::LeftButton);
    EXPECT_TRUE(shows({}));
    EXPECT_EQ(page.feed().query().type, ValueType::Hash);
    QTest::mouseClick(child<QPushButton>("typeChip_all"), Qt::LeftButton);
    EXPECT_TRUE(shows({"s"}));
}

TEST_F(BrowserTest, OpensAKeyOnAClickAndAnotherInATabOfItsOwn)
{
    put("a", "{\"x\": 1}");
    put("b", "text");
    connectStore();
    ASSERT_TRUE(shows({"a", "b"}));
    auto *tabs = page.findChild<EditorTabs *>();
    click(0);
    EXPECT_EQ(tabs->currentKey(), "a");
    click(1, Qt::NoModifier, Qt::MiddleButton);
    EXPECT_EQ(tabs->currentKey(), "b");
    press(Qt::Key_Up);
    press(Qt::Key_Return);
    EXPECT_EQ(tabs->currentKey(), "a");
}

TEST_F(BrowserTest, ShowsBadgesForTheRowsInSight)
{
    put("json", " [1]");
    put("plain", "x");
    connectStore();
    auto *types = page.findChild<KeyTypes *>();
    EXPECT_TRUE(eventually([&] {
        return types->find("json") == KeyKind::Json && types->find("plain") == KeyKind::String;
    }));
}

TEST_F(BrowserTest, KeepsThePlaceAndTheSelectionThroughARefresh)
{
    for (int i = 0; i < 500; ++i) put("k" + std::to_string(i));
    connectStore();
    ASSERT_TRUE(eventually([&] { return tree()->tree().rowCount() == 500; }));
    tree()->verticalScrollBar()->setValue(200);
    click(205);
    const std::vector<Bytes> chosen = tree()->selection().keys();
    for (int i = 0; i < 50; ++i) put("a" + std::to_string(i));
    engine().erase("k450");
    page.refresh();
    ASSERT_TRUE(eventually([&] {
        return tree()->tree().rowCount() == 549 && !page.feed().tree()->figures().passRunning;
    }));
    EXPECT_EQ(tree()->selection().keys(), chosen);
    EXPECT_EQ(tree()->tree().row(static_cast<std::size_t>(tree()->firstVisibleRow())).path, "k200");
}

TEST_F(BrowserTest, SortsByNameBackwardsAndByCount)
{
    put("a:1");
    put("b:1");
    put("b:2");
    connectStore();
    page.feed().index().setOrder(keyindex::SortOrder::MostKeys);
    EXPECT_TRUE(shows({"b: 2", "a: 1"}));
}

TEST_F(BrowserTest, SaysWhatToDoWhereThereAreNoKeys)
{
    const auto says = [&](const char *title) {
        return eventually([&] {
            for (const QLabel *label : page.findChildren<QLabel *>()) {
                if (label->isVisible() && label->text() == QLatin1StringView(title)) return true;
            }
            return false;
        });
    };
    EXPECT_TRUE(says("Not connected"));
    connectStore();
    EXPECT_TRUE(says("No keys here yet"));
    EXPECT_FALSE(tree()->isVisible());
    put("a");
    page.refresh();
    EXPECT_TRUE(shows({"a"}));
    EXPECT_TRUE(tree()->isVisible());
    type(child<QLineEdit>("keyFilter"), "zzz");
    EXPECT_TRUE(says("No loaded key matches"));
    child<QLineEdit>("keyFilter")->clear();
    QTest::mouseClick(child<QPushButton>("typeChip_hash"), Qt::LeftButton);
    EXPECT_TRUE(says("The server found no such key"));
}

TEST_F(BrowserTest, OffersToCreateAKeyOnlyWhereOneCanBeCreated)
{
    const auto shownTexts = [&] {
        QStringList texts;
        for (const QLabel *label : page.findChildren<QLabel *>())
            if (label->isVisible()) texts << label->text();
        for (const auto *button : page.findChildren<QPushButton *>(QStringLiteral("emptyAction")))
            if (button->isVisible()) texts << button->text();
        return texts;
    };
    const QString words = QStringLiteral("Create the first one.");
    const QString button = QStringLiteral("New key");
    connectStore(Access::ReadOnly);
    ASSERT_TRUE(
        eventually([&] { return shownTexts().contains(QStringLiteral("No keys here yet")); }));
    EXPECT_FALSE(shownTexts().contains(words) || shownTexts().contains(button));
    EXPECT_TRUE(shownTexts().contains(QStringLiteral("None can be created on this connection.")));
    page.setStore(nullptr);
    connectStore(Access::ReadWrite);
    EXPECT_TRUE(
        eventually([&] { return shownTexts().contains(words) && shownTexts().contains(button); }));
}

TEST_F(BrowserTest, ShowsInTheTreeWhichOfTheOpenKeysIsInFront)
{
    put("a");
    put("n:b");
    put("z");
    connectStore();
    ASSERT_TRUE(shows({"n: 1", "a", "z"}));
    auto *tabs = page.findChild<EditorTabs *>();
    for (const char *key : {"a", "n:b"}) tabs->openKey(key, EditorTabs::OpenMode::NewTab);
    EXPECT_TRUE(shows({"n: 1", "  n:b", "a", "z"}));
    EXPECT_TRUE(eventually([&] { return sees("n:b"); }));
    tree()->setFocus();
    press(Qt::Key_Tab, Qt::ControlModifier);
    EXPECT_TRUE(eventually([&] { return sees("a"); }));
    EXPECT_EQ(tree()->selection().keys(), std::vector<Bytes>{"a"});
    EXPECT_EQ(page.focusWidget(), tree());
    press(Qt::Key_W, Qt::ControlModifier);
    EXPECT_TRUE(eventually([&] { return sees("n:b"); }));
}

TEST_F(BrowserTest, SaysThatItSortsWhereANamespaceTakesLongToOpen)
{
    put("user:1");
    connectStore();
    ASSERT_TRUE(shows({"user: 1"}));
    std::promise<void> go;
    page.feed().index().collect(
        "", [busy = go.get_future().share()](const KeyBatch &) { busy.wait(); });
    click(0);
    press(Qt::Key_Right);
    EXPECT_TRUE(
        eventually([&] { return textOf(child<QLabel>("shownKeys")) == "Sorting user: …"; }));
    go.set_value();
    EXPECT_TRUE(shows({"user: 1", "  user:1"}));
    EXPECT_TRUE(eventually([&] { return textOf(child<QLabel>("shownKeys")) == "1 keys"; }));
}

TEST_F(BrowserTest, ShowsKeysOfAnyBytesAndRevealsThem)
{
    using namespace std::string_literals;
    const Bytes hostile = "\x00\xff"s + "bin*key\n";
    put(hostile);
    put("deep:a:b:c");
    connectStore();
    page.openKey("deep:a:b:c");
    EXPECT_TRUE(shows({"deep: 1", "  deep:a: 1", "    deep:a:b: 1", "      deep:a:b:c",
                       "\\x00\\xFFbin*key\\x0A"}));
    EXPECT_EQ(tree()->currentRow()->path, "deep:a:b:c");
}

TEST_F(BrowserTest, DropsEverythingWhenTheStoreGoes)
{
    put("a");
    connectStore();
    ASSERT_TRUE(shows({"a"}));
    page.setStore(nullptr);
    EXPECT_TRUE(shows({}));
    EXPECT_FALSE(tree()->isVisible());
}

} // namespace
} // namespace kvscope
