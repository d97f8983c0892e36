// ScenarioSample: what traffic of our own measured where its requests are answered.
#pragma once

#include "core/base/histogram.h"

#include <cstdint>

namespace kvscope {

/// Cumulative over all runs of one scenario, so that differences make windows. Times are µs from
/// asking the cache to having the answer.
struct ScenarioSample
{
    std::uint64_t operations = 0; ///< answered requests; hits + misses
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;        ///< including those that shared another's source query
    std::uint64_t errors = 0;        ///< requests that store or source failed; in none of the above
    std::uint64_t sourceQueries = 0; ///< queries that reached the source
    Histogram total;                 ///< T
    Histogram hit;                   ///< Tc: answered by the cache
    Histogram miss;                  ///< Td: lookup, source and write-back

    /// Of a language model that answers questions; empty elsewhere. Then an operation is a block
    /// that was looked up, and these are questions, µs to the first token of the answer.
    Histogram coldFirstToken; ///< less than half of its blocks were in the cache
    Histogram warmFirstToken; ///< at least half were
    std::uint64_t promptTokens = 0;
    std::uint64_t savedTokens = 0; ///< of promptTokens: their blocks were in the cache

    std::uint64_t turns() const { return coldFirstToken.count() + warmFirstToken.count(); }
    Histogram firstToken() const
    {
        Histogram both = coldFirstToken;
        both.add(warmFirstToken);
        return both;
    }
};

} // namespace kvscope
