// BulkScript: the guarded write that Redis runs for a job, atomically.
#pragma once

#include "core/redis/command.h"
#include "core/store/bulkaccess.h"

namespace kvscope::bulkscript {

/// How a script is named: by its digest, once it was loaded, or by its text where none may be
/// loaded.
enum class By : std::uint8_t { Sha, Text };

/// Appends SCRIPT LOAD for what add() calls by digest.
void addLoad(Batch &batch, BulkShape shape);

/// Appends EVALSHA or EVAL for one item. It answers a number: what outcomeOf() reads.
void add(Batch &batch, const BulkItem &item, const BulkWriteOptions &options, By by);

BulkOutcome outcomeOf(std::int64_t answer);
/// Commands that the script ran to give that answer, EVALSHA included.
std::int64_t commandsOf(std::int64_t answer, const BulkWriteOptions &options, bool withTtl);

} // namespace kvscope::bulkscript
