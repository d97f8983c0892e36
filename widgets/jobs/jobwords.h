// JobWords: how jobs, classes and results are spoken of, everywhere alike.
#pragma once

#include "core/jobs/checkmarks.h"
#include "core/jobs/jobstate.h"
#include "core/jobs/journal.h"
#include "core/jobs/repairer.h"

#include <QColor>

namespace kvscope {

/// Of a warm-up that wrote nothing.
bool isDryRun(const QJsonObject &options);
/// "2 stale, 1 missing": all but those that agree; empty: none.
QString classesText(const ClassCounts &counts);
/// What a repair of so many makes of them: "1 deleted, 2 written anew".
QString repairForecast(const ClassCounts &counts, Repair how);
/// "1,412,220".
QString countText(std::int64_t count);
/// "14 s", "3 d".
QString ageText(std::int64_t ms);
/// "Warm-up", "Dry run", "Check", "Check and repair", …
QString jobName(const QString &kind, const QJsonObject &options);
/// The same with the order of a warm-up: "Warm-up, hottest first".
QString runName(const QString &kind, const QJsonObject &options);
/// "stale", "TTL too long", …: as a fact about an entry.
QString className(EntryClass of);
/// What that class means, for tooltips.
QString classMeaning(EntryClass of);
QColor classColor(EntryClass of);

/// Rows that a run dealt with and what became of them; from the journal's result.
std::int64_t rowsOf(const QJsonObject &result);
double rateOf(const QJsonObject &result);
QString resultText(const QString &kind, const QJsonObject &options, RunRecord::State state,
                   const QJsonObject &result);
ClassCounts countsOf(const QJsonObject &result);

/// "71 %".
QString shareText(double share);
/// "71 % · 212 k/s · 4 s left"; without what is not known.
QString progressText(const JobState &job);
/// "5.7 nines"; "all agree" without a single difference.
QString ninesText(const QJsonObject &result);

/// What the binding makes of a row, each short enough for a chip.
QString valueChip(const Binding &binding);
QString ttlChip(const TtlRule &ttl);

/// "14 s", "3 d": the largest unit alone.
QString shortAge(std::int64_t ms);
/// How long ago it was checked, as shortAge().
QString markAge(const CheckMark &mark, std::int64_t nowMs);
/// "stale when it was checked 4 m ago (users)".
QString markText(const CheckMark &mark, std::int64_t nowMs);

/// A value on one line: text as it is, other bytes escaped, a hash as name=content.
QString valueLine(const ShownValue &value);

} // namespace kvscope
