// Popularity: how often each key of a log was asked for, in bounded memory.
//
// Lossy counting (Manku and Motwani, VLDB 2002) by its size instead of by its error: when more keys
// are counted than fit, the rarer half goes, and a key that comes back starts from what the most
// frequent of those had. So a count is never too low, and what is often asked for is never lost.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace kvscope {

/// Not thread-safe.
class KeyPopularity
{
  public:
    static constexpr std::size_t kMostKeys = 2'000'000;

    explicit KeyPopularity(std::size_t mostKeys = kMostKeys) : m_mostKeys(mostKeys) {}

    void add(BytesView key);
    std::size_t size() const { return m_counts.size(); }
    /// At most `most` keys, most often asked for first; equal ones by their bytes. Empties it.
    std::vector<Bytes> takeTop(std::size_t most);

  private:
    void drop();

    std::size_t m_mostKeys;
    std::unordered_map<Bytes, std::uint64_t> m_counts;
    std::uint64_t m_floor = 0; // what a key that is not there may have had
};

} // namespace kvscope
