// Clock: the seam through which time is read, so that tests can set it.
#pragma once

#include <chrono>
#include <cstdint>

namespace kvscope {

/// Two clocks in one seam. Thread-safe.
class Clock
{
  public:
    using Instant = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    /// Monotonic: for intervals and deadlines.
    virtual Instant now() const = 0;
    /// Milliseconds since 1970-01-01 UTC: for what a person reads and for absolute expiries.
    virtual std::int64_t wallMs() const = 0;

    /// The machine's clocks.
    static const Clock &system();
};

} // namespace kvscope
