// Relaxed counters: order between buckets carries no meaning, only their totals do.
#include "core/base/atomichistogram.h"

#include <algorithm>

namespace kvscope {

void AtomicHistogram::record(std::uint64_t microseconds, std::uint64_t count)
{
    recordNs(std::min(microseconds, Histogram::kHighestNs / 1000 + 1) * 1000, count);
}

void AtomicHistogram::recordNs(std::uint64_t nanoseconds, std::uint64_t count)
{
    const std::uint64_t value = std::min(nanoseconds, Histogram::kHighestNs);
    m_buckets[Histogram::bucketOfNs(value)].fetch_add(count, std::memory_order_relaxed);
    m_sumNs.fetch_add(value * count, std::memory_order_relaxed);
}

Histogram AtomicHistogram::snapshot() const
{
    Histogram result;
    result.m_sumNs = m_sumNs.load(std::memory_order_relaxed);
    result.m_buckets.resize(Histogram::kBuckets);
    for (std::size_t i = 0; i < Histogram::kBuckets; ++i) {
        result.m_buckets[i] = m_buckets[i].load(std::memory_order_relaxed);
        result.m_count += result.m_buckets[i];
    }
    return result;
}

} // namespace kvscope
