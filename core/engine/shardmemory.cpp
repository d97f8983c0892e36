// Shard: pins, room, eviction, expiry, and the switch of policies.
#include "core/engine/shard.h"

#include <algorithm>

namespace kvscope::engine {
namespace {

// The chained bucket that an insert may need (64 bytes and the allocator's header, rounded).
constexpr std::size_t kChainBytes = 80;

} // namespace

std::uint32_t Shard::ticks(std::int64_t nowMs) const
{
    return static_cast<std::uint32_t>(std::max<std::int64_t>(0, nowMs - m_startMs) / kTickMs);
}

Handle Shard::pin(Entry &entry)
{
    if ((entry.pins.fetch_add(1, std::memory_order_relaxed) & Entry::kHandles) == 0)
        m_pinnedBytes.fetch_add(entry.cost, std::memory_order_relaxed);
    return {this, &entry};
}

void Shard::release(Entry &entry)
{
    if (!entry.isParked()) {
        drop(entry);
        return;
    }
    const std::lock_guard lock(m_mutex);
    // It may have been unparked meanwhile, or other handles may be left.
    if (entry.isParked() && (entry.pins.load(std::memory_order_acquire) & Entry::kHandles) == 1)
        unpark(entry);
    drop(entry);
}

void Shard::drop(Entry &entry)
{
    // Once the count is down another thread may free the entry: nothing of it is read after.
    const std::uint32_t cost = entry.cost;
    const std::uint32_t before = entry.pins.fetch_sub(1, std::memory_order_acq_rel);
    if ((before & Entry::kHandles) != 1) return;
    m_pinnedBytes.fetch_sub(cost, std::memory_order_relaxed);
    if ((before & Entry::kLinked) != 0) return;
    m_entryBytes.fetch_sub(cost, std::memory_order_relaxed);
    Entry::free(&entry);
}

void Shard::unlink(Entry &entry)
{
    const std::uint32_t cost = entry.cost;
    const std::uint32_t before =
        entry.pins.fetch_and(~(Entry::kLinked | Entry::kParked), std::memory_order_acq_rel);
    if ((before & Entry::kHandles) != 0) return; // the last handle frees it
    m_entryBytes.fetch_sub(cost, std::memory_order_relaxed);
    Entry::free(&entry);
}

void Shard::touch(Entry &entry, std::int64_t nowMs)
{
    if (entry.isParked()) unpark(entry);
    m_policy->accessed(entry);
    entry.lastAccess = ticks(nowMs);
}

void Shard::unpark(Entry &entry)
{
    NodeList::unlink(entry);
    entry.pins.fetch_and(~Entry::kParked, std::memory_order_relaxed);
    m_policy->resumed(entry);
}

void Shard::leavePolicy(Entry &entry)
{
    if (entry.isParked()) unpark(entry);
    m_policy->suspended(entry);
}

void Shard::remove(Entry &entry, Departure why)
{
    if (entry.isParked()) unpark(entry);
    m_policy->removed(entry, why);
    forgetExpiry(entry);
    m_table.remove(entry);
    unlink(entry);
    indexChanged();
}

std::size_t Shard::usedBytes() const
{
    return m_entryBytes.load(std::memory_order_relaxed) +
           m_overheadBytes.load(std::memory_order_relaxed);
}

bool Shard::isTooLarge(std::size_t keyBytes, std::size_t valueBytes) const
{
    if (keyBytes > Entry::kLargest || valueBytes > Entry::kLargest - keyBytes) return true;
    const std::size_t least = Entry::costOf(keyBytes, valueBytes) + kChainBytes +
                              m_leastOverhead.load(std::memory_order_relaxed);
    return least > m_budget.load(std::memory_order_relaxed);
}

WriteStatus Shard::insert(EntryPtr &fresh, std::size_t credit, std::int64_t nowMs)
{
    const std::size_t need = fresh->cost + kChainBytes;
    const Table::Growth growth = m_table.growth();
    const std::size_t budget = m_budget.load(std::memory_order_relaxed);
    bool grows = false;
    if (growth == Table::Growth::Wanted)
        grows = usedBytes() + need + m_table.growthBytes() <= budget + credit;
    else if (growth == Table::Growth::Due)
        grows = makeRoom(need + m_table.growthBytes(), credit, nowMs);
    if (grows) {
        m_table.grow();
        indexChanged();
    }
    if (!makeRoom(need, credit, nowMs)) return WriteStatus::Full;
    Entry *entry = fresh.release();
    entry->pins.store(Entry::kLinked, std::memory_order_relaxed);
    entry->lastAccess = ticks(nowMs);
    m_entryBytes.fetch_add(entry->cost, std::memory_order_relaxed);
    m_table.insert(*entry);
    m_policy->inserted(*entry);
    indexChanged();
    return WriteStatus::Applied;
}

WriteStatus Shard::replace(Entry &existing, EntryPtr &fresh, std::int64_t nowMs)
{
    // Outside the policy it can't be evicted while room is made for its successor.
    leavePolicy(existing);
    if (!makeRoom(fresh->cost, existing.isPinned() ? 0 : existing.cost, nowMs)) {
        m_policy->resumed(existing);
        return WriteStatus::Full;
    }
    Entry *entry = fresh.release();
    entry->frequency = existing.frequency;
    entry->queue = existing.queue;
    entry->epoch = existing.epoch;
    entry->pins.store(Entry::kLinked, std::memory_order_relaxed);
    entry->expiresAtMs.store(existing.expiresAtMs.load(std::memory_order_relaxed),
                             std::memory_order_relaxed);
    m_entryBytes.fetch_add(entry->cost, std::memory_order_relaxed);
    m_table.replace(existing, *entry);
    m_policy->resumed(*entry);
    touch(*entry, nowMs);
    unlink(existing);
    return WriteStatus::Applied;
}

bool Shard::makeRoom(std::size_t need, std::size_t credit, std::int64_t nowMs)
{
    const std::size_t budget = m_budget.load(std::memory_order_relaxed);
    const std::size_t fixed = m_pinnedBytes.load(std::memory_order_relaxed) +
                              m_overheadBytes.load(std::memory_order_relaxed);
    if (fixed + need > budget) return false;
    while (usedBytes() + need > budget + credit)
        if (!evictOne(nowMs)) return false;
    return true;
}

bool Shard::evictOne(std::int64_t nowMs)
{
    // A handle that went away while its entry was being parked left it there: one look each time.
    if (!m_parked.empty()) unparkColdest();
    while (true) {
        PolicyNode *node = m_policy->victim();
        if (node == nullptr) {
            if (!unparkAll()) return false;
            continue;
        }
        auto &entry = static_cast<Entry &>(*node);
        if (entry.isPinned()) {
            m_policy->suspended(entry);
            m_parked.pushWarm(entry);
            entry.pins.fetch_or(Entry::kParked, std::memory_order_relaxed);
            continue;
        }
        const bool expired = entry.isExpired(nowMs);
        remove(entry, expired ? Departure::Expired : Departure::Evicted);
        bump(expired ? m_expirations : m_evictions);
        return true;
    }
}

bool Shard::unparkColdest()
{
    auto &entry = static_cast<Entry &>(*m_parked.coldest());
    if (!entry.isPinned()) {
        unpark(entry);
        return true;
    }
    NodeList::unlink(entry);
    m_parked.pushWarm(entry);
    return false;
}

bool Shard::unparkAll()
{
    bool any = false;
    for (const PolicyNode *last = m_parked.warmest(); last != nullptr;) {
        const bool isLast = m_parked.coldest() == last;
        any |= unparkColdest();
        if (isLast) break;
    }
    return any;
}

bool Shard::trim(std::size_t most)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    for (; usedBytes() > m_budget.load(std::memory_order_relaxed); --most) {
        if (most == 0) return true;
        if (!evictOne(nowMs)) break;
    }
    afterWrite(nowMs);
    return false;
}

