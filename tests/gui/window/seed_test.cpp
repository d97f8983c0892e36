// The main job of the window: connect to a Redis, find a key, change it, and lose nothing on the
// way. By clicks and keys alone; a second client looks at what the server holds.
#include "tests/gui/window/windowfixture.h"

#include "tests/support/redisserver.h"
#include "widgets/browser/keytreeview.h"
#include "widgets/editor/codeeditor.h"
#include "widgets/editor/jsontreeview.h"

#include <QAbstractButton>
#include <QInputMethodEvent>

namespace kvscope::test {
namespace {

const char *const kBefore = R"({"name": "张三", "age": 30})";
const char *const kAfter = R"({"name": "李四", "age": 35})";
const char *const kTheirs = R"({"name": "王五", "age": 30})";

class SeedTest : public WindowTest
{
  protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        m_server.run({"SET", "user_1", kBefore});
        m_server.run({"PEXPIREAT", "user_1", "4102444800123"});
        for (const char *key : {"session:1", "session:2", "cart:7"})
            m_server.run({"SET", key, "x"});
    }

    Bytes stored() const { return m_server.run({"GET", "user_1"}); }
    Bytes expiry() const { return m_server.run({"PEXPIRETIME", "user_1"}); }

    /// Opens the dialog, fills in host and port, presses Connect.
    void connectByHand()
    {
        press(Qt::Key_O);
        auto *dialog = shown<QDialog>("connectDialog");
        ASSERT_TRUE(dialog);
        dialog->activateWindow();
        type("hostField", QStringLiteral("127.0.0.1"));
        type("portField", QString::number(m_server.port()));
        click(find("connectButton"));
        ASSERT_TRUE(reaches(StoreState::Phase::Ready));
        ASSERT_TRUE(isGone("connectDialog"));
        returnToWindow();
        click(find("browseButton"));
    }

    void type(const char *field, const QString &text)
    {
        auto *edit = find<QLineEdit>(field);
        ASSERT_TRUE(edit) << field;
        click(edit);
        QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(edit, text);
    }

    /// What an input method does with text that has no keys of its own.
    static void compose(QWidget *target, const QString &text)
    {
        QInputMethodEvent commit;
        commit.setCommitString(text);
        QApplication::sendEvent(target, &commit);
    }

    /// There is no window manager offscreen to do this when a dialog closes.
    void returnToWindow()
    {
        m_window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    }

    /// Waits for the row of a key in the tree and clicks it.
    void clickKey(const Bytes &key)
    {
        auto *tree = find<KeyTreeView>("keyTree");
        ASSERT_TRUE(tree);
        const auto rows = [&] { return tree->tree().rowCount(); };
        std::size_t row = 0;
        ASSERT_TRUE(eventually([&] {
            for (row = 0; row < rows() && tree->tree().row(row).path != key;) ++row;
            return row < rows();
        }));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->rowRect(row).center());
    }

    CodeEditor *editor() const { return find<CodeEditor>("codeEditor"); }
    Bytes text() const { return editor()->bytes(); }
    bool holds(const Bytes &expected) const
    {
        return eventually([&] { return editor() && !editor()->isLoading() && text() == expected; });
    }

    void openSeed()
    {
        connectByHand();
        clickKey("user_1");
        ASSERT_TRUE(holds(kBefore));
    }

    /// Edits the value that stands `row` rows below the top of the JSON tree.
    void editInTree(int row, const QString &value)
    {
        auto *tree = shown<JsonTreeView>("jsonTree");
        ASSERT_TRUE(tree);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Home);
        for (int i = 0; i < row; ++i) QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_F2);
        auto *field = shown<QLineEdit>("treeField");
        ASSERT_TRUE(field);
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        compose(field, value);
        QTest::keyClick(field, Qt::Key_Return);
        ASSERT_TRUE(isGone("treeField"));
    }

    void editBothInTree()
    {
        editInTree(1, QStringLiteral("李四"));
        editInTree(2, QStringLiteral("35"));
        ASSERT_EQ(text(), kAfter);
    }

    bool isUnsaved() const { return find<QAbstractButton>("saveButton")->isEnabled(); }

    /// Waits until the second client sees the new value and the editor has nothing left to save.
    bool isSaved() const
    {
        return eventually([&] {
            const QString save = find<QAbstractButton>("saveButton")->text();
            return stored() == kAfter && !isUnsaved() && !save.contains(QStringLiteral("Saving"));
        });
    }

    /// Ctrl+S, a look at what would change, Enter.
    void save()
    {
        returnToWindow();
        if (!editor()->isVisible()) click(find("viewText"));
        editor()->setFocus();
        press(Qt::Key_S);
        auto *dialog = shown<QDialog>("saveDialog");
        ASSERT_TRUE(dialog);
        const auto *diff = dialog->findChild<QWidget *>(QStringLiteral("diffView"));
        ASSERT_TRUE(diff);
        EXPECT_TRUE(diff->isVisible());
        QTest::keyClick(dialog, Qt::Key_Return);
        ASSERT_TRUE(isGone("saveDialog"));
        returnToWindow();
    }

    RedisServer m_server;
};

