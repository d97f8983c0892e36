// WarmupJob: fills a store with the entries of a binding, and never overwrites newer ones.
#pragma once

#include "core/base/clock.h"
#include "core/jobs/boundrows.h"
#include "core/jobs/fingerprintset.h"
#include "core/jobs/forecast.h"
#include "core/jobs/jobcontrol.h"
#include "core/jobs/journal.h"
#include "core/jobs/pace.h"
#include "core/jobs/warmorderrows.h"
#include "core/jobs/window.h"
#include "core/store/store.h"

namespace kvscope {

struct WarmupOptions
{
    Binding binding{};
    QString sourceUrl{};                ///< empty: the binding's
    double rate = 0;                    ///< rows a second; 0: automatic
    WarmOrder order{};                  ///< what is written first
    bool dryRun = false;                ///< tells what it would write and writes nothing
    std::optional<Checkpoint> resume{}; ///< goes on behind it
    QString run{};                      ///< in the journal; empty: keeps no checkpoints
};

struct WarmupReport
{
    std::int64_t rows = 0;    ///< read; the sum of the three below
    std::int64_t written = 0; ///< with a dry run: would have been
    std::int64_t newerKept =
        0; ///< were there: the same version, a newer one, or one that can't be told
    std::int64_t skipped = 0; ///< rows that no entry can be made of, keys of another type
    double seconds = 0;

    QJsonObject toJson() const;
};

/// Runs on a thread of its own (run() blocks). Absent keys are written by NX; where the binding
/// stores versions, older entries are replaced in one atomic step. Ends early with what was written
/// so far acknowledged and counted.
///
/// What `order` ranks is looked up and written first, then the rest in key order. It does not begin
/// where the store has no room and would refuse writes (DoesNotFit), and it ends when the store
/// throws entries out for what it writes (EvictionsRose). A resumed run writes what is ranked again
/// (which changes nothing where it is there) and goes on behind its checkpoint.
///
/// Requires: store, journal, control and clock outlive it.
class WarmupJob
{
  public:
    struct Sinks
    {
        ProgressMeter::Sink progress;
        /// A row that no entry can be made of: a sentence. At most kMostRemarks of them.
        std::function<void(const QString &)> remark;
        /// Before the first write, where the store tells of its memory.
        std::function<void(const MemoryForecast &)> forecast;
    };
    static constexpr int kMostRemarks = 100;

    WarmupJob(Store &store, Journal &journal, JobControl &control, WarmupOptions options,
              Sinks sinks, const Clock &clock = Clock::system());

    /// The error that ended it early (Cancelled among them), if one did.
    std::optional<Error> run();
    const WarmupReport &report() const { return m_report; }
    /// Entries the store threw out while it ran, and what has shares of them to be told.
    static constexpr std::uint64_t kFewEvictions = 100;
    static constexpr double kEvictedShare = 0.01; ///< of what was written

  private:
    struct Slot
    {
        RowPage page;
        MappedBatch batch;
        std::vector<BytesView> fields;
        std::vector<BulkItem> items;
        std::size_t dropped = 0; ///< rows that were written with the ranked ones
        bool ranked = false;
    };

    std::optional<Error> work();
    std::optional<Error> prepare();
    std::optional<Error> writeRanked();
    std::optional<Error> writeAll();
    std::optional<Error> passOver();
    std::optional<Error> evictionsRose() const;
    void dropRanked(MappedBatch &batch, std::size_t &dropped) const;
    void readStoreRunId();
    bool fill(Slot &slot);
    void makeItems(Slot &slot);
    void send(Slot &slot);
    std::optional<Error> settle(Slot &slot, Result<BulkWritten> answer);
    std::optional<Error> settleDry(Slot &slot, const Result<BulkPage> &answer);
    std::optional<Error> settleOne(Slot &slot, std::size_t i, BulkOutcome outcome);
    std::optional<Error> writeAgain(Slot &slot, const std::vector<std::size_t> &which);
    std::optional<Error> decide(const BulkItem &item);
    Result<std::optional<Bytes>> versionHeld(BytesView entry, const BulkImages &images);
    std::optional<Error> drain(std::optional<Error> error);
    std::optional<Error> takeOldest();
    void remark(const Slot &slot);
    std::optional<Error> saveCheckpoint(bool now);
    BulkWriteOptions writeOptions() const;

    Store &m_store;
    Journal &m_journal;
    JobControl &m_control;
    WarmupOptions m_options;
    Sinks m_sinks;
    const Clock &m_clock;
    Pace m_pace;
    ProgressMeter m_meter;
    WarmupReport m_report;
    std::optional<BoundRows> m_rows;
    std::optional<WarmOrderRows> m_ranked; // while they are written
    FingerprintSet m_rankedKeys;           // those that had a row
    std::optional<Error> m_readError;
    std::optional<std::int64_t> m_total; // rows, where the source tells
    Window<Slot, BulkWritten> m_writes;
    Window<Slot, BulkPage> m_looks; // of a dry run
    Checkpoint m_checkpoint;
    Bytes m_storeRunId;
    Clock::Instant m_saved;
    int m_remarks = 0;
    bool m_rankedDone = false;
    bool m_ended = false;
};

} // namespace kvscope