Shard::Swept Shard::sweep(std::size_t positions)
{
    const std::int64_t nowMs = m_clock.wallMs();
    const std::lock_guard lock(m_mutex);
    const Swept swept = sweepLocked(positions, nowMs);
    resizeStep(positions);
    return swept;
}

Shard::Swept Shard::sweepLocked(std::size_t positions, std::int64_t nowMs)
{
    m_writesSinceSweep = 0;
    Swept swept;
    for (; positions > 0; --positions) {
        m_sweepCursor = m_table.scan(m_sweepCursor, [&](Entry &entry) {
            ++swept.visited;
            if (entry.isExpired(nowMs)) m_doomed.push_back(&entry);
        });
        if (m_sweepCursor == 0) break;
    }
    for (Entry *entry : m_doomed) remove(*entry, Departure::Expired);
    swept.expired = m_doomed.size();
    bump(m_expirations, swept.expired);
    m_doomed.clear();
    return swept;
}

void Shard::setPolicy(PolicyKind kind)
{
    const std::lock_guard lock(m_mutex);
    if (m_policy->kind() == kind) return;
    std::vector<PolicyNode *> nodes = m_policy->handOver();
    m_policy = makePolicy(kind);
    // The old order settles what the ticks, being coarse, leave open.
    std::stable_sort(nodes.begin(), nodes.end(), [](const PolicyNode *a, const PolicyNode *b) {
        return static_cast<const Entry *>(a)->lastAccess <
               static_cast<const Entry *>(b)->lastAccess;
    });
    for (PolicyNode *node : nodes) {
        node->forgetPolicy();
        m_policy->inserted(*node);
    }
    for (PolicyNode *node = m_parked.coldest(); node != nullptr; node = m_parked.warmerThan(*node))
        node->forgetPolicy();
    m_leastOverhead.store(Table().memoryBytes() + m_policy->memoryBytes(),
                          std::memory_order_relaxed);
    indexChanged();
}

void Shard::clear()
{
    const std::lock_guard lock(m_mutex);
    m_flights.clear();
    m_sweepCursor = 0;
    bump(m_erases, m_table.size());
    while (PolicyNode *node = m_parked.coldest()) unpark(static_cast<Entry &>(*node));
    m_policy = makePolicy(m_policy->kind());
    m_table.clear([this](Entry &entry) {
        forgetExpiry(entry);
        unlink(entry);
    });
    indexChanged();
}

} // namespace kvscope::engine
