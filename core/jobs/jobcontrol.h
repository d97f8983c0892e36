// JobControl: pause, resume and cancel, and what a job tells of itself while it runs.
#pragma once

#include "core/async/result.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace kvscope {

struct JobProgress
{
    QString phase;                     ///< translated: what it does now
    std::int64_t done = 0;             ///< rows, in this phase
    std::optional<std::int64_t> total; ///< where it is known
    double rowsPerSecond = 0;          ///< over the last second or so
    std::optional<std::int64_t> leftMs;
    /// Of a job that follows its source: how long the last changes took to reach the store.
    std::optional<std::int64_t> lagMs;
    /// The same over the changes of the last ten seconds.
    std::optional<std::int64_t> lagP50Ms;
    std::optional<std::int64_t> lagP99Ms;
    /// What a PING beside the job takes, p99 over the last ten seconds; nothing while none is sent.
    std::optional<std::int64_t> probeUs;
    QString slowedBy; ///< translated: why it goes slower than it could; empty: it does not
};

/// Between a job's thread and whoever watches it. Thread-safe.
class JobControl
{
  public:
    void pause();
    void resume();
    bool isPaused() const;
    /// The job ends once what is under way (four batches at most) has been answered.
    void cancel();
    bool isCancelled() const { return m_stop.stop_requested(); }
    std::stop_token token() const { return m_stop.get_token(); }

    /// For the job's thread: waits while paused. False: cancelled.
    bool mayGoOn();
    /// Sleeps; false: cancelled.
    bool sleep(std::chrono::milliseconds time);

  private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_paused = false; // guarded by m_mutex
    std::stop_source m_stop;
};

/// Makes progress worth showing of plain counts: rate over about a second, time left. Not
/// thread-safe.
class ProgressMeter
{
  public:
    using Sink = std::function<void(const JobProgress &)>;
    static constexpr auto kInterval = std::chrono::milliseconds(100);

    explicit ProgressMeter(Sink sink) : m_sink(std::move(sink)) {}

    void startPhase(QString phase, std::optional<std::int64_t> total);
    void setTotal(std::int64_t total) { m_progress.total = total; }
    void setSlowedBy(const QString &reason) { m_progress.slowedBy = reason; }
    void setProbe(std::optional<std::int64_t> p99Us) { m_progress.probeUs = p99Us; }
    /// Tells the sink at most ten times a second.
    void setDone(std::int64_t done);
    /// Tells it now.
    void flush();

  private:
    using Clock = std::chrono::steady_clock;
    Sink m_sink;
    JobProgress m_progress;
    Clock::time_point m_phaseStart = Clock::now();
    Clock::time_point m_told;
    Clock::time_point m_rateSince;
    std::int64_t m_rateDone = 0;
};

} // namespace kvscope
