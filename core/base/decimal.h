// Decimal: numbers as text, compared by their exact value.
#pragma once

#include "core/base/bytes.h"

#include <compare>

namespace kvscope {

/// True for an optional sign, digits with an optional fraction and exponent (`-1.50e+3`, `+7`,
/// `.5`): JSON's numbers and what databases print. Not for NaN and infinities.
bool isDecimal(BytesView text);

/// True for what JSON takes as a number (RFC 8259: no `+`, no leading zeros, digits around a dot).
bool isJsonNumber(BytesView text);

/// By exact value, of any length: 1 = 1.0 = 10e-1 and -0 = 0. Requires: isDecimal() of both.
std::strong_ordering compareDecimals(BytesView a, BytesView b);

} // namespace kvscope
