// CheckJob's looks: from suspect to verdict, and what a verdict tells.
#include "core/binding/rowversion.h"
#include "core/jobs/checkjob.h"
#include "core/jobs/repairer.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

// Beyond this the schedule is gone through early, so that memory stays bounded.
constexpr std::size_t kMostSuspects = 200'000;
// Nobody repairs that many by hand; it is a warm-up or a wrong binding.
constexpr std::size_t kMostVerdicts = 1'000'000;
// With fewer entries a share says nothing.
constexpr std::int64_t kShareNeeds = 100;

} // namespace

// The first look comes at once; what is left waits for the schedule.
std::optional<Error> CheckJob::suspect(std::vector<Suspect> found)
{
    if (found.empty()) return std::nullopt;
    if (auto error = lookAt(found, m_options.recheck.empty())) return error;
    m_lastLook = m_clock.now();
    std::move(found.begin(), found.end(), std::back_inserter(m_suspects));
    return m_suspects.size() > kMostSuspects ? settle() : std::nullopt;
}

// Takes out those that turned out transient and, at the last look, the verdicts.
std::optional<Error> CheckJob::lookAt(std::vector<Suspect> &suspects, bool last)
{
    for (std::size_t first = 0; first < suspects.size();) {
        const std::size_t count = std::min(suspects.size() - first, SuspectLooker::kMostAtOnce);
        if (!m_pace.await(count)) return Error(ErrorCode::Cancelled);
        const auto some = std::span(suspects).subspan(first, count);
        if (auto error = m_looker->look(some, m_look)) return error;
        for (std::size_t i = 0; i < count; ++i) {
            const Suspect &suspect = some[i];
            if (suspect.what == EntryClass::Transient)
                ++m_report.counts[EntryClass::Transient];
            else if (last)
                tell(suspect, i, m_look);
        }
        first += count;
    }
    std::erase_if(suspects, [last](const Suspect &suspect) {
        return last || suspect.what == EntryClass::Transient;
    });
    return std::nullopt;
}

std::optional<Error> CheckJob::settle()
{
    for (std::size_t round = 0; round < m_options.recheck.size() && !m_suspects.empty(); ++round) {
        const auto delay = m_options.recheck[round];
        const auto passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now() - m_lastLook);
        m_meter.startPhase(Words::tr("Looking again at what differed"),
                           static_cast<std::int64_t>(m_suspects.size()));
        if (passed < delay && !m_control.sleep(delay - passed)) return Error(ErrorCode::Cancelled);
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        const bool last = round + 1 == m_options.recheck.size();
        if (auto error = lookAt(m_suspects, last)) return error;
        m_lastLook = m_clock.now();
    }
    m_suspects.clear();
    return std::nullopt;
}

void CheckJob::tell(const Suspect &suspect, std::size_t i, const Look &look)
{
    ++m_report.counts[suspect.what];
    if (m_options.repair != Repair::None && m_verdicts.size() <= kMostVerdicts)
        m_verdicts.push_back(suspect);
    if (!m_sinks.difference) return;
    Difference difference;
    difference.what = suspect.what;
    difference.key = suspect.key;
    difference.cache = m_verdict.shown(look.entries, i);
    const BulkEntry &entry = look.entries.entries[i];
    if (entry.ttlMs >= 0) difference.ttlMs = entry.ttlMs;
    if (entry.state == BulkEntry::State::OtherType)
        difference.remark = Words::tr("holds a value of another type").toStdString();
    const std::size_t row = look.rowOf[i];
    if (!suspect.orphan && row != Look::kNoRow) {
        difference.source = m_verdict.shown(look.rows, row);
        const BytesView version = look.rows.text(look.rows.entries[row].version);
        difference.ageMs = versionAgeMs(version, m_clock.wallMs());
    }
    m_sinks.difference(difference);
}

std::optional<Error> CheckJob::refusesToRepair() const
{
    const ClassCounts &counts = m_report.counts;
    // A missing entry is harmless to fill; an empty cache is no sign of a wrong binding.
    const std::int64_t there = counts.total() - counts[EntryClass::Missing];
    const std::int64_t wrong = counts.wrong() - counts[EntryClass::Missing];
    if (there < kShareNeeds && m_verdicts.size() <= kMostVerdicts) return std::nullopt;
    const double share =
        static_cast<double>(wrong) / static_cast<double>(std::max<std::int64_t>(there, 1));
    if (share <= m_options.mostRepaired && m_verdicts.size() <= kMostVerdicts) return std::nullopt;
    const auto percent = [](double of) { return QStringLiteral("%1 %").arg(of * 100, 0, 'g', 3); };
    return Error(ErrorCode::TooManyDifferences, {percent(share), percent(m_options.mostRepaired)});
}

std::optional<Error> CheckJob::repair()
{
    if (m_verdicts.empty()) return std::nullopt;
    if (auto refusal = refusesToRepair()) return refusal;
    m_meter.startPhase(Words::tr("Repairing"), static_cast<std::int64_t>(m_verdicts.size()));
    Repairer repairer(m_store, m_journal, m_options.binding, *m_looker,
                      {.run = m_options.run, .how = m_options.repair});
    for (std::size_t first = 0; first < m_verdicts.size();) {
        const std::size_t count = std::min(m_verdicts.size() - first, SuspectLooker::kMostAtOnce);
        if (!m_pace.await(count)) return Error(ErrorCode::Cancelled);
        const auto repaired = repairer.repair(std::span(m_verdicts).subspan(first, count));
        if (!repaired) return repaired.error();
        m_report.repaired += *repaired;
        first += count;
        m_meter.setDone(static_cast<std::int64_t>(first));
    }
    return std::nullopt;
}

} // namespace kvscope
