// BulkChangeScript: guarded changes, images and leases as Redis runs them, each atomically.
#pragma once

#include "core/base/keybatch.h"
#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/bulkscript.h"

namespace kvscope::bulkscript {

/// Appends SCRIPT LOAD for all that is below, where they are to be named by their digests. Returns
/// how many commands that is.
std::size_t addChangeLoads(Batch &batch, By by);

/// How a change is put to a server that runs scripts; WatchChanges says how to others. SET … IFEQ
/// and DELEX (Redis 8.4) can't take its place: they know of no expiry and of no fence.
void addChange(Batch &batch, BulkChange change, const BulkFence &fence, By by);
void addImages(Batch &batch, const KeyBatch &keys, std::size_t first, std::size_t count, By by);
void addClaim(Batch &batch, const BulkClaim &claim, By by);
void addRenew(Batch &batch, const BulkFence &fence, std::chrono::milliseconds time,
              FencedBy fencedBy, By by);
void addRelease(Batch &batch, const BulkFence &fence, By by);

/// What the keys of a lease are called, and how long a fence is remembered: far longer than anybody
/// believes to hold a lease of seconds.
inline constexpr BytesView kFencePrefix = "kvscope:fence:";
inline constexpr BytesView kFenceMemoryMs = "3600000";
Bytes leaseKeyOf(BytesView name);
Bytes leaseKeyOf(const BulkFence &fence);

/// A script that failed on its way may have written already: that is Applied, so that its
/// before-image is kept.
BulkChanged changedOf(const ReplyView &reply);
/// Of one key of addImages().
BulkImage imageOf(const ReplyView &reply);
BulkGrant grantOf(const ReplyView &reply, const BulkClaim &claim);

} // namespace kvscope::bulkscript
