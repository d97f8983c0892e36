// JobSpec: the jobs there are, made ready for the queue.
#pragma once

#include "core/jobs/checkjob.h"
#include "core/jobs/jobqueue.h"
#include "core/jobs/repairjob.h"
#include "core/jobs/replicacheck.h"
#include "core/jobs/warmupjob.h"

namespace kvscope {

/// A binding and the file it came from.
struct BoundFile
{
    Binding binding;
    QString path{};
};

JobSpec warmUpSpec(const BoundFile &file, WarmupOptions options);
/// Goes on behind the run's checkpoint, asked the same. Requires: mayGoOn(record).
JobSpec resumeSpec(const RunRecord &record, const BoundFile &file);
/// Whether a run can be resumed here.
bool mayGoOn(const RunRecord &record);
JobSpec checkSpec(const BoundFile &file, CheckOptions options);
/// The same of a replica against its primary, which `makePrimary` opens; `primary` is its name.
JobSpec replicaCheckSpec(const BoundFile &file, ReplicaCheckOptions options, const QString &primary,
                         MakeStore makePrimary);

/// What a person asks of a job that keeps a store in sync.
struct SyncAsk
{
    /// A change of the source is to be in the store by then: the source is asked a tenth of that
    /// apart, and the lag is measured against it.
    std::chrono::milliseconds within{1'000};
    std::optional<std::chrono::milliseconds> duration{}; ///< nothing: until it is cancelled
};
/// Requires: the binding has a version column.
JobSpec syncSpec(const BoundFile &file, const SyncAsk &ask = {});
/// SyncAsk::within of a sync's options.
std::chrono::milliseconds syncWithin(const QJsonObject &options);
/// What the journal notes of a check's schedule, as `recheck_s` among its options: seconds.
QString recheckNote(const std::vector<std::chrono::milliseconds> &recheck);
/// Empty where the options note none.
std::vector<std::chrono::milliseconds> recheckFromNote(const QJsonObject &options);
/// `options` without the binding and the keys, which are those of `chosen`.
JobSpec repairSpec(const BoundFile &file, RepairOptions options, ChosenDifferences chosen);
/// Puts back what the run changed.
JobSpec undoSpec(const RunRecord &record);

/// The demo database of the built-in scenario, in the state folder.
QString demoDatabaseFile();
/// Makes it where `sourceUrl` means it and it isn't there. Blocking. True where nothing is to do.
Result<bool> makeDemoSourceFor(const QString &sourceUrl, const ProgressMeter::Sink &progress,
                               const std::stop_token &stop);

} // namespace kvscope
