// FakeServer: misbehaves in ways that no real server does on demand. For nothing else.
#pragma once

#include "core/base/bytes.h"

#include <QTcpServer>

#include <functional>

class QTcpSocket;

namespace kvscope::test {

/// Listens on a free port of the loopback, on the thread that made it. To every piece of bytes a
/// client sends it answers what the script says.
class FakeServer : public QObject
{
    Q_OBJECT

  public:
    struct Answer
    {
        Bytes bytes;
        bool close = false; ///< after the bytes
        bool reset = false; ///< close by RST, as a server does that dies with bytes unread
    };
    /// Gets what has come since the last answer and how many connections there were before this
    /// one.
    using Script = std::function<Answer(BytesView received, int connection)>;

    explicit FakeServer(Script script);

    int port() const { return m_server.serverPort(); }
    QString url() const { return QStringLiteral("redis://127.0.0.1:%1").arg(port()); }
    int connections() const { return m_connections; }

    /// What a well-behaved server says to our greeting without password and database.
    static Bytes greetingAnswers() { return "+OK\r\n-ERR unknown\r\n+PONG\r\n"; }
    static bool isGreeting(BytesView received)
    {
        return received.find("SETNAME") != BytesView::npos;
    }

  private:
    void accept();

    QTcpServer m_server;
    Script m_script;
    int m_connections = 0;
};

} // namespace kvscope::test
