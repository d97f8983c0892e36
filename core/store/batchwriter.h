// BatchWriter: every write is one atomic compare-and-set that says what it expects and what
// happens to the expiry.
#pragma once

#include "core/base/sharedbytes.h"
#include "core/store/entry.h"

namespace kvscope {

struct ExpectedValue
{
    enum class Kind : std::uint8_t { Any, Absent, Exactly, Version };
    Kind kind = Kind::Any;
    ValueBytes bytes{};
    std::uint64_t version = 0;

    static ExpectedValue any() { return {}; }
    static ExpectedValue absent() { return {Kind::Absent}; }
    static ExpectedValue exactly(ValueBytes bytes) { return {Kind::Exactly, std::move(bytes)}; }
};

struct ExpiryChange
{
    enum class Kind : std::uint8_t { Keep, None, Set };
    Kind kind = Kind::Keep;
    /// 100,000 years: added to the time of day it stays far inside what servers count with.
    static constexpr std::int64_t kLongestTtlMs = std::int64_t{100'000} * 365 * 86'400 * 1000;

    std::int64_t ttlMs = 0; ///< for Set; above 0 and at most kLongestTtlMs (TtlRefused otherwise)

    static constexpr bool allows(std::int64_t ttlMs) { return ttlMs > 0 && ttlMs <= kLongestTtlMs; }

    static ExpiryChange keep() { return {}; }
    static ExpiryChange none() { return {Kind::None}; }
    static ExpiryChange set(std::int64_t ttlMs) { return {Kind::Set, ttlMs}; }
};

struct WriteRequest
{
    enum class Action : std::uint8_t {
        Put, ///< write `value` as a string; WrongType where another type is and Any is not expected
        Remove,     ///< delete the key, of whatever type
        ExpiryOnly, ///< leave the value, of whatever type; change the expiry
    };
    Action action = Action::Put;
    Bytes key;
    ValueBytes value;
    ExpectedValue expected;
    ExpiryChange expiry;
    /// Where the key was read. Once another database is selected the request is left undone
    /// (DatabaseChanged): the same name stands for another value there. Empty: whichever is
    /// selected.
    std::optional<int> database{};
    /// Traffic (scenarios) is not announced by Store::keysChanged: views would refresh without end.
    enum class Origin : std::uint8_t { Edit, Traffic };
    Origin origin = Origin::Edit;
};

/// What became of one request. `Conflict` and `Missing` changed nothing.
struct WriteOutcome
{
    enum class Status : std::uint8_t { Applied, Conflict, Missing };
    Status status = Status::Applied;
    std::optional<Bytes> current;      ///< with Conflict: the bytes now there, if a string
    std::optional<std::int64_t> ttlMs; ///< afterwards; empty: no expiry
    std::uint64_t version = 0;         ///< afterwards, where the store has versions
};

class BatchWriter
{
  public:
    virtual ~BatchWriter() = default;

    /// One result a request, in order; one that fails does not stop the others. The outer Error is
    /// for what concerns them all (connection lost, read-only). Any thread.
    virtual void write(std::vector<WriteRequest> requests,
                       Callback<std::vector<Result<WriteOutcome>>> done) = 0;

    /// Renames without overwriting: KeyExists, KeyNotFound.
    virtual void rename(Bytes from, Bytes to, Callback<bool> done) = 0;
};

} // namespace kvscope
