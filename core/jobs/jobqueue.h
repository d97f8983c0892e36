// JobQueue: jobs wait here for their turn, run on threads of their own and tell the window how it
// goes.
//
//   start() ─> waiting ──a place is free──> thread: journal, store calls ──> ended, kept for view
//                                             │ progress, differences, remarks
//                                             └─guarded callbacks──> changed()
#pragma once

#include "core/async/lifetime.h"
#include "core/jobs/jobstate.h"
#include "core/jobs/journal.h"
#include "core/store/storefactory.h"

#include <QObject>

#include <memory>

namespace kvscope {

class RunReportWriter;

/// What a job's work gets; on the job's thread.
struct JobContext
{
    Store &store;
    Journal &journal;
    JobControl &control;
    QString run;                      ///< in the journal
    std::optional<Checkpoint> resume; ///< of the run that it goes on with
    ProgressMeter::Sink progress;
    std::function<void(const Difference &)> difference;
    std::function<void(const QString &)> remark;
    RunReportWriter &report;  ///< `difference` writes to it
    Store *primary = nullptr; ///< of a job that asked for one
};

struct JobOutcome
{
    std::optional<Error> error;
    QJsonObject result;
    ChangedKeys changed{};
};

using MakeStore = std::function<Result<std::unique_ptr<Store>>(Access)>;

/// A job to be. core/jobs/jobspec.h makes them.
struct JobSpec
{
    QString kind;
    Binding binding;
    QString bindingPath{};
    QString source{}; ///< the source URL without a password
    Access access = Access::ReadWrite;
    QJsonObject options{};
    QString resumeRun{}; ///< the journal's run to go on with; empty: a new one
    /// A second store, which the job compares its own with; empty: it needs none.
    MakeStore makePrimary{};
    std::function<JobOutcome(JobContext &)> work;
};

/// Each job has a store of its own, so that it goes on undisturbed in the database that it began
/// in, and ends in order when the window turns to another store. UI thread.
class JobQueue : public QObject
{
    Q_OBJECT

  public:
    using MakeStore = kvscope::MakeStore;
    static constexpr int kMostAtOnce = 2;
    /// Those that follow a source run until they are cancelled: they have places of their own.
    static constexpr int kMostFollowing = 8;
    /// Ended jobs that are remembered; the journal knows all.
    static constexpr std::size_t kMostEnded = 20;

    explicit JobQueue(QString stateFolder, QObject *parent = nullptr);
    /// Cancels what runs and waits for it: four batches at most.
    ~JobQueue() override;

    /// Returns its number. `makeStore` is called when it is its turn.
    int start(JobSpec spec, const QString &storeName, MakeStore makeStore);
    void pause(int number);
    void resume(int number);
    /// The job ends once what is under way has been answered; one that waits ends at once.
    void cancel(int number);
    void cancelAll();

    /// Null where there is none of that number. Valid until control returns to the event loop.
    const JobState *find(int number) const;
    /// The newest first.
    std::vector<const JobState *> jobs() const;
    /// Of those that run or wait, the one that runs longest, one with an end first; null: none.
    const JobState *active() const;
    int activeCount() const;
    /// The newest of a kind ("" for any) for a binding on a store; null: none.
    const JobState *latest(const QString &bindingName, const QString &store,
                           const QString &kind = {}) const;

    const QString &stateFolder() const { return m_folder; }

  signals:
    /// Something of it is new: at most some ten times a second.
    void changed(int number);
    /// It runs; its run is in the journal.
    void began(int number);
    void ended(int number);

  private:
    struct Entry;

    void startWaiting();
    void launch(Entry &entry);
    void finish(Entry &entry, JobOutcome outcome);
    void forgetOld();
    Entry *entry(int number) const;

    QString m_folder;
    int m_lastNumber = 0;
    std::vector<std::unique_ptr<Entry>> m_entries; // by number
    Lifetime m_lifetime;
};

} // namespace kvscope
