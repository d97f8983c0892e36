// BulkChangeScript: guarded changes, images and leases as Redis runs them, each atomically.
#pragma once

#include "core/base/keybatch.h"
#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/bulkchange.h"

namespace kvscope::bulkscript {

/// Appends SCRIPT LOAD for all that is below. How many commands that is: kChangeScripts.
inline constexpr std::size_t kChangeScripts = 4;
void addChangeLoads(Batch &batch);

/// How a change is put to a server that runs scripts; WatchChanges says how to others. SET … IFEQ
/// and DELEX (Redis 8.4) can't take its place: they know of no expiry and of no fence.
void addChange(Batch &batch, BulkChange change, const BulkFence &fence);
void addImages(Batch &batch, const KeyBatch &keys, std::size_t first, std::size_t count);
void addClaim(Batch &batch, const BulkClaim &claim);
void addRenew(Batch &batch, const BulkFence &fence, std::chrono::milliseconds time, FencedBy by);
void addRelease(Batch &batch, const BulkFence &fence);

/// What the keys of a lease are called, and how long a fence is remembered: far longer than anybody
/// believes to hold a lease of seconds.
inline constexpr BytesView kFencePrefix = "kvscope:fence:";
inline constexpr BytesView kFenceMemoryMs = "3600000";
Bytes leaseKeyOf(BytesView name);
Bytes leaseKeyOf(const BulkFence &fence);

BulkChanged changedOf(const ReplyView &reply);
/// Of one key of addImages().
BulkImage imageOf(const ReplyView &reply);
BulkGrant grantOf(const ReplyView &reply, const BulkClaim &claim);

} // namespace kvscope::bulkscript
