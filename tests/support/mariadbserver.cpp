// MariadbServer: mariadb-install-db once, then mariadbd as a child process.
#include "tests/support/mariadbserver.h"

#include "tests/support/redisserver.h"

#include <QFile>
#include <QSqlDatabase>

#include <gtest/gtest.h>

#include <pwd.h>
#include <unistd.h>

namespace kvscope::test {
namespace {

const QString kServer = QStringLiteral("/usr/sbin/mariadbd");

} // namespace

QString MariadbServer::missing()
{
    if (!QFile::exists(kServer)) return QStringLiteral("MariaDB is not installed (mariadb-server)");
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QMYSQL")))
        return QStringLiteral("Qt's driver for MariaDB is not installed (libqt6sql6-mysql)");
    return {};
}

MariadbServer::MariadbServer() : m_port(freePort())
{
    create();
}

void MariadbServer::create()
{
    if (getuid() == 0) {
        m_user = QStringLiteral("mysql");
        const passwd *entry = getpwnam("mysql");
        ASSERT_TRUE(entry && chown(QFile::encodeName(m_folder.path()).constData(), entry->pw_uid,
                                   entry->pw_gid) == 0);
    }
    QString output;
    ASSERT_TRUE(ServerProcess::run(
        QStringLiteral("mariadb-install-db"),
        {QStringLiteral("--no-defaults"),
         QStringLiteral("--datadir=") + m_folder.filePath(QStringLiteral("data")),
         QStringLiteral("--auth-root-authentication-method=normal"),
         QStringLiteral("--skip-test-db"), QStringLiteral("--skip-name-resolve")},
        m_user, m_folder.path(), &output))
        << output.toStdString();
    start();
    ASSERT_TRUE(client(
        "CREATE DATABASE test CHARACTER SET utf8mb4; CREATE USER kv@'127.0.0.1' IDENTIFIED BY "
        "'ge:h@im'; "
        "GRANT ALL ON test.* TO kv@'127.0.0.1'",
        {}, &output))
        << output.toStdString();
}

QString MariadbServer::url() const
{
    return QStringLiteral("mysql://kv:ge%3Ah%40im@localhost:%1/test").arg(m_port);
}

QString MariadbServer::socketUrl() const
{
    return QStringLiteral("mysql://root@/test?host=%1").arg(socket());
}

void MariadbServer::start()
{
    m_process.start(
        kServer,
        {QStringLiteral("--no-defaults"),
         QStringLiteral("--datadir=") + m_folder.filePath(QStringLiteral("data")),
         QStringLiteral("--socket=") + socket(), QStringLiteral("--port=%1").arg(m_port),
         QStringLiteral("--bind-address=127.0.0.1"), QStringLiteral("--skip-name-resolve"),
         QStringLiteral("--innodb-flush-log-at-trx-commit=2"),
         QStringLiteral("--max-allowed-packet=64M"),
         QStringLiteral("--pid-file=") + m_folder.filePath(QStringLiteral("pid"))},
        m_user, m_folder.path(), m_folder.filePath(QStringLiteral("log")));
    QString output;
    ASSERT_TRUE(ServerProcess::waitUntil([&] { return client("SELECT 1", {}, &output); }))
        << "mariadbd does not listen: " << output.toStdString();
}

bool MariadbServer::client(const Bytes &sql, const QString &database, QString *output) const
{
    return ServerProcess::run(
        QStringLiteral("mariadb"),
        {QStringLiteral("--no-defaults"), QStringLiteral("--socket=") + socket(),
         QStringLiteral("-uroot"), QStringLiteral("--default-character-set=utf8mb4"),
         QStringLiteral("-BN"), QStringLiteral("--database=") + database,
         QStringLiteral("--delimiter=//"), QStringLiteral("-e"), QString::fromStdString(sql)},
        {}, m_folder.path(), output);
}

Bytes MariadbServer::run(const Bytes &sql) const
{
    QString output;
    EXPECT_TRUE(client(sql, QStringLiteral("test"), &output))
        << sql << ": " << output.toStdString();
    return output.trimmed().toStdString();
}

} // namespace kvscope::test
