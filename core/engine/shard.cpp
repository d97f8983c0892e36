// Shard: reads, writes, iteration. Eviction and pins are in shardmemory.cpp, loads in
// shardload.cpp.
#include "core/engine/shard.h"

#include <algorithm>

namespace kvscope::engine {
namespace {

// Larger values are copied, and their pages faulted in, before the lock is taken.
constexpr std::size_t kCopyOutside = 4096;

WriteStatus statusOf(const Entry *existing, const Expected &expected)
{
    switch (expected.kind) {
    case Expected::Kind::Any:
        return WriteStatus::Applied;
    case Expected::Kind::Absent:
        return existing == nullptr ? WriteStatus::Applied : WriteStatus::Conflict;
    case Expected::Kind::Bytes:
        if (existing == nullptr) return WriteStatus::Missing;
        return existing->value() == expected.bytes ? WriteStatus::Applied : WriteStatus::Conflict;
    case Expected::Kind::Version:
        if (existing == nullptr) return WriteStatus::Missing;
        return existing->version == expected.version ? WriteStatus::Applied : WriteStatus::Conflict;
    }
    return WriteStatus::Conflict;
}

std::uint64_t versionOf(const Entry *entry)
{
    return entry == nullptr ? 0 : entry->version;
}

std::int64_t expiresAt(const Entry *existing, Expiry expiry)
{
    switch (expiry.kind) {
    case Expiry::Kind::Keep:
        return existing == nullptr ? 0 : existing->expiresAtMs.load(std::memory_order_relaxed);
    case Expiry::Kind::None:
        return 0;
    case Expiry::Kind::At:
        return std::max<std::int64_t>(expiry.atMs, 1); // 0 would mean never
    }
    return 0;
}

} // namespace

Shard::Shard(const Clock &clock, std::atomic<std::uint64_t> &lastVersion, std::size_t budget,
             PolicyKind policy)
    : m_policy(makePolicy(policy)), m_clock(clock), m_lastVersion(lastVersion),
      m_startMs(clock.wallMs()), m_budget(budget)
{
    indexChanged();
    m_leastOverhead.store(m_overheadBytes.load());
}

Shard::~Shard()
{
    clear();
}

Entry *Shard::findLive(const Lookup &at, std::int64_t nowMs)
{
    Entry *entry = m_table.find(at.hash, at.key);
    if (entry == nullptr || !entry->isExpired(nowMs)) return entry;
    remove(*entry, Departure::Expired);
    bump(m_expirations);
    return nullptr;
}

Handle Shard::get(const Lookup &at)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    resizeStep(1);
    Entry *entry = findLive(at, nowMs);
    if (entry == nullptr) {
        bump(m_misses);
        return {};
    }
    bump(m_hits);
    touch(*entry, nowMs);
    return pin(*entry);
}

Handle Shard::peek(const Lookup &at)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    bump(m_peeks);
    Entry *entry = m_table.find(at.hash, at.key);
    return entry == nullptr || entry->isExpired(nowMs) ? Handle() : pin(*entry);
}

std::optional<EntryInfo> Shard::info(const Lookup &at)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    const Entry *entry = m_table.find(at.hash, at.key);
    if (entry == nullptr || entry->isExpired(nowMs)) return std::nullopt;
    const std::uint32_t ticksNow = ticks(nowMs);
    const std::uint32_t idleTicks = ticksNow > entry->lastAccess ? ticksNow - entry->lastAccess : 0;
    EntryInfo info;
    info.version = entry->version;
    info.expiresAtMs = entry->expiresAtMs.load(std::memory_order_relaxed);
    info.valueBytes = entry->valueBytes;
    info.memoryBytes = entry->cost + m_table.memoryBytes() / m_table.size();
    info.idleMs = std::int64_t{idleTicks} * kTickMs;
    info.frequency = m_policy->frequency(*entry);
    return info;
}

WriteResult Shard::set(const Lookup &at, BytesView value, const Expected &expected, Expiry expiry)
{
    if (isTooLarge(at.key.size(), value.size())) return {WriteStatus::TooLarge, 0};
    const std::int64_t nowMs = m_clock.wallMs();
    EntryPtr prepared;
    if (value.size() > kCopyOutside) prepared.reset(Entry::make(at.hash, at.key, value));

    const std::lock_guard lock(m_mutex);
    Entry *existing = findLive(at, nowMs);
    WriteStatus status = statusOf(existing, expected);
    if (status != WriteStatus::Applied) return {status, versionOf(existing)};
    Entry *stored = nullptr;
    status = put(at, value, prepared, existing, expiresAt(existing, expiry), nowMs, &stored);
    if (status != WriteStatus::Applied) return {status, versionOf(existing)};
    bump(m_writes);
    invalidateFlight(at.key);
    const std::uint64_t version = stored->version;
    afterWrite(nowMs);
    return {WriteStatus::Applied, version};
}

WriteStatus Shard::put(const Lookup &at, BytesView value, EntryPtr &prepared, Entry *existing,
                       std::int64_t expiresAtMs, std::int64_t nowMs, Entry **stored)
{
    if (existing != nullptr && prepared == nullptr && !existing->isPinned() &&
        existing->canHold(value.size())) {
        existing->overwrite(value);
        touch(*existing, nowMs);
        *stored = existing;
    } else {
        if (prepared == nullptr) prepared.reset(Entry::make(at.hash, at.key, value));
        *stored = prepared.get();
        const WriteStatus status =
            existing == nullptr ? insert(prepared, 0, nowMs) : replace(*existing, prepared, nowMs);
        if (status != WriteStatus::Applied) return status;
    }
    setExpiresAt(**stored, expiresAtMs);
    (*stored)->version = m_lastVersion.fetch_add(1, std::memory_order_relaxed) + 1;
    return WriteStatus::Applied;
}

