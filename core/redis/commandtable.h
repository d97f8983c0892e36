// CommandTable: what is known of Redis' commands by name.
//
// A static table, because the server's own (COMMAND, COMMAND DOCS) nests deeper than hiredis 0.14
// can read, and because read-only has to hold for servers that have not been asked yet.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <string_view>

namespace kvscope {

/// How a command's reply tells whether its key lookup counted as a hit or as a miss at the server.
enum class LookupRule : std::uint8_t {
    None,        ///< the server counts nothing (SCAN, MEMORY USAGE, writes), or it can't be told
    NilMisses,   ///< GET, DUMP, OBJECT, …: nil is a miss
    EachElement, ///< MGET: one lookup an element
    ZeroMisses,  ///< STRLEN, HLEN, …: 0 is a miss
    OutOfAll,    ///< EXISTS: the number that exist, of as many as were named
    NoneMisses,  ///< TYPE: "none" is a miss
    MinusTwo,    ///< TTL, PTTL, …: -2 is a miss
    EmptyMisses, ///< GETRANGE, LRANGE, HSCAN, …: nothing in it is a miss
};

/// What is known of a command by its name alone.
struct CommandTraits
{
    bool writes = true; ///< refused when read-only. Unknown commands count as writes, EVAL too.
    LookupRule lookup = LookupRule::None;
};

/// Case does not matter. The first argument decides for containers: `CONFIG GET` reads, `CONFIG
/// SET` writes.
CommandTraits commandTraits(BytesView name, BytesView firstArgument = {});

/// CONFIG, CLIENT, OBJECT, …: the first argument is a subcommand.
bool isContainerCommand(BytesView name);

/// Which family a command belongs to, for percentiles: SCAN would drown the reads.
enum class CommandFamily : std::uint8_t { Reads, Writes, Scans, Other };

/// Any case; subcommands as `config|get`. Admin, connection and script commands are Other.
CommandFamily commandFamily(BytesView command);
/// "reads", "writes", "scans", "other".
std::string_view commandFamilyName(CommandFamily family);

} // namespace kvscope
