// FingerprintSet: which keys there were, in eight bytes each.
//
// A key is kept as 64 bits of its hash; two keys fall together with a chance of n / 2^64 (ten
// million keys: one in a trillion), and then only in that a foreign key is taken for one of ours.
// Fingerprints are sorted into 256 parts by their highest byte as they come, so that a part that
// grows moves a 256th of all; sealing sorts each part. A lookup guesses the place in the part from
// the value, since hashes are spread evenly, and walks from there.
//
//   add: part[h >> 56].push_back(h)      growth 1.2 ×: at most 9.6 bytes a key while it fills
//   seal: sort, drop spare room          8 bytes a key
#pragma once

#include "core/base/keybatch.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kvscope {

/// Not thread-safe.
class FingerprintSet
{
  public:
    void add(BytesView key);
    /// Ends adding. Returns how many keys had been added already when they came again.
    std::size_t seal();
    /// Requires: sealed.
    bool contains(BytesView key) const;
    /// Indexes of the keys that were not added. Their places are fetched ahead: one after the other
    /// each would wait for memory. Requires: sealed.
    std::vector<std::size_t> unknownIn(const KeyBatch &keys) const;
    /// Whether it was added more than once. False before it is sealed.
    bool isRepeated(BytesView key) const;

    std::size_t size() const { return m_size; }
    /// Held in memory, spare room included.
    std::size_t memoryBytes() const;

  private:
    static std::size_t guess(const std::vector<std::uint64_t> &part, std::uint64_t hash);
    bool holds(std::uint64_t hash) const;

    static constexpr std::size_t kParts = 256;
    std::array<std::vector<std::uint64_t>, kParts> m_parts;
    std::vector<std::uint64_t> m_repeated; // sorted, each once
    std::size_t m_size = 0;
};

/// 128 bits of a value, to tell whether it is still the same one.
struct ValueMark
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    static ValueMark of(BytesView bytes);
    friend bool operator==(const ValueMark &, const ValueMark &) = default;
};

} // namespace kvscope
