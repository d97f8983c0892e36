// What is typed while a value is still being read, laid out, inserted or judged is never lost.
#include "tests/gui/editor/editorfixture.h"

#include "core/config/paths.h"
#include "widgets/editor/editsession.h"
#include "widgets/editor/valueviews.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace kvscope::test {
namespace {

Bytes membersOf(std::size_t size)
{
    Bytes value = "{\n  \"a\": 1,\n  \"b\": 2";
    for (int i = 0; value.size() < size; ++i)
        value += ",\n  \"member" + std::to_string(i) + "\": \"some text of no meaning\"";
    return value + "\n}";
}

Bytes replaced(Bytes text, const Bytes &what, const Bytes &with)
{
    return text.replace(text.find(what), what.size(), with);
}

class RaceTest : public EditorTest
{
  protected:
    const QDir drafts{stateFolder() + QStringLiteral("/drafts")};

    void openWhole(const Bytes &key)
    {
        open(key);
        ASSERT_TRUE(eventually([&] { return treeIsEditable(); }));
    }
    void leaveADraft(const Bytes &key)
    {
        openWhole(key);
        typeBehind("\"a\": 1", "5");
        ASSERT_TRUE(eventually([&] { return !drafts.entryList(QDir::Files).isEmpty(); }));
        makeTabs();
    }
    bool treeIsEditable() { return tree()->jsonModel()->isEditable(); }
};

TEST_F(RaceTest, RestoresADraftThatIsInsertedInSlices)
{
    const Bytes value = membersOf(300 * 1024);
    const Bytes mine = replaced(value, "\"a\": 1", "\"a\": 15");
    put("big", value);
    leaveADraft("big");
    openWhole("big");
    EXPECT_TRUE(text() == value);
    click("draftRestore");
    ASSERT_TRUE(eventually([&] { return page()->isUnsaved() && !editor()->isLoading(); }));
    EXPECT_TRUE(text() == mine);
    QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(text() == value);
    QTest::keyClick(editor(), Qt::Key_Y, Qt::ControlModifier);
    save();
    EXPECT_TRUE(stored("big") == mine);
}

TEST_F(RaceTest, KeepsADraftOnOfferWhereTheStoreIsReadOnly)
{
    EngineStore readOnly(engine, Access::ReadOnly);
    readOnly.open();
    put("k", membersOf(0));
    leaveADraft("k");
    tabs->setStore(&readOnly);
    open("k");
    click("draftRestore");
    ASSERT_NE(waitFor<QLabel>("errorText"), nullptr);
    EXPECT_NE(waitFor<QPushButton>("draftRestore"), nullptr);
    EXPECT_FALSE(drafts.entryList(QDir::Files).isEmpty());
    EXPECT_FALSE(page()->isUnsaved());
    tabs->setStore(nullptr);
}

TEST_F(RaceTest, KeepsWhatWasTypedWhileAReloadWasPrepared)
{
    const Bytes value = membersOf(0);
    const Bytes theirs = replaced(value, "\"b\": 2", "\"b\": 3");
    put("k", value);
    open("k");
    put("k", theirs);
    auto *session = page()->findChild<EditSession *>();
    QObject::connect(session, &EditSession::loaded, editor(), [&] { typeBehind("\"a\": 1", "5"); });
    tabs->refreshCurrent();
    ASSERT_NE(waitFor<QLabel>("errorText"), nullptr);
    EXPECT_EQ(text(), replaced(value, "\"a\": 1", "\"a\": 15"));
    EXPECT_TRUE(page()->isUnsaved());
    EXPECT_EQ(session->base(), value);
    saveIntoConflict();
    EXPECT_EQ(stored("k"), theirs);
}

TEST_F(RaceTest, TheTreeTakesNoEditThatItWouldDrop)
{
    put("k", membersOf(100 * 1024));
    openWhole("k");
    editInTree("/a", QStringLiteral("15"));
    const Bytes once = text();
    if (!treeIsEditable()) {
        QTest::keyClick(tree(), Qt::Key_Delete);
        EXPECT_EQ(text(), once);
    }
    ASSERT_TRUE(eventually([&] { return treeIsEditable(); }));
    editInTree("/b", QStringLiteral("25"));
    EXPECT_NE(text().find("\"a\": 15,\n  \"b\": 25"), Bytes::npos);
    typeBehind("\"b\": 25", "0");
    EXPECT_FALSE(treeIsEditable());
    const QModelIndex root = tree()->jsonModel()->index(0, 0);
    const QModelIndex cell = tree()->jsonModel()->index(0, JsonTreeModel::ValueColumn, root);
    EXPECT_FALSE(tree()->jsonModel()->setData(cell, QStringLiteral("7"), Qt::EditRole));
    ASSERT_TRUE(eventually([&] { return treeIsEditable(); }));
    page()->discard();
}

TEST_F(RaceTest, AVerdictWaitsForTheOpenLineEditor)
{
    put("k", membersOf(100 * 1024));
    openWhole("k");
    tree()->setFocus();
    const auto node = tree()->jsonModel()->document()->find("/a");
    tree()->setCurrentIndex(tree()->jsonModel()->indexOf(*node));
    QTest::keyClick(tree(), Qt::Key_F2);
    auto *field = tree()->findChild<QLineEdit *>(QStringLiteral("treeField"));
    ASSERT_NE(field, nullptr);
    field->setText(QStringLiteral("15"));
    auto *views = page()->findChild<ValueViews *>();
    QSignalSpy judged(views, &ValueViews::judged);
    QSignalSpy exchanged(tree()->jsonModel(), &QAbstractItemModel::dataChanged);
    views->setBase(views->base());
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    EXPECT_TRUE(tree()->isEditing());
    EXPECT_EQ(exchanged.count(), 0);
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return judged.count() > 0; }));
    EXPECT_NE(text().find("\"a\": 15"), Bytes::npos);
    EXPECT_TRUE(page()->isUnsaved());
    page()->discard();
}

TEST_F(RaceTest, AnActionOfTheTreesMenuForARowThatHasGoneDoesNothing)
{
    put("k", kPerson);
    open("k");
    const auto node = tree()->jsonModel()->document()->find("/age");
    const QRect row = tree()->visualRect(tree()->jsonModel()->indexOf(*node));
    QContextMenuEvent event(QContextMenuEvent::Mouse, row.center(),
                            tree()->viewport()->mapToGlobal(row.center()));
    QCoreApplication::sendEvent(tree()->viewport(), &event);
    auto *menu = waitFor<QMenu>("treeMenu");
    ASSERT_NE(menu, nullptr);
    put("k", "[1, [2]]");
    page()->refresh();
    ASSERT_TRUE(eventually([&] { return text() == "[1, [2]]"; }));
    for (QAction *action : menu->actions().mid(0, 3)) action->trigger();
    EXPECT_EQ(tree()->findChild<QLineEdit *>(QStringLiteral("treeField")), nullptr);
    EXPECT_EQ(text(), "[1, [2]]");
    menu->close();
}

} // namespace
} // namespace kvscope::test
