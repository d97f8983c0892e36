// CheckJob: proves whether a store holds what a binding says it should.
//
//   pass A   source ─pages─> keys, values ─MGET─> compare        what differs is a suspect,
//            and each key's fingerprint is kept                  looked at again at once
//   pass B   SCAN ─> keys that no fingerprint knows              suspects too
//   looks    after each delay of the schedule, at each suspect that is left
//   verdicts counted and told one by one; repaired if asked
#pragma once

#include "core/base/clock.h"
#include "core/jobs/journal.h"
#include "core/jobs/nines.h"
#include "core/jobs/pace.h"
#include "core/jobs/repairer.h"
#include "core/jobs/window.h"

#include <unordered_set>

namespace kvscope {

struct CheckOptions
{
    Binding binding;
    QString sourceUrl; ///< empty: the binding's
    double rate = 0;   ///< rows a second; 0: automatic
    std::vector<std::chrono::milliseconds> recheck{std::chrono::seconds(1),
                                                   std::chrono::seconds(10)};
    Repair repair = Repair::None;
    double mostRepaired = 0.5; ///< refuses to repair when a larger share differs
    std::int64_t sample = 0;   ///< about so many rows, and no orphans; 0: all
    QString run;               ///< in the journal; empty only where nothing is repaired
};

struct CheckReport
{
    ClassCounts counts;
    std::int64_t duplicateKeys = 0; ///< keys that more than one row makes
    std::int64_t repaired = 0;
    std::size_t fingerprintBytes = 0;
    double seconds = 0;

    std::int64_t compared() const { return counts.total(); }
    /// What is not `match`.
    std::int64_t differing() const { return compared() - counts[EntryClass::Match]; }
    QJsonObject toJson() const;
};

/// Runs on a thread of its own (run() blocks). Requires: store, journal, control and clock outlive
/// it.
class CheckJob
{
  public:
    struct Sinks
    {
        ProgressMeter::Sink progress;
        std::function<void(const Difference &)> difference; ///< every verdict; on the job's thread
        std::function<void(const QString &)> remark;
    };

    CheckJob(Store &store, Journal &journal, JobControl &control, CheckOptions options, Sinks sinks,
             const Clock &clock = Clock::system());

    /// The error that ended it early (Cancelled among them), if one did.
    std::optional<Error> run();
    const CheckReport &report() const { return m_report; }

  private:
    struct Slot
    {
        RowPage page;
        MappedBatch batch;
    };
    class ScanQueue;

    std::optional<Error> work();
    std::optional<Error> passRows();
    Result<bool> fill(Slot &slot);
    void keepSample(MappedBatch &batch) const;
    std::optional<Error> compare(Slot &slot, const Result<BulkPage> &answer);
    std::optional<Error> tellFaults(const Slot &slot);
    std::optional<Error> passOrphans();
    std::optional<Error> takeScanned(const KeyBatch &keys);
    bool isCompanion(BytesView key) const;

    std::optional<Error> suspect(std::vector<Suspect> found);
    std::optional<Error> lookAt(std::vector<Suspect> &suspects, bool last);
    std::optional<Error> settle();
    void tell(const Suspect &suspect, std::size_t i, const Look &look);
    std::optional<Error> repair();
    std::optional<Error> refusesToRepair() const;

    Store &m_store;
    Journal &m_journal;
    JobControl &m_control;
    CheckOptions m_options;
    Sinks m_sinks;
    const Clock &m_clock;
    EntryVerdict m_verdict;
    Pace m_pace;
    ProgressMeter m_meter;
    CheckReport m_report;
    std::optional<BoundRows> m_rows;
    std::optional<BoundRows> m_finder; // a connection of its own for single rows
    std::optional<SuspectLooker> m_looker;
    Look m_look;
    Window<Slot, BulkPage> m_window;
    FingerprintSet m_known;
    std::vector<Suspect> m_suspects;
    Clock::Instant m_lastLook;
    std::vector<Suspect> m_verdicts;     // only where they are to be repaired
    std::unordered_set<Bytes> m_foreign; // keys no fingerprint knew: SCAN may repeat them
    std::uint64_t m_sampleBelow = 0;
    std::int64_t m_done = 0;
};

} // namespace kvscope
