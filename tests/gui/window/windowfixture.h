// WindowFixture: the real main window on a state folder of its own, driven by keys and clicks.
#pragma once

#include "core/config/paths.h"
#include "core/config/profiles.h"
#include "core/config/settings.h"
#include "tests/support/await.h"
#include "widgets/base/language.h"
#include "widgets/base/theme.h"
#include "widgets/mainwindow.h"
#include "widgets/storesession.h"

#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace kvscope::test {

class WindowTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        qputenv("KVSCOPE_STATE", m_state.path().toUtf8());
        applyTheme(ThemeChoice::Dark);
        applyLanguage(QStringLiteral("en"));
        ASSERT_TRUE(m_profiles.load());
        m_session = std::make_unique<StoreSession>(m_factory);
        m_window = std::make_unique<MainWindow>(*m_session, m_profiles, m_settings);
        m_window->resize(1200, 800);
        m_window->show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
    }

    void TearDown() override
    {
        m_window.reset();
        m_session.reset();
        applyLanguage(QStringLiteral("en"));
    }

    template<class T = QWidget>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }

    /// Waits for a widget to be there and visible; null after the time-out.
    template<class T = QWidget>
    T *shown(const char *name) const
    {
        T *visible = nullptr;
        eventually([&] {
            for (T *widget : m_window->findChildren<T *>(QString::fromLatin1(name)))
                if (widget->isVisible()) visible = widget;
            return visible != nullptr;
        });
        return visible;
    }

    /// Waits until no widget of that name is visible any more.
    bool isGone(const char *name) const
    {
        return eventually([&] {
            for (const auto *widget : m_window->findChildren<QWidget *>(QString::fromLatin1(name)))
                if (widget->isVisible()) return false;
            return true;
        });
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QWidget *target = QApplication::focusWidget();
        QTest::keyClick(target ? target : m_window.get(), key, modifiers);
    }

    static void click(QWidget *widget)
    {
        ASSERT_TRUE(widget);
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    bool reaches(StoreState::Phase phase) const
    {
        return eventually([&] { return m_session->state().phase == phase; });
    }

    QString errorText() const
    {
        const auto *bar = find<QWidget>("errorBar");
        return bar->isVisible() ? bar->findChild<QLabel *>(QStringLiteral("errorText"))->text()
                                : QString();
    }

    static QByteArray fileText(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_state;
    Settings m_settings;
    Profiles m_profiles;
    StoreFactory m_factory;
    std::unique_ptr<StoreSession> m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace kvscope::test
