// Engine: the local cache engine. Sharded, bounded in bytes, with expiry, versions and
// compare-and-set.
//
// Every entry has a version, unique and rising within one engine, so that "unchanged since" is one
// comparison; it changes with the value, not with the expiry. Memory accounting counts what the
// allocator really gave (key, value, entry, index, policy). The eviction policy is a type behind a
// seam (policy.h) and may be switched while the engine runs.
//
//     key ─hash─> Shard ┬ mutex
//                       ├ Table      hash -> Entry                          table.h
//                       ├ Policy     which Entry goes next                  policy.h, lru.h, lfu.h
//                       └ flights    loads under way, by key
//     Entry: header, key, value in one allocation, pinned by handles        entry.h
//
// An expired entry is gone for every reader at once. Its memory comes back when it is next asked
// for, by a few buckets that every eighth write looks through, or by a thread that does so ten
// times a second.
//
// Thread-safe throughout. Nothing here knows Qt.
#pragma once

#include "core/base/atomichistogram.h"
#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/histogram.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace kvscope::engine {

class Shard;
struct Entry;

/// The eviction policies of the first storey; policyNames() lists them for windows and URLs.
enum class PolicyKind : std::uint8_t { Lru, Lfu };
std::string_view policyName(PolicyKind kind);
std::optional<PolicyKind> policyFromName(std::string_view name);
std::vector<PolicyKind> policies();

/// A pinned, zero-copy view of a value. While any handle lives the bytes are neither moved nor
/// freed, count against the budget and are not evicted; overwriting or erasing the key does not
/// disturb it. Cheap to copy and move. May outlive the entry but not the engine.
class Handle
{
  public:
    Handle() = default;
    explicit operator bool() const { return m_entry != nullptr; }
    /// The rest requires a handle that is true.
    BytesView key() const;
    BytesView value() const;
    std::uint64_t version() const;
    /// Milliseconds since 1970 UTC at which the entry expires; 0: never.
    std::int64_t expiresAtMs() const;

    Handle(const Handle &other);
    Handle(Handle &&other) noexcept;
    Handle &operator=(Handle other) noexcept;
    ~Handle();

  private:
    friend class Shard;
    friend class Engine;
    Handle(Shard *shard, Entry *entry) : m_shard(shard), m_entry(entry) {} // takes over one pin
    Shard *m_shard = nullptr;
    Entry *m_entry = nullptr;
};

/// What must hold of the key now for a write to happen.
struct Expected
{
    enum class Kind : std::uint8_t { Any, Absent, Bytes, Version };
    Kind kind = Kind::Any;
    BytesView bytes{};
    std::uint64_t version = 0;
};

/// What happens to the expiry.
struct Expiry
{
    enum class Kind : std::uint8_t { Keep, None, At };
    Kind kind = Kind::Keep;
    std::int64_t atMs = 0; ///< milliseconds since 1970 UTC, for At
};

enum class WriteStatus : std::uint8_t {
    Applied,
    Conflict, ///< the expectation did not hold; nothing was changed
    Missing,  ///< the key does not exist (erase, setExpiry, or an expectation of bytes or version)
    TooLarge, ///< larger than a shard's whole budget; nothing was changed
    Full,     ///< what is pinned leaves no room; the key was not changed
};

struct WriteResult
{
    WriteStatus status = WriteStatus::Applied;
    std::uint64_t version = 0; ///< of the entry now, 0 if there is none (or was none to find)
};

struct EntryInfo
{
    std::uint64_t version = 0;
    std::int64_t expiresAtMs = 0; ///< 0: never
    std::size_t valueBytes = 0;
    std::size_t memoryBytes = 0; ///< all the entry costs
    std::int64_t idleMs = 0;     ///< since the last traffic access
    std::uint32_t frequency = 0; ///< the policy's counter; 0 where it has none (LRU)
};

/// Sums over all shards since the engine started. Differences make rates. Taken without a lock.
struct Counters
{
    std::uint64_t hits = 0;   ///< traffic reads that found the key
    std::uint64_t misses = 0; ///< traffic reads that did not
    std::uint64_t peeks = 0;  ///< inspect and job reads; never in hits or misses
    std::uint64_t writes = 0;
    std::uint64_t erases = 0;
    std::uint64_t evictions = 0;
    std::uint64_t expirations = 0;
    std::uint64_t loads = 0;       ///< getOrLoad loaders run
    std::uint64_t loadsShared = 0; ///< getOrLoad callers that waited for somebody else's loader
    std::uint64_t entries = 0;     ///< now
    std::uint64_t usedBytes = 0;   ///< now, as accounted
    std::uint64_t budgetBytes = 0; ///< now
    std::uint64_t pinnedBytes = 0; ///< now
};

