// Pacer: the arithmetic of the bucket and of the rate.
#include "core/jobs/pacer.h"

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

constexpr double kCut = 0.7;
constexpr double kBurstSeconds = 0.02;  // what may be saved up: a hiccup, not a flood
constexpr double kForeignCommands = 50; // a second; fewer are our own probes and monitoring

} // namespace

Pacer::Pacer(Limits limits, const Clock &clock)
    : m_limits(limits), m_clock(clock), m_filled(clock.now()),
      m_rate(limits.fixedRate > 0 ? limits.fixedRate : limits.startRate),
      m_free(limits.fixedRate <= 0)
{}

std::size_t Pacer::batchRows() const
{
    if (m_free) return kFullBatch;
    if (m_limits.fixedRate > 0) {
        // Ten batches a second at least, so that a slow rate is even and not a flood each second.
        return static_cast<std::size_t>(
            std::clamp(m_rate / 10, 1.0, static_cast<double>(kFullBatch)));
    }
    const double share = std::clamp(m_rate / kFullBatchRate, 0.0, 1.0);
    return std::max(kPoliteBatch, static_cast<std::size_t>(share * kFullBatch));
}

void Pacer::refill()
{
    const Clock::Instant now = m_clock.now();
    const std::chrono::duration<double> passed = now - m_filled;
    m_filled = now;
    const double most = std::max(m_rate * kBurstSeconds, static_cast<double>(batchRows()));
    m_tokens = std::min(m_tokens + passed.count() * m_rate, most);
}

std::int64_t Pacer::waitMs(std::size_t rows)
{
    if (m_free) return 0;
    refill();
    const double wanted = static_cast<double>(rows);
    if (m_tokens >= wanted || m_tokens >= static_cast<double>(batchRows())) {
        m_tokens -= wanted; // may go below zero: a batch larger than the bucket is paid off later
        return 0;
    }
    return std::max<std::int64_t>(1, std::llround((wanted - m_tokens) * 1000 / m_rate));
}

void Pacer::noteProbe(std::int64_t microseconds)
{
    if (m_limits.fixedRate > 0) return;
    if (m_quietestUs == 0 || microseconds < m_quietestUs)
        m_quietestUs = std::max<std::int64_t>(microseconds, 1);
    const std::int64_t limit = std::max(m_limits.tolerableUs, m_quietestUs * 3);
    if (m_free) return;
    m_heldBack = microseconds > limit;
    m_rate = m_heldBack ? std::max(m_rate * kCut, m_limits.lowestRate) : m_rate + m_limits.step;
}

void Pacer::noteForeignRate(std::optional<double> perSecond)
{
    if (m_limits.fixedRate > 0) return;
    const bool others = perSecond.value_or(0) > kForeignCommands;
    if (others && m_free) {
        m_rate = m_limits.startRate;
        refill();
        m_tokens = 0;
    }
    m_free = !others;
    if (m_free) m_heldBack = false;
}

std::optional<double> Pacer::rate() const
{
    return m_free ? std::nullopt : std::optional(m_rate);
}

bool Pacer::isHeldBack() const
{
    return m_heldBack;
}

} // namespace kvscope
