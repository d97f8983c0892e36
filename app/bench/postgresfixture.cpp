// PostgresFixture: initdb, then postgres as a child, as the user postgres where we are root.
#include "app/bench/postgresfixture.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace kvscope::bench {
namespace {

constexpr int kStartMs = 30'000;
constexpr const char *kPort = "5432"; // names the socket, which lies in our own folder

// Debian keeps each version's programs in a folder of its own.
QString binaries()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    int newest = 0;
    for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (QFile::exists(versions.filePath(version + QStringLiteral("/bin/postgres"))))
            newest = std::max(newest, version.toInt());
    return newest == 0 ? QString() : versions.filePath(QStringLiteral("%1/bin").arg(newest));
}

// PostgreSQL refuses to run as root.
QString serverUser()
{
    return getuid() == 0 ? QStringLiteral("postgres") : QString();
}

std::function<void()> becoming(const QString &user)
{
    const passwd *entry = user.isEmpty() ? nullptr : getpwnam(user.toLocal8Bit().constData());
    const uid_t uid = entry ? entry->pw_uid : getuid();
    const gid_t gid = entry ? entry->pw_gid : getgid();
    const bool change = entry != nullptr;
    return [uid, gid, change] {
        if (change && (setgroups(0, nullptr) != 0 || setgid(gid) != 0 || setuid(uid) != 0))
            _exit(126);
        prctl(PR_SET_PDEATHSIG, SIGKILL); // behind setuid, which clears it
    };
}

tl::unexpected<Error> failed(const QString &detail)
{
    return failure(ErrorCode::SourceFailed, {QStringLiteral("PostgreSQL"), detail});
}

} // namespace

QString PostgresFixture::missing()
{
    if (binaries().isEmpty()) return QStringLiteral("PostgreSQL is not installed (postgresql)");
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QPSQL")))
        return QStringLiteral("Qt's driver for PostgreSQL is not installed (libqt6sql6-psql)");
    return {};
}

Result<bool> PostgresFixture::runProgram(const QString &program, const QStringList &arguments,
                                         const QString &user) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setChildProcessModifier(becoming(user));
    process.start(binaries() + u'/' + program, arguments);
    const bool ended = process.waitForFinished(-1);
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    return failed(program + QStringLiteral(": ") + QString::fromLocal8Bit(process.readAll()));
}

Result<std::unique_ptr<PostgresFixture>> PostgresFixture::start()
{
    std::unique_ptr<PostgresFixture> fixture(new PostgresFixture);
    const QString folder = fixture->m_folder.path();
    const QString user = serverUser();
    if (!user.isEmpty()) {
        const passwd *entry = getpwnam("postgres");
        if (!entry ||
            chown(QFile::encodeName(folder).constData(), entry->pw_uid, entry->pw_gid) != 0)
            return failed(QStringLiteral("there is no user postgres"));
    }
    const QString cluster = fixture->file(QStringLiteral("data"));
    if (auto made = fixture->runProgram(
            QStringLiteral("initdb"),
            {QStringLiteral("-D"), cluster, QStringLiteral("-U"), QStringLiteral("kv"),
             QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"),
             QStringLiteral("UTF8"), QStringLiteral("--no-sync"), QStringLiteral("--no-locale")},
            user);
        !made)
        return failure(made.error());
    QProcess &process = fixture->m_process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setChildProcessModifier(becoming(user));
    process.start(binaries() + QStringLiteral("/postgres"),
                  {QStringLiteral("-D"), cluster, QStringLiteral("-p"), QLatin1String(kPort),
                   QStringLiteral("-h"), QString(), QStringLiteral("-k"), folder,
                   QStringLiteral("-c"), QStringLiteral("fsync=off")});
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kStartMs);
    while (!fixture->run("SELECT 1")) {
        if (std::chrono::steady_clock::now() > until) return failed(QStringLiteral("no answer"));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return fixture;
}

PostgresFixture::~PostgresFixture()
{
    if (m_process.processId() == 0) return;
    // Its own children end with it by an immediate shutdown.
    ::kill(pid_t(m_process.processId()), SIGQUIT);
    if (!m_process.waitForFinished(kStartMs)) m_process.kill();
    m_process.waitForFinished();
}

QString PostgresFixture::url() const
{
    return QStringLiteral("postgresql://kv@/postgres?host=%1&port=%2")
        .arg(m_folder.path(), QLatin1String(kPort));
}

Result<bool> PostgresFixture::run(const Bytes &sql) const
{
    return runProgram(QStringLiteral("psql"),
                      {QStringLiteral("-h"), m_folder.path(), QStringLiteral("-p"),
                       QLatin1String(kPort), QStringLiteral("-U"), QStringLiteral("kv"),
                       QStringLiteral("-d"), QStringLiteral("postgres"), QStringLiteral("-v"),
                       QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-qAtX"),
                       QStringLiteral("-c"), QString::fromStdString(sql)},
                      {});
}

Result<std::unique_ptr<PostgresFixture>> startPostgres(const BindingRows &rows)
{
    auto postgres = PostgresFixture::start();
    if (!postgres) return postgres;
    const QString csv = (*postgres)->file(QStringLiteral("items.csv"));
    if (const auto written = rows.writeCsv(csv); !written) return failure(written.error());
    const auto copied = (*postgres)->run(BindingRows::createItems() + "COPY items FROM '" +
                                         csv.toStdString() + "' (FORMAT csv); ANALYZE items;");
    if (!copied) return failure(copied.error());
    QFile::remove(csv);
    return postgres;
}

} // namespace kvscope::bench
