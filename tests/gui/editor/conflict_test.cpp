// What the person typed survives conflicts, deletion, refresh, crashes and read-only stores.
#include "tests/gui/editor/editorfixture.h"

#include "core/config/paths.h"

#include <QDir>
#include <QTableView>

namespace kvscope::test {
namespace {

const char *const kMine = R"({"name": "张三", "age": 35})";
const char *const kTheirs = R"({"name": "李四", "age": 30})";

class ConflictTest : public EditorTest
{
  protected:
    void collide()
    {
        put("k", kPerson, 600'000);
        open("k");
        editInTree("/age", QStringLiteral("35"));
        put("k", kTheirs, 600'000);
        saveIntoConflict();
        EXPECT_EQ(stored("k"), kTheirs);
    }
};

TEST_F(ConflictTest, ShowsThreeVersionsAndOverwritesWhenToldTo)
{
    collide();
    click("overwriteTheirs");
    ASSERT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
    EXPECT_EQ(stored("k"), kMine);
    EXPECT_NE(expiresAt("k"), 0);
}

TEST_F(ConflictTest, TakesTheirsWhenToldTo)
{
    collide();
    click("takeTheirs");
    ASSERT_TRUE(eventually([&] { return editor()->isVisible() && text() == kTheirs; }));
    EXPECT_FALSE(page()->isUnsaved());
    EXPECT_EQ(stored("k"), kTheirs);
}

TEST_F(ConflictTest, KeepsEditingMineAndSavesAgainstTheirs)
{
    collide();
    click("keepMine");
    EXPECT_EQ(text(), kMine);
    EXPECT_TRUE(page()->isUnsaved());
    save();
    EXPECT_EQ(stored("k"), kMine);
}

TEST_F(ConflictTest, NoticesASecondConflictWhileOverwriting)
{
    collide();
    put("k", "{}", 600'000);
    click("overwriteTheirs");
    ASSERT_NE(waitFor<QWidget>("conflictPanel"), nullptr);
    EXPECT_EQ(stored("k"), "{}");
    EXPECT_EQ(text(), kMine);
}

TEST_F(ConflictTest, MergesChangesThatDoNotTouch)
{
    put("k", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}");
    open("k");
    editInTree("/a", QStringLiteral("10"));
    put("k", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 30\n}");
    saveIntoConflict();
    click("mergeBoth");
    EXPECT_EQ(text(), "{\n  \"a\": 10,\n  \"b\": 2,\n  \"c\": 30\n}");
    save();
    EXPECT_EQ(stored("k"), "{\n  \"a\": 10,\n  \"b\": 2,\n  \"c\": 30\n}");
}

TEST_F(ConflictTest, OffersToMergeOnlyWhereBothSidesGoTogether)
{
    const auto offered = [&](const char *base, const char *theirs, const char *mine) {
        put("k", base);
        makeTabs();
        open("k");
        editor()->selectAll();
        editor()->replaceSelectedText(QString::fromUtf8(mine));
        EXPECT_TRUE(eventually([&] { return page()->isUnsaved(); }));
        put("k", theirs);
        saveIntoConflict();
        const bool visible = child<QPushButton>("mergeBoth")->isVisible();
        page()->discard();
        return visible;
    };
    EXPECT_TRUE(offered("1,\n2\n3\n", "1,\n2\n4\n", "0,\n2\n3\n"));
    EXPECT_TRUE(offered("1,\n2\n3\n7\n", "5\n2\n3\n8\n", "5\n2\n0\n7\n")) << "one change is common";
    EXPECT_FALSE(offered("1,\n2\n3\n", "4,\n2\n3\n", "5,\n2\n3\n")) << "the same line";
    EXPECT_FALSE(offered("1,\n2\n3\n", "5,\n2\n4\n", "5,\n2\n3\n")) << "it would be theirs";
    EXPECT_FALSE(offered("[\n1,\n2,\n3\n]", "[\n1,\n2,\n2.5,\n3\n]", "[\n1,\n2\n]"))
        << "a comma would be missing";
    EXPECT_FALSE(offered(kPerson, kTheirs, kMine)) << "all in one line";
}

TEST_F(ConflictTest, CreatesADeletedKeyAgainWhenToldTo)
{
    put("k", kPerson);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    engine.erase("k");
    saveIntoConflict();
    EXPECT_FALSE(engine.peek("k"));
    click("recreateKey");
    ASSERT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
    EXPECT_EQ(stored("k"), kMine);
}

TEST_F(ConflictTest, GoesBackToTheTextWithoutWriting)
{
    collide();
    click("conflictBack");
    EXPECT_TRUE(editor()->isVisible());
    EXPECT_EQ(text(), kMine);
    EXPECT_EQ(stored("k"), kTheirs);
}

TEST_F(EditorTest, RefreshKeepsUnsavedText)
{
    put("k", kPerson);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    put("k", kTheirs);
    tabs->refreshCurrent();
    ASSERT_NE(waitFor<QLabel>("errorText"), nullptr);
    EXPECT_EQ(text(), kMine);
    saveIntoConflict();
}

TEST_F(EditorTest, RefreshShowsANewValueWhereNothingWasTyped)
{
    put("k", kPerson);
    open("k");
    put("k", kTheirs);
    tabs->refreshCurrent();
    EXPECT_TRUE(eventually([&] { return text() == kTheirs; }));
    EXPECT_FALSE(page()->isUnsaved());
}

TEST_F(EditorTest, UnsavedTextIsOfferedAgainAfterACrash)
{
    put("crash:1", kPerson);
    open("crash:1");
    editInTree("/age", QStringLiteral("35"));
    const QDir folder(stateFolder() + QStringLiteral("/drafts"));
    ASSERT_TRUE(eventually([&] { return !folder.entryList(QDir::Files).isEmpty(); }));
    const QFileInfo file = folder.entryInfoList(QDir::Files).first();
    EXPECT_EQ(file.permissions() &
                  (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
              QFile::Permissions());
    makeTabs();
    open("crash:1");
    EXPECT_EQ(text(), kPerson);
    click("draftRestore");
    ASSERT_TRUE(eventually([&] { return text() == kMine && page()->isUnsaved(); }));
    save();
    EXPECT_EQ(stored("crash:1"), kMine);
    EXPECT_TRUE(eventually([&] { return folder.entryList(QDir::Files).isEmpty(); }));
}

TEST_F(EditorTest, ARestoredDraftOfAnOlderValueEndsInAConflictNotInALostUpdate)
{
    put("crash:2", kPerson);
    open("crash:2");
    editInTree("/age", QStringLiteral("35"));
    makeTabs();
    put("crash:2", kTheirs);
    open("crash:2");
    click("draftRestore");
    ASSERT_TRUE(eventually([&] { return text() == kMine; }));
    saveIntoConflict();
    EXPECT_EQ(stored("crash:2"), kTheirs);
    click("takeTheirs");
    EXPECT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
}

TEST_F(EditorTest, TheTimeToLiveIsSetRefusedAndRemoved)
{
    put("k", kPerson, 250'000);
    open("k");
    EXPECT_TRUE(label("ttlButton").startsWith(QStringLiteral("TTL 4 m")))
        << label("ttlButton").toStdString();
    click("ttlButton");
    auto *field = waitFor<QLineEdit>("ttlField");
    ASSERT_NE(field, nullptr);
    for (const char *refused : {"0", "-5", "soon"}) {
        field->setText(QString::fromLatin1(refused));
        EXPECT_FALSE(waitFor<QPushButton>("ttlSet")->isEnabled()) << refused;
        EXPECT_FALSE(waitFor<QLabel>("ttlComplaint")->text().isEmpty());
    }
    field->setText(QStringLiteral("2h"));
    click("ttlSet");
    ASSERT_TRUE(eventually([&] { return expiresAt("k") > Clock::system().wallMs() + 7'000'000; }));
    EXPECT_EQ(stored("k"), kPerson);
    ASSERT_TRUE(eventually([&] {
        return waitFor<QPushButton>("ttlButton") &&
               label("ttlButton").contains(QStringLiteral("h"));
    }));
    click("ttlButton");
    click("ttlPersist");
    ASSERT_TRUE(eventually([&] { return expiresAt("k") == 0; }));
}

TEST_F(EditorTest, AReadOnlyStoreShowsAndSaysWhyNot)
{
    EngineStore readOnly(engine, Access::ReadOnly);
    readOnly.open();
    put("k", kPerson);
    tabs->setStore(&readOnly);
    open("k");
    EXPECT_TRUE(editor()->isReadOnly());
    EXPECT_FALSE(child<QPushButton>("saveButton")->isEnabled());
    EXPECT_TRUE(label("footLeft").contains(QStringLiteral("read-only")));
    tabs->setStore(nullptr);
}

TEST_F(EditorTest, ClosingAnUnsavedTabAsksFirst)
{
    put("a", kPerson);
    put("b", "text");
    open("a");
    open("b", EditorTabs::OpenMode::NewTab);
    auto *bar = tabs->findChild<QTabBar *>(QStringLiteral("editorTabBar"));
    EXPECT_EQ(bar->count(), 2);
    tabs->openKey("a", EditorTabs::OpenMode::Reuse);
    EXPECT_EQ(tabs->currentKey(), "a");
    EXPECT_EQ(bar->count(), 2);
    editInTree("/age", QStringLiteral("35"));
    EXPECT_TRUE(bar->tabText(0).endsWith(QStringLiteral("●")));
    QTest::keyClick(editor(), Qt::Key_W, Qt::ControlModifier);
    answer("closeUnsaved", "cancelButton");
    EXPECT_EQ(bar->count(), 2);
    QTest::keyClick(editor(), Qt::Key_W, Qt::ControlModifier);
    answer("closeUnsaved");
    EXPECT_EQ(bar->count(), 1);
    EXPECT_FALSE(tabs->hasUnsaved());
    QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(0).center());
    EXPECT_EQ(bar->count(), 0);
    EXPECT_EQ(tabs->currentKey(), "");
    EXPECT_EQ(stored("a"), kPerson);
}

TEST_F(EditorTest, AnUnsavedTabIsNotReused)
{
    put("a", kPerson);
    put("b", "text");
    open("a");
    editInTree("/age", QStringLiteral("35"));
    open("b");
    EXPECT_EQ(tabs->findChild<QTabBar *>(QStringLiteral("editorTabBar"))->count(), 2);
    QTest::keyClick(editor(), Qt::Key_Tab, Qt::ControlModifier);
    EXPECT_EQ(tabs->currentKey(), "a");
    EXPECT_EQ(text(), kMine);
    page()->discard();
}

} // namespace
} // namespace kvscope::test
