// SeenKeys: which keys a scan has delivered already, since SCAN may deliver one twice.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <vector>

namespace kvscope {

/// An exact set: the keys' bytes in one arena, and a table of 8 bytes a slot at most 2/3 full.
/// 1 M keys of 30 bytes take about 50 MB.
class SeenKeys
{
  public:
    SeenKeys();
    /// False when it was there already.
    bool insert(BytesView key);
    std::size_t size() const { return m_size; }

  private:
    // Of 64 bits, 24 are of the hash, so that most unequal keys are told apart without the arena,
    // and 40 the place in the arena, plus one: 0 is an empty slot.
    using Slot = std::uint64_t;

    BytesView keyAt(Slot slot) const;
    std::size_t find(BytesView key, std::uint64_t hash) const;
    void grow();

    std::vector<Slot> m_slots;
    Bytes m_arena; // length in four bytes, then the key
    std::size_t m_size = 0;
};

} // namespace kvscope
