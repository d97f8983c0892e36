// CasScript: the compare-and-set that Redis runs for us, atomically, and what it answers.
#pragma once

#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/batchwriter.h"

namespace kvscope::casscript {

/// The script's text and its SHA-1 in hex, by which EVALSHA calls it.
const Bytes &source();
const Bytes &sha();

/// Appends EVALSHA (or EVAL with the text, which also makes the server remember it) for `request`.
/// Requires: no Version is expected.
enum class By : std::uint8_t { Sha, Text };
void add(Batch &batch, const WriteRequest &request, By by);

enum class Verdict : std::uint8_t { Applied, Conflict, Missing, WrongType };
struct Answer
{
    Verdict verdict = Verdict::Applied;
    std::optional<std::int64_t> ttlMs; ///< afterwards
    std::optional<Bytes> current;      ///< with Conflict, of a string
    Lookups lookups; ///< what the script's own reads added to the server's counters
};
/// Requires: `reply` is no error.
Answer parse(const ReplyView &reply);

/// True when an error reply says that the server doesn't have the script (yet, or any more).
bool isUnknownScript(const ReplyView &reply);
/// True when it says that this user may not run scripts at all.
bool isRefused(const ReplyView &reply);

} // namespace kvscope::casscript