/// Read and write times as the engine itself measures them (1 in 8 operations is timed, weighted
/// 8).
struct Latencies
{
    Histogram reads;
    Histogram writes;
};

class Engine
{
  public:
    struct Options
    {
        std::size_t memoryBytes = 256U << 20U;
        unsigned shards =
            16; ///< rounded up to a power of two; fewer where one would be under 1 MiB
        PolicyKind policy = PolicyKind::Lru;
        const Clock *clock = &Clock::system(); ///< must outlive the engine
        std::uint64_t hashSeed = 0;            ///< the same seed, the same shards and scan order
    };

    explicit Engine(Options options);
    /// Requires: no handle and no call is left.
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    /// Traffic: counts a hit or a miss and promotes the entry.
    Handle get(BytesView key);
    /// Inspect and job reads: neither counted as hit or miss nor promoted.
    Handle peek(BytesView key) const;
    std::optional<EntryInfo> info(BytesView key) const;

    /// A write of a value promotes the entry, as a read does. An expiry in the past is an entry
    /// that has expired.
    WriteResult set(BytesView key, BytesView value, Expected expected = {},
                    Expiry expiry = {Expiry::Kind::None});
    WriteResult erase(BytesView key, Expected expected = {});
    /// Neither promotes nor changes the version.
    WriteResult setExpiry(BytesView key, Expiry expiry, Expected expected = {});
    /// Moves an entry with its expiry; it gets a new version. Conflict when `to` exists (also when
    /// it is `from`), Missing when `from` does not.
    WriteResult rename(BytesView from, BytesView to);
    /// Takes about 100 ms per million entries, a shard at a time.
    void clear();

    /// Single-flight: on a miss one caller runs `loader`, others asking for the same key wait for
    /// it. The loader returns the value and its expiry, or nothing (nothing is cached then and
    /// every caller gets an empty handle). If it throws, its own caller gets the exception and the
    /// waiting ones an empty handle. A value for which there is no room is handed out and not
    /// cached; so is one whose key was erased while it loaded, and if the key was written meanwhile
    /// that value is handed out. Blocks the calling thread while loading. The loader may use the
    /// engine but for this key.
    struct Loaded
    {
        Bytes value;
        Expiry expiry{Expiry::Kind::None};
    };
    Handle getOrLoad(BytesView key, const std::function<std::optional<Loaded>()> &loader);

    /// Resumable iteration: every key present from the first call to the last is visited at least
    /// once; keys written or erased meanwhile may or may not be. A rehash between calls loses none.
    /// Starts with cursor 0, ends when it returns 0. Visits about `count` entries a call.
    /// `visit` runs under a shard's lock: it must be short, must not call the engine and must not
    /// let go of a handle.
    std::uint64_t scan(std::uint64_t cursor, std::size_t count,
                       const std::function<void(BytesView key, BytesView value)> &visit) const;

    /// Entries, those that expired and were not yet found included. Never waits.
    std::size_t size() const;
    Counters counters() const;
    Latencies latencies() const;

    /// Both act while the engine runs, a shard at a time; a smaller budget evicts at once. They
    /// take up to 0.3 s per million entries: call them off the user interface's thread.
    void setPolicy(PolicyKind kind);
    PolicyKind policy() const { return m_policy.load(std::memory_order_relaxed); }
    void setMemoryBytes(std::size_t bytes);

  private:
    Shard &shardOf(std::uint64_t hash) const;
    std::uint64_t hashOf(BytesView key) const;
    void sweepUntil(const std::stop_token &stop);

    const Clock *m_clock;
    std::uint64_t m_hashSeed;
    std::atomic<PolicyKind> m_policy;
    std::atomic<std::uint64_t> m_lastVersion{0};
    std::vector<std::unique_ptr<Shard>> m_shards;
    std::mutex m_control; // one policy or budget change at a time
    AtomicHistogram m_reads;
    AtomicHistogram m_writes;
    std::jthread m_sweeper; // last: ends first
};

} // namespace kvscope::engine
