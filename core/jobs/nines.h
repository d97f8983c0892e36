// Nines: how right a cache is, as −log10 of the share that is not, with a bound.
#pragma once

#include <cstdint>
#include <optional>

namespace kvscope {

/// Highest share of differing entries that `differing` of `compared` still allow at 95 %
/// (Clopper and Pearson 1934, one-sided: exact for the binomial distribution). 1 for none compared.
double highestShare(std::int64_t differing, std::int64_t compared);

/// Nothing where nothing differed.
std::optional<double> nines(std::int64_t differing, std::int64_t compared);
/// The lower bound at 95 %; 0 for none compared.
double ninesLow(std::int64_t differing, std::int64_t compared);

} // namespace kvscope
