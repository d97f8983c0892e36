// RedisProbe: finds out what a server and a user may do, by asking for it.
#pragma once

#include "core/redis/command.h"
#include "core/redis/reply.h"
#include "core/store/capabilities.h"
#include "core/store/redislinks.h"

namespace kvscope::redisprobe {

/// One burst that changes nothing and needs no rights of its own: what is refused is not there.
Batch questions(Access access);

/// Reads the answers to questions(access).
Capabilities answers(Access access, const Replies &replies);

} // namespace kvscope::redisprobe
