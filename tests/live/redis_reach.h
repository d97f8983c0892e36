// Reach: a RedisClient on threads of its own, with what live tests ask of it.
#pragma once

#include "core/redis/client.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"

#include <gtest/gtest.h>

#include <mutex>

namespace kvscope::test {

class Reach
{
  public:
    using Phase = ConnectionState::Phase;

    explicit Reach(const QString &url, RedisClient::Options options = {})
        : client(threads, RedisThreads::Lane::Interactive, at(url, std::move(options)),
                 [this](const ConnectionState &state) {
                     const std::lock_guard lock(m_mutex);
                     m_states.push_back(state);
                 })
    {}

    /// Opens and waits for Ready or Failed, anew where it had been either.
    ConnectionState open()
    {
        const std::size_t before = states().size();
        client.open();
        eventually([&] {
            return states().size() > before &&
                   (phase() == Phase::Ready || phase() == Phase::Failed);
        });
        return client.state();
    }

    Phase phase() const { return client.state().phase; }
    bool becomes(Phase wanted)
    {
        return eventually([&] { return phase() == wanted; });
    }

    Result<Replies> send(Batch batch, CallOptions options = {})
    {
        return await<Replies>(
            [&](auto done) { client.send(std::move(batch), std::move(options), done); });
    }
    /// The reply's bytes; "-WORDS" for an error reply, "!id" for an Error, the digits of an
    /// integer.
    Bytes say(std::initializer_list<BytesView> argv)
    {
        const Result<Replies> replies = send(Batch(argv));
        if (!replies) return "!" + replies.error().id().toStdString();
        const ReplyView reply = (*replies)[0];
        if (reply.isError()) return "-" + Bytes(reply.bytes());
        return reply.isInteger() ? std::to_string(reply.integer()) : Bytes(reply.bytes());
    }

    std::vector<ConnectionState> states() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states;
    }
    /// The error of the last state that had one; nothing where none had.
    std::optional<Error> lastError() const
    {
        std::optional<Error> last;
        for (const ConnectionState &state : states()) {
            if (state.error) last = state.error;
        }
        return last;
    }

  private:
    static RedisClient::Options at(const QString &url, RedisClient::Options options)
    {
        const Result<Endpoint> endpoint = Endpoint::parse(url);
        EXPECT_TRUE(endpoint.has_value()) << url.toStdString();
        if (endpoint) options.endpoint = *endpoint;
        return options;
    }

    mutable std::mutex m_mutex;
    std::vector<ConnectionState> m_states; // guarded by m_mutex

  public:
    RedisThreads threads;
    RedisClient client; // last: its sink uses all the rest
};

/// The ErrorCode a connection to `url` ends in; nothing when it became ready.
inline std::optional<ErrorCode> refusal(const QString &url, RedisClient::Options options = {})
{
    Reach reach(url, std::move(options));
    const ConnectionState state = reach.open();
    return state.error ? std::optional(state.error->code()) : std::nullopt;
}

} // namespace kvscope::test
