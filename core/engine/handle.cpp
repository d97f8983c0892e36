// Handle: one pin on an entry.
#include "core/engine/shard.h"

#include <utility>

namespace kvscope::engine {

// From an entry that has a handle already: it can't be freed meanwhile, and stays pinned, so
// neither the lock nor the account is needed.
Handle::Handle(const Handle &other) : m_shard(other.m_shard), m_entry(other.m_entry)
{
    if (m_entry != nullptr) m_entry->pins.fetch_add(1, std::memory_order_relaxed);
}

Handle::Handle(Handle &&other) noexcept
    : m_shard(std::exchange(other.m_shard, nullptr)), m_entry(std::exchange(other.m_entry, nullptr))
{}

Handle &Handle::operator=(Handle other) noexcept
{
    std::swap(m_shard, other.m_shard);
    std::swap(m_entry, other.m_entry);
    return *this;
}

Handle::~Handle()
{
    if (m_entry != nullptr) m_shard->release(*m_entry);
}

BytesView Handle::key() const
{
    return m_entry->key();
}
BytesView Handle::value() const
{
    return m_entry->value();
}
std::uint64_t Handle::version() const
{
    return m_entry->version;
}
std::int64_t Handle::expiresAtMs() const
{
    return m_entry->expiresAtMs.load(std::memory_order_relaxed);
}

} // namespace kvscope::engine
