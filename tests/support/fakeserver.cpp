// A scripted listener.
#include "tests/support/fakeserver.h"

#include <QTcpSocket>

#include <sys/socket.h>

namespace kvscope::test {

FakeServer::FakeServer(Script script) : m_script(std::move(script))
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeServer::accept);
    m_server.listen(QHostAddress::LocalHost);
}

void FakeServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const int connection = m_connections++;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, connection] {
            const QByteArray received = socket->readAll();
            const Answer answer =
                m_script(BytesView(received.constData(), std::size_t(received.size())), connection);
            socket->write(answer.bytes.data(), qint64(answer.bytes.size()));
            if (answer.reset) {
                const linger atOnce{1, 0};
                socket->flush();
                setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                           sizeof atOnce);
                socket->abort();
            } else if (answer.close) {
                socket->disconnectFromHost();
            }
        });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

} // namespace kvscope::test
