// MainWindow: wires bars, rail, pages and the open store together.
#include "widgets/mainwindow.h"

#include "core/async/errortext.h"
#include "core/config/profiles.h"
#include "core/redis/endpoint.h"
#include "widgets/base/dialogs.h"
#include "widgets/base/errorbar.h"
#include "widgets/base/language.h"
#include "widgets/connect/connectdialog.h"
#include "widgets/connect/passworddialog.h"
#include "widgets/foot.h"
#include "widgets/jobs/jobdesk.h"
#include "widgets/pagestack.h"
#include "widgets/rail.h"
#include "widgets/settingsmenu.h"
#include "widgets/shortcutsdialog.h"
#include "widgets/storebutton.h"
#include "widgets/storesession.h"
#include "widgets/topbar.h"

#include <QCloseEvent>
#include <QGridLayout>
#include <QShortcut>

namespace kvscope {
namespace {

constexpr int kProductionEdge = 3;

bool asksForPassword(const StoreState &state)
{
    return state.error && (state.error->code() == ErrorCode::AuthenticationRequired ||
                           state.error->code() == ErrorCode::AuthenticationFailed);
}

QString pageName(PageId page)
{
    return page == PageId::Live   ? QStringLiteral("live")
           : page == PageId::Jobs ? QStringLiteral("jobs")
           : page == PageId::Lab  ? QStringLiteral("lab")
                                  : QStringLiteral("browse");
}

QString themeName(ThemeChoice choice)
{
    return choice == ThemeChoice::Light  ? QStringLiteral("light")
           : choice == ThemeChoice::Dark ? QStringLiteral("dark")
                                         : QStringLiteral("system");
}

} // namespace

MainWindow::MainWindow(StoreSession &session, Profiles &profiles, Settings &settings,
                       QWidget *parent)
    : QMainWindow(parent), m_session(session), m_profiles(profiles), m_settings(settings),
      m_desk(new JobDesk(settings.bindings, this)), m_navigator(new Navigator(this)),
      m_topBar(new TopBar(profiles)), m_errorBar(new ErrorBar), m_rail(new Rail),
      m_pages(new PageStack(m_navigator, session, *m_desk)), m_foot(new Foot)
{
    setObjectName(QStringLiteral("mainWindow"));
    build();
    addShortcuts();
    wireStore();
    wireMenus();
    wireJobs();
    resize(1440, 900);
    if (!settings.geometry.isEmpty()) restoreGeometry(settings.geometry);
    showStore();
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    auto *frame = new QWidget(this);
    auto *grid = new QGridLayout(frame);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(m_topBar, 0, 0, 1, 2);
    grid->addWidget(m_rail, 1, 0, 2, 1);
    grid->addWidget(m_errorBar, 1, 1);
    grid->addWidget(m_pages, 2, 1);
    grid->addWidget(m_foot, 3, 0, 1, 2);
    m_errorBar->setHome(m_pages);
    grid->setRowStretch(2, 1);
    grid->setColumnStretch(1, 1);
    setCentralWidget(frame);
    setMinimumSize(800, 560);
}

void MainWindow::addShortcuts()
{
    const auto on = [this](const QKeySequence &keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    on(Qt::CTRL | Qt::Key_1, [this] { m_navigator->open({.page = PageId::Browse}); });
    on(Qt::CTRL | Qt::Key_2, [this] { m_navigator->open({.page = PageId::Live}); });
    on(Qt::CTRL | Qt::Key_3, [this] { m_navigator->open({.page = PageId::Jobs}); });
    on(Qt::CTRL | Qt::Key_4, [this] { m_navigator->open({.page = PageId::Lab}); });
    on(Qt::CTRL | Qt::Key_O, [this] { openConnectDialog(); });
    on(Qt::CTRL | Qt::Key_Comma, [this] { openSettingsMenu(); });
    on(Qt::CTRL | Qt::Key_Slash, [this] { openShortcuts(); });
    on(Qt::CTRL | Qt::Key_Q, [this] { close(); });
    on(Qt::Key_F5, [this] { m_pages->refresh(); });
    on(Qt::CTRL | Qt::Key_R, [this] { m_pages->refresh(); });
}

void MainWindow::wireStore()
{
    connect(&m_session, &StoreSession::opened, this, [this] {
        m_settings.profile =
            m_profiles.find(m_session.profile().name) ? m_session.profile().name : QString();
        m_settings.save();
        if (LiveSession *live = m_session.live())
            connect(live, &LiveSession::updated, this, &MainWindow::showMetrics);
        showMetrics();
        showJobTarget();
    });
    connect(&m_session, &StoreSession::closing, this, [this] {
        m_desk->setTarget({});
        if (m_prompt) m_prompt->reject();
        m_errorBar->clear(); // it spoke of the store that goes
        m_topBar->showMetrics(nullptr);
        m_foot->showMetrics(nullptr);
    });
    connect(&m_session, &StoreSession::stateChanged, this, &MainWindow::showStore);
    connect(m_errorBar, &ErrorBar::retryRequested, this, [this] {
        const StoreState state = m_session.state();
        if (asksForPassword(state))
            askPassword();
        else if (state.error && state.error->code() == ErrorCode::InvalidUrl)
            openConnectDialog(); // the same words would be refused again
        else
            m_session.retry();
    });
}

void MainWindow::wireMenus()
{
    StoreButton *stores = m_topBar->storeButton();
    connect(stores, &StoreButton::profileChosen, this, [this](const QString &name) {
        if (const Profile *profile = m_profiles.find(name)) openProfile(*profile);
    });
    connect(stores, &StoreButton::engineChosen, this,
            [this] { openProfile({.url = QString::fromLatin1(kDemoEngineUrl)}); });
    connect(stores, &StoreButton::connectChosen, this, &MainWindow::openConnectDialog);
    connect(stores, &StoreButton::reconnectChosen, &m_session, &StoreSession::retry);

    connect(m_rail, &Rail::pageChosen, this,
            [this](PageId page) { m_navigator->open({.page = page}); });
    connect(m_rail, &Rail::settingsChosen, this, &MainWindow::openSettingsMenu);
    connect(m_navigator, &Navigator::opened, this, [this](const Location &location) {
        m_rail->showCurrent(location.page);
        m_settings.page = pageName(location.page);
    });
    connect(m_foot, &Foot::languageToggled, this, [this] {
        chooseLanguage(language() == QLatin1String("en") ? QStringLiteral("zh_CN")
                                                         : QStringLiteral("en"));
    });
}

void MainWindow::openProfile(const Profile &profile, const QString &password)
{
    unlessUnsaved([this, profile, password] { m_session.open(profile, password); });
}

void MainWindow::showStore()
{
    const Store *store = m_session.store();
    const StoreState state = m_session.state();
    const Profile &profile = m_session.profile();
    m_topBar->showStore(store, profile, state);
    m_foot->showState(store, state);
    const QString name = !profile.name.isEmpty() ? profile.name : store ? store->name() : QString();
    setWindowTitle(name.isEmpty() ? QStringLiteral("KV Scope")
                                  : QStringLiteral("%1 — KV Scope").arg(name));
    const int edge = profile.production ? kProductionEdge : 0;
    centralWidget()->layout()->setContentsMargins(edge, edge, edge, edge);
    setLook(centralWidget(), profile.production ? "production" : "");
    m_desk->noteTargetState();
    showProblem();
}

void MainWindow::showProblem()
{
    const StoreState state = m_session.state();
    // A server that loads its data set is connected to, and says so for as long as it takes.
    const bool broken = state.phase == StoreState::Phase::Failed ||
                        state.phase == StoreState::Phase::Waiting ||
                        state.phase == StoreState::Phase::Connecting;
    if (broken && state.error) {
        m_errorBar->showError(*state.error, ErrorBar::Offer::Retry);
        if (asksForPassword(state) && !m_prompt) askPassword();
    } else if (state.phase == StoreState::Phase::Ready) {
        const auto reason = m_session.store()->capabilities().readOnlyReason;
        // A replica may be promoted and a right be given; a node stays a node.
        if (reason)
            m_errorBar->showNotice(errorLine(*reason), reason->code() == ErrorCode::ClusterNode
                                                           ? ErrorBar::Offer::Nothing
                                                           : ErrorBar::Offer::Retry);
        else
            m_errorBar->clear();
    }
}

void MainWindow::showMetrics()
{
    const LiveSession *live = m_session.live();
    m_topBar->showMetrics(live ? &live->history() : nullptr);
    m_foot->showMetrics(live ? &live->history() : nullptr);
}

void MainWindow::askPassword()
{
    const StoreState state = m_session.state();
    if (!state.error) return;
    auto endpoint = Endpoint::parse(m_session.profile().url);
    auto *dialog = new PasswordDialog(
        *state.error, endpoint ? QString::fromStdString(endpoint->user) : QString(), this);
    m_prompt = dialog;
    connect(dialog, &PasswordDialog::entered, this,
            [this](const QString &user, const QString &password) {
                m_prompt = nullptr; // a wrong password must be able to ask again
                Profile profile = m_session.profile();
                auto place = Endpoint::parse(profile.url);
                if (place) {
                    place->user = user.toStdString();
                    profile.url = place->url();
                }
                m_session.open(profile, password);
            });
    dialog->open();
}

void MainWindow::openConnectDialog()
{
    auto *dialog = new ConnectDialog(m_session.factory(), m_profiles, m_session.profile(), this);
    connect(dialog, &ConnectDialog::connectRequested, this, &MainWindow::openProfile);
    dialog->open();
}

void MainWindow::openSettingsMenu()
{
    auto *menu = new SettingsMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &SettingsMenu::themeChosen, this, &MainWindow::chooseTheme);
    connect(menu, &SettingsMenu::languageChosen, this, &MainWindow::chooseLanguage);
    connect(menu, &SettingsMenu::shortcutsChosen, this, &MainWindow::openShortcuts);
    connect(menu, &SettingsMenu::aboutChosen, this, [this] { openAboutDialog(this); });
    const QWidget *gear = m_rail->gear();
    menu->popup(
        gear->mapToGlobal(QPoint(gear->width() + 4, gear->height() - menu->sizeHint().height())));
}

void MainWindow::openShortcuts()
{
    (new ShortcutsDialog(this))->open();
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    applyTheme(choice);
    m_settings.theme = themeName(choice);
    m_settings.save();
}

void MainWindow::chooseLanguage(const QString &code)
{
    applyLanguage(code);
    m_settings.language = code;
    m_settings.save();
    showStore();
    showMetrics();
}

void MainWindow::unlessUnsaved(std::function<void()> goOn)
{
    if (!m_pages->hasUnsaved()) return goOn();
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmUnsaved"),
                     .title = tr("Leave text that is not saved?"),
                     .text = tr("It is kept as a draft, and offered again when you open the key on "
                                "this store."),
                     .confirmText = tr("Leave it")},
                    [goOn = std::move(goOn)](bool yes) {
                        if (yes) goOn();
                    });
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_mayClose && m_pages->hasUnsaved()) {
        event->ignore();
        unlessUnsaved([this] {
            m_mayClose = true;
            close();
        });
        return;
    }
    if (hasRunningJobs()) {
        event->ignore();
        if (!m_endsJobs) askToEndJobs();
        return;
    }
    m_settings.geometry = saveGeometry();
    m_settings.save();
    QMainWindow::closeEvent(event);
}

} // namespace kvscope
