// The keyboard reaches everything, and everything it reaches can say what it is.
#include "tests/gui/window/windowfixture.h"

#include "core/engine/engine.h"
#include "widgets/base/dialogs.h"
#include "widgets/browser/keytreeview.h"
#include "widgets/editor/editortabs.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QTabBar>

#include <optional>
#include <set>

namespace kvscope::test {
namespace {

/// What a screen reader says: the widget's own name, its caption, or that of the label before it.
QString spokenName(const QWidget *widget)
{
    if (!widget->accessibleName().isEmpty()) return widget->accessibleName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) return button->text();
    if (const auto *label = qobject_cast<const QLabel *>(widget)) return label->text();
    for (const auto *label : widget->window()->findChildren<QLabel *>())
        if (label->buddy() == widget) return label->text();
    return {};
}

std::string described(const QWidget *widget)
{
    return (QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName() +
            QStringLiteral(" in ") + widget->parentWidget()->objectName())
        .toStdString();
}

class KeyboardTest : public WindowTest
{
  protected:
    /// Every control of the window that is in sight and says that Tab reaches it.
    static std::set<QWidget *> controlsOf(const QWidget *window)
    {
        std::set<QWidget *> controls;
        for (QWidget *widget : window->findChildren<QWidget *>()) {
            const bool mine = widget->window() == window && widget->isVisible();
            const bool byTab = (widget->focusPolicy() & Qt::TabFocus) != 0 && !widget->focusProxy();
            // Of buttons that exclude each other Tab goes to the chosen one, arrows to the others.
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool exclusive = button && (button->autoExclusive() || button->group());
            if (exclusive && !button->isChecked()) continue;
            if (mine && widget->isEnabled() && byTab) controls.insert(widget);
        }
        return controls;
    }

    static void walk(QWidget *window)
    {
        const std::set<QWidget *> controls = controlsOf(window);
        ASSERT_GT(controls.size(), 4U);
        QWidget *first = window->nextInFocusChain();
        while (!controls.contains(first)) first = first->nextInFocusChain();
        first->setFocus(Qt::TabFocusReason);
        std::set<QWidget *> reached;
        for (std::size_t i = 0; i < 2 * controls.size(); ++i) {
            QWidget *now = window->focusWidget();
            ASSERT_TRUE(now);
            reached.insert(now);
            QTest::keyClick(now, Qt::Key_Tab);
        }
        // A walk that does not come round again is a trap.
        QWidget *last = window->focusWidget();
        std::string around;
        for (std::size_t i = 0; i < 2 * controls.size() && window->focusWidget() != first; ++i) {
            QTest::keyClick(window->focusWidget(), Qt::Key_Tab);
            around += described(window->focusWidget()) + "; ";
        }
        EXPECT_EQ(window->focusWidget(), first) << described(last) << " traps Tab: " << around;
        for (const QWidget *control : controls) {
            EXPECT_TRUE(reached.contains(const_cast<QWidget *>(control))) << described(control);
            EXPECT_FALSE(spokenName(control).isEmpty()) << described(control);
            const auto *button = qobject_cast<const QAbstractButton *>(control);
            const bool iconAlone = button && button->text().isEmpty();
            EXPECT_TRUE(!iconAlone || !button->toolTip().isEmpty()) << described(control);
        }
    }

