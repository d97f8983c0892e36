// Pacer: how fast a job may go, so that others hardly notice it.
//
// A token bucket holds the rate. Where no rate is asked for, it is found as TCP finds one (AIMD,
// Chiu and Jain 1989): every 100 ms a PING on a connection of its own tells what a foreground
// client feels; while that is good the rate grows by a step, when it is bad the rate is cut. Where
// nobody else uses the store there is nobody to be polite to, and the rate is free.
//
//   probe ≤ limit      rate += step
//   probe  > limit     rate ×= 0.7, and batches shrink with it: a command of a thousand keys is one
//                      stretch in which nobody else is served
#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kvscope {

/// Pure: time and probes come in, sizes and waits come out. Not thread-safe.
class Pacer
{
  public:
    struct Limits
    {
        double fixedRate = 0;             ///< rows a second; 0: automatic
        double startRate = 20'000;        ///< automatic, once others are there
        double lowestRate = 1'000;        ///< it always gets on
        double step = 4'000;              ///< rows a second for each good probe
        std::int64_t tolerableUs = 1'000; ///< a probe above this (and thrice the quietest) is bad
    };
    static constexpr std::size_t kFullBatch = 1'000;
    static constexpr std::size_t kPoliteBatch = 50;
    static constexpr double kFullBatchRate = 200'000; ///< from here on batches are full

    Pacer(Limits limits, const Clock &clock);

    /// Rows for the next batch.
    std::size_t batchRows() const;
    /// Milliseconds to wait before `rows` more may go; 0: now, and they are taken.
    std::int64_t waitMs(std::size_t rows);

    /// What a PING took.
    void noteProbe(std::int64_t microseconds);
    /// Whether others use the store: commands a second that aren't ours; nothing: unknown.
    void noteForeignRate(std::optional<double> perSecond);

    /// Rows a second; empty: free.
    std::optional<double> rate() const;
    /// True while it is slower than it could be because of the probes.
    bool isHeldBack() const;

  private:
    void refill();

    Limits m_limits;
    const Clock &m_clock;
    Clock::Instant m_filled;
    double m_tokens = 0;
    double m_rate = 0;
    bool m_free = true;
    bool m_heldBack = false;
    std::int64_t m_quietestUs = 0; // 0: none yet
};

} // namespace kvscope
