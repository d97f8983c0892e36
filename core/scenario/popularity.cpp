// Popularity: pick and drift.
#include "core/scenario/popularity.h"

#include <numeric>
#include <utility>

namespace kvscope {

Popularity::Popularity(std::size_t things, std::uint64_t seed)
    : m_random(seed), m_zipf(things, kExponent), m_order(things)
{
    std::iota(m_order.begin(), m_order.end(), 0U);
}

std::size_t Popularity::pick()
{
    return m_order[m_zipf(m_random)];
}

void Popularity::drift()
{
    const std::size_t any =
        std::uniform_int_distribution<std::size_t>(0, m_order.size() - 1)(m_random);
    std::swap(m_order[m_zipf(m_random)], m_order[any]);
}

} // namespace kvscope
