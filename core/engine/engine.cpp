// Engine: finds the shard, times a sample of the calls, sweeps what expired.
#include "core/engine/engine.h"

#include "core/base/hash.h"
#include "core/engine/shard.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <condition_variable>

namespace kvscope::engine {
namespace {

using namespace std::chrono_literals;

constexpr unsigned kShardShift = 48; // bits 0 … 39 pick the bucket, 40 … 47 are its tag
constexpr std::uint64_t kCursorMask = (1ULL << kShardShift) - 1;
constexpr std::size_t kLeastShardBytes = 1U << 20U;

std::size_t shardCount(const Engine::Options &options)
{
    const std::size_t asked = std::bit_ceil(std::clamp<std::size_t>(options.shards, 1, 1U << 15U));
    const std::size_t useful =
        std::bit_floor(std::max<std::size_t>(1, options.memoryBytes / kLeastShardBytes));
    return std::min(asked, useful);
}

// Times one call in eight, drawn at random: calls come in patterns, and every eighth could always
// be the same kind of call.
class Timing
{
  public:
    static constexpr std::uint32_t kOneIn = 8;

    Timing(const Clock &clock, AtomicHistogram &histogram) : m_clock(clock), m_histogram(histogram)
    {
        thread_local std::uint32_t state = 0x9E3779B9U;
        state ^= state << 13U;
        state ^= state >> 17U;
        state ^= state << 5U;
        m_timed = (state >> 16U) % kOneIn == 0;
        if (m_timed) m_start = clock.now();
    }
    Timing(const Timing &) = delete;
    Timing &operator=(const Timing &) = delete;
    ~Timing()
    {
        if (!m_timed) return;
        const auto took =
            std::chrono::duration_cast<std::chrono::nanoseconds>(m_clock.now() - m_start).count();
        m_histogram.recordNs(static_cast<std::uint64_t>(std::max<std::int64_t>(took, 0)), kOneIn);
    }

  private:
    const Clock &m_clock;
    AtomicHistogram &m_histogram;
    Clock::Instant m_start;
    bool m_timed = false;
};

} // namespace

Engine::Engine(Options options)
    : m_clock(options.clock), m_hashSeed(options.hashSeed), m_policy(options.policy)
{
    const std::size_t count = shardCount(options);
    for (std::size_t i = 0; i < count; ++i)
        m_shards.push_back(std::make_unique<Shard>(*m_clock, m_lastVersion,
                                                   options.memoryBytes / count, options.policy));
    m_sweeper = std::jthread([this](const std::stop_token &stop) { sweepUntil(stop); });
}

Engine::~Engine() = default;

std::uint64_t Engine::hashOf(BytesView key) const
{
    return hashBytes(key, m_hashSeed);
}

Shard &Engine::shardOf(std::uint64_t hash) const
{
    return *m_shards[(hash >> kShardShift) & (m_shards.size() - 1)];
}

Handle Engine::get(BytesView key)
{
    const Timing timing(*m_clock, m_reads);
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).get({key, hash});
}

Handle Engine::peek(BytesView key) const
{
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).peek({key, hash});
}

std::optional<EntryInfo> Engine::info(BytesView key) const
{
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).info({key, hash});
}

WriteResult Engine::set(BytesView key, BytesView value, Expected expected, Expiry expiry)
{
    const Timing timing(*m_clock, m_writes);
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).set({key, hash}, value, expected, expiry);
}

WriteResult Engine::erase(BytesView key, Expected expected)
{
    const Timing timing(*m_clock, m_writes);
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).erase({key, hash}, expected);
}

WriteResult Engine::setExpiry(BytesView key, Expiry expiry, Expected expected)
{
    const Timing timing(*m_clock, m_writes);
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).setExpiry({key, hash}, expiry, expected);
}

WriteResult Engine::rename(BytesView from, BytesView to)
{
    const Timing timing(*m_clock, m_writes);
    const std::uint64_t fromHash = hashOf(from);
    const std::uint64_t toHash = hashOf(to);
    return Shard::rename(shardOf(fromHash), {from, fromHash}, shardOf(toHash), {to, toHash});
}

void Engine::clear()
{
    for (const auto &shard : m_shards) shard->clear();
}

Handle Engine::getOrLoad(BytesView key, const std::function<std::optional<Loaded>()> &loader)
{
    if (Handle found = get(key)) return found;
    const std::uint64_t hash = hashOf(key);
    return shardOf(hash).load({key, hash}, loader);
}

std::uint64_t Engine::scan(std::uint64_t cursor, std::size_t count,
                           const std::function<void(BytesView key, BytesView value)> &visit) const
{
    std::size_t shard = cursor >> kShardShift;
    std::uint64_t place = cursor & kCursorMask;
    std::size_t left = std::max<std::size_t>(count, 1);
    while (shard < m_shards.size()) {
        place = m_shards[shard]->scan(place, left, visit);
        if (place == 0) ++shard;
        if (left == 0) break;
    }
    return shard < m_shards.size() ? (std::uint64_t{shard} << kShardShift) | place : 0;
}

std::size_t Engine::size() const
{
    std::size_t entries = 0;
    for (const auto &shard : m_shards) entries += shard->size();
    return entries;
}

Counters Engine::counters() const
{
    Counters sum;
    for (const auto &shard : m_shards) shard->addTo(sum);
    return sum;
}

Latencies Engine::latencies() const
{
    return {m_reads.snapshot(), m_writes.snapshot()};
}

void Engine::setPolicy(PolicyKind kind)
{
    const std::lock_guard lock(m_control);
    m_policy.store(kind, std::memory_order_relaxed);
    for (const auto &shard : m_shards) shard->setPolicy(kind);
}

void Engine::setMemoryBytes(std::size_t bytes)
{
    constexpr std::size_t kEvictionsPerLock = 512; // so that readers get their turn
    {
        const std::lock_guard lock(m_control);
        for (const auto &shard : m_shards) shard->setBudget(bytes / m_shards.size());
    }
    // Unlocked, so that a change of policy need not wait; the last budget set is the one kept to.
    for (const auto &shard : m_shards)
        while (shard->trim(kEvictionsPerLock)) {
        }
}

void Engine::sweepUntil(const std::stop_token &stop)
{
    constexpr std::size_t kPositions = 16; // about 60 entries, a few microseconds under the lock
    constexpr int kRounds = 32;            // while a quarter of them had expired
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        bool any = false;
        for (const auto &shard : m_shards) {
            for (int round = 0; round < kRounds && shard->hasExpiring(); ++round) {
                any = true;
                const Shard::Swept swept = shard->sweep(kPositions);
                if (swept.expired * 4 < swept.visited || swept.visited == 0) break;
            }
        }
        wake.wait_for(lock, stop, any ? 100ms : 1000ms, [] { return false; });
    }
}

} // namespace kvscope::engine
