// LabJobs: the lab's long work in the window's job queue: it goes on whichever page is in front.
#pragma once

#include "core/async/lifetime.h"
#include "core/labrun/labjobspec.h"

#include <QObject>

namespace kvscope {

class JobDesk;

/// UI thread. Pages are views of it. Requires: the desk outlives it.
class LabJobs : public QObject
{
    Q_OBJECT

  public:
    explicit LabJobs(JobDesk &desk, QObject *parent = nullptr);

    // ── experiments ──────────────────────────────────────────────────────────────────────────
    /// Requires: none runs.
    void measure(ExperimentPlan plan, const QString &modelName);
    /// Null: none was started.
    const std::shared_ptr<const ExperimentState> &experiment() const { return m_experiment; }
    /// Null: none was started, or the queue has forgotten it.
    const JobState *experimentJob() const;
    bool isMeasuring() const;

    // ── KV blocks of the open store ──────────────────────────────────────────────────────────
    /// Why none can be warmed or deleted, as a sentence; empty: they can.
    QString writeObstacle() const;
    /// Why none can be checked.
    QString obstacle() const;
    QString storeName() const;
    bool isProduction() const;
    void warm(BlockWarmOptions options);
    void check(BlockCheckOptions options);
    /// The last that was started from here, or null.
    const JobState *blockJob() const;

    void pauseOrResume(const JobState &job);
    void cancel(const JobState &job);

  signals:
    void experimentChanged();
    void blockJobChanged();
    /// What may be done with the open store has changed.
    void targetChanged();
    /// A job ended before its time, and not by a person.
    void failed(const kvscope::Error &error);

  private:
    void noteChange(int number);
    void noteEnd(int number);

    JobDesk &m_desk;
    std::shared_ptr<const ExperimentState> m_experiment;
    int m_experimentNumber = 0;
    int m_blockNumber = 0;
    Lifetime m_lifetime;
};

} // namespace kvscope
