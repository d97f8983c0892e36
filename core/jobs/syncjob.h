// SyncJob: keeps a store in step with a binding's source.
//
//   changed rows   every poll reads the rows behind the watermark in the order of the version
//   column late commits   the watermark that a poll begins at is seconds old, and lies in front of
//   rows of an
//                  equal version: what was committed late or ties with what was seen is read again,
//                  and told from it by its value
//   gone rows      a version column can't tell of them. A trigger's NOTIFY does at once
//   (PostgreSQL);
//                  without one a sweep passes over the binding's keys in the store and looks for
//                  their rows, again and again, an entry goes when two looks a second apart find
//                  none
//
// Polls come ten times a second, rarer where they are dear: a tenth of the database's time at most.
#pragma once

#include "core/base/histogram.h"
#include "core/jobs/jobcontrol.h"
#include "core/jobs/journal.h"
#include "core/jobs/pace.h"
#include "core/jobs/syncjoblistener.h"
#include "core/jobs/syncjobwriter.h"

#include <deque>

namespace kvscope {

struct SyncOptions
{
    Binding binding{};
    QString sourceUrl{}; ///< empty: the binding's
    /// Ends then; empty: when cancelled.
    std::optional<std::chrono::milliseconds> duration{};
    std::optional<Checkpoint> resume{}; ///< begins there; else with what changes from now on
    QString run{};                      ///< in the journal; empty: keeps no checkpoints
    std::chrono::milliseconds pollEvery{100};
    std::chrono::milliseconds overlap{3'000};
    /// From the end of one sweep to the next at least; longer after a long one
    /// (SyncJob::restAfterSweep).
    std::chrono::milliseconds sweepEvery{1'000};
};

struct SyncReport
{
    std::int64_t rows = 0;    ///< changed ones
    std::int64_t written = 0; ///< entries put or removed
    std::int64_t removed = 0; ///< of those: removed
    std::int64_t swept = 0;   ///< keys that sweeps looked at
    std::int64_t unsettled = 0;
    /// From the last moment that a change was surely not there yet to the acknowledged write.
    Histogram lag;

    QJsonObject toJson() const;
};

struct SyncStatus
{
    std::int64_t rows = 0;
    std::int64_t written = 0;
    std::optional<double> lagMs; ///< the longest of the last poll that wrote; empty: none yet
    /// Over the changes of the last kLagSpan; empty: none.
    std::optional<double> lagP50Ms;
    std::optional<double> lagP99Ms;
    std::optional<std::int64_t> probeUs; ///< p99 of the PING probe
    double pollMs = 0;                   ///< what the last poll took
    bool listening = false;              ///< a trigger tells of changes
    QString slowedBy;                    ///< translated; empty: nothing
};

/// Runs on a thread of its own (run() blocks). Requires: a binding with a version column
/// (InvalidBinding otherwise) and with a key template that tells which row a key came from; store,
/// journal, control and clock outlive it.
class SyncJob
{
  public:
    struct Sinks
    {
        std::function<void(const SyncStatus &)> status; ///< at most ten times a second
        std::function<void(const QString &)> remark;
    };
    /// Sweeps remove nothing when a larger share of the keys has no row: a wrong mapping, most
    /// likely.
    static constexpr double kMostGone = 0.5;
    /// Percentiles of the lag are told over this time, half of it at least.
    static constexpr std::chrono::seconds kLagSpan{10};
    /// An entry whose row is gone goes within this time while a sweep takes four seconds at most.
    static constexpr std::chrono::seconds kGoneWithin{10};
    /// From the end of a sweep that took `took` to the next: a twentieth of the time is swept, more
    /// where kGoneWithin asks for it, and half of it at most.
    static Clock::Instant::duration restAfterSweep(Clock::Instant::duration took,
                                                   Clock::Instant::duration least);

    SyncJob(Store &store, Journal &journal, JobControl &control, SyncOptions options, Sinks sinks,
            const Clock &clock = Clock::system());
    ~SyncJob();

    /// The error that ended it early (Cancelled among them), if one did.
    std::optional<Error> run();
    const SyncReport &report() const { return m_report; }

    /// The statements of a trigger that makes PostgreSQL tell of changes, for a person to run; it
    /// is never installed by itself. Comments say what to put in where the table can't be read off
    /// the binding's query.
    static QString triggerSql(const Binding &binding);

  private:
    struct Watermark
    {
        Clock::Instant at;
        FieldTuple tuple;
        std::size_t ties; ///< rows of its version up to and with it
    };
    class Sweep;
    static constexpr std::size_t kMostTies = 5'000; // of one version that are read again

    std::optional<Error> work();
    std::optional<Error> poll();
    std::optional<Error> takeNotified();
    std::optional<Error> rest(std::chrono::milliseconds time);
    std::optional<Error> ride(std::optional<Error> error);
    std::optional<Error> bring(const std::vector<Bytes> &keys, SyncWriter::Gone gone,
                               Clock::Instant since, std::int64_t &rows);
    /// Remembers the last row of a page; `news`: rows that were not known.
    void noteNewest(const RowPage &page, std::size_t news);
    bool isNews(const Bytes &key, const ValueMark &mark);
    void tell(bool now);
    void tellLag(Clock::Instant at);
    std::optional<Error> saveCheckpoint(bool now);

    // syncjobsource.cpp
    std::optional<Error> openFollower();
    void connectAgain();
    void listen();
    void learnKeys();
    Result<bool> findNow();
    std::optional<FieldTuple> pollStart() const;
    Result<bool> readFirst(RowPage &page);

    Store &m_store;
    Journal &m_journal;
    JobControl &m_control;
    SyncOptions m_options;
    Sinks m_sinks;
    const Clock &m_clock;
    Pace m_pace;
    SyncReport m_report;
    SyncStatus m_status;
    Histogram m_lagNow, m_lagBefore; // of this half of kLagSpan, and of the one before
    Clock::Instant m_lagSince{};
    std::optional<BoundRows> m_rows;       // single rows, by key
    std::unique_ptr<RowSource> m_follower; // rows in the order of their versions
    std::vector<std::size_t> m_followOrder;
    std::optional<SyncWriter> m_writer;
    std::unique_ptr<SyncListener> m_listener;
    std::unique_ptr<Sweep> m_sweep;
    std::optional<FieldTuple> m_newest;
    std::size_t m_ties = 0;          // rows of the newest version
    bool m_readsTies = true;         // the source takes pollStart()'s lowest values
    std::deque<Watermark> m_history; // newest last
    std::unordered_map<Bytes, ValueMark> m_recent, m_older; // rows that were brought
    Clock::Instant m_recentSince{};
    Clock::Instant m_lastPoll{};                // its beginning: what it did not see came later
    Clock::Instant m_lastHeard{};               // the listener
    std::optional<Clock::Instant> m_listenedAt; // when it was tried to be heard last
    int m_failures = 0;                         // one behind the other
    bool m_faultsTold = false;
    Clock::Instant m_told{};
    Clock::Instant m_saved{};
};

} // namespace kvscope
