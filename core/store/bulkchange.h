// BulkChange: guarded changes, before-images and leases: what repairs and undo ask of a store.
#pragma once

#include "core/base/bytes.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kvscope {

/// A key as it is at one moment, whole, of whatever type.
struct BulkImage
{
    enum class Kind : std::uint8_t {
        Absent,
        String,   ///< payload: the value
        Dump,     ///< payload: what only this kind of store understands (DUMP's answer)
        TooLarge, ///< over kMostBytes, or twice that in the store's memory: it is not read, and
                  ///< nothing can be expected of it or put back
        NotRead,  ///< the others of the call were large: ask for it again
    };
    static constexpr std::int64_t kNever = 0;
    static constexpr std::size_t kMostBytes = 64U << 20U;

    bool isRead() const { return kind != Kind::TooLarge && kind != Kind::NotRead; }

    Kind kind = Kind::Absent;
    Bytes payload;
    std::int64_t expiresAtMs = kNever; ///< since 1970 UTC, by the store's clock
};

struct BulkImages
{
    std::vector<BulkImage> each; ///< one a key, in order; the first two are never NotRead
    std::int64_t nowMs = 0;      ///< the store's clock
};

/// One key of a change: what it must hold, and what becomes of it.
struct BulkStep
{
    enum class Expect : std::uint8_t {
        Absent,
        String, ///< exactly `expected`
        Hash,   ///< exactly `expectedFields`
        Dump,   ///< what has `expected` as its dump
    };
    enum class Action : std::uint8_t {
        Remove,
        PutString, ///< `value`
        PutHash,   ///< `fields` and no others
        Restore,   ///< `value`, a dump
        Expire,    ///< the value stays
    };
    static constexpr std::int64_t kAnyExpiry = -1;

    BytesView key;
    Expect expect = Expect::Absent;
    BytesView expected{};
    std::span<const BytesView> expectedFields{}; ///< names and values by turns
    std::int64_t expectedExpiryMs = kAnyExpiry;  ///< absolute; BulkImage::kNever: none
    Action action = Action::Remove;
    BytesView value{};
    std::span<const BytesView> fields{};          ///< names and values by turns
    std::int64_t expiresAtMs = BulkImage::kNever; ///< afterwards; one in the past: the key is gone
};

/// Steps that are carried out together in one atomic step, or not at all: an entry and the key
/// beside it that holds its version. The views need to live during the call alone.
using BulkChange = std::span<const BulkStep>;

enum class BulkChanged : std::uint8_t {
    Applied,
    Conflict, ///< something was not as expected; nothing was changed
    Fenced,   ///< another holder has the lease by now; nothing was changed
    Refused,
};

/// What a store checks in the same atomic step as each change: that `key` still holds `value`.
struct BulkFence
{
    Bytes key;
    Bytes value;

    friend bool operator==(const BulkFence &, const BulkFence &) = default;
};

/// Who asks for a lease.
///
/// Two keys stand for it in the store: `kvscope:lease:NAME`, which expires by itself, and
/// `kvscope:fence:NAME`, which holds `TOKEN WORK OWNER` of the last one who had it, and is kept for
/// an hour where that one never gave it back. Tokens grow, and the value is never the same again,
/// so one who was away for long and believes to hold the lease still is refused by the fence.
struct BulkClaim
{
    Bytes name;
    Bytes owner; ///< unique, without a line break
    Bytes work;  ///< what it does; a holder of the same work (before a crash) is succeeded at once
    std::chrono::milliseconds time{0};
    /// A token that was given out elsewhere (etcd): the lease is kept there, and only the fence is
    /// set here.
    std::optional<std::int64_t> token{};
};

/// Where the lease behind a fence is kept.
enum class FencedBy : std::uint8_t { Store, Elsewhere };

struct BulkGrant
{
    bool granted = false;
    BulkFence fence; ///< granted; empty where the store needs none
    Bytes holder;    ///< not granted: who has it
};

} // namespace kvscope
