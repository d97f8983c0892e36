// RowVersion: which of two versions of a row is the newer one, and how old it is.
#pragma once

#include "core/base/bytes.h"

#include <compare>
#include <cstdint>
#include <optional>

namespace kvscope {

/// A point in time, to the nanosecond.
struct IsoTime
{
    std::int64_t seconds = 0; ///< since 1970-01-01 UTC
    std::int32_t nanoseconds = 0;

    std::int64_t toMs() const { return seconds * 1000 + nanoseconds / 1'000'000; }
    auto operator<=>(const IsoTime &) const = default;
};

/// `2024-05-01`, `2024-05-01 12:00`, `2024-05-01T12:00:00.123456+02:00`, … as databases print
/// times; without a zone it is UTC. Nothing for anything else.
std::optional<IsoTime> parseIsoTime(BytesView text);

/// As numbers where both are numbers, as times where both are ISO times, else as bytes.
std::strong_ordering compareVersions(BytesView a, BytesView b);

/// Milliseconds from the version's time to `nowMs`; nothing where it is no time.
std::optional<std::int64_t> versionAgeMs(BytesView version, std::int64_t nowMs);

} // namespace kvscope
