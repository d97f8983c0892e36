// BulkChangeScript: guarded changes, images and leases as Redis runs them, each atomically.
#pragma once

#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/bulkchange.h"

namespace kvscope::bulkscript {

/// Appends SCRIPT LOAD for all that is below. How many commands that is: kChangeScripts.
inline constexpr std::size_t kChangeScripts = 4;
void addChangeLoads(Batch &batch);

/// The one place that says how a change is put to the server. A server with SET … IFEQ and DELEX
/// could be asked by those where one string is expected and there is no fence.
void addChange(Batch &batch, BulkChange change, const BulkFence &fence);
void addImage(Batch &batch, BytesView key);
void addClaim(Batch &batch, const BulkClaim &claim);
void addRenew(Batch &batch, const BulkFence &fence, std::chrono::milliseconds time, FencedBy by);
void addRelease(Batch &batch, const BulkFence &fence);

BulkChanged changedOf(const ReplyView &reply);
BulkImage imageOf(const ReplyView &reply);
BulkGrant grantOf(const ReplyView &reply, const BulkClaim &claim);

} // namespace kvscope::bulkscript
