// HashSet: which 64-bit hashes there were, in 9 to 18 bytes each instead of a node's 40.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kvscope {

/// Open addressing, linear probing, at most seven eighths full. Two keys of the same hash fall
/// together, with a chance of n / 2^64 for each. Not thread-safe.
class HashSet
{
  public:
    /// False where it was there already.
    bool insert(std::uint64_t hash)
    {
        if ((m_size + 1) * 8 > m_slots.size() * 7) grow();
        if (hash == kEmpty) hash = kForEmpty;
        std::uint64_t &slot = m_slots[placeOf(hash)];
        if (slot == hash) return false;
        slot = hash;
        ++m_size;
        return true;
    }
    bool contains(std::uint64_t hash) const
    {
        if (hash == kEmpty) hash = kForEmpty;
        return m_size > 0 && m_slots[placeOf(hash)] == hash;
    }
    std::size_t size() const { return m_size; }
    std::size_t memoryBytes() const { return m_slots.capacity() * sizeof(std::uint64_t); }
    void clear()
    {
        m_slots = {};
        m_size = 0;
    }

  private:
    static constexpr std::uint64_t kEmpty = 0;
    static constexpr std::uint64_t kForEmpty = 0x9E37'79B9'7F4A'7C15;
    static constexpr std::size_t kFirstSlots = 64;

    // Where the hash stands, or would.
    std::size_t placeOf(std::uint64_t hash) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t at = static_cast<std::size_t>(hash) & mask;
        while (m_slots[at] != kEmpty && m_slots[at] != hash) at = (at + 1) & mask;
        return at;
    }
    void grow()
    {
        std::vector<std::uint64_t> old(m_slots.empty() ? kFirstSlots : m_slots.size() * 2, kEmpty);
        old.swap(m_slots);
        for (const std::uint64_t hash : old)
            if (hash != kEmpty) m_slots[placeOf(hash)] = hash;
    }

    std::vector<std::uint64_t> m_slots; // a power of two, or none
    std::size_t m_size = 0;
};

} // namespace kvscope
