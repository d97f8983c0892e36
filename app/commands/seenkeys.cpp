// SeenKeys: open addressing with linear probing.
#include "app/commands/seenkeys.h"

#include <cstring>
#include <functional>

namespace kvscope {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::uint64_t kPlaceBits = 40;
constexpr std::uint64_t kPlaceMask = (1ULL << kPlaceBits) - 1;

std::uint64_t hashOf(BytesView key)
{
    return std::hash<BytesView>{}(key);
}

} // namespace

SeenKeys::SeenKeys() : m_slots(kFirstSlots)
{}

BytesView SeenKeys::keyAt(Slot slot) const
{
    const std::size_t place = (slot & kPlaceMask) - 1;
    std::uint32_t length = 0;
    std::memcpy(&length, m_arena.data() + place, sizeof length);
    return {m_arena.data() + place + sizeof length, length};
}

std::size_t SeenKeys::find(BytesView key, std::uint64_t hash) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    while (m_slots[at] != 0) {
        if ((m_slots[at] >> kPlaceBits) == (hash >> kPlaceBits) && keyAt(m_slots[at]) == key)
            return at;
        at = (at + 1) & mask;
    }
    return at;
}

bool SeenKeys::insert(BytesView key)
{
    const std::uint64_t hash = hashOf(key);
    const std::size_t at = find(key, hash);
    if (m_slots[at] != 0) return false;
    const std::uint64_t place = m_arena.size() + 1;
    const auto length = static_cast<std::uint32_t>(key.size());
    m_arena.append(reinterpret_cast<const char *>(&length), sizeof length).append(key);
    m_slots[at] = ((hash >> kPlaceBits) << kPlaceBits) | place;
    if (++m_size * 3 > m_slots.size() * 2) grow();
    return true;
}

void SeenKeys::grow()
{
    const std::vector<Slot> old = std::move(m_slots);
    m_slots.assign(old.size() * 2, 0);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot slot : old) {
        if (slot == 0) continue;
        std::size_t at = hashOf(keyAt(slot)) & mask;
        while (m_slots[at] != 0) at = (at + 1) & mask;
        m_slots[at] = slot;
    }
}

} // namespace kvscope
