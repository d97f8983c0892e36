// OneValue: what get, set and edit share: a key's state, its whole value, and the guarded write.
#pragma once

#include "app/commands/verb.h"

namespace kvscope {

/// Redis' own limit for a string.
inline constexpr std::int64_t kWholeValueLimit = 512LL << 20;

/// Type, TTL and size. KeyNotFound where there is no key.
Result<Entry> readHead(VerbContext &context, Store &store, const Bytes &key);
Result<Entry> readWholeString(VerbContext &context, Store &store, const Bytes &key);

/// One compare-and-set. Conflict where the expectation failed, the key being gone included.
Result<WriteOutcome> writeGuarded(VerbContext &context, Store &store, WriteRequest request);

/// The end of set and edit: `changed` and `ttl_ms`.
int finishWrite(VerbContext &context, bool changed, std::optional<std::int64_t> ttlMs);

} // namespace kvscope
