// Pace: a Pacer with a store to feel, for a job's thread.
#pragma once

#include "core/jobs/jobcontrol.h"
#include "core/jobs/pacer.h"
#include "core/store/store.h"

#include <atomic>
#include <memory>

namespace kvscope {

/// Probes a store ten times a second and looks once a second whether others use it. One thread.
/// Requires: store, control and clock outlive it.
class Pace
{
  public:
    Pace(Store &store, JobControl &control, double fixedRate, const Clock &clock);

    std::size_t batchRows() const { return m_pacer.batchRows(); }
    /// Waits until `rows` may go. False: cancelled.
    bool await(std::size_t rows);
    /// Translated; empty where nothing holds it back.
    QString slowedBy() const;

  private:
    struct Felt; // what probes and samples brought, written on the store's threads

    void feel();

    Store &m_store;
    JobControl &m_control;
    const Clock &m_clock;
    bool m_automatic;
    Pacer m_pacer;
    std::shared_ptr<Felt> m_felt;
    Clock::Instant m_probed;
    Clock::Instant m_sampled;
    std::optional<std::int64_t> m_foreign; // commands of others, at m_foreignAt
    Clock::Instant m_foreignAt;
};

} // namespace kvscope
