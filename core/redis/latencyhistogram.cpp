// LATENCY HISTOGRAM: cumulative counts in power-of-two buckets, spread into ours.
#include "core/redis/serverinfo.h"

#include <array>

namespace kvscope {
namespace {

constexpr std::size_t kParts = 16;

// The order in which a bucket's parts get what is left over after an even split: far apart from
// each other, and the same for every count. So a larger count never gives a part less than a
// smaller one did, and the difference of two spread histograms is the spread of the difference.
constexpr std::array<std::size_t, kParts> kOrder{8, 0, 12, 4, 10, 2, 14, 6,
                                                 9, 1, 13, 5, 11, 3, 15, 7};

void spread(Histogram &histogram, std::uint64_t upperUs, std::uint64_t count)
{
    const std::uint64_t upperNs = upperUs * 1000;
    const std::uint64_t lowerNs = upperNs / 2;
    const std::uint64_t width = (upperNs - lowerNs) / kParts;
    for (std::size_t i = 0; i < kParts; ++i) {
        const std::uint64_t share = count / kParts + (i < count % kParts ? 1 : 0);
        if (share > 0) histogram.recordNs(lowerNs + width * kOrder[i] + width / 2, share);
    }
}

/// [upper, cumulative, upper, cumulative, …]; buckets that nothing fell into are left out.
void addBuckets(Histogram &histogram, const ReplyView &pairs)
{
    std::uint64_t before = 0;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        const auto upper = static_cast<std::uint64_t>(pairs[i].integer());
        const auto cumulative = static_cast<std::uint64_t>(pairs[i + 1].integer());
        if (cumulative > before) spread(histogram, upper, cumulative - before);
        before = std::max(before, cumulative);
    }
}

} // namespace

std::map<CommandFamily, Histogram> parseLatencyHistogram(const ReplyView &reply)
{
    std::map<CommandFamily, Histogram> families;
    BytesView command;
    for (const ReplyView element : reply) {
        if (element.isBytes()) {
            command = element.bytes();
            continue;
        }
        for (std::size_t i = 0; i + 1 < element.size(); i += 2) {
            if (element[i].bytes() == "histogram_usec")
                addBuckets(families[commandFamily(command)], element[i + 1]);
        }
    }
    return families;
}

} // namespace kvscope
