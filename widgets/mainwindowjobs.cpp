// MainWindow: jobs: whose store they run on, their marks on the charts, and closing while they run.
#include "widgets/mainwindow.h"

#include "widgets/base/dialogs.h"
#include "widgets/foot.h"
#include "widgets/jobs/jobdesk.h"
#include "widgets/jobs/jobwords.h"
#include "widgets/storesession.h"

namespace kvscope {

void MainWindow::wireJobs()
{
    m_foot->setQueue(m_desk->queue());
    connect(m_foot, &Foot::jobsChosen, this, [this] { m_navigator->open({.page = PageId::Jobs}); });
    connect(m_desk, &JobDesk::folderChosen, this, [this](const QString &folder) {
        m_settings.bindings = folder;
        m_settings.save();
    });
    const auto mark = [this](int number) {
        const JobState *job = m_desk->queue().find(number);
        LiveSession *live = m_session.live();
        if (!job || !live || job->store != m_desk->target().storeName) return;
        const QString name = jobName(job->kind, job->options) + QLatin1Char(' ') + job->bindingName;
        live->sampler().addMark(EventMark::Kind::Job,
                                job->isActive() ? name : tr("%1 ended").arg(name));
    };
    connect(&m_desk->queue(), &JobQueue::began, this, mark);
    connect(&m_desk->queue(), &JobQueue::ended, this, mark);
    connect(&m_desk->queue(), &JobQueue::ended, this, [this] {
        if (m_endsJobs && !hasRunningJobs()) close();
    });
}

void MainWindow::showJobTarget()
{
    Store *store = m_session.store();
    if (!store) return m_desk->setTarget({});
    m_desk->setTarget(
        {.store = store,
         .storeName = store->name(),
         .production = m_session.profile().production,
         .makeStore = [this](Access access) { return m_session.makeAnother(access); },
         .makeFrom = [this](const QString &url,
                            Access access) { return m_session.factory().make(url, access); }});
    // Another database is another store to a job and to the journal.
    connect(store, &Store::databaseChanged, this, &MainWindow::showJobTarget, Qt::UniqueConnection);
}

bool MainWindow::hasRunningJobs() const
{
    return m_desk->queue().activeCount() > 0;
}

void MainWindow::askToEndJobs()
{
    askConfirmation(this,
                    {.objectName = QStringLiteral("confirmEndJobs"),
                     .title = tr("End the running job?"),
                     .text = tr("It stops after what is under way. A warm-up can be resumed from "
                                "the Jobs page later."),
                     .confirmText = tr("End and close")},
                    [this](bool yes) {
                        if (!yes) return;
                        m_endsJobs = true;
                        m_desk->queue().cancelAll();
                        if (!hasRunningJobs()) close();
                    });
}

} // namespace kvscope
