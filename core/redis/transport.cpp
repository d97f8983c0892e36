// Sockets of Qt's, and the kernel's errors as ours.
#include "core/redis/transport.h"

#include "core/redis/plainsocket.h"
#include "core/redis/tls.h"

#include <QCoreApplication>
#include <QLocalSocket>
#include <QNetworkProxy>
#include <QSslSocket>
#include <QTcpSocket>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

namespace kvscope {
namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Transport)
};

// A peer that vanished without a word is noticed after about half a minute, not after two hours.
constexpr int kKeepAliveIdleSeconds = 15;
constexpr int kKeepAliveIntervalSeconds = 5;
constexpr int kKeepAliveProbes = 3;

void keepAlive(QAbstractSocket &socket)
{
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    const int descriptor = static_cast<int>(socket.socketDescriptor());
    const auto set = [descriptor](int option, int value) {
        setsockopt(descriptor, IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, kKeepAliveIdleSeconds);
    set(TCP_KEEPINTVL, kKeepAliveIntervalSeconds);
    set(TCP_KEEPCNT, kKeepAliveProbes);
}

} // namespace

Transport::Transport(const Endpoint &endpoint) : m_endpoint(endpoint)
{}

Transport::~Transport()
{
    m_failed = true; // closing below must not speak any more
    if (m_socket) m_socket->abort();
    if (m_local) m_local->abort();
}

void Transport::connectToServer()
{
    switch (m_endpoint.transport) {
    case Endpoint::Transport::Tcp:
        startTcp();
        break;
    case Endpoint::Transport::Tls:
        startTls();
        break;
    case Endpoint::Transport::Unix:
        startUnix();
        break;
    }
}

void Transport::startTcp()
{
    auto *socket = new QTcpSocket(this);
    connect(socket, &QTcpSocket::connected, this, &Transport::becomeConnected);
    watchSocket(socket);
    socket->connectToHost(m_endpoint.host, m_endpoint.port);
}

void Transport::startTls()
{
    const Result<QSslConfiguration> configuration = tlsConfiguration(m_endpoint.tls);
    if (!configuration) return fail(configuration.error());
    m_tls = new QSslSocket(this);
    m_tls->setSslConfiguration(*configuration);
    connect(m_tls, &QSslSocket::encrypted, this, &Transport::becomeConnected);
    watchSocket(m_tls);
    if (m_endpoint.tls.serverName.isEmpty())
        m_tls->connectToHostEncrypted(m_endpoint.host, m_endpoint.port);
    else // used for SNI and for the check of the certificate's name
        m_tls->connectToHostEncrypted(m_endpoint.host, m_endpoint.port, m_endpoint.tls.serverName);
}

void Transport::startUnix()
{
    m_local = new QLocalSocket(this);
    m_device = m_local;
    connect(m_local, &QLocalSocket::connected, this, &Transport::becomeConnected);
    connect(m_local, &QLocalSocket::readyRead, this, &Transport::becomeReadable);
    connect(m_local, &QLocalSocket::bytesWritten, this, &Transport::written);
    connect(m_local, &QLocalSocket::errorOccurred, this, [this] { fail(localError()); });
    m_local->connectToServer(m_endpoint.path);
}

void Transport::watchSocket(QAbstractSocket *socket)
{
    m_socket = socket;
    m_device = socket;
    // A proxy of the desktop is for web pages, not for databases.
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QAbstractSocket::readyRead, this, &Transport::becomeReadable);
    connect(socket, &QAbstractSocket::bytesWritten, this, &Transport::written);
    connect(socket, &QAbstractSocket::errorOccurred, this, [this] { fail(socketError()); });
}

void Transport::becomeConnected()
{
    if (m_socket) keepAlive(*m_socket);
    m_connected = true;
    // Not of a QLocalSocket: when it says connected() it would close its descriptor twice, and the
    // second time the number may be another thread's.
    if (m_socket && !m_tls) goOnPlainly(m_socket->socketDescriptor());
    emit connected();
}

// Qt has found the address and made the connection; its buffers are not needed any more.
void Transport::goOnPlainly(qintptr connected)
{
    m_plain = PlainSocket::take(connected, this);
    if (!m_plain) return; // Qt's socket does it, too
    m_rest = m_device->readAll().toStdString();
    m_device->disconnect(this);
    m_socket->abort();
    m_device = nullptr;
    connect(m_plain, &PlainSocket::readable, this, &Transport::readable);
    connect(m_plain, &PlainSocket::written, this, &Transport::written);
    connect(m_plain, &PlainSocket::ended, this,
            [this] { fail(Error(ErrorCode::ConnectionLost, {m_endpoint.place()})); });
    // A server that is full says so before it is asked, and is not heard of again.
    if (!m_rest.empty())
        QMetaObject::invokeMethod(this, &Transport::readable, Qt::QueuedConnection);
}

