// Checkpoint: how far a job has come, as bytes that a journal keeps.
#pragma once

#include "core/source/rowpage.h"

#include <cstdint>
#include <map>
#include <optional>

namespace kvscope {

/// A value. Everything up to and with the row `last` has been dealt with.
struct Checkpoint
{
    std::optional<FieldTuple> last; ///< its order columns; empty: nothing yet
    Bytes storeRunId;               ///< another one now means: what was acknowledged may be lost
    std::map<Bytes, std::int64_t> counters;

    /// 0 where there is none of that name.
    std::int64_t counter(const Bytes &name) const;

    Bytes encoded() const;
    /// Nothing for what encoded() did not write.
    static std::optional<Checkpoint> decoded(BytesView bytes);

    friend bool operator==(const Checkpoint &, const Checkpoint &) = default;
};

} // namespace kvscope
