// BulkAccess: what jobs ask of a store, a thousand keys at a time, flat: no Entry, no allocation
// for each key.
#pragma once

#include "core/async/result.h"
#include "core/base/keybatch.h"
#include "core/store/bulkchange.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kvscope {

/// What kind of value the keys are expected to hold.
enum class BulkShape : std::uint8_t { String, Hash };

struct BulkReadOptions
{
    BulkShape shape = BulkShape::String;
    /// Hash: the fields to read. More than these are told of by BulkEntry::fieldCount alone, so
    /// that a hash of unknown size is never read whole.
    std::vector<Bytes> fields{};
    bool ttl = false;
    /// String: a value of another type is told apart from a key that isn't there (a command a key
    /// instead of one for all).
    bool exact = false;
};

struct BulkEntry
{
    enum class State : std::uint8_t { Absent, There, OtherType, Refused };
    State state = State::Absent;
    KeyBatch::Span value{};       ///< String: in the buffer
    std::uint32_t firstField = 0; ///< Hash: in `fields`, one for each that was asked for
    std::int64_t fieldCount = 0;  ///< Hash: fields it has in all
    std::int64_t ttlMs = -1;      ///< -1: no expiry, or not asked
};

struct BulkPage
{
    struct FieldSpan
    {
        KeyBatch::Span span{};
        bool there = false;
    };
    Bytes buffer;
    std::vector<BulkEntry> entries; ///< one a key, in order
    std::vector<FieldSpan> fields;
    std::optional<Error> refusal; ///< of the first key that was refused

    BytesView text(const KeyBatch::Span &span) const
    {
        return BytesView(buffer).substr(span.offset, span.length);
    }
};

/// One entry to write. The views need to live during the call alone.
struct BulkItem
{
    BytesView key;
    BytesView value; ///< String
    std::span<const BytesView>
        fields{};           ///< Hash: names and values by turns; it will have no others
    BytesView version;      ///< for BulkGuard::Older
    std::int64_t ttlMs = 0; ///< 0: a new entry gets none, an old one keeps its own
};

enum class BulkGuard : std::uint8_t {
    Absent, ///< only where the key is not there
    Older,  ///< also where what is there carries a lower version
};

struct BulkWriteOptions
{
    BulkShape shape = BulkShape::String;
    BulkGuard guard = BulkGuard::Absent;
    /// Older: where the version stands. Hash: a field of this name. String: a JSON member of this
    /// name or, with `companion`, the text of the key `KEY:versionField`, which is written too.
    Bytes versionField;
    bool companion = false;
};

enum class BulkOutcome : std::uint8_t {
    Written,
    Kept,      ///< it was there: the same version, a newer one, or (Absent) any
    Undecided, ///< it is there, and its version can't be read or compared by the server
    OtherType, ///< a value of another type is there
    Again,     ///< not carried out (the server forgot the script): write it again
    Refused,
};

struct BulkChangeAnswers
{
    std::vector<BulkChanged> outcomes; ///< one a change, in order
    std::optional<Error> refusal;      ///< of the first that was refused
};

struct BulkWritten
{
    std::vector<BulkOutcome> outcomes; ///< one an item, in order
    std::optional<Error> refusal;      ///< of the first that was refused
};

/// Any thread. `done` runs once, on a thread of the store's or within the call. Calls are carried
/// out in the order they were made. Reads neither promote entries nor count as traffic.
class BulkAccess
{
  public:
    virtual ~BulkAccess() = default;

    virtual void read(const KeyBatch &keys, const BulkReadOptions &options,
                      Callback<BulkPage> done) = 0;
    /// Each item is one atomic step. NotSupported for a shape that the store doesn't have.
    virtual void write(std::span<const BulkItem> items, const BulkWriteOptions &options,
                       Callback<BulkWritten> done) = 0;
    /// Keys as they are, each at one moment. NotSupported where the user may not read them whole.
    virtual void images(const KeyBatch &keys, Callback<BulkImages> done) = 0;
    /// Each change is one atomic step, guarded by what it expects and by the fence.
    virtual void change(std::span<const BulkChange> changes, const BulkFence &fence,
                        Callback<BulkChangeAnswers> done) = 0;
    /// Asks for a lease, or, with a token from elsewhere, sets the fence.
    virtual void claim(const BulkClaim &claim, Callback<BulkGrant> done) = 0;
    /// Keeps it for `time` from now; false: somebody else has it.
    virtual void renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
                       Callback<bool> done) = 0;
    virtual void release(const BulkFence &fence, Callback<bool> done) = 0;
    /// How many replicas have everything written so far, after at most `time`.
    virtual void awaitReplicas(int replicas, std::chrono::milliseconds time,
                               Callback<int> done) = 0;
    /// Round trip of a PING beside the flood, in µs: what a foreground client feels.
    virtual void probe(Callback<std::int64_t> done) = 0;
    /// Commands that others have had carried out so far: those the store counted less those of this
    /// BulkAccess, as of this call's place among its calls. Nothing where the store doesn't tell.
    virtual void foreignCommands(Callback<std::optional<std::int64_t>> done) = 0;
};

} // namespace kvscope
