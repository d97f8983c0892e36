// EditorFixture: real EditorTabs on the built-in engine, driven by keys and clicks.
#pragma once

#include "core/config/paths.h"
#include "core/store/enginestore.h"
#include "tests/support/await.h"
#include "widgets/base/theme.h"
#include "widgets/editor/codeeditor.h"
#include "widgets/editor/editorpage.h"
#include "widgets/editor/editortabs.h"
#include "widgets/editor/hexview.h"
#include "widgets/editor/jsontreeview.h"

#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QtTest>

#include <gtest/gtest.h>

namespace kvscope::test {

class EditorTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        applyTheme(ThemeChoice::Dark);
        QDir(stateFolder() + QStringLiteral("/drafts")).removeRecursively();
        store.open();
        makeTabs();
    }

    void makeTabs()
    {
        tabs = std::make_unique<EditorTabs>();
        tabs->setStore(&store);
        tabs->resize(1000, 640);
        tabs->show();
        tabs->activateWindow();
    }

    void put(const Bytes &key, const Bytes &value, std::int64_t ttlMs = 0)
    {
        const auto expiry =
            ttlMs > 0 ? engine::Expiry{engine::Expiry::Kind::At, Clock::system().wallMs() + ttlMs}
                      : engine::Expiry{engine::Expiry::Kind::None};
        engine.set(key, value, {}, expiry);
    }
    Bytes stored(const Bytes &key) { return Bytes(engine.peek(key).value()); }
    std::int64_t expiresAt(const Bytes &key) { return engine.info(key)->expiresAtMs; }

    /// Opens a key and waits until its value is in the views.
    void open(const Bytes &key, EditorTabs::OpenMode mode = EditorTabs::OpenMode::Reuse)
    {
        QSignalSpy shown(tabs.get(), &EditorTabs::contentShown);
        tabs->openKey(key, mode);
        ASSERT_TRUE(eventually([&] { return shown.count() > 0 && !editor()->isLoading(); }));
    }

    EditorPage *page()
    {
        for (auto *found : tabs->findChildren<EditorPage *>()) {
            if (found->isVisible()) return found;
        }
        return nullptr;
    }
    template<class T>
    T *child(const char *name)
    {
        return page() ? page()->findChild<T *>(QString::fromLatin1(name)) : nullptr;
    }
    CodeEditor *editor() { return child<CodeEditor>("codeEditor"); }
    JsonTreeView *tree() { return child<JsonTreeView>("jsonTree"); }
    HexView *hex() { return child<HexView>("hexView"); }
    Bytes text() { return editor()->bytes(); }

    /// Puts the caret behind `before` and types.
    void typeBehind(const char *before, const char *typed)
    {
        const std::size_t at = text().find(before);
        ASSERT_NE(at, Bytes::npos) << text();
        editor()->SendScintilla(QsciScintillaBase::SCI_GOTOPOS,
                                static_cast<unsigned long>(at + strlen(before)));
        editor()->setFocus();
        QTest::keyClicks(editor(), QString::fromLatin1(typed));
    }

    /// Edits the value at `pointer` in the tree by keyboard.
    void editInTree(const char *pointer, const QString &value)
    {
        const auto node = tree()->jsonModel()->document()->find(pointer);
        ASSERT_TRUE(node.has_value());
        tree()->setFocus();
        tree()->setCurrentIndex(tree()->jsonModel()->indexOf(*node));
        QTest::keyClick(tree(), Qt::Key_F2);
        auto *field = tree()->findChild<QLineEdit *>(QStringLiteral("treeField"));
        ASSERT_NE(field, nullptr);
        field->selectAll();
        field->insert(value);
        QTest::keyClick(field, Qt::Key_Return);
        // The delegate commits in the next turn of the event loop.
        eventually([&] { return !tree()->findChild<QLineEdit *>(QStringLiteral("treeField")); });
    }

    template<class T = QWidget>
    T *waitFor(const char *name)
    {
        const QString objectName = QString::fromLatin1(name);
        T *found = nullptr;
        eventually([&] {
            for (QWidget *widget : QApplication::allWidgets()) {
                if (widget->objectName() == objectName && widget->isVisible())
                    found = qobject_cast<T *>(widget);
            }
            return found != nullptr;
        });
        return found;
    }
    /// Answers the dialog of that name by its confirm button (or another).
    void answer(const char *dialogName, const char *buttonName = "confirmButton")
    {
        auto *dialog = waitFor<QDialog>(dialogName);
        ASSERT_NE(dialog, nullptr) << dialogName;
        auto *button = dialog->findChild<QPushButton *>(QString::fromLatin1(buttonName));
        ASSERT_NE(button, nullptr) << buttonName;
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void pressSave()
    {
        // There is no window manager offscreen to do this when a dialog closes.
        tabs->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(tabs.get()));
        if (!page()->isAncestorOf(QApplication::focusWidget())) editor()->setFocus();
        QTest::keyClick(editor(), Qt::Key_S, Qt::ControlModifier);
    }
    void save()
    {
        pressSave();
        answer("saveDialog");
        ASSERT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
    }
    /// Presses Save and waits for the three versions.
    void saveIntoConflict()
    {
        pressSave();
        answer("saveDialog");
        ASSERT_NE(waitFor<QWidget>("conflictPanel"), nullptr);
    }
    void click(const char *name)
    {
        auto *button = waitFor<QPushButton>(name);
        ASSERT_NE(button, nullptr) << name;
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString label(const char *name)
    {
        if (auto *found = child<QLabel>(name)) return found->text();
        auto *button = child<QPushButton>(name);
        return button ? button->text() : QString();
    }

    engine::Engine engine{engine::Engine::Options{}};
    EngineStore store{engine, Access::ReadWrite};
    std::unique_ptr<EditorTabs> tabs;
};

inline const char *const kPerson = R"({"name": "张三", "age": 30})";

} // namespace kvscope::test
