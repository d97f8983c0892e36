// SyncRun: a sync on a thread of its own, for tests that change things meanwhile.
#pragma once

#include "core/jobs/syncjob.h"
#include "tests/support/await.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope::test {

/// A table as usersTable() makes it, to be written to while it is read.
inline Bytes followedTable(int count)
{
    return "PRAGMA journal_mode=WAL;" + usersTable(count);
}

/// Runs from construction to stop(); by the end of the constructor it follows.
class RunningSync
{
  public:
    RunningSync(Store &store, SyncOptions options)
        : m_journal(*Journal::open(stateFolder())), m_options(std::move(options))
    {
        RunRecord record;
        record.kind = QStringLiteral("sync");
        m_options.run = m_journal.begin(record)->id;
        run = m_options.run;
        m_thread = std::jthread([this, &store] {
            SyncJob::Sinks sinks;
            sinks.status = [this](const SyncStatus &) { m_started = true; };
            sinks.remark = [this](const QString &remark) {
                const std::lock_guard lock(m_mutex);
                m_remarks << remark;
            };
            SyncJob job(store, m_journal, m_control, m_options, sinks);
            m_error = job.run();
            m_report = job.report();
            m_started = true;
        });
        EXPECT_TRUE(eventually([this] { return m_started.load(); }));
    }
    SyncReport stop()
    {
        m_control.cancel();
        m_thread.join();
        EXPECT_TRUE(m_error && m_error->code() == ErrorCode::Cancelled)
            << (m_error ? m_error->id().toStdString() : "no error");
        return m_report;
    }
    QStringList remarks()
    {
        const std::lock_guard lock(m_mutex);
        return m_remarks;
    }
    Result<RunRecord> record() { return m_journal.find(run); }
    QString run;

  private:
    Journal m_journal;
    SyncOptions m_options;
    JobControl m_control;
    std::atomic<bool> m_started{false};
    std::optional<Error> m_error;
    SyncReport m_report;
    std::mutex m_mutex;
    QStringList m_remarks;
    std::jthread m_thread;
};

} // namespace kvscope::test
