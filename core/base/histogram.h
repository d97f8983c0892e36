// Histogram: latencies in log-linear buckets, after HdrHistogram (Tene, hdrhistogram.org).
//
// Counted in nanoseconds, because a read from the engine takes a few hundred of them; spoken to in
// microseconds, because servers and people count in those. A value below 128 ns has a bucket of its
// own; above, each power of two is cut into 64 equal buckets, so a bucket is at most 1/64 of its
// lower bound wide and its midpoint within 0.8 % of any value in it. 1 ns … 137 s takes 2,049
// counters of 64 bits: a server that is up for months counts past 2^32.
//
//   value   0 … 127 | 128 … 255 | 256 … 511 | …
//   width      1    |     2     |      4    | …      (ns)
//
// Histograms are merged and subtracted bucket by bucket; percentiles are never averaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kvscope {

/// Not thread-safe; see AtomicHistogram for the one that many threads record into.
class Histogram
{
  public:
    static constexpr int kSubBits = 6;                       ///< 64 buckets to an octave
    static constexpr int kOctaves = 37;                      ///< up to 2^37 ns
    static constexpr std::uint64_t kHighestNs = 1ULL << 37U; ///< 137 s; larger values count as this
    static constexpr std::size_t kBuckets =
        (2U << kSubBits) + (std::size_t{kOctaves - kSubBits - 1} << kSubBits) + 1;

    static std::size_t bucketOfNs(std::uint64_t nanoseconds);
    static std::uint64_t lowerBoundNs(std::size_t bucket);
    static std::uint64_t upperBoundNs(std::size_t bucket); ///< exclusive

    void record(std::uint64_t microseconds, std::uint64_t count = 1);
    void recordNs(std::uint64_t nanoseconds, std::uint64_t count = 1);
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
    /// Sum as recorded, µs (exact to the nanosecond inside); kept through add and subtract.
    double sum() const { return static_cast<double>(m_sumNs) / 1000; }
    /// Empty until the first record, then kBuckets counters.
    const std::vector<std::uint64_t> &buckets() const { return m_buckets; }

  private:
    friend class AtomicHistogram;
    std::vector<std::uint64_t> m_buckets;
    std::uint64_t m_count = 0;
    std::uint64_t m_sumNs = 0;
};

} // namespace kvscope
