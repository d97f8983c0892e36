// Histogram: latencies in log-linear buckets, after HdrHistogram (Tene, hdrhistogram.org).
//
// A value v (µs) below 256 has a bucket of its own; above, each power of two is cut into 128 equal
// buckets, so a bucket is at most 1/128 of its lower bound wide and its midpoint within 0.4 % of
// any value in it. 1 µs … 128 s takes 128·(27-8+1)+256 counters.
//
//   value   0 … 255 | 256 … 511 | 512 … 1023 | …
//   width      1    |     2     |      4     | …      (µs)
//
// Histograms are merged and subtracted bucket by bucket; percentiles are never averaged.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace kvscope {

/// Not thread-safe; see AtomicHistogram for the one that many threads record into.
class Histogram
{
  public:
    static constexpr int kSubBits = 7;                      ///< 128 buckets to an octave
    static constexpr std::uint64_t kHighest = 1ULL << 27U;  ///< µs (134 s); larger values count as this
    static constexpr std::size_t kBuckets = 256 + (27 - 8) * 128 + 1;

    static std::size_t bucketOf(std::uint64_t microseconds);
    static std::uint64_t lowerBound(std::size_t bucket);
    static std::uint64_t upperBound(std::size_t bucket); ///< exclusive

    void record(std::uint64_t microseconds, std::uint64_t count = 1);
    /// Bucket by bucket.
    void add(const Histogram &other);
    /// Requires: `earlier` is an earlier state of the same histogram. Clamps at zero otherwise
    /// (the server restarted, say).
    void subtract(const Histogram &earlier);
    void clear();

    std::uint64_t count() const { return m_count; }
    /// Midpoint of the bucket that holds the q-quantile (0 ≤ q ≤ 1), µs; 0 when empty.
    double quantile(double q) const;
    /// Mean of the bucket midpoints, µs; 0 when empty.
    double mean() const;
    /// Sum as recorded, µs (exact); kept through add and subtract.
    std::uint64_t sum() const { return m_sum; }
    const std::vector<std::uint32_t> &buckets() const { return m_buckets; }

  private:
    std::vector<std::uint32_t> m_buckets; // empty until the first record
    std::uint64_t m_count = 0;
    std::uint64_t m_sum = 0;
};

} // namespace kvscope
