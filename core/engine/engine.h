// Engine: the local cache engine. Sharded, bounded in bytes, with expiry, versions and compare-and-set.
//
// Every entry has a version, unique and rising within one engine, so that "unchanged since" is one
// comparison. Memory accounting counts what the allocator really gave (key, value, entry, index slot).
// The eviction policy is a type behind a seam (policy.h) and may be switched while the engine runs.
//
// Thread-safe throughout. Nothing here knows Qt.
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/histogram.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kvscope::engine {

class Shard;
struct Entry;

/// The eviction policies of the first storey; policyNames() lists them for windows and URLs.
enum class PolicyKind : std::uint8_t { Lru, Lfu };
std::string_view policyName(PolicyKind kind);
std::optional<PolicyKind> policyFromName(std::string_view name);
std::vector<PolicyKind> policies();

/// A pinned, zero-copy view of a value. While any handle lives the bytes are neither moved nor freed,
/// count against the budget and are not evicted; overwriting or erasing the key does not disturb it.
/// Cheap to copy and move. May outlive the entry but not the engine.
class Handle
{
  public:
    Handle() = default;
    explicit operator bool() const { return m_entry != nullptr; }
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
    Handle(Shard *shard, Entry *entry) : m_shard(shard), m_entry(entry) {}
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
    Full,     ///< everything else is pinned; nothing was changed
};

struct WriteResult
{
    WriteStatus status = WriteStatus::Applied;
    std::uint64_t version = 0; ///< of the entry now, 0 if there is none
};

struct EntryInfo
{
    std::uint64_t version = 0;
    std::int64_t expiresAtMs = 0; ///< 0: never
    std::size_t valueBytes = 0;
    std::size_t memoryBytes = 0;  ///< all the entry costs
    std::int64_t idleMs = 0;      ///< since the last traffic access
    std::uint32_t frequency = 0;  ///< the policy's counter
};

/// Sums over all shards since the engine started. Differences make rates.
struct Counters
{
    std::uint64_t hits = 0;         ///< traffic reads that found the key
    std::uint64_t misses = 0;       ///< traffic reads that did not
    std::uint64_t peeks = 0;        ///< inspect and job reads; never in hits or misses
    std::uint64_t writes = 0;
    std::uint64_t erases = 0;
    std::uint64_t evictions = 0;
    std::uint64_t expirations = 0;
    std::uint64_t loads = 0;        ///< getOrLoad loaders run
    std::uint64_t loadsShared = 0;  ///< getOrLoad callers that waited for somebody else's loader
    std::uint64_t entries = 0;      ///< now
    std::uint64_t usedBytes = 0;    ///< now, as accounted
    std::uint64_t budgetBytes = 0;  ///< now
    std::uint64_t pinnedBytes = 0;  ///< now
};

/// Read and write times as the engine itself measures them (1 in 8 operations is timed, weighted 8).
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
        unsigned shards = 16; ///< rounded up to a power of two
        PolicyKind policy = PolicyKind::Lru;
        const Clock *clock = &Clock::system();
    };

    explicit Engine(Options options);
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    /// Traffic: counts a hit or a miss and promotes the entry.
    Handle get(BytesView key);
    /// Inspect and job reads: neither counted as hit or miss nor promoted.
    Handle peek(BytesView key) const;
    std::optional<EntryInfo> info(BytesView key) const;

    WriteResult set(BytesView key, BytesView value, Expected expected = {}, Expiry expiry = {Expiry::Kind::None});
    WriteResult erase(BytesView key, Expected expected = {});
    WriteResult setExpiry(BytesView key, Expiry expiry, Expected expected = {});
    /// Moves an entry with its expiry. Conflict when `to` exists, Missing when `from` does not.
    WriteResult rename(BytesView from, BytesView to);
    void clear();

    /// Single-flight: on a miss one caller runs `loader`, others asking for the same key wait for it.
    /// The loader returns the value and its expiry, or nothing (nothing is cached then).
    /// Blocks the calling thread while loading.
    struct Loaded
    {
        Bytes value;
        Expiry expiry{Expiry::Kind::None};
    };
    Handle getOrLoad(BytesView key, const std::function<std::optional<Loaded>()> &loader);

    /// Resumable iteration: every key present from the first call to the last is visited at least once;
    /// keys written or erased meanwhile may or may not be. A rehash between calls loses none.
    /// Starts with cursor 0, ends when it returns 0. Visits about `count` entries a call.
    /// `visit` runs under a shard's lock: it must be short and must not call the engine.
    std::uint64_t scan(std::uint64_t cursor, std::size_t count,
                       const std::function<void(BytesView key, BytesView value)> &visit) const;

    std::size_t size() const;
    Counters counters() const;
    Latencies latencies() const;

    /// Both act while the engine runs; a smaller budget evicts at once.
    void setPolicy(PolicyKind kind);
    PolicyKind policy() const;
    void setMemoryBytes(std::size_t bytes);

  private:
    Shard &shardOf(std::uint64_t hash) const;

    std::vector<std::unique_ptr<Shard>> m_shards;
    const Clock *m_clock;
};

} // namespace kvscope::engine
