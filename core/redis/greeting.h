// Greeting: what a fresh connection says first, and what the answers mean.
#pragma once

#include "core/async/result.h"
#include "core/redis/command.h"
#include "core/redis/endpoint.h"
#include "core/redis/reply.h"

#include <optional>

namespace kvscope {

/// AUTH, SELECT, CLIENT SETNAME, CLIENT NO-TOUCH, PING in one write. A value.
class Greeting
{
  public:
    /// Progress: of a server that said it is loading, how far it is (INFO persistence).
    enum class Ask : std::uint8_t { Readiness, Progress };

    Greeting() = default;
    Greeting(const Endpoint &endpoint, int database, const QString &clientName,
             Ask ask = Ask::Readiness);

    const Batch &batch() const { return m_batch; }

    /// Nothing when the connection may be used. Loading: say it again in a while.
    std::optional<Error> verdict(const Replies &replies, const Endpoint &endpoint) const;

  private:
    Batch m_batch;
    std::optional<std::size_t> m_auth, m_select, m_info;
    std::size_t m_ping = 0;
};

/// Whether these bytes, the first a server sent, can be RESP; NotRedis with what they say if not.
std::optional<Error> strangerIn(BytesView firstBytes, const QString &place);

} // namespace kvscope
