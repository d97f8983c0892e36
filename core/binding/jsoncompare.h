// JsonCompare: whether two JSON texts say the same, by value.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace kvscope {

enum class JsonComparison : std::uint8_t { Same, Different, NotJson };

/// Member order and white space don't count; numbers are compared by exact decimal value, strings
/// unescaped; an extra or missing member is a difference; of duplicate members the last counts.
/// NotJson where `actual` is no JSON (RFC 8259, as JsonDocument reads it), whatever it is compared
/// with. Any thread.
///
/// Requires: `expected` is JSON. Fast (no table is built) where it is a flat object without
/// white space, as ValueTemplate writes it, and `actual` has the same members in any order.
JsonComparison compareJson(BytesView expected, BytesView actual);

} // namespace kvscope
