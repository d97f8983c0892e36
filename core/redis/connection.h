// Connection: what a RedisClient is made of on its io thread: socket, greeting, decoder and queue.
//
//            open                     connected            PING answered
//   Idle ───────────> Connecting ────────────────> greeting ───────────> Ready
//    ^                 ^      │ error                 │ -LOADING: again     │ lost
//    │ close           │      v                       v in a while          v
//    └── any       retry ── Waiting <──────────── (after Ready once) <──────┘
//                             Failed <── otherwise, or when trying again can't help
#pragma once

#include "core/async/mailbox.h"
#include "core/redis/callqueue.h"
#include "core/redis/client.h"
#include "core/redis/decoder.h"
#include "core/redis/greeting.h"
#include "core/redis/transport.h"

#include <QTimer>

#include <array>
#include <atomic>
#include <mutex>

namespace kvscope {

/// Owned by shared pointers, deleted on its io thread. Public functions: any thread.
class Connection : public QObject, public std::enable_shared_from_this<Connection>
{
    Q_OBJECT

  public:
    using Phase = ConnectionState::Phase;

    static std::shared_ptr<Connection> make(std::shared_ptr<Mailbox> mailbox, QThread *thread,
                                            RedisClient::Options options, ConnectionStateSink sink);

    void open();
    void close();
    /// close(), and the state sink is not called any more.
    void detach();
    RedisClient::CallId send(Batch batch, CallOptions options, RepliesCallback done);
    void cancel(RedisClient::CallId id);
    void select(int database, Callback<int> done);

    void setWrites(RedisClient::Writes writes) { m_writes = writes; }
    RedisClient::Writes writes() const { return m_writes; }
    ConnectionState state() const;
    const Endpoint &endpoint() const { return m_options.endpoint; }
    Lookups ownLookups() const { return {m_ownHits, m_ownMisses}; }
    void addOwnLookups(Lookups lookups);

  private:
    /// A call, or something to do, in the order they were asked for.
    struct Item
    {
        std::optional<Call> call;
        std::function<void()> action;
    };

    Connection(std::shared_ptr<Mailbox> mailbox, RedisClient::Options options,
               ConnectionStateSink sink);

    void enqueue(Item item);
    void drainInbox();
    void accept(Call call);
    void answerLater(Call call, Result<Replies> result);
    void pump();

    void connectNow();
    void greet();
    void greetNow();
    void greeted();
    void becomeReady();
    void lose(const Error &reason);
    Error lastWord(const Error &error) const;
    void dropTransport();
    void giveUpAttempt();
    int backOffMs();

    void readAll();
    bool consume(BytesView bytes);
    bool replyArrived();
    void finishHead();
    void finishSelect(const Call &call, const Replies &replies);
    void tellFirstField();
    void expectHead();
    void broken();
    void expireCalls();
    void armDeadline(Call::Instant deadline);
    void setState(ConnectionState state);

    const std::shared_ptr<Mailbox> m_mailbox;
    const RedisClient::Options m_options;
    const ConnectionStateSink m_sink;
    std::atomic<RedisClient::Writes> m_writes;
    std::atomic<bool> m_detached = false;
    std::atomic<RedisClient::CallId> m_nextId = 1;
    std::atomic<std::uint64_t> m_ownHits = 0, m_ownMisses = 0;

    mutable std::mutex m_mutex;
    std::vector<Item> m_inbox;     // guarded by m_mutex
    bool m_drainPosted = false;    // guarded by m_mutex
    ConnectionState m_sharedState; // guarded by m_mutex

    // The io thread's alone from here.
    ConnectionState m_state;
    int m_database;
    bool m_everReady = false;
    bool m_greeting = false;
    bool m_heardFrom = false; // a byte of this attempt has come
    bool m_selecting = false;
    std::optional<Error> m_selectRefused; // until another SELECT: later calls end in it
    Call::Instant m_readySince{}, m_loadingUntil{}, m_nextDeadline = Call::Instant::max();
    Transport *m_transport = nullptr;
    std::unique_ptr<Decoder> m_decoder;
    Greeting m_hello;
    CallQueue m_calls;
    QTimer m_attemptTimer{this}; // one attempt's time-out
    QTimer m_retryTimer{this};   // until the next attempt, or the next greeting while loading
    QTimer m_deadlineTimer{this};
    std::array<char, 4 * Decoder::kFeedBytes>
        m_chunk; // a call of the kernel's costs as much as 16 KB
};

} // namespace kvscope
