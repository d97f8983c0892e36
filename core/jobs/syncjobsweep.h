// SyncJob::Sweep: passes over the keys of a store and finds those whose rows are gone, a page at a
// time so that polls go on.
#pragma once

#include "core/jobs/syncjob.h"

#include <condition_variable>

namespace kvscope {

/// One thread (the job's). Requires: all references outlive it.
class SyncJob::Sweep
{
  public:
    Sweep(Store &store, const Binding &binding, BoundRows &rows, const SyncOptions &options,
          const Clock &clock)
        : m_store(store), m_binding(binding), m_rows(rows), m_options(options), m_clock(clock),
          m_beganBefore(clock.now()), m_dueSince(m_beganBefore)
    {}

    /// Works on one page, if there is one and it is time. Keys whose rows were gone at the first
    /// look and whose second look is due are returned.
    Result<std::vector<Bytes>> step();
    /// When the rows of the keys that step() returned were looked for last and surely there.
    Clock::Instant goneSince() const { return m_dueSince; }
    bool isRunning() const { return m_scan != nullptr; }
    std::int64_t swept() const { return m_swept; }
    /// Translated: why the last sweep removed nothing; empty where it was allowed to. Once.
    QString takeRefusal() { return std::exchange(m_refusal, {}); }

  private:
    // SCAN's pages on their way from the store's thread.
    struct Pages
    {
        std::mutex mutex;
        std::deque<Result<ScanPage>> each; // guarded by mutex
    };
    static constexpr std::size_t kMostPages = 4;
    static constexpr std::size_t kMostRemembered =
        100'000; // of one sweep; the next one finds the rest

    void begin();
    Result<bool> look(const ScanPage &page);
    void end();

    Store &m_store;
    const Binding &m_binding;
    BoundRows &m_rows;
    const SyncOptions &m_options;
    const Clock &m_clock;
    std::shared_ptr<Pages> m_pages;
    std::unique_ptr<Scan> m_scan; // while a sweep is under way
    Clock::Instant m_began{};
    Clock::Instant m_beganBefore; // the last whole sweep
    Clock::Instant m_dueSince;
    Clock::Instant m_nextAt{};
    Clock::Instant m_secondLookAt{};
    std::vector<Bytes> m_gone; // at the first look
    std::vector<Bytes> m_due;  // of the sweep before: the second look
    std::int64_t m_ofSweep = 0;
    std::int64_t m_swept = 0;
    QString m_refusal;
};

} // namespace kvscope
