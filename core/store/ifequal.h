// IfEqual: compare-and-set in one command, on servers that have one.
#pragma once

#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/batchwriter.h"
#include "core/store/capabilities.h"

namespace kvscope {

/// What a server can do beside scripts and WATCH: `SET … IFEQ` (Redis 8.4, Valkey 8.1) and a
/// removal by value (`DELEX … IFEQ`, Redis 8.4; `DELIFEQ`, Valkey 9.0). Told by product and
/// version, so a server that hides INFO is taken to have neither.
struct IfEqual
{
    bool sets = false;
    enum class Removal : std::uint8_t { None, DelEx, DelIfEq };
    Removal removal = Removal::None;

    static IfEqual of(const Capabilities &server);

    /// Whether one command does all that is asked: a string is expected, by its bytes.
    bool fits(const WriteRequest &request) const;
    /// Requires: it fits. Appends kCommands commands.
    void add(Batch &batch, const WriteRequest &request) const;
    static constexpr std::size_t kCommands = 2;

    /// Of the replies from `first` on: what became of it; nothing where it was not carried out, for
    /// whatever reason, and has to be looked at.
    static std::optional<WriteOutcome> outcomeOf(const Replies &replies, std::size_t first);
};

} // namespace kvscope
