// Popularity: which query is asked next, and how tastes change.
#pragma once

#include "core/scenario/zipf.h"

#include <cstdint>

namespace kvscope {

/// Zipf over a list of things whose order of popularity drifts slowly. Not thread-safe.
class Popularity
{
  public:
    static constexpr double kExponent = 0.9;

    Popularity(std::size_t things, std::uint64_t seed);

    /// The next thing asked for.
    std::size_t pick();
    /// A popular thing and any other change places; three a second turn over half of the hundred
    /// most popular in a minute or so.
    void drift();

    std::mt19937_64 &random() { return m_random; }

  private:
    std::mt19937_64 m_random;
    Zipf m_zipf;
    std::vector<std::uint32_t> m_order; // thing by rank
};

} // namespace kvscope
