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

} // namespace

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
            run.state != RunRecord::State::Done || names.contains(run.bindingName))
            continue;
        auto binding = Binding::parse(run.binding);
        if (!binding) continue;
        names << run.bindingName;
        Checked checked{std::move(*binding), run.endedMs, false, {}};
        auto found = loadRunReport(folder, run.id, checked.binding.value.type);
        if (!found) continue;
        const bool sampled = run.options.value(QLatin1String("sample")).toInteger() > 0;
        checked.whole = !sampled && found->total() == wrongIn(run.result);
        for (Difference &difference : found->some)
            checked.differences.emplace(std::move(difference.key), difference.what);
        marks.m_checked.push_back(std::move(checked));
    }
    return marks;
}

std::optional<CheckMark> CheckMarks::find(BytesView key) const
{
    for (const Checked &checked : m_checked) {
        if (!checked.binding.key.match(key)) continue;
        const auto found = checked.differences.find(Bytes(key));
        if (found != checked.differences.end())
            return CheckMark{found->second, checked.checkedMs, checked.binding.name};
        if (checked.whole)
            return CheckMark{EntryClass::Match, checked.checkedMs, checked.binding.name};
    }
    return std::nullopt;
}

} // namespace kvscope
