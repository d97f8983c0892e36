// Transport: one socket of any kind, TCP, TLS or unix, behind one face.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"
#include "core/redis/endpoint.h"

#include <QByteArray>
#include <QObject>

class QAbstractSocket;
class QIODevice;
class QLocalSocket;
class QSslSocket;
class QTcpSocket;

namespace kvscope {

class PlainSocket;

/// Lives and dies on one io thread, made anew for each attempt. Ends in failed() once, or never.
/// readable() and failed() never come from inside a call of ours: who writes while in the middle of
/// a reply is not told of the next one, nor of the end, before it is done.
class Transport : public QObject
{
    Q_OBJECT

  public:
    explicit Transport(const Endpoint &endpoint);
    ~Transport() override;

    void connectToServer();
    bool isConnected() const { return m_connected; }
    /// TLS: the port took the connection, but the handshake is not done.
    bool isShakingHands() const;

    /// Bytes read, at most `size`; 0 when there are none now.
    std::size_t read(char *out, std::size_t size);
    /// Buffered; flush() hands it to the kernel. Nothing happens once the socket has failed.
    void write(BytesView bytes);
    void flush();
    std::size_t unwritten() const;

  signals:
    void connected(); ///< TLS handshake and host-name check included
    void readable();
    void written();
    void failed(const kvscope::Error &error);

  private:
    void startTcp();
    void startTls();
    void startUnix();
    void watchSocket(QAbstractSocket *socket);
    void becomeConnected();
    void goOnPlainly(qintptr connected);
    void becomeReadable();
    void fail(Error error);
    Error socketError() const;
    Error localError() const;

    const Endpoint m_endpoint;
    QIODevice *m_device = nullptr; ///< one of the three below, until it is connected without TLS
    QAbstractSocket *m_socket = nullptr;
    QSslSocket *m_tls = nullptr;
    QLocalSocket *m_local = nullptr;
    PlainSocket *m_plain = nullptr; ///< then this
    bool m_connected = false;
    bool m_failed = false;
    bool m_flushing = false;
    Bytes m_rest; ///< read by another than the one that is read from now
};

} // namespace kvscope