WriteResult Shard::erase(const Lookup &at, const Expected &expected)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    Entry *existing = findLive(at, nowMs);
    const WriteStatus status = statusOf(existing, expected);
    if (status != WriteStatus::Applied) return {status, versionOf(existing)};
    // Also when there is nothing to erase: what is loading now was read before this.
    invalidateFlight(at.key);
    if (existing == nullptr) return {WriteStatus::Missing, 0};
    remove(*existing, Departure::Erased);
    bump(m_erases);
    afterWrite(nowMs);
    return {WriteStatus::Applied, 0};
}

WriteResult Shard::setExpiry(const Lookup &at, Expiry expiry, const Expected &expected)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    Entry *existing = findLive(at, nowMs);
    const WriteStatus status = statusOf(existing, expected);
    if (status != WriteStatus::Applied) return {status, versionOf(existing)};
    if (existing == nullptr) return {WriteStatus::Missing, 0};
    setExpiresAt(*existing, expiresAt(existing, expiry));
    bump(m_writes);
    return {WriteStatus::Applied, existing->version};
}

WriteResult Shard::rename(Shard &source, const Lookup &from, Shard &target, const Lookup &to)
{
    const std::int64_t nowMs = source.m_clock.wallMs();
    std::unique_lock first(source.m_mutex, std::defer_lock);
    std::unique_lock second(target.m_mutex, std::defer_lock);
    if (&source == &target)
        first.lock();
    else
        std::lock(first, second);
    Entry *old = source.findLive(from, nowMs);
    if (old == nullptr) return {WriteStatus::Missing, 0};
    if (const Entry *there = target.findLive(to, nowMs))
        return {WriteStatus::Conflict, there->version};
    if (target.isTooLarge(to.key.size(), old->valueBytes)) return {WriteStatus::TooLarge, 0};

    EntryPtr fresh(Entry::make(to.hash, to.key, old->value()));
    Entry *moved = fresh.get();
    // Outside the policy it can't be evicted while room is made for its successor.
    source.leavePolicy(*old);
    const std::size_t credit = &source == &target && !old->isPinned() ? old->cost : 0;
    const WriteStatus status = target.insert(fresh, credit, nowMs);
    source.m_policy->resumed(*old);
    if (status != WriteStatus::Applied) return {status, 0};
    target.setExpiresAt(*moved, old->expiresAtMs.load(std::memory_order_relaxed));
    moved->version = target.m_lastVersion.fetch_add(1, std::memory_order_relaxed) + 1;
    source.remove(*old, Departure::Erased);
    bump(target.m_writes);
    source.invalidateFlight(from.key);
    target.invalidateFlight(to.key);
    const std::uint64_t version = moved->version;
    source.afterWrite(nowMs);
    if (&source != &target) target.afterWrite(nowMs);
    return {WriteStatus::Applied, version};
}

void Shard::setExpiresAt(Entry &entry, std::int64_t atMs)
{
    forgetExpiry(entry);
    entry.expiresAtMs.store(atMs, std::memory_order_relaxed);
    if (atMs != 0) bump(m_expiring);
}

void Shard::forgetExpiry(const Entry &entry)
{
    if (entry.expiresAtMs.load(std::memory_order_relaxed) != 0)
        bump(m_expiring, ~std::uint64_t{0}); // minus one
}

void Shard::afterWrite(std::int64_t nowMs)
{
    constexpr std::uint32_t kWritesPerSweep = 8;
    constexpr std::size_t kPositions = 2;
    if (hasExpiring() && ++m_writesSinceSweep >= kWritesPerSweep) sweepLocked(kPositions, nowMs);
    resizeStep(2);
    if (usedBytes() + m_table.memoryBytes() <= m_budget.load(std::memory_order_relaxed))
        m_table.shrinkIfSparse();
    indexChanged();
}

void Shard::resizeStep(std::size_t buckets)
{
    if (m_table.isMoving()) {
        m_table.step(buckets);
        indexChanged();
    }
}

void Shard::indexChanged()
{
    m_overheadBytes.store(m_table.memoryBytes() + m_policy->memoryBytes(),
                          std::memory_order_relaxed);
    m_entries.store(m_table.size(), std::memory_order_relaxed);
}

std::uint64_t Shard::scan(std::uint64_t cursor, std::size_t &count, const Visitor &visit)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::size_t wanted = count;
    // A table may be nearly empty; a call must end all the same.
    const std::size_t positionsMost = 4 * wanted + 16;
    std::size_t visited = 0;
    std::size_t positions = 0;
    const std::lock_guard lock(m_mutex);
    do {
        cursor = m_table.scan(cursor, [&](const Entry &entry) {
            ++visited;
            if (!entry.isExpired(nowMs)) visit(entry.key(), entry.value());
        });
    } while (cursor != 0 && visited < wanted && ++positions < positionsMost);
    count = cursor != 0 || visited >= wanted ? 0 : wanted - visited;
    return cursor;
}

void Shard::addTo(Counters &sum) const
{
    const auto read = [](const Counter &counter) {
        return counter.load(std::memory_order_relaxed);
    };
    sum.hits += read(m_hits);
    sum.misses += read(m_misses);
    sum.peeks += read(m_peeks);
    sum.writes += read(m_writes);
    sum.erases += read(m_erases);
    sum.evictions += read(m_evictions);
    sum.expirations += read(m_expirations);
    sum.loads += read(m_loads);
    sum.loadsShared += read(m_loadsShared);
    sum.entries += read(m_entries);
    sum.usedBytes += usedBytes();
    sum.budgetBytes += read(m_budget);
    sum.pinnedBytes += read(m_pinnedBytes);
}

} // namespace kvscope::engine
