// CheckMarks: the newest check of each binding.
#include "core/jobs/checkmarks.h"

#include "core/jobs/runreport.h"

#include <QFileInfo>

namespace kvscope {
namespace {

std::int64_t wrongIn(const QJsonObject &result)
{
    const QJsonObject counts = result.value(QLatin1String("counts")).toObject();
    std::int64_t wrong = 0;
    for (std::size_t i = 0; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        if (of != EntryClass::Match && of != EntryClass::Transient)
            wrong += counts.value(QLatin1String(entryClassName(of))).toInteger();
    }
    return wrong;
}

// Runs that write to the store, and may have after `check` began.
bool mayHaveChanged(const RunRecord &run, const RunRecord &check)
{
    if (run.store != check.store || run.bindingName != check.bindingName) return false;
    if (run.endedMs != 0 && run.endedMs <= check.startedMs) return false;
    if (run.images > 0) return true;
    // It tells what it wrote only at its end.
    if (run.kind == QLatin1String("sync") && run.state == RunRecord::State::Running) return true;
    for (const char *what : {"written", "repaired", "restored"})
        if (run.result.value(QLatin1String(what)).toInteger() > 0)
            return !run.options.value(QLatin1String("dry_run")).toBool();
    return false;
}

} // namespace

// False: too much has changed for the check to say anything.
Result<bool> CheckMarks::leaveOut(Journal &journal, const std::vector<RunRecord> &runs,
                                  const RunRecord &check, Checked &checked)
{
    constexpr int kAtOnce = 1'000;
    std::int64_t changed = 0;
    for (const RunRecord &run : runs) {
        if (!mayHaveChanged(run, check)) continue;
        // What an undo put back, the journal has no more.
        if (run.kind == QLatin1String("undo")) return false;
        changed += run.images;
        if (changed > kMostChanged) return false;
        // What was filled without a before-image was missing, or said otherwise.
        if (run.images == 0) checked.differences.clear();
        if (run.images == 0) checked.whole = false;
        for (std::int64_t after = 0; run.images > 0;) {
            auto some = journal.changes(run.id, after, kAtOnce);
            if (!some) return failure(some.error());
            if (some->empty()) break;
            after = some->back().number;
            for (ChangeRecord &change : *some) checked.changedSince.insert(std::move(change.key));
        }
    }
    return true;
}

Result<CheckMarks> CheckMarks::load(const QString &folder, const QString &store)
{
    // Where no job has ever run there is no journal, and none is made to be asked.
    if (!QFileInfo::exists(folder + QStringLiteral("/journal.sqlite"))) return CheckMarks();
    auto journal = Journal::open(folder);
    if (!journal) return failure(journal.error());
    const auto runs = journal->runs();
    if (!runs) return failure(runs.error());
    CheckMarks marks;
    QStringList names;
    for (const RunRecord &run : *runs) {
        if (run.kind != QLatin1String("check") || run.store != store ||
            run.state != RunRecord::State::Done || names.contains(run.bindingName) ||
            run.options.contains(QLatin1String("primary"))) // against a server, not the source
            continue;
        auto binding = Binding::parse(run.binding);
        if (!binding) continue;
        names << run.bindingName;
        Checked checked{std::move(*binding), run.endedMs, false, {}, {}};
        auto found = loadRunReport(folder, run.id, checked.binding.value.type);
        if (!found) continue;
        const bool sampled = run.options.value(QLatin1String("sample")).toInteger() > 0;
        checked.whole = !sampled && found->total() == wrongIn(run.result);
        for (Difference &difference : found->some)
            checked.differences.emplace(std::move(difference.key), difference.what);
        const auto known = leaveOut(*journal, *runs, run, checked);
        if (!known) return failure(known.error());
        if (*known) marks.m_checked.push_back(std::move(checked));
    }
    return marks;
}

std::optional<CheckMark> CheckMarks::find(BytesView key) const
{
    for (const Checked &checked : m_checked) {
        if (!checked.binding.key.match(key)) continue;
        if (checked.changedSince.contains(Bytes(key))) continue;
        const auto found = checked.differences.find(Bytes(key));
        if (found != checked.differences.end())
            return CheckMark{found->second, checked.checkedMs, checked.binding.name};
        if (checked.whole)
            return CheckMark{EntryClass::Match, checked.checkedMs, checked.binding.name};
    }
    return std::nullopt;
}

} // namespace kvscope