void Transport::becomeReadable()
{
    if (!m_flushing) {
        emit readable();
        return;
    }
    // TLS decrypts while it flushes.
    QMetaObject::invokeMethod(this, &Transport::readable, Qt::QueuedConnection);
}

bool Transport::isShakingHands() const
{
    return m_tls && !m_connected && m_tls->state() == QAbstractSocket::ConnectedState;
}

void Transport::fail(Error error)
{
    if (std::exchange(m_failed, true)) return;
    if (m_plain)
        m_rest += m_plain->takeRest();
    else if (m_connected)
        m_rest = m_device->readAll().toStdString();
    // Told later: a flush in the middle of a reply may be what met the error.
    QMetaObject::invokeMethod(
        this,
        [this, error = std::move(error)] {
            // What came before the end is still worth reading: "-ERR max number of clients
            // reached".
            if (m_connected) emit readable();
            emit failed(error);
        },
        Qt::QueuedConnection);
}

Error Transport::socketError() const
{
    const QString place = m_endpoint.place();
    switch (m_socket->error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return Error(ErrorCode::ConnectionRefused, {place});
    case QAbstractSocket::HostNotFoundError:
        return Error(ErrorCode::HostNotFound, {m_endpoint.host});
    case QAbstractSocket::SslHandshakeFailedError:
        return tlsError(m_tls->peerVerifyName().isEmpty() ? m_endpoint.host
                                                          : m_tls->peerVerifyName(),
                        m_tls->sslHandshakeErrors(), m_tls->errorString());
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return Error(ErrorCode::TlsFailed, {m_endpoint.host, m_socket->errorString()});
    case QAbstractSocket::RemoteHostClosedError:
        if (m_tls && !m_connected)
            return Error(
                ErrorCode::TlsFailed,
                {m_endpoint.host, Reasons::tr("it closed the connection during the handshake")});
        return Error(ErrorCode::ConnectionLost, {place});
    default:
        // TLS 1.3 tells of a missing client certificate only after the handshake.
        if (m_tls && m_connected && m_socket->errorString().contains(QStringLiteral("certificate")))
            return Error(ErrorCode::TlsFailed, {m_endpoint.host, m_socket->errorString()});
        if (m_connected) return Error(ErrorCode::ConnectionLost, {place});
        return Error(ErrorCode::Unreachable, {place, m_socket->errorString()});
    }
}

Error Transport::localError() const
{
    switch (m_local->error()) {
    case QLocalSocket::ConnectionRefusedError:
        return Error(ErrorCode::ConnectionRefused, {m_endpoint.path});
    case QLocalSocket::ServerNotFoundError:
        return Error(ErrorCode::Unreachable,
                     {m_endpoint.path, Reasons::tr("there is no such socket")});
    case QLocalSocket::SocketAccessError:
        return Error(ErrorCode::Unreachable,
                     {m_endpoint.path, Reasons::tr("no permission to open it")});
    default:
        if (m_connected) return Error(ErrorCode::ConnectionLost, {m_endpoint.path});
        return Error(ErrorCode::Unreachable, {m_endpoint.path, m_local->errorString()});
    }
}

std::size_t Transport::read(char *out, std::size_t size)
{
    if (!m_rest.empty()) {
        const std::size_t rest = std::min(size, m_rest.size());
        std::copy_n(m_rest.data(), rest, out);
        m_rest.erase(0, rest);
        return rest;
    }
    if (m_failed) return 0;
    if (m_plain) return m_plain->read(out, size);
    const qint64 count = m_device ? m_device->read(out, static_cast<qint64>(size)) : 0;
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

void Transport::write(BytesView bytes)
{
    if (m_failed) return;
    if (m_plain)
        m_plain->write(bytes);
    else if (m_device)
        m_device->write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void Transport::flush()
{
    if (m_failed) return;
    if (m_plain) return m_plain->flush();
    const bool outer = std::exchange(m_flushing, true); // written() may bring us here again
    if (m_socket) m_socket->flush();
    if (m_local) m_local->flush();
    m_flushing = outer;
}

std::size_t Transport::unwritten() const
{
    if (m_plain) return m_plain->unwritten();
    if (!m_device) return 0;
    qint64 count = m_device->bytesToWrite();
    if (m_tls) count += m_tls->encryptedBytesToWrite();
    return static_cast<std::size_t>(count);
}

} // namespace kvscope
