// RowCount: how many rows there are, counted beside the pass over them.
#pragma once

#include "core/jobs/boundrows.h"

#include <atomic>
#include <thread>

namespace kvscope {

/// Counts over a connection of its own, on a thread of its own, so that no job waits for a figure
/// that only its progress shows; it begins after a second, since a pass that is over by then needs
/// none. Its end takes a count that is under way with it.
class RowCount
{
  public:
    RowCount(Binding binding, QString sourceUrl);

    /// Nothing while it counts, and where the source does not tell.
    std::optional<std::int64_t> ready() const;

  private:
    static constexpr std::chrono::seconds kAfter{1};
    static constexpr std::int64_t kUnknown = -1;
    std::atomic<std::int64_t> m_count = kUnknown;
    std::jthread m_thread; // last: it writes the count
};

} // namespace kvscope