TEST_F(SeedTest, ChangesTheKeyInTheTreeByKeyboard)
{
    openSeed();
    editBothInTree();
    EXPECT_EQ(stored(), kBefore);
    save();
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(expiry(), "4102444800123");
    EXPECT_EQ(m_server.run({"DBSIZE"}), "4");
}

TEST_F(SeedTest, ChangesTheKeyInTheText)
{
    openSeed();
    click(find("viewText"));
    CodeEditor *text = editor();
    text->setFocus();
    QTest::keyClick(text, Qt::Key_Home, Qt::ControlModifier);
    for (int i = 0; i < 10; ++i) QTest::keyClick(text, Qt::Key_Right);
    for (int i = 0; i < 2; ++i) QTest::keyClick(text, Qt::Key_Right, Qt::ShiftModifier);
    compose(text, QStringLiteral("李四"));
    QTest::keyClick(text, Qt::Key_End);
    QTest::keyClick(text, Qt::Key_Left);
    for (int i = 0; i < 2; ++i) QTest::keyClick(text, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClicks(text, QStringLiteral("35"));
    ASSERT_TRUE(holds(kAfter));
    save();
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(expiry(), "4102444800123");
}

TEST_F(SeedTest, ShowsThreeVersionsWhenSomebodyElseWasFaster)
{
    openSeed();
    editBothInTree();
    m_server.run({"SET", "user_1", kTheirs, "KEEPTTL"});
    save();
    ASSERT_TRUE(shown("conflictPanel"));
    EXPECT_TRUE(find("threeWayView")->isVisible());
    EXPECT_EQ(stored(), kTheirs);
    EXPECT_EQ(text(), kAfter);

    click(find("keepMine"));
    EXPECT_TRUE(isGone("conflictPanel"));
    EXPECT_EQ(text(), kAfter);
    EXPECT_TRUE(isUnsaved());
    save();
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(expiry(), "4102444800123");
}

TEST_F(SeedTest, KeepsUnsavedTextThroughALostConnectionAndSavesItAfterRetry)
{
    openSeed();
    m_server.run({"SAVE"});
    editBothInTree();
    m_server.kill();
    ASSERT_TRUE(eventually([&] { return !errorText().isEmpty(); }));
    EXPECT_EQ(text(), kAfter);
    EXPECT_TRUE(isUnsaved());

    m_server.start();
    click(find("errorBar")->findChild<QPushButton *>(QStringLiteral("retryButton")));
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(eventually([&] { return errorText().isEmpty(); }));
    EXPECT_EQ(text(), kAfter);
    EXPECT_EQ(stored(), kBefore);
    save();
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(expiry(), "4102444800123");
}

TEST_F(SeedTest, KeepsUnsavedTextWhenTheLanguageIsSwitched)
{
    openSeed();
    editBothInTree();
    click(find("languageButton"));
    ASSERT_EQ(language(), QStringLiteral("zh_CN"));
    EXPECT_TRUE(holds(kAfter));
    EXPECT_TRUE(isUnsaved());
    // The editor speaks the other language, too; what it shows of the value stays.
    const auto caption = [&](const char *name) { return find<QAbstractButton>(name)->text(); };
    EXPECT_TRUE(eventually([&] { return caption("viewTree") == QStringLiteral("树"); }));
    EXPECT_EQ(caption("saveButton"), QStringLiteral("保存"));
    EXPECT_EQ(caption("draftRestore"), QStringLiteral("恢复"));
    EXPECT_NE(caption("keepMine"), QStringLiteral("Keep editing mine"));
    EXPECT_NE(find<QLineEdit>("findField")->placeholderText(),
              QStringLiteral("Find in this value"));
    EXPECT_FALSE(find<QLabel>("footLeft")->text().contains(QStringLiteral("change")));
    save();
    ASSERT_TRUE(isSaved());
}

} // namespace
} // namespace kvscope::test
