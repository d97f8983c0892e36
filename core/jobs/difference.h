// Difference: the classes a check sorts entries into, and one entry that is not as it should be.
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kvscope {

/// Named as in the contract, in its order.
enum class EntryClass : std::uint8_t {
    Match,
    Missing,   ///< a row without an entry
    Stale,     ///< another value, of a lower version (or of none that is known)
    Ahead,     ///< of a higher version
    Diverged,  ///< of the same version
    Corrupt,   ///< not of the form it should have: no JSON, or another type
    Orphan,    ///< an entry without a row
    TtlNone,   ///< the value agrees; it never expires
    TtlLong,   ///< the value agrees; it lives longer than it may
    TtlShort,  ///< the value agrees; it lives shorter than it should
    Unknown,   ///< could not be compared: a row without a key, a key that may not be read
    Transient, ///< differed, and was otherwise when it was looked at again
};
inline constexpr std::size_t kEntryClasses = 12;

/// "match", "ttl_none", …
const char *entryClassName(EntryClass of);

struct ClassCounts
{
    std::array<std::int64_t, kEntryClasses> each{};

    std::int64_t &operator[](EntryClass of) { return each[static_cast<std::size_t>(of)]; }
    std::int64_t operator[](EntryClass of) const { return each[static_cast<std::size_t>(of)]; }
    std::int64_t total() const;
    /// Neither match nor transient.
    std::int64_t wrong() const;
};

/// A value as a difference shows it: bytes, or a hash's fields; nothing where there is none.
struct ShownValue
{
    bool there = false;
    Bytes bytes;
    bool isHash = false;
    std::vector<std::pair<Bytes, Bytes>> fields; ///< of a hash: those the binding names
};

struct Difference
{
    EntryClass what = EntryClass::Unknown;
    Bytes key;
    ShownValue cache;
    ShownValue source;
    std::optional<std::int64_t> ageMs; ///< since the source's version, where that is a time
    std::optional<std::int64_t> ttlMs; ///< of the entry; empty: none
    Bytes remark;                      ///< why it is unknown; empty otherwise
};

} // namespace kvscope
