// Application: reads settings, opens the first store, shows the window, draws screenshots.
#include "app/application.h"

#include "app/firstpaint.h"
#include "core/async/errortext.h"
#include "core/base/threadslice.h"
#include "widgets/base/language.h"
#include "widgets/base/theme.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

namespace kvscope {
namespace {

ThemeChoice themeChoiceFrom(const QString &name)
{
    return name == QLatin1String("light")  ? ThemeChoice::Light
           : name == QLatin1String("dark") ? ThemeChoice::Dark
                                           : ThemeChoice::System;
}

} // namespace

Application::Application(const WindowOptions &options)
    : m_settings(Settings::load()), m_session(m_factory)
{
    const auto loaded = m_profiles.load();
    if (!loaded) std::fprintf(stderr, "%s\n", qUtf8Printable(errorLine(loaded.error())));
    applyLanguage(options.language.isEmpty() ? m_settings.language : options.language);
    applyTheme(themeChoiceFrom(options.theme.isEmpty() ? m_settings.theme : options.theme));

    m_window = std::make_unique<MainWindow>(m_session, m_profiles, m_settings);
    if (options.size.isValid()) m_window->resize(options.size);
    showPage(options);
    m_window->show();
    // Everything that is not needed to draw the window waits until it was drawn.
    QTimer::singleShot(0, m_window.get(), [this, options] { open(options); });
    if (!options.screenshotPath.isEmpty()) arrangeScreenshot(options);
}

Application::~Application()
{
    // The window's pages look at the session's store: they go while it still lives.
    m_window.reset();
}

void Application::open(const WindowOptions &options)
{
    const Profile *last = options.isPlainStart() ? m_profiles.find(m_settings.profile) : nullptr;
    const bool demo = options.connectUrl.isEmpty() && !last;
    if (!options.connectUrl.isEmpty()) {
        Profile named = profileOf(options.connectUrl, m_profiles);
        named.readOnly |= options.access == Access::ReadOnly;
        m_session.open(named, options.password);
    } else if (demo) {
        m_session.open({.url = QString::fromLatin1(kDemoEngineUrl),
                        .readOnly = options.access == Access::ReadOnly});
    } else {
        Profile again = *last;
        again.readOnly |= options.access == Access::ReadOnly;
        m_session.open(again);
    }
    const bool scenario = demo || !options.scenario.isEmpty();
    if (scenario && m_session.live()) {
        ScenarioRunner &runner = m_session.live()->scenario();
        if (!options.scenario.isEmpty()) runner.select(options.scenario);
        runner.start();
    }
    if (options.openKey) m_window->navigator().open({PageId::Browse, *options.openKey});
}

void Application::showPage(const WindowOptions &options)
{
    QString page = options.page;
    if (page.isEmpty() && options.openKey) page = QStringLiteral("browse");
    if (page.isEmpty() && options.connectUrl.isEmpty()) page = m_settings.page;
    // The first start shows what moves; who names a store wants to see its keys.
    if (page.isEmpty())
        page = options.connectUrl.isEmpty() ? QStringLiteral("live") : QStringLiteral("browse");
    m_window->navigator().open({.page = page == QLatin1String("live")   ? PageId::Live
                                        : page == QLatin1String("jobs") ? PageId::Jobs
                                        : page == QLatin1String("lab")  ? PageId::Lab
                                                                        : PageId::Browse});
}

void Application::arrangeScreenshot(const WindowOptions &options)
{
    const int after = int(options.screenshotAfterSeconds * 1000);
    QTimer::singleShot(after, m_window.get(), [this, path = options.screenshotPath] {
        const bool written = m_window->grab().save(path, "PNG");
        if (!written) {
            const Error error(ErrorCode::FileUnwritable, {path, QStringLiteral("PNG")});
            std::fprintf(stderr, "%s\n", qUtf8Printable(errorLine(error)));
        }
        QCoreApplication::exit(written ? 0 : 3);
    });
}

namespace {

// A picture needs no display: without one it is drawn off screen.
bool drawsWithoutDisplay(const WindowOptions &options)
{
    return !options.screenshotPath.isEmpty() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") &&
           qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

} // namespace

int runWindow(const WindowOptions &options, int &argc, char **argv)
{
    if (drawsWithoutDisplay(options)) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    takeShortTurns();
    QApplication::setApplicationName(QStringLiteral("kvscope"));
    QApplication::setApplicationDisplayName(QStringLiteral("KV Scope"));
    QApplication::setApplicationVersion(QStringLiteral(KVSCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("kvscope"));
    if (isBareWindowStart()) {
        QMainWindow bare;
        bare.resize(1440, 900);
        reportFirstPaint(&bare);
        bare.show();
        return QApplication::exec();
    }
    Application whole(options);
    if (wantsFirstPaintReport()) reportFirstPaint(&whole.window());
    return QApplication::exec();
}

} // namespace kvscope
