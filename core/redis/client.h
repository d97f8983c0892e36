// RedisClient: one logical connection to a server, usable from any thread, served by an io thread.
#pragma once

#include "core/async/result.h"
#include "core/redis/command.h"
#include "core/redis/endpoint.h"
#include "core/redis/reply.h"

#include <functional>
#include <memory>
#include <optional>

namespace kvscope {

class Connection;
class IoThread;
class Mailbox;

/// The two threads that sockets live on: clicks and probes never queue behind a scan or a job.
/// Requires: outlives every RedisClient made on it. Ends both threads when destroyed.
class RedisThreads
{
  public:
    enum class Lane : std::uint8_t { Interactive, Bulk };

    RedisThreads();
    ~RedisThreads();
    RedisThreads(const RedisThreads &) = delete;
    RedisThreads &operator=(const RedisThreads &) = delete;

    /// Work posted here runs on that lane's thread. Any thread.
    std::shared_ptr<Mailbox> mailbox(Lane lane) const;
    IoThread &thread(Lane lane) const;

  private:
    std::unique_ptr<IoThread> m_interactive;
    std::unique_ptr<IoThread> m_bulk;
};

struct ConnectionState
{
    enum class Phase : std::uint8_t {
        Idle,       ///< not asked to connect yet, or closed
        Connecting, ///< on the way: address, TLS, AUTH, SELECT; also while the server is loading
        Ready,
        Waiting, ///< lost; tries again in retryInMs
        Failed,  ///< gave up until open(): wrong password, bad certificate, never got through, …
    };
    Phase phase = Phase::Idle;
    std::optional<Error> error; ///< why Waiting or Failed; Loading, and how far, while Connecting
    int attempt = 0;            ///< of reconnecting, from 1
    int retryInMs = 0;          ///< Waiting: until the next attempt
};

/// The raw callbacks below run on the io thread; wrap them with Lifetime::guard to come home.
using RepliesCallback = std::function<void(Result<Replies>)>;
using ConnectionStateSink = std::function<void(const ConnectionState &)>;

struct CallOptions
{
    /// Whether the hits and misses this call causes are ours (subtracted from the hit ratio) or
    /// traffic.
    enum class Purpose : std::uint8_t { Own, Traffic };

    static constexpr int kDefaultTimeoutMs = 30'000;
    static constexpr std::size_t kMaxReplyBytes = 768U << 20U; ///< a value of Redis' 512 MiB fits

    int timeoutMs = kDefaultTimeoutMs; ///< from send() to the last reply; 0: none
    Purpose purpose = Purpose::Own;
    std::size_t maxReplyBytes = kMaxReplyBytes; ///< of all replies to the batch (ReplyTooLarge)
    /// Called on the io thread when the first field of the first reply, an array, has been read and
    /// before the rest has come: SCAN's cursor. Once at most. May call send().
    std::function<void(BytesView)> firstField{};
};

/// Promises, each with a test:
/// - every send() is answered exactly once: with one reply a command, or with an Error (connection
///   lost, time-out, cancelled, refused, client destroyed);
/// - calls are executed in the order of send(), never re-sent behind the caller's back;
/// - a cancelled or timed-out call keeps its place, so that no other call gets its replies;
/// - a batch that writes is refused before the socket when writes are refused.
/// Error replies (-ERR …) are values inside Replies. All functions: any thread.
class RedisClient
{
  public:
    using CallId = std::uint64_t;
    enum class Writes : std::uint8_t { Allowed, Refused };
    enum class Reconnect : std::uint8_t { Automatic, Never };

    static constexpr std::size_t kMaxQueuedBytes =
        1U << 30U; ///< unsent; a call above it gets TooLarge
    static constexpr std::size_t kMaxOpenCalls = 1U
                                                 << 20U; ///< unanswered calls; above it: TooLarge

    struct Options
    {
        Endpoint endpoint;
        Writes writes = Writes::Allowed;
        Reconnect reconnect = Reconnect::Automatic; ///< after it had been Ready once
        int connectTimeoutMs = 10'000;              ///< of one attempt, from name to SELECT
        int loadingPatienceMs = 60'000;             ///< how long -LOADING is waited out
        QString clientName = QStringLiteral("kvscope");
    };

    /// Idle until open(). Cheap: a socket is made on connecting. `stateChanged` may be empty.
    RedisClient(RedisThreads &threads, RedisThreads::Lane lane, Options options,
                ConnectionStateSink stateChanged = {});
    /// Open calls end in Cancelled; stateChanged is not called any more once this has returned,
    /// except for one that is running.
    ~RedisClient();
    RedisClient(const RedisClient &) = delete;
    RedisClient &operator=(const RedisClient &) = delete;

    /// Connects; also "retry now" while Waiting, Failed or the server is loading. Calls sent before
    /// it is Ready wait for the outcome and end in its Error; calls sent while Waiting or Failed
    /// end in that Error at once.
    void open();
    /// Back to Idle: open calls end in Cancelled.
    void close();

    CallId send(Batch batch, RepliesCallback done)
    {
        return send(std::move(batch), {}, std::move(done));
    }
    CallId send(Batch batch, CallOptions options, RepliesCallback done);
    /// The call ends in Cancelled unless it has been answered. Not sent yet: it never is.
    void cancel(CallId call);

    /// Later calls act on database `index`, also after a reconnect. They wait for SELECT's answer;
    /// where it is refused they all end in its Error, so that none runs on another database, until
    /// selectDatabase() is called again: with the former index, to stay there.
    void selectDatabase(int index, Callback<int> done = {});

    void setWrites(Writes writes);
    Writes writes() const;

    ConnectionState state() const;
    const Endpoint &endpoint() const;
    /// Hits and misses our own calls have caused at the server so far (design §5.7).
    Lookups ownLookups() const;
    /// For what only the caller knows: lookups made inside a script.
    void addOwnLookups(Lookups lookups);

  private:
    std::shared_ptr<Connection> m_connection;
};

} // namespace kvscope
