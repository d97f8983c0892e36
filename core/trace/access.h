// Access: one request of a trace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kvscope::trace {

struct Access
{
    std::string_view key;
    std::optional<std::int64_t> seconds{}; ///< of a clock, where the trace tells it
    std::uint32_t bytes = 0;               ///< of the value; 0: unknown
    double cost = 0;                       ///< of a miss, in the trace's own unit; 0: unknown
};

/// An access that owns its key.
struct Request
{
    std::string key;
    std::optional<std::int64_t> seconds{};
    std::uint32_t bytes = 0;
    double cost = 0;

    Access access() const { return {key, seconds, bytes, cost}; }
};

} // namespace kvscope::trace
