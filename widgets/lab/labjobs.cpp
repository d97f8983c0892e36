// LabJobs: to the queue and back.
#include "widgets/lab/labjobs.h"

#include "widgets/jobs/jobdesk.h"

namespace kvscope {

LabJobs::LabJobs(JobDesk &desk, QObject *parent) : QObject(parent), m_desk(desk)
{
    connect(&desk.queue(), &JobQueue::changed, this, &LabJobs::noteChange);
    connect(&desk.queue(), &JobQueue::ended, this, &LabJobs::noteEnd);
    connect(&desk, &JobDesk::targetChanged, this, &LabJobs::targetChanged);
}

void LabJobs::measure(ExperimentPlan plan, const QString &modelName)
{
    auto begun = std::make_shared<ExperimentState>();
    begun->rows = plan.rows;
    begun->isRunning = true;
    m_experiment = std::move(begun);
    auto told = m_lifetime.guard([this](const std::shared_ptr<const ExperimentState> &state) {
        m_experiment = state;
        emit experimentChanged();
    });
    // It reads no store of a person's: another may be opened, or closed, meanwhile.
    const QString store = m_desk.target().store ? m_desk.target().storeName : QString();
    m_experimentNumber = m_desk.queue().start(
        experimentSpec(std::move(plan), modelName, std::move(told)),
        store.isEmpty() ? QStringLiteral("engine") : store, makeScratchStore());
    emit experimentChanged();
}

const JobState *LabJobs::experimentJob() const
{
    return m_experimentNumber > 0 ? m_desk.queue().find(m_experimentNumber) : nullptr;
}

bool LabJobs::isMeasuring() const
{
    const JobState *job = experimentJob();
    return job != nullptr && job->isActive();
}

QString LabJobs::writeObstacle() const
{
    return m_desk.target().writeObstacle();
}

QString LabJobs::obstacle() const
{
    return m_desk.target().obstacle();
}

QString LabJobs::storeName() const
{
    return m_desk.target().storeName;
}

bool LabJobs::isProduction() const
{
    return m_desk.target().production;
}

void LabJobs::warm(BlockWarmOptions options)
{
    m_blockNumber = m_desk.start(blockWarmSpec(std::move(options)));
    emit blockJobChanged();
}

void LabJobs::check(BlockCheckOptions options)
{
    m_blockNumber = m_desk.start(blockCheckSpec(std::move(options)));
    emit blockJobChanged();
}

const JobState *LabJobs::blockJob() const
{
    return m_blockNumber > 0 ? m_desk.queue().find(m_blockNumber) : nullptr;
}

void LabJobs::pauseOrResume(const JobState &job)
{
    if (job.paused)
        m_desk.queue().resume(job.number);
    else
        m_desk.queue().pause(job.number);
}

void LabJobs::cancel(const JobState &job)
{
    m_desk.queue().cancel(job.number);
}

void LabJobs::noteChange(int number)
{
    if (number == m_experimentNumber) emit experimentChanged();
    if (number == m_blockNumber) emit blockJobChanged();
}

void LabJobs::noteEnd(int number)
{
    if (number != m_experimentNumber && number != m_blockNumber) return;
    const JobState *job = m_desk.queue().find(number);
    if (job && job->error && job->error->code() != ErrorCode::Cancelled) emit failed(*job->error);
}

} // namespace kvscope
