// Pacer: the arithmetic of the bucket and of the rate.
#include "core/jobs/pacer.h"

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

constexpr double kCut = 0.7;
// What may be saved up: a hiccup, not a flood.
constexpr double kBurstSeconds = 0.02;
constexpr double kPoliteBurstSeconds = 0.005;
constexpr double kBatchSeconds = 0.0004; // of the rate, in one batch
constexpr double kForeignCommands = 50;  // a second; fewer are our own probes and monitoring
constexpr double kFreeRate = 200'000;    // growing past this after some trouble: free again
constexpr auto kReasonStays = std::chrono::seconds(2);

} // namespace

Pacer::Pacer(Limits limits, const Clock &clock)
    : m_limits(limits), m_clock(clock), m_filled(clock.now()),
      m_rate(limits.fixedRate > 0 ? limits.fixedRate : limits.startRate)
{}

std::size_t Pacer::batchRows() const
{
    if (isFree()) return kFullBatch;
    if (m_limits.fixedRate > 0) {
        // Ten batches a second at least, so that a slow rate is even and not a flood each second.
        return static_cast<std::size_t>(
            std::clamp(m_rate / 10, 1.0, static_cast<double>(kFullBatch)));
    }
    return std::clamp(static_cast<std::size_t>(m_rate * kBatchSeconds), kPoliteBatch, kFullBatch);
}

void Pacer::refill()
{
    const Clock::Instant now = m_clock.now();
    const std::chrono::duration<double> passed = now - m_filled;
    m_filled = now;
    const double burst = m_limits.fixedRate > 0 ? kBurstSeconds : kPoliteBurstSeconds;
    const double most = std::max(m_rate * burst, static_cast<double>(batchRows()));
    m_tokens = std::min(m_tokens + passed.count() * m_rate, most);
}

std::chrono::microseconds Pacer::waitFor(std::size_t rows)
{
    using std::chrono::microseconds;
    if (isFree()) return microseconds(0);
    refill();
    const double wanted = static_cast<double>(rows);
    if (m_tokens >= wanted || m_tokens >= static_cast<double>(batchRows())) {
        m_tokens -= wanted; // may go below zero: a batch larger than the bucket is paid off later
        return microseconds(0);
    }
    const double missing = std::min(wanted, static_cast<double>(batchRows())) - m_tokens;
    return microseconds(std::max<std::int64_t>(1, std::llround(std::ceil(missing * 1e6 / m_rate))));
}

void Pacer::cut(SlowedBy what)
{
    m_rate = std::max(m_rate * kCut, m_limits.lowestRate);
    m_reason = what;
    m_cutAt = m_clock.now();
}

bool Pacer::inTrouble() const
{
    return std::any_of(m_trouble.begin(), m_trouble.end(), [](bool there) { return there; });
}

// What lasts is cut for again at each sample that still shows it.
void Pacer::setTrouble(SlowedBy what, bool there)
{
    if (m_limits.fixedRate > 0) return;
    m_trouble[static_cast<std::size_t>(what)] = there;
    if (!there) return;
    if (isFree()) {
        m_rate = kFreeRate;
        m_filled = m_clock.now();
        m_tokens = 0;
    }
    m_rateBound = true;
    cut(what);
}

void Pacer::noteProbe(std::int64_t microseconds)
{
    if (m_limits.fixedRate > 0) return;
    if (m_quietestUs == 0 || microseconds < m_quietestUs)
        m_quietestUs = std::max<std::int64_t>(microseconds, 1);
    if (isFree()) return; // nobody else is there to feel it
    if (microseconds > std::max(m_limits.tolerableUs, m_quietestUs * 3))
        return cut(SlowedBy::Probe);
    if (inTrouble()) return;
    m_rate += m_limits.step;
    if (m_others)
        m_rate = std::min(m_rate, m_limits.politeRate);
    else if (m_rate >= kFreeRate)
        m_rateBound = false;
}

void Pacer::noteForeignRate(std::optional<double> perSecond)
{
    if (m_limits.fixedRate > 0) return;
    const bool others = perSecond.value_or(0) > kForeignCommands;
    if (others && isFree()) {
        m_rate = m_limits.startRate;
        m_filled = m_clock.now();
        m_tokens = 0;
    }
    if (others) m_rate = std::min(m_rate, m_limits.politeRate);
    m_others = others;
}

void Pacer::noteEvictions(std::uint64_t since)
{
    setTrouble(SlowedBy::Evictions, since > 0);
}

void Pacer::noteMemory(std::uint64_t used, std::optional<std::uint64_t> budget, bool evicts)
{
    const bool full =
        budget && *budget > 0 &&
        static_cast<double>(used) >= static_cast<double>(*budget) * m_limits.fullMemory;
    setTrouble(SlowedBy::Memory, full && !evicts);
}

void Pacer::noteReplicaLag(std::optional<std::uint64_t> bytes)
{
    setTrouble(SlowedBy::Replicas, bytes.value_or(0) > m_limits.replicaLagBytes);
}

void Pacer::noteSource(std::chrono::milliseconds took)
{
    setTrouble(SlowedBy::Source, took > m_limits.slowSource);
}

std::optional<double> Pacer::rate() const
{
    return isFree() ? std::nullopt : std::optional(m_rate);
}

SlowedBy Pacer::slowedBy() const
{
    if (m_reason == SlowedBy::Nothing || isFree()) return SlowedBy::Nothing;
    const bool holds = m_trouble[static_cast<std::size_t>(m_reason)];
    return holds || m_clock.now() - m_cutAt < kReasonStays ? m_reason : SlowedBy::Nothing;
}

} // namespace kvscope
