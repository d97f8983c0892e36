// CheckJob: proves whether a store holds what a binding says it should.
//
//   pass A   source ─pages─> keys, values ─MGET─> compare        what differs is a suspect,
//            and each key's fingerprint is kept                  looked at again at once
//   pass B   SCAN ─> keys that no fingerprint knows              suspects too
//   looks    after each delay of the schedule, at each suspect that is left
//   verdicts counted and told one by one; repaired if asked
#pragma once

#include "core/base/clock.h"
#include "core/base/hashset.h"
#include "core/jobs/joblease.h"
#include "core/jobs/journal.h"
#include "core/jobs/nines.h"
#include "core/jobs/pace.h"
#include "core/jobs/repairer.h"
#include "core/jobs/window.h"

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
    QString run;               ///< in the journal; empty: no checkpoints, and nothing is repaired
    std::optional<Checkpoint> resume{}; ///< of that run: goes on behind it
    QString etcd{};                     ///< keeps the lease on repairing; empty: the binding's, or
                                        ///< the store does
    int replicas = 0;                   ///< that must have each batch of repairs; 0: none
};

/// Ages of verdicts, where the version is a time: under a second, ten, a minute, ten, an hour, a
/// day, and above.
inline constexpr std::array<std::int64_t, 6> kAgeLimitsMs{1'000,   10'000,    60'000,
                                                          600'000, 3'600'000, 86'400'000};

struct CheckReport
{
    ClassCounts counts;
    std::array<std::int64_t, kAgeLimitsMs.size() + 1> ages{};
    std::int64_t duplicateKeys = 0; ///< keys that more than one row makes
    std::int64_t repaired = 0;
    std::size_t fingerprintBytes = 0;
    double seconds = 0;
    double waitedSeconds = 0; ///< of those, for the schedule: nothing was compared meanwhile

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
        /// What is not repaired, and why (translated); on the job's thread.
        std::function<void(const Bytes &key, const QString &why)> leftAlone{};
        /// How long the report of the differences is; a checkpoint remembers it.
        std::function<std::int64_t()> reportMark{};
        /// The report is to end there again: what was told behind it is told once more.
        std::function<void(std::int64_t)> cutReport{};
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
    static constexpr std::uint64_t kForeignSeed = 0x666f'7265'6967'6e21; // of m_foreign's hashes
    enum class Stage : std::uint8_t { Rows, Orphans, Looks, Repair };

    std::optional<Error> work();
    std::optional<Error> passes();
    std::optional<Error> passRows();
    Result<bool> fill(Slot &slot);
    void keepSample(MappedBatch &batch) const;
    EntryClass classify(Slot &slot, std::size_t i, const BulkPage &answer);
    std::optional<Error> compare(Slot &slot, const Result<BulkPage> &answer);
    void tellFaults(const Slot &slot);
    std::optional<Error> learnKeys();
    std::optional<Error> passOrphans();
    std::optional<Error> scanOrphans();
    std::optional<Error> takeScanned(const KeyBatch &keys);
    bool isCompanion(BytesView key) const;

    // checkresume.cpp
    std::optional<Error> begin();
    void startAnew();
    void cutReport(std::int64_t mark) const;
    std::optional<Error> goOn();
    Result<bool> isStoreTheSame();
    std::optional<Error> enter(Stage stage);
    enum class Save : std::uint8_t { WhenDue, Now };
    std::optional<Error> saveCheckpoint(Save when);
    std::optional<Error> saveAtEnd(std::optional<Error> error);

    // checkverdicts.cpp
    std::optional<Error> suspect(std::vector<Suspect> found);
    std::optional<Error> settleIfMany();
    std::optional<Error> lookAt(std::vector<Suspect> &suspects, bool last);
    std::optional<Error> settle();
    void tell(Suspect &suspect, std::size_t i, const Look &look);
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
    Clock::Instant m_started;
    std::optional<BoundRows> m_rows;
    std::optional<BoundRows> m_finder; // a connection of its own for single rows
    std::optional<SuspectLooker> m_looker;
    std::unique_ptr<JobLease> m_lease;
    Look m_look;
    Window<Slot, BulkPage> m_window;
    FingerprintSet m_known;
    bool m_knowsAll = true; // the pass over the rows tells m_known of every key
    std::vector<Suspect> m_suspects;
    Clock::Instant m_lastLook;
    std::vector<Suspect> m_verdicts; // only where they are to be repaired
    HashSet m_foreign;               // keys no fingerprint knew: SCAN may repeat them
    std::uint64_t m_sampleBelow = 0;
    std::int64_t m_done = 0;     // rows read
    std::int64_t m_compared = 0; // rows whose pages were dealt with

    Stage m_stage = Stage::Rows;
    Checkpoint m_checkpoint;
    std::uint64_t m_cursor = 0;          // of SCAN
    std::vector<Bytes> m_newItems;       // suspects since the last save
    bool m_itemsChanged = false;         // others than were added: they are all saved anew
    bool m_torn = false;                 // in the middle of looks: only the last save is right
    double m_earlierSeconds = 0;         // of the processes before
    Clock::Instant::duration m_waited{}; // for the schedule, in this process
    double m_earlierWaitedSeconds = 0;
    Clock::Instant m_saved;
};

} // namespace kvscope
