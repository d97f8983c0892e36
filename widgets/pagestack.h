// PageStack: the pages, each built when it is first shown.
#pragma once

#include "widgets/navigator.h"

#include <QStackedWidget>

namespace kvscope {

class BrowsePage;
class LivePage;
class LiveSession;
class StoreSession;

/// Follows the navigator. Requires: navigator and session outlive it.
class PageStack : public QStackedWidget
{
    Q_OBJECT

  public:
    PageStack(Navigator *navigator, StoreSession &session, QWidget *parent = nullptr);

    /// True when some editor holds text that is not saved.
    bool hasUnsaved() const;
    /// F5 and Ctrl+R: the page in front loads anew.
    void refresh();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void showLive();
    void show(const Location &location);
    void takeBrowsedStore();
    void takeSession();
    void dropSession();

    Navigator *m_navigator;
    StoreSession &m_session;
    BrowsePage *m_browse = nullptr;
    LivePage *m_live = nullptr;
};

} // namespace kvscope
