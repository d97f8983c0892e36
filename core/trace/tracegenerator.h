// TraceGenerator: an invented trace with the habits of real ones, for tests and for machines
// without real ones.
#pragma once

#include "core/trace/access.h"

#include <vector>

namespace kvscope::trace {

/// Four kinds of traffic, mixed at random:
///   lasting   keys of Zipf popularity that stays
///   passing   keys that are asked for often for a while and then never again
///   periodic  keys that come back after a fixed number of requests each
///   once      keys that are asked for once
struct TraceShape
{
    std::size_t requests = 200'000;
    std::size_t lasting = 5'000;
    double skew = 0.8;
    std::size_t passingLife = 4'000; ///< requests
    std::size_t periodic = 1'500;
    std::size_t period = 9'000; ///< requests; keys differ by a third
    double shareLasting = 0.4;
    double sharePassing = 0.25;
    double shareOnce = 0.2; ///< what is left of 1 is periodic
    std::uint32_t seed = 7;
};

/// The same for the same shape, on every machine.
std::vector<Request> generateTrace(const TraceShape &shape);

} // namespace kvscope::trace
