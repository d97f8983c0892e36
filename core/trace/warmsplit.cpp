// WarmSplit: both choices, and the best there is, against the same window.
#include "core/trace/warmsplit.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace kvscope::trace {
namespace {

using Counts = std::unordered_map<std::string_view, std::size_t>;

std::size_t hitsOf(const std::vector<Ranked> &ranked, std::size_t objects, const Counts &asked)
{
    std::size_t hits = 0;
    for (std::size_t i = 0; i < std::min(objects, ranked.size()); ++i)
        if (const auto found = asked.find(ranked[i].key); found != asked.end())
            hits += found->second;
    return hits;
}

} // namespace

double SplitResult::gain() const
{
    if (cells.empty()) return 0;
    double sum = 0;
    for (const SplitCell &cell : cells)
        sum += std::log(static_cast<double>(std::max<std::size_t>(cell.learned, 1)) /
                        static_cast<double>(std::max<std::size_t>(cell.lastWindow, 1)));
    return std::exp(sum / static_cast<double>(cells.size()));
}

SplitResult compareOnSplit(const std::vector<Request> &trace, const SplitOptions &options)
{
    const auto requests = static_cast<double>(trace.size());
    const auto split = static_cast<std::size_t>(requests * options.split);
    const auto window =
        std::min(std::max<std::size_t>(static_cast<std::size_t>(requests * options.window), 4),
                 trace.size() - split);
    SplitResult result;
    result.requests = trace.size();
    Predictor predictor({.window = window});
    std::unordered_set<std::string_view> seen;
    std::unordered_set<std::string_view> keys;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < split; ++i) predictor.observe(trace[i].access());
    const std::vector<Ranked> learned = predictor.rank();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    result.seconds = took.count();
    const std::vector<Ranked> lastWindow = predictor.rankByLastWindow();

    for (std::size_t i = 0; i < split; ++i) seen.insert(trace[i].key);
    for (const Request &request : trace) keys.insert(request.key);
    result.keys = keys.size();
    Counts asked;
    for (std::size_t i = split; i < split + window; ++i) ++asked[trace[i].key];
    std::vector<std::size_t> reachable;
    for (const auto &[key, count] : asked)
        if (seen.contains(key)) reachable.push_back(count);
    std::sort(reachable.begin(), reachable.end(), std::greater<>());
    for (const double share : options.sizes) {
        SplitCell cell;
        cell.window = window;
        cell.objects = std::max<std::size_t>(
            static_cast<std::size_t>(share * static_cast<double>(keys.size())), 4);
        cell.learned = hitsOf(learned, cell.objects, asked);
        cell.lastWindow = hitsOf(lastWindow, cell.objects, asked);
        for (std::size_t i = 0; i < std::min(cell.objects, reachable.size()); ++i)
            cell.best += reachable[i];
        result.cells.push_back(cell);
    }
    return result;
}

} // namespace kvscope::trace
