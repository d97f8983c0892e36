// Pacer: how fast a job may go, so that others hardly notice it.
//
// A token bucket holds the rate. Where no rate is asked for, it is found as TCP finds one (AIMD,
// Chiu and Jain 1989): every 100 ms a PING on a connection of its own tells what a foreground
// client feels; while that is good the rate grows by a step, when it is bad the rate is cut. What
// the store tells of itself once a second (evictions, memory, how far replicas are behind) and how
// long the source takes cut it too. Where nobody else uses the store and nothing is wrong there is
// nobody to be polite to, and the rate is free.
//
//   all is well     rate += step, up to the polite rate
//   something isn't rate ×= 0.7
//
// The rate alone does not make a job polite: a server carries out a burst of commands in one
// stretch, and whoever comes meanwhile waits for its end. So batches are as small as half a
// millisecond of the rate, and a command or two of theirs is all that anybody waits for.
#pragma once

#include "core/base/clock.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kvscope {

/// What a job is slowed down for.
enum class SlowedBy : std::uint8_t {
    Nothing,
    Probe,     ///< a PING takes longer than it should
    Evictions, ///< the store throws entries out
    Memory,    ///< the store is nearly full
    Replicas,  ///< one is far behind
    Source,    ///< the source answers slowly
};

/// Pure: time and findings come in, sizes and waits come out. Not thread-safe.
class Pacer
{
  public:
    struct Limits
    {
        double fixedRate = 0;           ///< rows a second; 0: automatic
        double startRate = 20'000;      ///< automatic, until it is known whether others are there
        double politeRate = 60'000;     ///< the highest while others are there
        double lowestRate = 1'000;      ///< it always gets on
        double step = 2'000;            ///< rows a second for each good probe
        std::int64_t tolerableUs = 500; ///< a probe above this (and thrice the quietest) is bad
        double fullMemory = 0.97;       ///< of the store's budget
        std::uint64_t replicaLagBytes = 32U << 20U;
        std::chrono::milliseconds slowSource{500}; ///< for one read of a batch
    };
    static constexpr std::size_t kFullBatch = 1'000;
    static constexpr std::size_t kPoliteBatch = 16;

    Pacer(Limits limits, const Clock &clock);

    /// Rows for the next batch.
    std::size_t batchRows() const;
    /// So many of those that went had nothing to be done for.
    void giveBack(std::size_t rows) { m_tokens += static_cast<double>(rows); }
    /// How long to wait before `rows` more may go; 0: now, and they are taken.
    std::chrono::microseconds waitFor(std::size_t rows);

    /// What a PING took.
    void noteProbe(std::int64_t microseconds);
    /// Whether others use the store: commands a second that aren't ours; nothing: unknown.
    void noteForeignRate(std::optional<double> perSecond);
    /// Entries thrown out since the last sample.
    void noteEvictions(std::uint64_t since);
    /// Bytes used, and the budget; no budget: no limit. `evicts`: a full store makes room by itself
    /// and says so by evictions.
    void noteMemory(std::uint64_t used, std::optional<std::uint64_t> budget, bool evicts);
    void noteReplicaLag(std::optional<std::uint64_t> bytes);
    /// What one read of the source took.
    void noteSource(std::chrono::milliseconds took);

    /// Rows a second; empty: free.
    std::optional<double> rate() const;
    /// Why it goes slower than it could: the latest finding, for as long as it holds and two
    /// seconds more.
    SlowedBy slowedBy() const;

  private:
    bool isFree() const { return m_limits.fixedRate <= 0 && !m_others && !m_rateBound; }
    void setTrouble(SlowedBy what, bool there);
    bool inTrouble() const;
    void cut(SlowedBy what);
    void refill();

    Limits m_limits;
    const Clock &m_clock;
    Clock::Instant m_filled;
    double m_tokens = 0;
    double m_rate = 0;
    bool m_others = true;            // until told otherwise
    bool m_rateBound = false;        // nobody else is there, but something was wrong
    std::array<bool, 6> m_trouble{}; // by SlowedBy, of what lasts: all but probes
    SlowedBy m_reason = SlowedBy::Nothing;
    Clock::Instant m_cutAt;
    std::int64_t m_quietestUs = 0; // 0: none yet
};

} // namespace kvscope
