// AtomicHistogram: a histogram that many threads record into at once.
#pragma once

#include "core/base/histogram.h"

#include <array>
#include <atomic>

namespace kvscope {

/// The same buckets as Histogram. Recording is two relaxed additions and never waits; threads meet
/// on a cache line only when their values fall into neighbouring buckets, so it is not striped.
class AtomicHistogram
{
  public:
    void record(std::uint64_t microseconds, std::uint64_t count = 1);
    void recordNs(std::uint64_t nanoseconds, std::uint64_t count = 1);

    /// What was recorded until about now. A record that runs meanwhile may be in the buckets and
    /// not yet in the sum; what finished before is in both. Successive snapshots never go back.
    Histogram snapshot() const;

  private:
    std::array<std::atomic<std::uint64_t>, Histogram::kBuckets> m_buckets{};
    std::atomic<std::uint64_t> m_sumNs{0};
};

} // namespace kvscope
