// What the editor says: after a save, of a key that has gone, before a draft is restored.
#include "tests/gui/editor/editorfixture.h"
#include "widgets/editor/diffview.h"

#include <QTranslator>

namespace kvscope::test {
namespace {

const char *const kMine = R"({"name": "张三", "age": 35})";

class GoneTest : public EditorTest
{
  protected:
    void editAndLose(std::int64_t ttlMs)
    {
        put("k", kPerson, ttlMs);
        open("k");
        editInTree("/age", QStringLiteral("35"));
        engine.erase("k");
        saveIntoConflict();
        EXPECT_FALSE(engine.peek("k"));
        EXPECT_TRUE(label("footLeft").contains(QStringLiteral("the key is gone")));
    }
    bool offered(const char *button)
    {
        auto *found = child<QPushButton>(button);
        return found && found->isVisible();
    }
    void recreate(const char *button)
    {
        click(button);
        ASSERT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
        EXPECT_EQ(stored("k"), kMine);
    }
};

TEST_F(GoneTest, ADeletedKeyIsCreatedAgainWithTheTimeItHadLeft)
{
    editAndLose(600'000);
    EXPECT_TRUE(label("conflictText").contains(QStringLiteral("9 m")))
        << label("conflictText").toStdString();
    recreate("recreateKey");
    const std::int64_t left = expiresAt("k") - Clock::system().wallMs();
    EXPECT_GT(left, 500'000);
    EXPECT_LE(left, 600'000);
    EXPECT_TRUE(label("footLeft").startsWith(QStringLiteral("Created at")));
    EXPECT_TRUE(label("footLeft").contains(QStringLiteral("TTL 9 m")));
}

TEST_F(GoneTest, ADeletedKeyIsCreatedAgainWithoutTtlWhenToldTo)
{
    editAndLose(600'000);
    recreate("recreateWithoutTtl");
    EXPECT_EQ(expiresAt("k"), 0);
    EXPECT_TRUE(label("footLeft").endsWith(QStringLiteral("no TTL")));
    EXPECT_EQ(label("ttlButton"), QStringLiteral("No TTL"));
}

TEST_F(GoneTest, AKeyThatNeverHadATtlGetsNone)
{
    editAndLose(0);
    EXPECT_FALSE(offered("recreateWithoutTtl"));
    recreate("recreateKey");
    EXPECT_EQ(expiresAt("k"), 0);
}

TEST_F(GoneTest, AnExpiredKeyIsSaidToHaveExpiredBeforeAndAfterSave)
{
    put("k", kPerson, 1'200);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    EXPECT_TRUE(label("footLeft").endsWith(QStringLiteral("TTL kept")));
    ASSERT_TRUE(
        eventually([&] { return label("footLeft").contains(QStringLiteral("the key is gone")); }));
    pressSave();
    auto *dialog = waitFor<QDialog>("saveDialog");
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->findChild<QLabel *>(QStringLiteral("saveSummary"))
                    ->text()
                    .contains(QStringLiteral("the key is gone")));
    answer("saveDialog");
    ASSERT_NE(waitFor<QWidget>("conflictPanel"), nullptr);
    EXPECT_EQ(label("conflictTitle"), QStringLiteral("This key has expired"));
    EXPECT_FALSE(offered("recreateWithoutTtl"));
    recreate("recreateKey");
    EXPECT_EQ(expiresAt("k"), 0);
}

TEST_F(GoneTest, AReloadThatFindsTheKeyGoneKeepsTheTextAndTheTtlOnOffer)
{
    put("k", kPerson, 600'000);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    engine.erase("k");
    tabs->refreshCurrent();
    ASSERT_TRUE(
        eventually([&] { return label("footLeft").contains(QStringLiteral("the key is gone")); }));
    saveIntoConflict();
    recreate("recreateKey");
    EXPECT_GT(expiresAt("k"), Clock::system().wallMs() + 500'000);
}

TEST_F(EditorTest, ASaveIsConfirmedUntilTheTextIsTouchedAgain)
{
    put("k", kPerson, 600'000);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    save();
    EXPECT_TRUE(label("footLeft").startsWith(QStringLiteral("Saved at ")));
    EXPECT_TRUE(label("footLeft").endsWith(QStringLiteral(" · TTL kept")));
    editInTree("/age", QStringLiteral("36"));
    EXPECT_TRUE(label("footLeft").startsWith(QStringLiteral("1 change")));
    page()->discard();
}

TEST_F(EditorTest, TextTypedAndTakenBackWhileASaveIsAnsweredIsNotUnsaved)
{
    put("k", kPerson);
    open("k");
    typeBehind("30", "5");
    pressSave();
    auto *dialog = waitFor<QDialog>("saveDialog");
    ASSERT_NE(dialog, nullptr);
    editor()->setFocus();
    QTest::keyClicks(editor(), QStringLiteral("7"));
    QTest::keyClick(editor(), Qt::Key_Backspace);
    answer("saveDialog");
    ASSERT_TRUE(eventually([&] { return stored("k").find("305") != Bytes::npos; }));
    EXPECT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
}

TEST_F(EditorTest, ADraftCanBeLookedAtBeforeItIsRestored)
{
    put("k", kPerson);
    open("k");
    editInTree("/age", QStringLiteral("35"));
    makeTabs();
    open("k");
    click("draftLook");
    auto *view = waitFor<DiffView>("draftView");
    ASSERT_NE(view, nullptr);
    EXPECT_FALSE(view->isEmpty());
    EXPECT_TRUE(label("draftText").contains(QStringLiteral("1 change")));
    EXPECT_EQ(text(), kPerson);
    click("draftDiscard");
    EXPECT_FALSE(view->isVisible());
}

TEST_F(EditorTest, AfterAnEditInTheTreeTheTextMarksNameAndValue)
{
    put("k", kPerson);
    open("k");
    editInTree("/age", QStringLiteral("3500"));
    EXPECT_EQ(editor()->selectedText(), QStringLiteral("\"age\": 3500"));
    page()->discard();
}

TEST_F(EditorTest, TheTtlIsReadAgainWhenItsPopupOpensAndTooLongOnesAreRefused)
{
    put("k", kPerson, 250'000);
    open("k");
    put("k", kPerson, 7'200'000);
    click("ttlButton");
    auto *title = waitFor<QLabel>("ttlTitle");
    ASSERT_NE(title, nullptr);
    EXPECT_TRUE(eventually([&] { return title->text().contains(QStringLiteral("h")); }))
        << title->text().toStdString();
    auto *field = waitFor<QLineEdit>("ttlField");
    field->setText(QStringLiteral("36500000d"));
    EXPECT_TRUE(waitFor<QPushButton>("ttlSet")->isEnabled());
    field->setText(QStringLiteral("36500001d"));
    EXPECT_FALSE(waitFor<QPushButton>("ttlSet")->isEnabled());
    EXPECT_TRUE(waitFor<QLabel>("ttlComplaint")->text().contains(QStringLiteral("too long")));
    field->setText(QStringLiteral("0"));
    EXPECT_TRUE(waitFor<QLabel>("ttlComplaint")->text().contains(QStringLiteral("delete the key")));
    QTest::keyClick(field, Qt::Key_Escape);
    engine.erase("k");
    click("ttlButton");
    title = waitFor<QLabel>("ttlTitle");
    EXPECT_TRUE(eventually([&] { return title->text().contains(QStringLiteral("not exist")); }));
    EXPECT_FALSE(waitFor<QPushButton>("ttlPersist")->isEnabled());
    QTest::keyClick(waitFor<QDialog>("ttlPopup"), Qt::Key_Escape);
}

// Marks every sentence, so that a name that was not asked for anew shows.
class Marker : public QTranslator
{
  public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return QLatin1Char('<') + QString::fromUtf8(source);
    }
    bool isEmpty() const override { return false; }
};

TEST_F(EditorTest, EveryNameForScreenReadersFollowsTheLanguage)
{
    put("k", kPerson);
    open("k");
    Marker marker;
    QCoreApplication::installTranslator(&marker);
    ASSERT_TRUE(eventually([&] { return editor()->accessibleName().startsWith(u'<'); }));
    int named = 0;
    for (const QWidget *widget : page()->findChildren<QWidget *>()) {
        const bool isKey = widget->objectName() == QLatin1String("keyLabel");
        if (widget->accessibleName().isEmpty() || isKey) continue;
        EXPECT_TRUE(widget->accessibleName().startsWith(u'<'))
            << widget->objectName().toStdString() << ' ' << widget->accessibleName().toStdString();
        ++named;
    }
    EXPECT_GT(named, 5);
    QCoreApplication::removeTranslator(&marker);
}

} // namespace
} // namespace kvscope::test
