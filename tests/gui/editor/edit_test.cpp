// Opening, editing and saving a value in the real editor.
#include "tests/gui/editor/editorfixture.h"

#include "widgets/base/emptystate.h"

#include <QAccessible>

#include <random>

namespace kvscope::test {
namespace {

TEST_F(EditorTest, EditsTheSeedValueInTheTreeByKeyboardAndSavesIt)
{
    put("user_1", kPerson, 600'000);
    const std::int64_t expires = expiresAt("user_1");
    open("user_1");
    ASSERT_NE(tree(), nullptr);
    EXPECT_TRUE(tree()->isVisible());
    editInTree("/name", QStringLiteral("李四"));
    editInTree("/age", QStringLiteral("35"));
    EXPECT_EQ(text(), R"({"name": "李四", "age": 35})");
    EXPECT_TRUE(label("footLeft").startsWith(QStringLiteral("2 change")));
    EXPECT_TRUE(tabs->hasUnsaved());
    pressSave();
    auto *dialog = waitFor<QDialog>("saveDialog");
    ASSERT_NE(dialog, nullptr);
    QTest::keyClick(dialog, Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return !tabs->hasUnsaved(); }));
    EXPECT_EQ(stored("user_1"), R"({"name": "李四", "age": 35})");
    EXPECT_EQ(expiresAt("user_1"), expires);
}

TEST_F(EditorTest, TypingInTheTextMovesTheTreeAlong)
{
    put("k", R"({"a": 12345678901234567890, "b": [1, 2]})");
    open("k");
    typeBehind("\"b\": [1, ", "9");
    const JsonDocument *document = tree()->jsonModel()->document();
    EXPECT_EQ(document->text(*document->find("/b/1")), "92");
    EXPECT_EQ(document->pointer(tree()->currentNode()), "/b/1");
    EXPECT_TRUE(label("pathLabel").startsWith(QStringLiteral("/b/1 · number · line 1")));
    save();
    EXPECT_EQ(stored("k"), R"({"a": 12345678901234567890, "b": [1, 92]})");
}

TEST_F(EditorTest, SelectingInTheTreeMovesTheText)
{
    put("k", "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  }\n}");
    open("k");
    tree()->setCurrentIndex(
        tree()->jsonModel()->indexOf(*tree()->jsonModel()->document()->find("/b/c")));
    EXPECT_EQ(editor()->caretLine(), 4);
}

TEST_F(EditorTest, CancelledSaveWritesNothing)
{
    put("k", kPerson);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    pressSave();
    answer("saveDialog", "cancelButton");
    EXPECT_TRUE(page()->isUnsaved());
    EXPECT_EQ(stored("k"), kPerson);
}

TEST_F(EditorTest, RefusesInTheTreeWhatIsNotJsonAndKeepsTheValue)
{
    put("k", kPerson);
    open("k");
    editInTree("/age", QStringLiteral("abc"));
    EXPECT_EQ(text(), kPerson);
    ASSERT_NE(waitFor<QLabel>("errorText"), nullptr);
}

TEST_F(EditorTest, AddsAndRemovesMembersInTheTree)
{
    put("k", kPerson);
    open("k");
    tree()->setFocus();
    tree()->setCurrentIndex(tree()->jsonModel()->index(0, 0));
    QTest::keyClick(tree(), Qt::Key_Insert);
    auto *dialog = waitFor<QDialog>("addMember");
    ASSERT_NE(dialog, nullptr);
    auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("textField"));
    field->setText(QStringLiteral("age"));
    EXPECT_FALSE(dialog->findChild<QPushButton *>(QStringLiteral("confirmButton"))->isEnabled());
    field->setText(QStringLiteral("city"));
    answer("addMember");
    EXPECT_EQ(text(), R"({"name": "张三", "age": 30, "city": null})");
    tree()->setCurrentIndex(
        tree()->jsonModel()->indexOf(*tree()->jsonModel()->document()->find("/name")));
    QTest::keyClick(tree(), Qt::Key_Delete);
    EXPECT_EQ(text(), R"({"age": 30, "city": null})");
    editor()->undo();
    editor()->undo();
    EXPECT_EQ(text(), kPerson);
    EXPECT_FALSE(page()->isUnsaved());
}

