// CheckJob's checkpoints: how far each pass has come, what was counted, and who is suspected.
//
// A pass over the rows is resumed behind the last row, SCAN at its cursor. Suspects lie beside the
// checkpoint, so that they are looked at again; verdicts that are to be repaired, too. Fingerprints
// are not kept: they are read again (learnKeys). During the looks nothing is saved: a process that
// ends there begins the looks again, and the report is cut to where it was at the checkpoint, so
// that no difference stands in it twice.
#include "core/async/errortext.h"
#include "core/base/hash.h"
#include "core/jobs/checkjob.h"
#include "core/jobs/storerun.h"

namespace kvscope {
namespace {

constexpr auto kCheckpointEvery = std::chrono::milliseconds(500);

Bytes countName(std::size_t i)
{
    return Bytes("count.") + entryClassName(static_cast<EntryClass>(i));
}

Bytes ageName(std::size_t i)
{
    return "age." + std::to_string(i);
}

} // namespace

std::optional<Error> CheckJob::begin()
{
    const auto id = storeRunId(m_store);
    if (!id) return id.error();
    m_saved = m_clock.now();
    if (m_options.resume && m_options.resume->storeRunId == *id) return goOn();
    m_checkpoint.storeRunId = *id;
    if (!m_options.resume) return std::nullopt;
    if (m_sinks.remark) m_sinks.remark(errorLine(Error(ErrorCode::StoreRestarted)));
    cutReport(0);
    m_itemsChanged = true; // those of the earlier pass say nothing any more
    return saveCheckpoint(Save::Now);
}

void CheckJob::cutReport(std::int64_t mark) const
{
    if (m_sinks.cutReport) m_sinks.cutReport(mark);
}

void CheckJob::startAnew()
{
    cutReport(0);
    if (m_sinks.remark) m_sinks.remark(errorLine(Error(ErrorCode::StoreRestarted)));
    const auto id = storeRunId(m_store);
    m_checkpoint = Checkpoint();
    if (id) m_checkpoint.storeRunId = *id;
    m_report = CheckReport();
    m_known = FingerprintSet();
    m_knowsAll = true;
    m_suspects.clear();
    m_verdicts.clear();
    m_foreign.clear();
    m_newItems.clear();
    m_itemsChanged = true;
    m_cursor = 0;
    m_done = 0;
    m_compared = 0;
    m_stage = Stage::Rows;
}

std::optional<Error> CheckJob::goOn()
{
    m_checkpoint = *m_options.resume;
    m_stage = static_cast<Stage>(m_checkpoint.counter("stage"));
    m_cursor = static_cast<std::uint64_t>(m_checkpoint.counter("cursor"));
    m_done = m_compared = m_checkpoint.counter("done");
    m_report.duplicateKeys = m_checkpoint.counter("duplicates");
    m_earlierSeconds = static_cast<double>(m_checkpoint.counter("ms")) / 1000;
    m_earlierWaitedSeconds = static_cast<double>(m_checkpoint.counter("waited_ms")) / 1000;
    if (m_checkpoint.counters.contains("report")) cutReport(m_checkpoint.counter("report"));
    m_knowsAll = m_stage == Stage::Rows && !m_checkpoint.last;
    for (std::size_t i = 0; i < kEntryClasses; ++i)
        m_report.counts.each[i] = m_checkpoint.counter(countName(i));
    for (std::size_t i = 0; i < m_report.ages.size(); ++i)
        m_report.ages[i] = m_checkpoint.counter(ageName(i));
    const auto items = m_journal.checkpointItems(m_options.run);
    if (!items) return items.error();
    for (const Bytes &item : *items) {
        auto suspect = item.empty() ? std::nullopt : Suspect::decoded(BytesView(item).substr(1));
        if (!suspect) continue;
        if (suspect->orphan) m_foreign.insert(hashBytes(suspect->key, kForeignSeed));
        if (item[0] == 'v')
            m_verdicts.push_back(std::move(*suspect));
        else
            m_suspects.push_back(std::move(*suspect));
    }
    m_lastLook = m_clock.now();
    return std::nullopt;
}

Result<bool> CheckJob::isStoreTheSame()
{
    const auto id = storeRunId(m_store);
    if (!id) return failure(id.error());
    return *id == m_checkpoint.storeRunId;
}

std::optional<Error> CheckJob::enter(Stage stage)
{
    m_stage = stage;
    return saveCheckpoint(Save::Now);
}

std::optional<Error> CheckJob::saveAtEnd(std::optional<Error> error)
{
    if (!error || m_torn) return error;
    (void)saveCheckpoint(Save::Now); // what ended the pass is worth telling more
    return error;
}

std::optional<Error> CheckJob::saveCheckpoint(Save when)
{
    const Clock::Instant now = m_clock.now();
    if (m_options.run.isEmpty()) return std::nullopt;
    if (when == Save::WhenDue && now - m_saved < kCheckpointEvery) return std::nullopt;
    m_saved = now;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_started).count();
    auto &counters = m_checkpoint.counters;
    counters["stage"] = static_cast<std::int64_t>(m_stage);
    counters["cursor"] = static_cast<std::int64_t>(m_cursor);
    counters["done"] = m_compared;
    counters["duplicates"] = m_report.duplicateKeys;
    counters["ms"] = ms + static_cast<std::int64_t>(m_earlierSeconds * 1000);
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(m_waited).count();
    counters["waited_ms"] = waited + static_cast<std::int64_t>(m_earlierWaitedSeconds * 1000);
    if (m_sinks.reportMark) counters["report"] = m_sinks.reportMark();
    for (std::size_t i = 0; i < kEntryClasses; ++i)
        counters[countName(i)] = m_report.counts.each[i];
    for (std::size_t i = 0; i < m_report.ages.size(); ++i) counters[ageName(i)] = m_report.ages[i];
    if (m_itemsChanged) {
        m_newItems.clear();
        for (const Suspect &suspect : m_suspects) m_newItems.push_back('s' + suspect.encoded());
        for (const Suspect &verdict : m_verdicts) m_newItems.push_back('v' + verdict.encoded());
    }
    const auto saved =
        m_journal.saveCheckpoint(m_options.run, m_checkpoint, m_newItems,
                                 m_itemsChanged ? Journal::Items::All : Journal::Items::Added);
    if (!saved) return saved.error();
    m_newItems.clear();
    m_itemsChanged = false;
    return std::nullopt;
}

} // namespace kvscope
