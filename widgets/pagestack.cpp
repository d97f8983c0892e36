// PageStack: builds pages lazily and hands each the open store.
#include "widgets/pagestack.h"

#include "widgets/browser/browsepage.h"
#include "widgets/browser/keytreeview.h"
#include "widgets/jobs/jobspage.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/jobs/rowfreshness.h"
#include "widgets/lab/fieldvalues.h"
#include "widgets/lab/labjobs.h"
#include "widgets/lab/labpage.h"
#include "widgets/live/livepage.h"
#include "widgets/storesession.h"

#include <QDateTime>
#include <QEvent>

namespace kvscope {

PageStack::PageStack(Navigator *navigator, StoreSession &session, JobDesk &desk, QWidget *parent)
    : QStackedWidget(parent), m_navigator(navigator), m_session(session), m_desk(desk)
{
    setObjectName(QStringLiteral("pages"));
    connect(navigator, &Navigator::opened, this, &PageStack::show);
    connect(&session, &StoreSession::opened, this, &PageStack::takeSession);
    connect(&session, &StoreSession::closing, this, &PageStack::dropSession);
}

void PageStack::show(const Location &location)
{
    if (location.page == PageId::Browse) {
        if (!m_browse) {
            m_browse = new BrowsePage(m_navigator, this);
            addWidget(m_browse);
            wireMarks();
            takeBrowsedStore();
        }
        setCurrentWidget(m_browse);
        if (!location.key.empty()) m_browse->openKey(location.key);
    }
    if (location.page == PageId::Live) {
        showLive();
    }
    if (location.page == PageId::Jobs) showJobs(location);
    if (location.page == PageId::Lab) showLab();
    if (currentWidget()) currentWidget()->setFocus();
}

void PageStack::wireMarks()
{
    const auto mark = [this](BytesView key) -> std::optional<KeyMark> {
        const auto found = m_desk.markOf(key);
        if (!found) return std::nullopt;
        const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
        return KeyMark{classColor(found->what), markAge(*found, now), markText(*found, now)};
    };
    m_browse->setMarks(mark);
    connect(&m_desk, &JobDesk::marksChanged, m_browse, [this, mark] { m_browse->setMarks(mark); });
    m_browse->setFreshness(new RowFreshness(m_desk, m_browse));
}

void PageStack::showJobs(const Location &location)
{
    if (!m_jobs) {
        m_jobs = new JobsPage(m_desk, this);
        addWidget(m_jobs);
        connect(m_jobs, &JobsPage::keyRequested, m_navigator, [this](const Bytes &key) {
            m_navigator->open({.page = PageId::Browse, .key = key});
        });
        connect(m_jobs, &JobsPage::storeChanged, this, [this] {
            if (m_browse) m_browse->refresh();
        });
    }
    setCurrentWidget(m_jobs);
    if (!location.binding.isEmpty()) m_jobs->chooseBinding(location.binding);
}

void PageStack::showLab()
{
    if (!m_lab) {
        m_lab = new Lab(m_session.factory(), this);
        m_labJobs = new LabJobs(m_desk, m_lab);
        takeLabStore();
    }
    if (!m_labPage) makeLabPage();
    setCurrentWidget(m_labPage);
}

void PageStack::makeLabPage()
{
    m_labPage = new LabPage(*m_lab, *m_labJobs, this);
    addWidget(m_labPage);
}

void PageStack::takeLabStore()
{
    Store *store = m_session.store();
    // The engine is the first level already.
    const bool isSecond =
        store && store->engineControl() == nullptr && !m_session.profile().readOnly;
    if (m_lab)
        m_lab->offerSecondLevel(isSecond ? store : nullptr, isSecond ? store->name() : QString());
}

void PageStack::showLive()
{
    if (!m_live) {
        m_live = new LivePage(this);
        m_live->setAccessibleName(tr("Live")); // it takes the keys of its charts
        addWidget(m_live);
        m_live->setSession(m_session.live());
    }
    setCurrentWidget(m_live);
}

void PageStack::changeEvent(QEvent *event)
{
    // The Live page is a view of the session alone: in another language it is simply built anew.
    if (event->type() == QEvent::LanguageChange && m_live) {
        const bool inFront = currentWidget() == m_live;
        delete m_live;
        m_live = nullptr;
        if (inFront) showLive();
    }
    if (event->type() == QEvent::LanguageChange && m_labPage) {
        const bool inFront = currentWidget() == m_labPage;
        const FieldValues chosen = FieldValues::of(*m_labPage);
        delete m_labPage;
        m_labPage = nullptr;
        makeLabPage();
        chosen.putInto(*m_labPage);
        if (inFront) showLab();
    }
    QStackedWidget::changeEvent(event);
}

void PageStack::takeBrowsedStore()
{
    if (m_browse)
        m_browse->setStore(m_session.store(), m_session.profile().delimiter.toStdString());
}

void PageStack::takeSession()
{
    takeBrowsedStore();
    takeLabStore();
    if (m_live) m_live->setSession(m_session.live());
}

void PageStack::dropSession()
{
    if (m_browse) m_browse->setStore(nullptr);
    if (m_lab) m_lab->offerSecondLevel(nullptr, {});
    if (m_live) m_live->setSession(nullptr);
}

bool PageStack::hasUnsaved() const
{
    return (m_browse && m_browse->hasUnsaved()) || (m_jobs && m_jobs->hasUnsaved());
}

void PageStack::refresh()
{
    if (m_browse && currentWidget() == m_browse) m_browse->refresh();
    if (m_jobs && currentWidget() == m_jobs) m_jobs->refresh();
}

} // namespace kvscope
