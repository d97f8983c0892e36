// PageStack: builds pages lazily and hands each the open store.
#include "widgets/pagestack.h"

#include "widgets/storesession.h"

#if __has_include("widgets/browser/browsepage.h")
#include "widgets/browser/browsepage.h"
#define KV_BROWSE 1
#endif
#if __has_include("widgets/live/livepage.h")
#include "widgets/live/livepage.h"
#define KV_LIVE 1
#endif

namespace kvscope {

PageStack::PageStack(Navigator *navigator, StoreSession &session, QWidget *parent)
    : QStackedWidget(parent), m_navigator(navigator), m_session(session)
{
    setObjectName(QStringLiteral("pages"));
    connect(navigator, &Navigator::opened, this, &PageStack::show);
    connect(&session, &StoreSession::opened, this, &PageStack::takeSession);
    connect(&session, &StoreSession::closing, this, &PageStack::dropSession);
}

void PageStack::show(const Location &location)
{
#ifdef KV_BROWSE
    if (location.page == PageId::Browse) {
        if (!m_browse) {
            m_browse = new BrowsePage(m_navigator, this);
            addWidget(m_browse);
            m_browse->setStore(m_session.store());
        }
        setCurrentWidget(m_browse);
        if (!location.key.empty()) m_browse->openKey(location.key);
    }
#endif
#ifdef KV_LIVE
    if (location.page == PageId::Live) {
        if (!m_live) {
            m_live = new LivePage(this);
            addWidget(m_live);
            m_live->setSession(m_session.live());
        }
        setCurrentWidget(m_live);
    }
#endif
    if (currentWidget()) currentWidget()->setFocus();
}

void PageStack::takeSession()
{
#ifdef KV_BROWSE
    if (m_browse) m_browse->setStore(m_session.store());
#endif
#ifdef KV_LIVE
    if (m_live) m_live->setSession(m_session.live());
#endif
}

void PageStack::dropSession()
{
#ifdef KV_BROWSE
    if (m_browse) m_browse->setStore(nullptr);
#endif
#ifdef KV_LIVE
    if (m_live) m_live->setSession(nullptr);
#endif
}

bool PageStack::hasUnsaved() const
{
#ifdef KV_BROWSE
    return m_browse && m_browse->hasUnsaved();
#else
    return false;
#endif
}

void PageStack::refresh()
{
#ifdef KV_BROWSE
    if (m_browse && currentWidget() == m_browse) m_browse->refresh();
#endif
}

} // namespace kvscope
