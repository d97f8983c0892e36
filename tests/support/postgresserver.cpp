// PostgresServer: initdb once, then postgres as a child process.
#include "tests/support/postgresserver.h"

#include "tests/support/redisserver.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>

#include <gtest/gtest.h>

#include <pwd.h>
#include <unistd.h>

namespace kvscope::test {
namespace {

// Debian keeps each version's programs in a folder of its own.
QString binaries()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    QString newest;
    for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString folder = versions.filePath(version + QStringLiteral("/bin"));
        if (QFile::exists(folder + QStringLiteral("/postgres")) &&
            (newest.isEmpty() || version.toInt() > newest.section(u'/', 4, 4).toInt()))
            newest = folder;
    }
    return newest;
}

} // namespace

QString PostgresServer::missing()
{
    if (binaries().isEmpty()) return QStringLiteral("PostgreSQL is not installed (postgresql)");
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QPSQL")))
        return QStringLiteral("Qt's driver for PostgreSQL is not installed (libqt6sql6-psql)");
    return {};
}

PostgresServer::PostgresServer() : m_port(freePort())
{
    create();
}

void PostgresServer::create()
{
    if (getuid() == 0) {
        m_user = QStringLiteral("postgres");
        const passwd *entry = getpwnam("postgres");
        ASSERT_TRUE(entry && chown(QFile::encodeName(m_folder.path()).constData(), entry->pw_uid,
                                   entry->pw_gid) == 0);
    }
    QString output;
    ASSERT_TRUE(ServerProcess::run(
        binaries() + QStringLiteral("/initdb"),
        {QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")), QStringLiteral("-U"),
         QStringLiteral("kv"), QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"),
         QStringLiteral("UTF8"), QStringLiteral("--no-sync"), QStringLiteral("--no-locale")},
        m_user, m_folder.path(), &output))
        << output.toStdString();
    start();
    run("CREATE DATABASE test", QStringLiteral("postgres"));
}

QString PostgresServer::url(const QString &database) const
{
    return QStringLiteral("postgresql://kv:geheim@127.0.0.1:%1/%2").arg(m_port).arg(database);
}

QString PostgresServer::socketUrl() const
{
    return QStringLiteral("postgresql://kv@/test?host=%1&port=%2").arg(m_folder.path()).arg(m_port);
}

void PostgresServer::start()
{
    m_process.start(binaries() + QStringLiteral("/postgres"),
                    {QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")),
                     QStringLiteral("-p"), QString::number(m_port), QStringLiteral("-h"),
                     QStringLiteral("127.0.0.1"), QStringLiteral("-k"), m_folder.path(),
                     QStringLiteral("-c"), QStringLiteral("fsync=off")},
                    m_user, m_folder.path(), m_folder.filePath(QStringLiteral("log")));
    ASSERT_TRUE(ServerProcess::waitUntil([this] {
        return ServerProcess::run(
            binaries() + QStringLiteral("/pg_isready"),
            {QStringLiteral("-h"), m_folder.path(), QStringLiteral("-p"), QString::number(m_port)},
            {}, m_folder.path(), nullptr);
    })) << "postgres does not listen";
}

Bytes PostgresServer::run(const Bytes &sql, const QString &database) const
{
    QString output;
    const bool done = ServerProcess::run(
        binaries() + QStringLiteral("/psql"),
        {QStringLiteral("-h"), m_folder.path(), QStringLiteral("-p"), QString::number(m_port),
         QStringLiteral("-U"), QStringLiteral("kv"), QStringLiteral("-d"), database,
         QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-qAtX"),
         QStringLiteral("-c"), QString::fromStdString(sql)},
        {}, m_folder.path(), &output);
    EXPECT_TRUE(done) << sql << ": " << output.toStdString();
    return output.trimmed().toStdString();
}

} // namespace kvscope::test