TEST_F(EditorTest, ShowsAMinifiedDocumentLaidOutAndSavesItMinified)
{
    Bytes value = "{\"list\":[";
    for (int i = 0; i < 40; ++i) value += (i ? ",{\"n\":" : "{\"n\":") + std::to_string(i) + "}";
    value += "],\"big\":12345678901234567890}";
    put("k", value);
    open("k");
    EXPECT_GT(editor()->lines(), 40);
    editInTree("/list/7/n", QStringLiteral("700"));
    save();
    Bytes expected = value;
    expected.replace(expected.find("{\"n\":7}"), 7, "{\"n\":700}");
    EXPECT_EQ(stored("k"), expected);
    typeBehind("\"n\": 700", "0");
    save();
    expected.replace(expected.find("700"), 3, "7000");
    EXPECT_EQ(stored("k"), expected);
}

TEST_F(EditorTest, MarksInvalidJsonAndSavesItAsTextOnlyAfterAQuestion)
{
    put("k", kPerson);
    open("k");
    typeBehind("30", ",");
    EXPECT_TRUE(label("footRight").startsWith(QStringLiteral("Line 1, column 26: ")))
        << label("footRight").toStdString();
    // The tree keeps the last valid text and can't be edited.
    EXPECT_NE(tree()->jsonModel()->document(), nullptr);
    pressSave();
    answer("saveAsText", "cancelButton");
    EXPECT_EQ(stored("k"), kPerson);
    pressSave();
    answer("saveAsText");
    answer("saveDialog");
    ASSERT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
    EXPECT_EQ(stored("k"), R"({"name": "张三", "age": 30,})");
}

TEST_F(EditorTest, EditsPlainTextKeepingItsLineBreaks)
{
    put("k", "first\r\nsecond\r\n");
    open("k");
    EXPECT_FALSE(tree()->isVisible());
    typeBehind("first", "!");
    save();
    EXPECT_EQ(stored("k"), "first!\r\nsecond\r\n");
}

