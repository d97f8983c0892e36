// Bytes: what keys and values are. Never text until a view decides so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kvscope {

using Bytes = std::string;
using BytesView = std::string_view;

/// True when `bytes` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool isValidUtf8(BytesView bytes);

/// Printable UTF-8 as it is, `\` as `\\`, every other byte as `\xHH` (contract, Escapes).
/// Ensures: unescapeBytes(escapeBytes(b)) == b.
std::string escapeBytes(BytesView bytes);

/// The inverse of escapeBytes. Nothing for a `\` that starts neither `\\` nor `\xHH`.
std::optional<Bytes> unescapeBytes(std::string_view text);

/// A Redis glob pattern that matches exactly `literal`: the only way patterns are built from names.
Bytes escapeGlob(BytesView literal);

/// Redis' glob (`* ? [a-z] [^x] \x`), as SCAN MATCH applies it.
bool matchesGlob(BytesView pattern, BytesView text);

} // namespace kvscope