    void openEngine()
    {
        m_window->openProfile({.url = QStringLiteral("engine:")});
        ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    }
};

TEST_F(KeyboardTest, ReachesEveryControlOfBrowse)
{
    openEngine();
    click(find("browseButton"));
    ASSERT_TRUE(shown("emptyAction"));
    walk(m_window.get());
}

TEST_F(KeyboardTest, LeadsByTabFromTheKeysIntoAnOpenOne)
{
    m_factory.localEngine().set("user_1", R"({"name": "张三", "age": 30})");
    openEngine();
    m_window->navigator().open({.page = PageId::Browse, .key = "user_1"});
    ASSERT_TRUE(shown("jsonTree"));
    auto *tree = shown<KeyTreeView>("keyTree");
    ASSERT_TRUE(tree && eventually([&] { return tree->currentRow().has_value(); }));
    const auto tabTo = [&](const QWidget *wanted) {
        for (int i = 0; i < 60 && m_window->focusWidget() != wanted; ++i)
            QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
        return m_window->focusWidget() == wanted;
    };
    tree->setFocus();
    for (const char *control : {"editorTabBar", "ttlButton", "viewTree", "jsonTree", "codeEditor"})
        EXPECT_TRUE(tabTo(find(control))) << control;
    EXPECT_FALSE(spokenName(find("editorTabBar")).isEmpty());
}

TEST_F(KeyboardTest, PressesTheButtonThatHasTheFocusByReturn)
{
    for (const bool destroyed : {false, true}) {
        std::optional<bool> answer;
        askConfirmation(m_window.get(),
                        {.objectName = QStringLiteral("question"),
                         .title = QStringLiteral("Destroy it?"),
                         .confirmText = QStringLiteral("Destroy"),
                         .destructive = true},
                        [&](bool yes) { answer = yes; });
        auto *dialog = shown<QDialog>("question");
        ASSERT_TRUE(dialog);
        if (destroyed) dialog->findChild<QWidget *>(QStringLiteral("confirmButton"))->setFocus();
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        ASSERT_TRUE(eventually([&] { return answer.has_value(); }));
        EXPECT_EQ(*answer, destroyed);
        ASSERT_TRUE(isGone("question"));
    }
}

TEST_F(KeyboardTest, StepsThroughTheOpenKeysAndClosesThemFromTheTreeOfKeysToo)
{
    for (const char *key : {"a", "b", "c"}) m_factory.localEngine().set(key, "1");
    openEngine();
    click(find("browseButton"));
    auto *tabs = m_window->findChild<EditorTabs *>();
    ASSERT_TRUE(tabs);
    for (const char *key : {"a", "b", "c"}) tabs->openKey(key, EditorTabs::OpenMode::NewTab);
    ASSERT_TRUE(shown("keyTree"));
    auto *bar = shown<QTabBar>("editorTabBar");
    ASSERT_TRUE(bar && eventually([&] { return bar->count() == 3 && bar->currentIndex() == 2; }));
    QWidget *tree = find("keyTree");
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Tab, Qt::ControlModifier);
    EXPECT_EQ(bar->currentIndex(), 0);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(bar->currentIndex(), 2);
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(bar->currentIndex(), 1);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_W, Qt::ControlModifier);
    EXPECT_TRUE(eventually([&] { return bar->count() == 2; })) << "the open key is closed";
}

TEST_F(KeyboardTest, LeadsByF6OutOfATextInWhichTabIsWritten)
{
    m_factory.localEngine().set("user_1", R"({"name": "张三", "age": 30})");
    openEngine();
    m_window->navigator().open({.page = PageId::Browse, .key = "user_1"});
    auto *tree = shown<QWidget>("jsonTree");
    ASSERT_TRUE(tree);
    tree->setFocus();
    QWidget *text = find("codeEditor");
    QTest::keyClick(m_window->focusWidget(), Qt::Key_F6);
    ASSERT_EQ(m_window->focusWidget(), text);
    QTest::keyClick(text, Qt::Key_Tab);
    EXPECT_EQ(m_window->focusWidget(), text);
    QTest::keyClick(text, Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(m_window->focusWidget(), tree);
    text->setFocus();
    QTest::keyClick(text, Qt::Key_F6);
    EXPECT_NE(m_window->focusWidget(), text);
}

TEST_F(KeyboardTest, ReachesEveryControlOfLive)
{
    openEngine();
    click(find("liveButton"));
    walk(m_window.get());
}

TEST_F(KeyboardTest, ReachesEveryControlOfJobs)
{
    openEngine();
    click(find("jobsButton"));
    ASSERT_TRUE(shown("checkButton"));
    walk(m_window.get());
}

TEST_F(KeyboardTest, ReachesEveryControlOfTheConnectDialog)
{
    press(Qt::Key_O);
    auto *dialog = shown<QDialog>("connectDialog");
    ASSERT_TRUE(dialog);
    for (const char *kind : {"kindTcp", "kindTls", "kindUnix", "kindEngine"}) {
        click(find(kind));
        walk(dialog);
    }
}

} // namespace
} // namespace kvscope::test
