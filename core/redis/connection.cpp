// The state machine: how a connection is made, lost and made again.
#include "core/redis/connection.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QThread>

namespace kvscope {
namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Connection)
};

using namespace std::chrono_literals;

constexpr int kFirstRetryMs = 100;
constexpr int kLongestRetryMs = 10'000;
constexpr double kJitter = 0.25;  // of the pause, so that many clients don't come back at once
constexpr auto kStableAfter = 5s; // a connection that lived this long starts the back-off anew
constexpr int kLoadingPauseMs = 200;
constexpr std::size_t kGreetingBytes = 64U << 10U;

/// Whether trying again by itself could help: nobody's password gets right by waiting.
bool mayPass(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ConnectionRefused:
    case ErrorCode::Unreachable:
    case ErrorCode::HostNotFound:
    case ErrorCode::ConnectionLost:
    case ErrorCode::TimedOut:
    case ErrorCode::ProtocolError:
    case ErrorCode::ReplyTooLarge:
    case ErrorCode::Loading:
    case ErrorCode::ServerError:
        return true;
    default:
        return false;
    }
}

} // namespace

std::shared_ptr<Connection> Connection::make(std::shared_ptr<Mailbox> mailbox, QThread *thread,
                                             RedisClient::Options options, ConnectionStateSink sink)
{
    auto *connection = new Connection(mailbox, std::move(options), std::move(sink));
    connection->moveToThread(thread);
    // Its socket and timers belong to the io thread: it must die there.
    return {connection, [mailbox](Connection *dead) { mailbox->post([dead] { delete dead; }); }};
}

Connection::Connection(std::shared_ptr<Mailbox> mailbox, RedisClient::Options options,
                       ConnectionStateSink sink)
    : m_mailbox(std::move(mailbox)), m_options(std::move(options)), m_sink(std::move(sink)),
      m_writes(m_options.writes), m_database(m_options.endpoint.database)
{
    for (QTimer *timer : {&m_attemptTimer, &m_retryTimer, &m_deadlineTimer})
        timer->setSingleShot(true);
    connect(&m_attemptTimer, &QTimer::timeout, this, &Connection::giveUpAttempt);
    connect(&m_retryTimer, &QTimer::timeout, this, [this] {
        if (m_state.phase == Phase::Connecting)
            greet();
        else
            connectNow();
    });
    connect(&m_deadlineTimer, &QTimer::timeout, this, &Connection::expireCalls);
}

void Connection::open()
{
    enqueue({{}, [this] {
                 if (m_state.phase == Phase::Connecting) return greetNow();
                 if (m_state.phase == Phase::Ready) return;
                 m_state.attempt = 0;
                 connectNow();
             }});
}

void Connection::close()
{
    enqueue({{}, [this] {
                 dropTransport();
                 m_retryTimer.stop();
                 m_everReady = false;
                 setState({});
                 m_calls.endAll(Error(ErrorCode::Cancelled));
             }});
}

void Connection::detach()
{
    m_detached = true;
    close();
}

ConnectionState Connection::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_sharedState;
}

void Connection::connectNow()
{
    dropTransport();
    m_retryTimer.stop();
    m_decoder = std::make_unique<Decoder>();
    m_heardFrom = false;
    m_loadingUntil = {};
    setState({Phase::Connecting, {}, m_state.attempt, 0});
    m_attemptTimer.start(m_options.connectTimeoutMs);

    Transport *transport = m_transport = new Transport(m_options.endpoint);
    connect(transport, &Transport::connected, this, &Connection::greet);
    connect(transport, &Transport::readable, this, [this, transport] {
        if (transport == m_transport) readAll();
    });
    connect(transport, &Transport::written, this, &Connection::pump);
    connect(transport, &Transport::failed, this, [this, transport](const Error &error) {
        if (transport == m_transport) lose(error);
    });
    transport->connectToServer();
}

void Connection::greet()
{
    m_greeting = true;
    const bool loads = m_state.error.has_value();
    m_hello = Greeting(m_options.endpoint, m_database, m_options.clientName,
                       loads ? Greeting::Ask::Progress : Greeting::Ask::Readiness);
    m_decoder->expect(m_hello.batch().size(), kGreetingBytes);
    m_attemptTimer.start(m_options.connectTimeoutMs);
    m_transport->write(m_hello.batch().wire());
    m_transport->flush();
}

