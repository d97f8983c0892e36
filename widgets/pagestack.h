// PageStack: the pages, each built when it is first shown.
#pragma once

#include "widgets/navigator.h"

#include <QStackedWidget>

namespace kvscope {

class BrowsePage;
class JobDesk;
class JobsPage;
class Lab;
class LabJobs;
class LabPage;
class LivePage;
class LiveSession;
class StoreSession;

/// Follows the navigator. Requires: navigator, session and desk outlive it.
class PageStack : public QStackedWidget
{
    Q_OBJECT

  public:
    PageStack(Navigator *navigator, StoreSession &session, JobDesk &desk,
              QWidget *parent = nullptr);

    /// True when some editor holds text that is not saved.
    bool hasUnsaved() const;
    /// F5 and Ctrl+R: the page in front loads anew.
    void refresh();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void showLive();
    void wireMarks();
    void showJobs(const Location &location);
    void showLab();
    void makeLabPage();
    void takeLabStore();
    void show(const Location &location);
    void takeBrowsedStore();
    void takeSession();
    void dropSession();

    Navigator *m_navigator;
    StoreSession &m_session;
    JobDesk &m_desk;
    BrowsePage *m_browse = nullptr;
    LivePage *m_live = nullptr;
    JobsPage *m_jobs = nullptr;
    Lab *m_lab = nullptr; // goes on while its page is built anew
    LabJobs *m_labJobs = nullptr;
    LabPage *m_labPage = nullptr;
};

} // namespace kvscope
