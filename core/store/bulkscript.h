// BulkScript: the guarded write that Redis runs for a job, atomically.
#pragma once

#include "core/redis/command.h"
#include "core/store/bulkaccess.h"

namespace kvscope::bulkscript {

/// Appends SCRIPT LOAD for what add() calls.
void addLoad(Batch &batch, BulkShape shape);

/// Appends EVALSHA for one item. It answers a number: what outcomeOf() reads.
void add(Batch &batch, const BulkItem &item, const BulkWriteOptions &options);

BulkOutcome outcomeOf(std::int64_t answer);
/// Commands that the script ran to give that answer, EVALSHA included.
std::int64_t commandsOf(std::int64_t answer, const BulkWriteOptions &options, bool withTtl);

} // namespace kvscope::bulkscript
