// WarmSplit: how good a choice of keys to warm is, on a trace that is split in time.
//
//   ├──────────── first part ────────────┤──── window ────┤
//     what is chosen is chosen from this    hits are counted here
#pragma once

#include "core/trace/predictor.h"

namespace kvscope::trace {

struct SplitOptions
{
    double split = 0.5;                          ///< of the requests
    double window = 0.1;                         ///< of the requests, behind the split
    std::vector<double> sizes{0.001, 0.01, 0.1}; ///< caches, as shares of the trace's keys
};

struct SplitCell
{
    std::size_t objects = 0;    ///< the cache's size
    std::size_t window = 0;     ///< requests in it
    std::size_t learned = 0;    ///< hits in the window with what the predictor picked
    std::size_t lastWindow = 0; ///< with the keys most asked for in the window before
    std::size_t best = 0;       ///< with the best choice among all keys seen: what can be reached
};

struct SplitResult
{
    std::size_t requests = 0;
    std::size_t keys = 0;
    double seconds = 0; ///< of learning and ranking
    std::vector<SplitCell> cells;

    /// Geometric mean of learned over lastWindow; 0 where there is no cell.
    double gain() const;
};

SplitResult compareOnSplit(const std::vector<Request> &trace, const SplitOptions &options);

} // namespace kvscope::trace
