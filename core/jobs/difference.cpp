// Difference: names and sums.
#include "core/jobs/difference.h"

#include <numeric>

namespace kvscope {

const char *entryClassName(EntryClass of)
{
    static constexpr std::array<const char *, kEntryClasses> kNames{
        "match",  "missing",  "stale",    "ahead",     "diverged", "corrupt",
        "orphan", "ttl_none", "ttl_long", "ttl_short", "unknown",  "transient"};
    return kNames[static_cast<std::size_t>(of)];
}

std::int64_t ClassCounts::total() const
{
    return std::accumulate(each.begin(), each.end(), std::int64_t{0});
}

std::int64_t ClassCounts::wrong() const
{
    return total() - (*this)[EntryClass::Match] - (*this)[EntryClass::Transient];
}

} // namespace kvscope
