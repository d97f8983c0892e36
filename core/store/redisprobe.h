// RedisProbe: finds out what a server and a user may do, by asking for it.
#pragma once

#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/capabilities.h"
#include "core/store/redislinks.h"

namespace kvscope::redisprobe {

/// One burst that changes nothing and needs no rights of its own: what is refused is not there.
/// Writes are asked for by SET … XX, UNLINK and PEXPIRE of a random key that does not exist.
Batch questions(Access access);

/// Reads the answers to questions(access). A user to whom each of the writes is refused finds the
/// store read-only, with the server's words for it.
Capabilities answers(Access access, const Replies &replies);

/// False where scripts may be run and not be loaded.
bool loadsScripts(Access access, const Replies &replies);
/// The run id that INFO tells; empty where it may not be asked.
Bytes runIdIn(const Replies &replies);

/// The server's words where each write was refused for its key: whether there are others that this
/// user may write, only the patterns tell. Requires: answers to questions(Access::ReadWrite).
std::optional<Error> keyRefused(const Replies &replies);
Batch patternsQuestion(const Bytes &user);
/// False also where the patterns may not be read.
bool isNoKeyWritable(const Replies &patterns);

} // namespace kvscope::redisprobe
