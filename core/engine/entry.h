// Entry: header, key and value in one allocation.
//
//     ┌──────── 64 bytes ────────┬───────────┬─────────────┐
//     │ policy node, pins, sizes │ key bytes │ value bytes │
//     └──────────────────────────┴───────────┴─────────────┘
//
// The pin word says who may free it: the low 30 bits count handles; kLinked is set while the index
// holds the entry. Whoever takes away the last of these frees it. Handles are added only under the
// shard's lock or from another handle, so an entry seen without handles under the lock stays so.
#pragma once

#include "core/engine/policy.h"

#include <atomic>

namespace kvscope::engine {

struct Entry : PolicyNode
{
    static constexpr std::uint32_t kLinked = 1U << 31U;
    static constexpr std::uint32_t kParked =
        1U << 30U; ///< suspended because a handle kept it from eviction
    static constexpr std::uint32_t kHandles = kParked - 1;

    std::uint64_t version = 0;
    std::atomic<std::int64_t> expiresAtMs{0}; ///< 0: never. Written under the lock, read by handles
    std::atomic<std::uint32_t> pins{0};
    std::uint32_t lastAccess = 0; ///< in the shard's ticks
    std::uint32_t keyBytes = 0;
    std::uint32_t valueBytes = 0;

    BytesView key() const { return {bytes(), keyBytes}; }
    BytesView value() const { return {bytes() + keyBytes, valueBytes}; }
    bool isPinned() const { return (pins.load(std::memory_order_acquire) & kHandles) != 0; }
    bool isParked() const { return (pins.load(std::memory_order_relaxed) & kParked) != 0; }
    bool isExpired(std::int64_t nowMs) const
    {
        const std::int64_t at = expiresAtMs.load(std::memory_order_relaxed);
        return at != 0 && at <= nowMs;
    }

    /// Largest key and value together that an entry can hold.
    static constexpr std::size_t kLargest = 0xFFFF'0000U;

    /// Requires: key.size() + value.size() ≤ kLargest. Sets sizes, bytes, hash and cost.
    static Entry *make(std::uint64_t hash, BytesView key, BytesView value);
    static void free(Entry *entry);

    /// About what make() would cost, before it is made; exact for small blocks of glibc's malloc.
    static std::size_t costOf(std::size_t keyBytes, std::size_t valueBytes);

    /// True when a value of this size fits in the block without leaving much of it unused.
    bool canHold(std::size_t newValueBytes) const;
    /// Requires: canHold(value.size()), not pinned. The cost stays.
    void overwrite(BytesView value);

  private:
    const char *bytes() const { return reinterpret_cast<const char *>(this + 1); }
    char *bytes() { return reinterpret_cast<char *>(this + 1); }
};

static_assert(sizeof(Entry) == 64, "one cache line; every byte here is paid a million times");

/// What the allocator really took for a block that it gave: the usable bytes and its own header.
std::size_t allocatedBytes(const void *block);

} // namespace kvscope::engine