TEST_F(EditorTest, OpensAndEditsBytesUnderAKeyOfAnyBytes)
{
    const Bytes key("\0\n\xFF*[?\\", 7);
    put(key, Bytes("\x00\xFF\x10zz", 5));
    open(key);
    EXPECT_EQ(label("keyLabel"), QStringLiteral("\\x00\\x0A\\xFF*[?\\\\"));
    ASSERT_TRUE(hex()->isVisible());
    hex()->setFocus();
    QTest::keyClicks(hex(), QStringLiteral("7f"));
    EXPECT_EQ(hex()->bytes(), Bytes("\x7F\xFF\x10zz", 5));
    QTest::keyClick(hex(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(hex(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_FALSE(page()->isUnsaved());
    QTest::keyClicks(hex(), QStringLiteral("7f"));
    QTest::keyClick(hex(), Qt::Key_Delete);
    pressSave();
    answer("saveDialog");
    ASSERT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
    EXPECT_EQ(stored(key), Bytes("\x7F\x10zz", 4));
}

TEST_F(EditorTest, OpensTenMegabytesWholeAndEditsThem)
{
    Bytes value = "[\n";
    while (value.size() < 10U * 1024 * 1024)
        value += "  {\n    \"id\": 12345678901234567890,\n    \"x\": 1.0\n  },\n";
    value += "  0\n]";
    put("big", value);
    open("big");
    ASSERT_TRUE(
        eventually([&] { return !editor()->isReadOnly() && tree()->jsonModel()->document(); }));
    EXPECT_EQ(text().size(), value.size());
    typeBehind("1.0", "5");
    EXPECT_TRUE(page()->isUnsaved());
    Bytes expected = value;
    expected.replace(expected.find("1.0"), 3, "1.05");
    save();
    EXPECT_TRUE(stored("big") == expected);
}

// Of a large text the editor hears of a change before it is made.
TEST_F(EditorTest, KnowsTheTextAfterEveryChangeOfALargeOne)
{
    Bytes value = "[\n";
    for (int i = 0; value.size() < 1200U * 1024; ++i)
        value += "  \"张三 " + std::to_string(i) + "\",\n";
    value += "  0\n]";
    put("large", value);
    open("large");
    ASSERT_TRUE(eventually([&] { return editor()->isLarge() && !editor()->isReadOnly(); }));
    const auto send = [&](unsigned message, std::size_t w = 0, std::size_t l = 0) {
        return std::size_t(
            editor()->SendScintilla(message, static_cast<unsigned long>(w), static_cast<long>(l)));
    };
    const auto agrees = [&] { return *editor()->snapshot().join() == text(); };
    std::mt19937 random(7);
    const auto below = [&](std::size_t n) { return std::size_t(random()) % n; };
    for (int step = 0; step < 400; ++step) {
        const std::size_t at =
            send(QsciScintillaBase::SCI_POSITIONBEFORE, below(editor()->length()) + 1);
        switch (below(7)) {
        case 0:
            send(QsciScintillaBase::SCI_GOTOPOS, at);
            break;
        case 1:
            QTest::keyClicks(editor(), QStringLiteral("x y"));
            break;
        case 2:
            QTest::keyClick(editor(), below(2) ? Qt::Key_Backspace : Qt::Key_Return);
            break;
        case 3:
            send(QsciScintillaBase::SCI_SETSEL, at,
                 send(QsciScintillaBase::SCI_POSITIONAFTER, std::min(at + 50, editor()->length())));
            QTest::keyClicks(editor(), QStringLiteral("z"));
            break;
        case 4:
            send(QsciScintillaBase::SCI_UNDO);
            break;
        case 5:
            send(QsciScintillaBase::SCI_REDO);
            break;
        default:
            editor()->apply({at, 0, "李\n四"});
        }
        const bool looks = below(3) == 0;
        ASSERT_TRUE(!looks || agrees()) << step;
    }
    ASSERT_TRUE(agrees());
    while (send(QsciScintillaBase::SCI_CANUNDO)) send(QsciScintillaBase::SCI_UNDO);
    EXPECT_TRUE(agrees());
    EXPECT_EQ(text(), value);
    EXPECT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
}

TEST_F(EditorTest, ReadsOutTheLineOfALargeTextAndEveryCharacterOfASmallOne)
{
    put("small", "one\ntwo");
    open("small");
    EXPECT_NE(QAccessible::queryAccessibleInterface(editor())->textInterface(), nullptr);
    put("large", Bytes(1200U * 1024, '\n') + "the last line");
    open("large");
    ASSERT_TRUE(eventually([&] { return editor()->isLarge() && !editor()->isLoading(); }));
    editor()->SendScintilla(QsciScintillaBase::SCI_DOCUMENTEND);
    EXPECT_EQ(QAccessible::queryAccessibleInterface(editor())->text(QAccessible::Value),
              QStringLiteral("the last line"));
    open("small");
    EXPECT_NE(QAccessible::queryAccessibleInterface(editor())->textInterface(), nullptr);
}

TEST_F(EditorTest, SaysWhenAKeyDoesNotExistAndLooksAgain)
{
    QSignalSpy shown(tabs.get(), &EditorTabs::contentShown);
    tabs->openKey("later", EditorTabs::OpenMode::Reuse);
    ASSERT_TRUE(eventually([&] { return shown.count() > 0; }));
    ASSERT_NE(page()->findChild<EmptyState *>(), nullptr);
    EXPECT_TRUE(page()->findChild<EmptyState *>()->isVisible());
    put("later", "now");
    page()->refresh();
    ASSERT_TRUE(eventually([&] { return editor()->isVisible() && text() == "now"; }));
}

TEST_F(EditorTest, FindsWithinTheText)
{
    put("k", "one two three two");
    open("k");
    QTest::keyClick(editor(), Qt::Key_F, Qt::ControlModifier);
    auto *field = child<QLineEdit>("findField");
    ASSERT_TRUE(field->isVisible());
    field->setText(QStringLiteral("TWO"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(editor()->caretOffset(), 7U);
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(editor()->caretOffset(), 17U);
    QTest::keyClick(field, Qt::Key_Escape);
    EXPECT_FALSE(field->isVisible());
}

TEST_F(EditorTest, GoesByTabFromTheNamesOfTheViewsIntoTheView)
{
    put("k", "{\"a\": 1}");
    open("k");
    auto *text = child<QPushButton>("viewText");
    text->setFocus();
    QTest::keyClick(text, Qt::Key_Tab);
    EXPECT_EQ(tabs->focusWidget(), tree());
    QTest::mouseClick(text, Qt::LeftButton);
    QTest::keyClick(text, Qt::Key_Tab);
    EXPECT_EQ(tabs->focusWidget(), editor());
}

} // namespace
} // namespace kvscope::test