/// "Retry now" while the server loads: ask at once, with new patience.
void Connection::greetNow()
{
    if (m_loadingUntil == Call::Instant()) return;
    m_loadingUntil = {};
    if (!m_retryTimer.isActive()) return; // it is being asked
    m_retryTimer.stop();
    greet();
}

void Connection::greeted()
{
    m_greeting = false;
    m_attemptTimer.stop();
    const std::optional<Error> trouble = m_hello.verdict(m_decoder->take(), m_options.endpoint);
    if (!trouble) return becomeReady();
    const auto now = std::chrono::steady_clock::now();
    if (trouble->code() != ErrorCode::Loading) return lose(*trouble);
    if (m_loadingUntil == Call::Instant())
        m_loadingUntil = now + std::chrono::milliseconds(m_options.loadingPatienceMs);
    if (m_state.error != trouble) setState({Phase::Connecting, *trouble, m_state.attempt, 0});
    if (now >= m_loadingUntil) return lose(*trouble);
    m_retryTimer.start(kLoadingPauseMs);
}

void Connection::becomeReady()
{
    m_everReady = true;
    m_readySince = std::chrono::steady_clock::now();
    setState({Phase::Ready, {}, m_state.attempt, 0});
    pump();
}

void Connection::giveUpAttempt()
{
    const QString limit = QString::number(m_options.connectTimeoutMs);
    if (m_transport && m_transport->isConnected())
        lose(Error(ErrorCode::TimedOut, {QStringLiteral("PING"), limit}));
    else if (m_transport && m_transport->isShakingHands())
        lose(Error(ErrorCode::TlsFailed,
                   {m_options.endpoint.host, Reasons::tr("no handshake within %1 ms").arg(limit)}));
    else
        lose(Error(ErrorCode::Unreachable,
                   {m_options.endpoint.place(), Reasons::tr("no answer within %1 ms").arg(limit)}));
}

/// What a connection that was closed during its greeting should be told as: the server's last word
/// (-ERR max number of clients reached), or that there was none.
Error Connection::lastWord(const Error &error) const
{
    if (!m_greeting || error.code() != ErrorCode::ConnectionLost) return error;
    const QString place = m_options.endpoint.place();
    if (m_decoder->complete() > 0) {
        const ReplyView word = m_decoder->gathered().firstError();
        if (word.isError()) return serverError(word.bytes(), QStringLiteral("PING"), place);
    }
    return Error(ErrorCode::Unreachable,
                 {place, m_options.endpoint.transport == Endpoint::Transport::Tcp
                             ? Reasons::tr("it closed the connection at once, as a port that "
                                           "speaks TLS does")
                             : Reasons::tr("it closed the connection at once")});
}

void Connection::lose(const Error &reason)
{
    const Error error = lastWord(reason);
    const bool wasReady = m_state.phase == Phase::Ready;
    dropTransport();
    if (wasReady && std::chrono::steady_clock::now() - m_readySince > kStableAfter)
        m_state.attempt = 0;

    const bool again = m_everReady && m_options.reconnect == RedisClient::Reconnect::Automatic &&
                       mayPass(error.code());
    if (again) {
        const int pause = backOffMs();
        setState({Phase::Waiting, error, m_state.attempt + 1, pause});
        m_retryTimer.start(pause);
    } else {
        setState({Phase::Failed, error, m_state.attempt, 0});
    }
    m_calls.endAll(error);
}

int Connection::backOffMs()
{
    const int doublings = std::min(m_state.attempt, 16);
    const int pause = std::min<int>(kLongestRetryMs, kFirstRetryMs << std::min(doublings, 10));
    const double jitter = 1 + kJitter * (2 * QRandomGenerator::global()->generateDouble() - 1);
    return static_cast<int>(pause * jitter);
}

void Connection::dropTransport()
{
    m_attemptTimer.stop();
    m_greeting = false;
    m_selecting = false;
    if (!m_transport) return;
    // Not deleted at once: this may run inside one of its signals.
    std::exchange(m_transport, nullptr)->deleteLater();
}

void Connection::setState(ConnectionState state)
{
    m_state = std::move(state);
    {
        const std::lock_guard lock(m_mutex);
        m_sharedState = m_state;
    }
    if (m_sink && !m_detached) m_sink(m_state);
}

} // namespace kvscope
