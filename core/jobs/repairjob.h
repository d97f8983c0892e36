// RepairJob: mends chosen keys, each looked at twice before it is touched.
#pragma once

#include "core/jobs/checkjob.h"

namespace kvscope {

struct RepairOptions
{
    Binding binding;
    QString sourceUrl{}; ///< empty: the binding's
    std::vector<Bytes> keys;
    Repair how = Repair::Delete;
    QString run{};    ///< in the journal; keeps the before-images
    QString etcd{};   ///< keeps the lease; empty: the binding's, or the store does
    int replicas = 0; ///< that must have each batch; 0: none
    /// What is not repaired, and why (translated); on the job's thread.
    std::function<void(const Bytes &key, const QString &why)> leftAlone{};
};

struct RepairReport
{
    std::int64_t rows = 0;     ///< keys that were looked at
    std::int64_t repaired = 0; ///< deleted or filled anew
    std::int64_t agreed = 0;   ///< were right by now, or changed under our eyes: left alone
    std::int64_t skipped = 0;  ///< fit no row and no key of the binding, or can't be mended
    double seconds = 0;

    QJsonObject toJson() const;
};

/// Runs on a thread of its own (run() blocks). A key is found in the source by the columns of its
/// template; one that has no row is an orphan. Compare-and-set on what was seen, before-images
/// first. Requires: store, journal and control outlive it.
class RepairJob
{
  public:
    RepairJob(Store &store, Journal &journal, JobControl &control, RepairOptions options,
              ProgressMeter::Sink progress);

    /// The error that ended it early (Cancelled among them), if one did.
    std::optional<Error> run();
    const RepairReport &report() const { return m_report; }

  private:
    std::optional<Error> work();
    Result<std::vector<Suspect>> suspectsFor(BoundRows &rows, std::span<const Bytes> keys);

    Store &m_store;
    Journal &m_journal;
    JobControl &m_control;
    RepairOptions m_options;
    EntryVerdict m_verdict;
    ProgressMeter m_meter;
    RepairReport m_report;
};

} // namespace kvscope
