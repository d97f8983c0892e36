// Zipf: the table and the pick.
#include "core/scenario/zipf.h"

#include <algorithm>
#include <cmath>

namespace kvscope {

Zipf::Zipf(std::size_t ranks, double exponent)
{
    m_cumulated.reserve(ranks);
    double sum = 0;
    for (std::size_t rank = 1; rank <= ranks; ++rank) {
        sum += std::pow(static_cast<double>(rank), -exponent);
        m_cumulated.push_back(sum);
    }
    for (double &value : m_cumulated) value /= sum;
}

std::size_t Zipf::operator()(std::mt19937_64 &random) const
{
    const double u = std::uniform_real_distribution<double>(0, 1)(random);
    const auto found = std::lower_bound(m_cumulated.begin(), m_cumulated.end() - 1, u);
    return static_cast<std::size_t>(found - m_cumulated.begin());
}

} // namespace kvscope
