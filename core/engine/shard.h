// Shard: one part of the engine under one lock: index, policy, memory account, loads under way.
//
// The account. `entryBytes` holds every entry that is not freed yet, linked or not; `pinnedBytes`
// those of them with handles; `overheadBytes` the index and the policy. A write makes room before
// it inserts, so
//
//     entryBytes + overheadBytes ≤ budget      after every write, unless pinned entries alone are
//     more
//
// Parked entries. The victim a policy names may be pinned. It is then taken out of the policy and
// parked, so that it is met once and not at every eviction. It comes back at the cold end when its
// last handle goes, or is promoted when it is read before.
//
// Versions and counters are written under the lock and read without it.
#pragma once

#include "core/engine/nodelist.h"
#include "core/engine/table.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace kvscope::engine {

struct EntryDeleter
{
    void operator()(Entry *entry) const { Entry::free(entry); }
};
using EntryPtr = std::unique_ptr<Entry, EntryDeleter>;

/// A key with its hash.
struct Lookup
{
    BytesView key;
    std::uint64_t hash;
};

class Shard
{
  public:
    using Loader = std::function<std::optional<Engine::Loaded>()>;
    using Visitor = std::function<void(BytesView key, BytesView value)>;

    Shard(const Clock &clock, std::atomic<std::uint64_t> &lastVersion, std::size_t budget,
          PolicyKind policy);
    ~Shard();
    Shard(const Shard &) = delete;
    Shard &operator=(const Shard &) = delete;

    Handle get(const Lookup &at);
    Handle peek(const Lookup &at);
    std::optional<EntryInfo> info(const Lookup &at);

    WriteResult set(const Lookup &at, BytesView value, const Expected &expected, Expiry expiry);
    WriteResult erase(const Lookup &at, const Expected &expected);
    WriteResult setExpiry(const Lookup &at, Expiry expiry, const Expected &expected);
    static WriteResult rename(Shard &source, const Lookup &from, Shard &target, const Lookup &to);
    void clear();

    /// What follows a miss that was already counted.
    Handle load(const Lookup &at, const Loader &loader);

    /// One cursor position or more, until `count` entries were visited (it is lowered by them) or
    /// the shard is done: returns 0 then.
    std::uint64_t scan(std::uint64_t cursor, std::size_t &count, const Visitor &visit);

    struct Swept
    {
        std::size_t visited = 0;
        std::size_t expired = 0;
    };
    /// Frees what expired in the next `positions` buckets.
    Swept sweep(std::size_t positions);
    bool hasExpiring() const { return m_expiring.load(std::memory_order_relaxed) != 0; }

    void setPolicy(PolicyKind kind);
    void setBudget(std::size_t bytes) { m_budget.store(bytes, std::memory_order_relaxed); }
    /// Evicts at most `most` entries; true when the budget is still exceeded by what can be
    /// evicted.
    bool trim(std::size_t most);

    void addTo(Counters &sum) const;
    std::size_t size() const { return m_entries.load(std::memory_order_relaxed); }

    /// A handle to `entry` went away. Takes the lock only if the entry is parked.
    void release(Entry &entry);

  private:
    using Counter = std::atomic<std::uint64_t>;
    struct Flight;
    static constexpr std::int64_t kTickMs = 16; ///< of Entry::lastAccess: 2.2 years in 32 bits

    /// Only the holder of the lock writes these counters, so no read-modify-write instruction is
    /// needed.
    static void bump(Counter &counter, std::uint64_t by = 1)
    {
        counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }

    // All of these: under the lock.
    Entry *findLive(const Lookup &at, std::int64_t nowMs);
    Handle pin(Entry &entry);
    void touch(Entry &entry, std::int64_t nowMs);
    std::uint32_t ticks(std::int64_t nowMs) const;
    /// Writes `value` over `existing` or as a new entry. `prepared`, if there is one, holds key and
    /// value already; it is taken only when the write is applied.
    WriteStatus put(const Lookup &at, BytesView value, EntryPtr &prepared, Entry *existing,
                    std::int64_t expiresAtMs, std::int64_t nowMs, Entry **stored);
    WriteStatus replace(Entry &existing, EntryPtr &fresh, std::int64_t nowMs);
    WriteStatus insert(EntryPtr &fresh, std::size_t credit, std::int64_t nowMs);
    void setExpiresAt(Entry &entry, std::int64_t atMs);
    void forgetExpiry(const Entry &entry);
    /// Evicts until `need` bytes fit beside what is used less `credit`; false if pinned entries
    /// forbid it.
    bool makeRoom(std::size_t need, std::size_t credit, std::int64_t nowMs);
    bool evictOne(std::int64_t nowMs);
    bool unparkColdest();
    bool unparkAll();
    void unpark(Entry &entry);
    void leavePolicy(Entry &entry);
    void remove(Entry &entry, Departure why);
    void unlink(Entry &entry);
    void afterWrite(std::int64_t nowMs);
    void resizeStep(std::size_t buckets);
    void indexChanged();
    Swept sweepLocked(std::size_t positions, std::int64_t nowMs);
    void invalidateFlight(BytesView key);
    Handle storeLoaded(const Lookup &at, EntryPtr &fresh, Expiry expiry, bool isCurrent);

    void land(const Lookup &at, Flight &flight,
              const std::optional<Engine::Loaded> &loaded); // takes the lock
    void drop(Entry &entry);                                // one handle less; needs no lock
    std::size_t usedBytes() const;
    bool isTooLarge(std::size_t keyBytes, std::size_t valueBytes) const;

    mutable std::mutex m_mutex;
    Table m_table;
    std::unique_ptr<Policy> m_policy;
    NodeList m_parked;
    std::map<Bytes, std::shared_ptr<Flight>, std::less<>> m_flights;
    std::vector<Entry *> m_doomed; // of the sweep under way; kept for its memory
    std::uint64_t m_sweepCursor = 0;
    std::uint32_t m_writesSinceSweep = 0;
    const Clock &m_clock;
    std::atomic<std::uint64_t> &m_lastVersion;
    const std::int64_t m_startMs;

    Counter m_budget, m_entryBytes{0}, m_pinnedBytes{0}, m_overheadBytes{0};
    Counter m_leastOverhead{0}; // of an empty index and this policy
    Counter m_entries{0}, m_expiring{0};
    Counter m_hits{0}, m_misses{0}, m_peeks{0}, m_writes{0}, m_erases{0};
    Counter m_evictions{0}, m_expirations{0}, m_loads{0}, m_loadsShared{0};
};

} // namespace kvscope::engine
