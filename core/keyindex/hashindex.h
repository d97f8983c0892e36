// HashIndex: from bytes to a number (a key's id, a namespace's), in 8 bytes a slot.
//
// Linear probing in the order of the hash: slot = ⌊hash · slots / 2³²⌋, and a run of occupied slots
// is sorted by hash. So an absent key is known as soon as a larger hash is met, and growing is one
// pass from left to right into a new region while the old one's pages are given back behind it: no
// moment at which both exist in full. Grown by a quarter at a load of 0.8: 10–12.5 B an entry.
//
//   slot   [ 32-bit hash | id + 1 ]     0 = free
#pragma once

#include "core/base/bytes.h"
#include "core/keyindex/keyarena.h"
#include "core/keyindex/region.h"

#include <cstdint>

namespace kvscope::keyindex {

/// Mixes eight bytes a step (after wyhash's folded multiplication); `seed` differs per run, so that
/// nobody can prepare keys that collide.
std::uint64_t hashBytes(BytesView bytes, std::uint64_t seed);

/// Only the upper half of a hash is used and kept.
class HashIndex
{
  public:
    HashIndex();

    /// The id whose bytes `matches(id)` confirms, or kNone.
    template<class Matches>
    std::uint32_t find(std::uint64_t hash, Matches matches) const
    {
        const auto h = static_cast<std::uint32_t>(hash >> 32U);
        for (std::size_t at = home(h);; ++at) {
            const std::uint64_t slot = m_slots()[at];
            if (slot == 0 || static_cast<std::uint32_t>(slot >> 32U) > h) return kNone;
            if (static_cast<std::uint32_t>(slot >> 32U) == h && matches(idOf(slot)))
                return idOf(slot);
        }
    }

    void prefetch(std::uint64_t hash) const
    {
        __builtin_prefetch(m_slots() + home(static_cast<std::uint32_t>(hash >> 32U)), 1, 1);
    }

    /// Requires: not there yet. False when memory ran out.
    bool insert(std::uint64_t hash, std::uint32_t id);
    void erase(std::uint64_t hash, std::uint32_t id);

    std::size_t size() const { return m_count; }
    std::size_t bytesUsed() const { return m_region.usable(); }

  private:
    static constexpr std::size_t kFirstSlots = 1024;
    static constexpr std::size_t kTail =
        8192; ///< slots behind the last home, for runs that spill over

    std::uint64_t *m_slots() const { return reinterpret_cast<std::uint64_t *>(m_region.bytes()); }
    std::size_t home(std::uint32_t h) const
    {
        return (static_cast<std::uint64_t>(h) * m_homes) >> 32U;
    }
    static std::uint32_t idOf(std::uint64_t slot) { return static_cast<std::uint32_t>(slot) - 1; }
    bool grow();

    Region m_region;
    std::size_t m_homes = kFirstSlots;
    std::size_t m_count = 0;
};

} // namespace kvscope::keyindex
