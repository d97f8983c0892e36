// MariadbServer: a real MariaDB for one test, on a free port, in a folder of its own.
#pragma once

#include "core/base/bytes.h"
#include "tests/support/serverprocess.h"

#include <QTemporaryDir>

namespace kvscope::test {

/// Runs as the user mysql where the test runs as root. Killed by the destructor and with the test's
/// process. Blocks: for tests.
class MariadbServer
{
  public:
    /// A sentence where MariaDB or Qt's driver for it is not installed; empty where both are.
    static QString missing();

    MariadbServer();
    MariadbServer(const MariadbServer &) = delete;
    MariadbServer &operator=(const MariadbServer &) = delete;

    /// A user with a password, over TCP; and root over the unix socket.
    QString url() const;
    QString socketUrl() const;

    /// kill -9, and the same again on the same port.
    void kill() { m_process.kill(); }
    void start();

    /// A statement through the mariadb client: another one than the one that is tested. What it
    /// prints.
    Bytes run(const Bytes &sql) const;

  private:
    void create();
    QString socket() const { return m_folder.filePath(QStringLiteral("sock")); }
    bool client(const Bytes &sql, const QString &database, QString *output) const;

    QString m_user;
    QTemporaryDir m_folder;
    int m_port = 0;
    ServerProcess m_process;
};

} // namespace kvscope::test
