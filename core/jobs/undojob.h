// UndoJob: puts a run's before-images back where the store still holds what the run wrote.
#pragma once

#include "core/jobs/changesteps.h"
#include "core/jobs/jobcontrol.h"
#include "core/store/store.h"

namespace kvscope {

struct UndoReport
{
    std::int64_t restored = 0;
    std::int64_t kept = 0; ///< changed since by somebody else, and left as it is now
};

/// Every key is one compare-and-set against what the run wrote. What was put back leaves the
/// journal, so a second undo does nothing twice; what was kept stays in it.
/// Runs on a thread of its own (run() blocks). Requires: all references outlive it.
class UndoJob
{
  public:
    struct Sinks
    {
        ProgressMeter::Sink progress;
        std::function<void(const Bytes &)> kept; ///< a key that changed since
        std::function<void(const Bytes &)> restored{};
    };

    UndoJob(Store &store, Journal &journal, JobControl &control, QString run, Sinks sinks)
        : m_store(store), m_journal(journal), m_control(control), m_run(std::move(run)),
          m_sinks(std::move(sinks)), m_meter(m_sinks.progress)
    {}

    /// The error that ended it early (Cancelled, RunNotFound, …), if one did.
    std::optional<Error> run();
    const UndoReport &report() const { return m_report; }

  private:
    std::optional<Error> undo(const std::vector<ChangeRecord> &changes);
    Result<std::vector<bool>> findUntouched(const ChangeSteps &steps,
                                            const std::vector<std::size_t> &which);

    Store &m_store;
    Journal &m_journal;
    JobControl &m_control;
    QString m_run;
    Sinks m_sinks;
    ProgressMeter m_meter;
    UndoReport m_report;
};

} // namespace kvscope
