// JobSpec: the jobs there are, made ready for the queue.
#pragma once

#include "core/jobs/checkjob.h"
#include "core/jobs/jobqueue.h"
#include "core/jobs/repairjob.h"
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
/// Follows the source until it is cancelled. Requires: the binding has a version column.
JobSpec syncSpec(const BoundFile &file);
/// What the journal notes of a check's schedule, as `recheck_s` among its options: seconds.
QString recheckNote(const std::vector<std::chrono::milliseconds> &recheck);
/// Empty where the options note none.
std::vector<std::chrono::milliseconds> recheckFromNote(const QJsonObject &options);
JobSpec repairSpec(const BoundFile &file, std::vector<Bytes> keys, Repair how);
/// Puts back what the run changed.
JobSpec undoSpec(const RunRecord &record);

/// The demo database of the built-in scenario, in the state folder.
QString demoDatabaseFile();
/// Makes it where `sourceUrl` means it and it isn't there. Blocking. True where nothing is to do.
Result<bool> makeDemoSourceFor(const QString &sourceUrl, const ProgressMeter::Sink &progress,
                               const std::stop_token &stop);

} // namespace kvscope
