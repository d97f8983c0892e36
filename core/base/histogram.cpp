// Log-linear buckets: finding them, adding, subtracting, and reading quantiles off them.
#include "core/base/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace kvscope {
namespace {

constexpr std::uint64_t kLinear = 2ULL << Histogram::kSubBits; // values with a bucket of their own
constexpr unsigned kFirstOctave = Histogram::kSubBits + 1;     // log2 of kLinear

double midpointUs(std::size_t bucket)
{
    // A bucket of width one holds one integer: that is its value, not 0.5 above it.
    const auto low = static_cast<double>(Histogram::lowerBoundNs(bucket));
    const auto high = static_cast<double>(Histogram::upperBoundNs(bucket) - 1);
    return (low + high) / 2000;
}

} // namespace

std::size_t Histogram::bucketOfNs(std::uint64_t nanoseconds)
{
    const std::uint64_t value = std::min(nanoseconds, kHighestNs);
    if (value < kLinear) return static_cast<std::size_t>(value);
    const auto octave = static_cast<unsigned>(std::bit_width(value)) - 1;
    const std::uint64_t sub = (value >> (octave - kSubBits)) - (1ULL << kSubBits);
    return kLinear + (static_cast<std::size_t>(octave - kFirstOctave) << kSubBits) + sub;
}

std::uint64_t Histogram::lowerBoundNs(std::size_t bucket)
{
    if (bucket < kLinear) return bucket;
    const std::size_t above = bucket - kLinear;
    const auto octave = static_cast<unsigned>(above >> kSubBits) + kFirstOctave;
    const std::uint64_t sub = (above & ((1U << kSubBits) - 1)) + (1U << kSubBits);
    return sub << (octave - kSubBits);
}

std::uint64_t Histogram::upperBoundNs(std::size_t bucket)
{
    return bucket + 1 >= kBuckets ? kHighestNs + 1 : lowerBoundNs(bucket + 1);
}

void Histogram::record(std::uint64_t microseconds, std::uint64_t count)
{
    recordNs(microseconds > kHighestNs / 1000 ? kHighestNs : microseconds * 1000, count);
}

void Histogram::recordNs(std::uint64_t nanoseconds, std::uint64_t count)
{
    if (count == 0) return;
    if (m_buckets.empty()) m_buckets.resize(kBuckets);
    m_buckets[bucketOfNs(nanoseconds)] += count;
    m_count += count;
    m_sumNs += std::min(nanoseconds, kHighestNs) * count;
}

void Histogram::add(const Histogram &other)
{
    if (other.m_buckets.empty()) return;
    if (m_buckets.empty()) m_buckets.resize(kBuckets);
    for (std::size_t i = 0; i < kBuckets; ++i) m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_sumNs += other.m_sumNs;
}

void Histogram::subtract(const Histogram &earlier)
{
    if (m_buckets.empty() || earlier.m_buckets.empty()) return;
    for (std::size_t i = 0; i < kBuckets; ++i) {
        const std::uint64_t less = std::min(m_buckets[i], earlier.m_buckets[i]);
        m_buckets[i] -= less;
        m_count -= less;
    }
    m_sumNs -= std::min(m_sumNs, earlier.m_sumNs);
}

void Histogram::clear()
{
    m_buckets.clear();
    m_count = 0;
    m_sumNs = 0;
}

double Histogram::quantile(double q) const
{
    if (m_count == 0) return 0;
    // Nearest rank: the smallest value with at least q of all values at or below it.
    const double rank =
        std::max(1.0, std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(m_count)));
    double seen = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        if (m_buckets[i] == 0) continue;
        last = i;
        seen += static_cast<double>(m_buckets[i]);
        if (seen >= rank) break;
    }
    return midpointUs(last);
}

double Histogram::mean() const
{
    if (m_count == 0) return 0;
    double total = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        if (m_buckets[i] != 0) total += midpointUs(i) * static_cast<double>(m_buckets[i]);
    return total / static_cast<double>(m_count);
}

} // namespace kvscope
