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
    if (auto error = lookAt(found, false)) return error;
    m_lastLook = m_clock.now();
    for (Suspect &one : found) {
        if (!m_options.run.isEmpty()) m_newItems.push_back('s' + one.encoded());
        m_suspects.push_back(std::move(one));
    }
    return std::nullopt;
}

std::optional<Error> CheckJob::settleIfMany()
{
    if (m_suspects.size() <= kMostSuspects) return std::nullopt;
    if (auto error = saveCheckpoint(Save::Now)) return error;
    if (auto error = settle()) return error;
    return saveCheckpoint(Save::Now);
}

// Takes out those that turned out transient and, at the last look, the verdicts.
std::optional<Error> CheckJob::lookAt(std::vector<Suspect> &suspects, bool last)
{
    for (std::size_t first = 0; first < suspects.size();) {
        const std::size_t count = std::min(suspects.size() - first, m_looker->atOnce());
        if (!m_pace.await(count)) return Error(ErrorCode::Cancelled);
        const auto some = std::span(suspects).subspan(first, count);
        if (auto error = m_looker->look(some, m_look)) return error;
        for (std::size_t i = 0; i < count; ++i) {
            Suspect &suspect = some[i];
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
    m_torn = true;
    std::vector<std::chrono::milliseconds> schedule = m_options.recheck;
    if (schedule.empty()) schedule.emplace_back(0);
    for (std::size_t round = 0; round < schedule.size() && !m_suspects.empty(); ++round) {
        const auto delay = schedule[round];
        const auto passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now() - m_lastLook);
        m_meter.startPhase(Words::tr("Looking again at what differed"),
                           static_cast<std::int64_t>(m_suspects.size()));
        if (passed < delay) {
            const Clock::Instant asleep = m_clock.now();
            const bool goesOn = m_control.sleep(delay - passed);
            m_waited += m_clock.now() - asleep;
            if (!goesOn) return Error(ErrorCode::Cancelled);
        }
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        const bool last = round + 1 == schedule.size();
        if (auto error = lookAt(m_suspects, last)) return error;
        m_lastLook = m_clock.now();
    }
    m_suspects.clear();
    m_newItems.clear();
    m_itemsChanged = true;
    m_torn = false;
    return std::nullopt;
}

void CheckJob::tell(Suspect &suspect, std::size_t i, const Look &look)
{
    // Which of the rows the entry should agree with, nobody can say.
    const bool repeated = m_known.isRepeated(suspect.key);
    if (repeated) suspect.what = EntryClass::Unknown;
    ++m_report.counts[suspect.what];
    if (m_options.repair != Repair::None && suspect.what != EntryClass::Unknown &&
        m_verdicts.size() <= kMostVerdicts)
        m_verdicts.push_back(suspect);
    Difference difference;
    if (repeated) difference.remark = Words::tr("more than one row makes this key").toStdString();
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
    if (difference.ageMs) {
        const auto at = std::ranges::upper_bound(kAgeLimitsMs, *difference.ageMs);
        ++m_report.ages[static_cast<std::size_t>(at - kAgeLimitsMs.begin())];
    }
    if (m_sinks.difference) m_sinks.difference(difference);
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
    m_report.repaired = 0;
    if (m_verdicts.empty()) return std::nullopt;
    if (auto refusal = refusesToRepair()) return refusal;
    m_meter.startPhase(Words::tr("Repairing"), static_cast<std::int64_t>(m_verdicts.size()));
    Repairer repairer(m_store, m_journal, m_options.binding, *m_looker,
                      {.run = m_options.run,
                       .how = m_options.repair,
                       .fence = m_lease->fence(),
                       .leaseName = m_options.binding.name,
                       .replicas = m_options.replicas,
                       .leftAlone = m_sinks.leftAlone});
    if (m_options.resume)
        if (auto error = repairer.takeOver()) return error;
    for (std::size_t first = 0; first < m_verdicts.size();) {
        const std::size_t count = std::min(m_verdicts.size() - first, m_looker->atOnce());
        if (!m_pace.await(count)) return Error(ErrorCode::Cancelled);
        if (auto lost = m_lease->whyLost()) return lost;
        const auto repaired = repairer.repair(std::span(m_verdicts).subspan(first, count));
        if (!repaired) return repaired.error();
        m_report.repaired += *repaired;
        first += count;
        m_meter.setDone(static_cast<std::int64_t>(first));
    }
    return std::nullopt;
}

} // namespace kvscope
