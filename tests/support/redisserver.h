// RedisServer: a real redis-server for one test, on a free port, in a folder of its own.
#pragma once

#include "core/base/bytes.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace kvscope::test {

/// Started by the constructor, killed by the destructor and with the test's process. Blocks: for
/// tests.
class RedisServer
{
  public:
    /// `options` as on redis-server's command line: {"--requirepass", "secret"}. With `--port 0`
    /// only the unix socket is open. A TLS port is opened by {"--tls-port", "{tls}"} and the like:
    /// "{tls}" becomes a free port, "{dir}" the folder.
    explicit RedisServer(QStringList options = {});
    ~RedisServer();
    RedisServer(const RedisServer &) = delete;
    RedisServer &operator=(const RedisServer &) = delete;

    int port() const { return m_port; }
    int tlsPort() const { return m_tlsPort; }
    QString folder() const { return m_folder.path(); }
    QString socketPath() const { return m_folder.filePath(QStringLiteral("redis.sock")); }
    QString url(const QString &credentials = {}, int database = 0) const;
    QString unixUrl(int database = 0) const;

    /// kill -9, and the same again on the same ports.
    void kill();
    void start(const QStringList &more = {});
    /// SIGSTOP and SIGCONT: alive, but silent.
    void freeze();
    void thaw();

    /// A command through a blocking client of its own, over the unix socket: the second client that
    /// tests look with. An array comes as its elements joined by newlines; nil as "(nil)"; an error
    /// with its leading "-". `user` and `password` as AUTH wants them.
    Bytes run(const std::vector<Bytes> &argv) const;
    /// For servers with a password: what run() logs in with.
    void setCredentials(Bytes user, Bytes password);

  private:
    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
    QStringList m_options;
    Bytes m_user, m_password;
    int m_port = 0;
    int m_tlsPort = 0;
};

/// A port nothing listens on just now.
int freePort();

} // namespace kvscope::test
