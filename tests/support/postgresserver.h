// PostgresServer: a real PostgreSQL for one test, on a free port, in a folder of its own.
#pragma once

#include "core/base/bytes.h"
#include "tests/support/serverprocess.h"

#include <QTemporaryDir>

namespace kvscope::test {

/// Runs as the user postgres where the test runs as root. Killed by the destructor and with the
/// test's process. Blocks: for tests.
class PostgresServer
{
  public:
    /// A sentence where PostgreSQL or Qt's driver for it is not installed; empty where both are.
    static QString missing();

    PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    QString url(const QString &database = QStringLiteral("test")) const;
    /// The same server through its unix socket.
    QString socketUrl() const;

    /// kill -9 of all its processes, and the same again on the same port.
    void kill() { m_process.kill(); }
    void start();

    /// A statement through psql: another client than the one that is tested. What it prints.
    Bytes run(const Bytes &sql, const QString &database = QStringLiteral("test")) const;

  private:
    void create();
    QString m_user;
    QTemporaryDir m_folder;
    int m_port = 0;
    ServerProcess m_process;
};

} // namespace kvscope::test
