// BrowserFixture: a real BrowsePage on the built-in engine, driven by keys and clicks.
#pragma once

#include "core/engine/engine.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "widgets/base/theme.h"
#include "widgets/browser/browsepage.h"
#include "widgets/browser/keytreeview.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTest>

#include <gtest/gtest.h>

namespace kvscope {

using test::await;
using test::eventually;

class BrowserTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        applyTheme(ThemeChoice::Dark);
        page.resize(1200, 800);
        page.show();
    }
    void TearDown() override { page.setStore(nullptr); }

    engine::Engine &engine() { return factory.localEngine(); }

    void put(const Bytes &key, const Bytes &value = "v") { engine().set(key, value); }

    void connectStore(Access access = Access::ReadWrite, const Bytes &delimiter = ":")
    {
        store = std::move(*factory.make(QStringLiteral("engine:"), access));
        store->open();
        page.setStore(store.get(), delimiter);
        ASSERT_TRUE(eventually([&] { return page.feed().isComplete(); }));
        ASSERT_TRUE(eventually([&] { return !page.feed().tree()->figures().passRunning; }));
    }

    template<class T>
    T *child(const char *name)
    {
        T *found = page.findChild<T *>(QLatin1StringView(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    KeyTreeView *tree() { return child<KeyTreeView>("keyTree"); }

    /// "user: 3" for a namespace, "user:1" for a key, two spaces a level.
    std::vector<std::string> lines()
    {
        std::vector<std::string> lines;
        const keyindex::KeyTree &shown = tree()->tree();
        for (const keyindex::TreeRow &row : shown.rows(0, shown.rowCount())) {
            std::string line(static_cast<std::size_t>(row.depth) * 2, ' ');
            line += escapeBytes(row.path);
            if (row.kind == keyindex::TreeRow::Kind::Namespace)
                line += ' ' + std::to_string(row.keys);
            lines.push_back(line);
        }
        return lines;
    }
    bool shows(const std::vector<std::string> &expected)
    {
        const bool did = eventually([&] { return lines() == expected; }, 5000);
        if (!did) ADD_FAILURE() << "shown: " << testing::PrintToString(lines());
        return did;
    }

    /// That key is current and its row lies in the viewport.
    bool sees(const Bytes &key)
    {
        const auto row = tree()->tree().rowOf(keyindex::TreeRow::Kind::Key, key);
        return row && tree()->currentRow() && tree()->currentRow()->path == key &&
               tree()->viewport()->rect().contains(tree()->rowRect(*row).center());
    }

    void click(std::size_t row, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
               Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseClick(tree()->viewport(), button, modifiers, tree()->rowRect(row).center());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(tree(), key, modifiers);
    }

    static void type(QWidget *widget, const char *text)
    {
        ASSERT_NE(widget, nullptr);
        QTest::keyClicks(widget, QString::fromUtf8(text));
    }
    static std::string textOf(const QLabel *label) { return label->text().toStdString(); }

    /// The open dialog of that name; waits for it.
    QDialog *dialog(const char *name)
    {
        QDialog *found = nullptr;
        EXPECT_TRUE(eventually([&] {
            for (auto *one : page.findChildren<QDialog *>(QLatin1StringView(name))) {
                if (one->isVisible()) found = one; // one that was answered may wait to be deleted
            }
            return found != nullptr;
        })) << name;
        return found;
    }
    static void clickIn(QWidget *parent, const char *button)
    {
        auto *found = parent->findChild<QPushButton *>(QLatin1StringView(button));
        ASSERT_NE(found, nullptr) << button;
        QTest::mouseClick(found, Qt::LeftButton);
    }

    StoreFactory factory;
    std::unique_ptr<Store> store;
    BrowsePage page{nullptr};
};

} // namespace kvscope
