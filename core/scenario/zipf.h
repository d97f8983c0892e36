// Zipf: picks ranks as people pick things: the n-th most popular with a weight of 1/n^s.
#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace kvscope {

/// A table of cumulated weights: one binary search a pick. Breslau et al. (1999) found s between
/// 0.64 and 0.83 for web caches; searches are more uneven.
class Zipf
{
  public:
    Zipf(std::size_t ranks, double exponent);

    /// 0 … ranks − 1; 0 is the most popular.
    std::size_t operator()(std::mt19937_64 &random) const;
    std::size_t ranks() const { return m_cumulated.size(); }

  private:
    std::vector<double> m_cumulated; // the last is 1
};

} // namespace kvscope
