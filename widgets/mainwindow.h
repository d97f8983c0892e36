// MainWindow: wires bars, rail, pages and the open store together; holds no logic of its own.
#pragma once

#include "core/config/settings.h"
#include "widgets/base/theme.h"
#include "widgets/navigator.h"

#include <QMainWindow>
#include <QPointer>

class QDialog;

namespace kvscope {

class ErrorBar;
class Foot;
class JobDesk;
class PageStack;
class Profiles;
class Rail;
class StoreSession;
class TopBar;
struct Profile;

/// Requires: session, profiles and settings outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

  public:
    MainWindow(StoreSession &session, Profiles &profiles, Settings &settings,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    Navigator &navigator() { return *m_navigator; }

    /// Opens another store, having asked about text that is not saved.
    void openProfile(const Profile &profile, const QString &password = {});

  protected:
    void closeEvent(QCloseEvent *event) override;

  private:
    void build();
    void addShortcuts();
    void wireStore();
    void wireMenus();
    void wireJobs();

    void showStore();
    void showProblem();
    void showMetrics();
    void showJobTarget();
    void askPassword();
    void openConnectDialog();
    void openSettingsMenu();
    void openShortcuts();
    void chooseTheme(ThemeChoice choice);
    void chooseLanguage(const QString &code);
    bool hasRunningJobs() const;
    /// Jobs end in order first; the window closes once they have.
    void askToEndJobs();
    /// `goOn` runs at once when nothing is unsaved, else once the person agreed.
    void unlessUnsaved(std::function<void()> goOn);

    StoreSession &m_session;
    Profiles &m_profiles;
    Settings &m_settings;
    JobDesk *m_desk;
    Navigator *m_navigator;
    TopBar *m_topBar;
    ErrorBar *m_errorBar;
    Rail *m_rail;
    PageStack *m_pages;
    Foot *m_foot;
    QPointer<QDialog> m_prompt; ///< the password dialog, while it is open
    bool m_mayClose = false;    ///< unsaved text was asked about
    bool m_endsJobs = false;    ///< it closes once the last job has ended
};

} // namespace kvscope
