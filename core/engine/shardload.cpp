// Shard: single-flight loads. One caller a key runs the loader, outside the lock; the others wait
// for what it brings.
//
// A load reads its source some time before it stores. If the key is written or erased in between,
// the loaded value may be older than that, and storing it would leave a stale entry behind (the
// stale-set race of R. Nishtala et al., Scaling Memcache at Facebook, NSDI 2013). So a write or
// erase takes the flight out of the map, as a lease is revoked: who asks from then on starts a new
// load, and the old one hands its value to those who already waited, but does not store it.
#include "core/engine/shard.h"

#include <algorithm>

namespace kvscope::engine {

struct Shard::Flight
{
    std::condition_variable done;
    bool finished = false;
    Handle result; // empty: nothing was loaded
};

Handle Shard::load(const Lookup &at, const Loader &loader)
{
    const std::int64_t nowMs = m_clock.wallMs();
    // Outlives the lock: letting go of the result may need it.
    std::shared_ptr<Flight> flight;
    {
        std::unique_lock lock(m_mutex);
        if (Entry *entry = findLive(at, nowMs)) {
            touch(*entry, nowMs);
            return pin(*entry);
        }
        const auto [place, isFirst] = m_flights.try_emplace(Bytes(at.key));
        if (!isFirst) {
            flight = place->second;
            bump(m_loadsShared);
            flight->done.wait(lock, [&] { return flight->finished; });
            return flight->result;
        }
        flight = place->second = std::make_shared<Flight>();
        bump(m_loads);
    }
    std::optional<Engine::Loaded> loaded;
    try {
        loaded = loader();
        land(at, *flight, loaded);
    } catch (...) {
        land(at, *flight, std::nullopt);
        throw;
    }
    return flight->result;
}

void Shard::land(const Lookup &at, Flight &flight, const std::optional<Engine::Loaded> &loaded)
{
    EntryPtr fresh;
    if (loaded && at.key.size() <= Entry::kLargest &&
        loaded->value.size() <= Entry::kLargest - at.key.size())
        fresh.reset(Entry::make(at.hash, at.key, loaded->value));
    const std::lock_guard lock(m_mutex);
    const auto current = m_flights.find(at.key);
    const bool isCurrent = current != m_flights.end() && current->second.get() == &flight;
    if (isCurrent) m_flights.erase(current);
    if (fresh != nullptr) flight.result = storeLoaded(at, fresh, loaded->expiry, isCurrent);
    flight.finished = true;
    flight.done.notify_all();
}

Handle Shard::storeLoaded(const Lookup &at, EntryPtr &fresh, Expiry expiry, bool isCurrent)
{
    const std::int64_t nowMs = m_clock.wallMs();
    if (Entry *newer = findLive(at, nowMs)) {
        touch(*newer, nowMs);
        return pin(*newer);
    }
    const std::int64_t expiresAtMs =
        expiry.kind == Expiry::Kind::At ? std::max<std::int64_t>(expiry.atMs, 1) : 0;
    Entry *stored = nullptr;
    if (isCurrent && !isTooLarge(at.key.size(), fresh->valueBytes) &&
        put(at, {}, fresh, nullptr, expiresAtMs, nowMs, &stored) == WriteStatus::Applied) {
        bump(m_writes);
        Handle handle = pin(*stored);
        afterWrite(nowMs);
        return handle;
    }
    // Nowhere to keep it: it lives as long as its handles, and is accounted for so long.
    Entry *detached = fresh.release();
    detached->expiresAtMs.store(expiresAtMs, std::memory_order_relaxed);
    detached->version = m_lastVersion.fetch_add(1, std::memory_order_relaxed) + 1;
    m_entryBytes.fetch_add(detached->cost, std::memory_order_relaxed);
    return pin(*detached);
}

void Shard::invalidateFlight(BytesView key)
{
    if (m_flights.empty()) return;
    if (const auto found = m_flights.find(key); found != m_flights.end()) m_flights.erase(found);
}

} // namespace kvscope::engine
