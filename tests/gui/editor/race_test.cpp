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

} // namespace
} // namespace kvscope::test
