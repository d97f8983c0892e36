// Pace: a Pacer with a store to feel, for a job's thread.
#pragma once

#include "core/jobs/jobcontrol.h"
#include "core/jobs/pacer.h"
#include "core/store/store.h"

#include <deque>
#include <memory>

namespace kvscope {

/// Probes a store ten times a second, looks whether others use it (at once, and then once a second)
/// and asks it once a second for its evictions, its memory and its replicas. One thread.
/// Requires: store, control and clock outlive it.
class Pace
{
  public:
    /// Begins to feel the store, so that it knows by the time the first batch is ready.
    Pace(Store &store, JobControl &control, double fixedRate, const Clock &clock);

    std::size_t batchRows() const { return m_pacer.batchRows(); }
    /// Waits until `rows` may go. False: cancelled.
    bool await(std::size_t rows);
    /// So many of those that went had nothing to be done for.
    void giveBack(std::size_t rows) { m_pacer.giveBack(rows); }
    /// What one read of the source took.
    void noteSource(std::chrono::milliseconds took) { m_pacer.noteSource(took); }

    /// Translated; empty where nothing holds it back.
    QString slowedBy() const;
    /// What a PING on a connection of its own takes, in microseconds: p99 of the last hundred, ten
    /// seconds of them. Nothing before the first, and at a fixed rate, where none is sent.
    std::optional<std::int64_t> probeP99Us() const { return m_probeP99Us; }
    /// Rows a second that it allows now; empty: any.
    std::optional<double> rate() const { return m_pacer.rate(); }
    /// Entries that the store threw out since this began, as far as it tells.
    std::uint64_t evictedSince() const { return m_evictedSince; }

  private:
    static constexpr std::size_t kMostProbes = 100;
    struct Felt; // what probes and samples brought, written on the store's threads

    void feel();
    void takePlace() const;
    void takeProbe(std::int64_t microseconds);
    void takeForeign(std::int64_t count, Clock::Instant at);
    void takeSample(const TelemetrySample &sample);
    void ask(Clock::Instant now);

    Store &m_store;
    JobControl &m_control;
    const Clock &m_clock;
    bool m_automatic;
    Pacer m_pacer;
    std::shared_ptr<Felt> m_felt;
    Clock::Instant m_probed{};
    Clock::Instant m_counted{};
    Clock::Instant m_sampled{};
    std::optional<std::int64_t> m_foreign; // commands of others, at m_foreignAt
    Clock::Instant m_foreignAt{};
    bool m_knowsOthers = false;
    std::deque<std::int64_t> m_probes; // the last ones, in microseconds
    std::optional<std::int64_t> m_probeP99Us;
    bool m_tookPlace = false;                 // among the threads that want a core
    std::optional<std::uint64_t> m_evictions; // at the last sample
    std::uint64_t m_evictedSince = 0;
};

} // namespace kvscope
