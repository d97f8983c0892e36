// What the journal says of runs, and verbs whose store or reader is not as they were told.
#include "tests/live/verbs/jobsworld.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QThread>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kvscope {
namespace {

using namespace test;

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

QJsonObject optionsOf(const JobsWorld &world, const QString &run)
{
    QJsonObject options;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), run);
        database.setDatabaseName(world.state.filePath(QStringLiteral("journal.sqlite")));
        EXPECT_TRUE(database.open());
        QSqlQuery query(database);
        query.prepare(QStringLiteral("SELECT options FROM run WHERE id = ?"));
        query.addBindValue(run);
        EXPECT_TRUE(query.exec() && query.next());
        options = QJsonDocument::fromJson(query.value(0).toByteArray()).object();
    }
    QSqlDatabase::removeDatabase(run);
    return options;
}

TEST(RunsOfVerbs, RememberTheScheduleOfACheckAndWhatItWaited)
{
    const JobsWorld world(20);
    world.warm();
    world.server.run({"DEL", "user:7"});
    const VerbRun run = world.check(words("--recheck 0s,1s"));
    const QJsonObject result = run.result();
    EXPECT_EQ(
        optionsOf(world, result[QStringLiteral("run")].toString())[QStringLiteral("recheck_s")]
            .toString(),
        QStringLiteral("0,1"));
    // A rate leaves out what was spent on waiting for the schedule.
    const double waited = result[QStringLiteral("waited_seconds")].toDouble();
    EXPECT_GT(waited, 0.8);
    EXPECT_GE(result[QStringLiteral("seconds")].toDouble(), waited);
}

TEST(RunsOfVerbs, TellADryRunFromAWarmUp)
{
    const JobsWorld world(20);
    world.warm(words("--dry-run"));
    world.warm();
    const auto lines = world.runs().lines();
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_FALSE(lines[0][QStringLiteral("dry_run")].toBool(true));
    EXPECT_TRUE(lines[1][QStringLiteral("dry_run")].toBool(false));
    const VerbRun text = verb({QStringLiteral("runs")}, {}, world.environment());
    EXPECT_EQ(QByteArray::fromStdString(text.out).count("\tdry run\n"), 1);
}

TEST(RunsOfVerbs, AreUndoneUnderAnyNameOfTheSameServer)
{
    const JobsWorld world(20);
    const RedisServer other;
    world.warm();
    const auto mend = [&] {
        world.server.run({"SET", "user:7", "{}"});
        return world.check(words("--repair delete")).result()[QStringLiteral("run")].toString();
    };
    const auto undo = [&](const QString &run, const QString &url) {
        return verb(
            {QStringLiteral("undo"), run, QStringLiteral("--store"), url, QStringLiteral("--json")},
            {}, world.environment());
    };
    const QString port = QString::number(world.server.port());
    for (const QString &url :
         {QStringLiteral("redis://localhost:") + port, world.server.unixUrl()}) {
        const VerbRun undone = undo(mend(), url);
        EXPECT_EQ(undone.exit, 0) << url.toStdString();
        EXPECT_EQ(undone.result()[QStringLiteral("restored")].toInt(), 1);
        EXPECT_EQ(world.server.run({"GET", "user:7"}), "{}");
    }
    const QString run = mend();
    for (const QString &url :
         {other.url(), QStringLiteral("redis://localhost:%1/1").arg(port), world.server.unixUrl(1)})
        EXPECT_EQ(undo(run, url).exit, 2) << url.toStdString();
    EXPECT_EQ(world.server.run({"EXISTS", "user:7"}), "0");
}

TEST(RunsOfVerbs, ForecastOnlyWhatIsLeftWhereAWarmUpGoesOn)
{
    const JobsWorld world(20'000);
    QProcess process;
    startVerb(process, world.words(QStringLiteral("warm"), words("--rate 10000")),
              world.environment());
    while (process.waitForReadyRead(20'000) && !process.peek(1 << 20).contains("\"rows\":1")) {
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const VerbRun half = finished(process);
    ASSERT_EQ(half.exit, 4);
    const int left = 20'000 - half.result()[QStringLiteral("rows")].toInt();
    QStringList again =
        world.words(QStringLiteral("warm"),
                    {QStringLiteral("--resume"), half.result()[QStringLiteral("run")].toString()});
    again.removeAll(QStringLiteral("--json"));
    const VerbRun rest = verb(again, {}, world.environment());
    EXPECT_EQ(rest.exit, 0);
    QString count = QString::number(left);
    if (left > 999) count.insert(count.size() - 3, QLatin1Char(','));
    EXPECT_NE(rest.err.find(count.toStdString() + " rows need about"), Bytes::npos) << left << "\n"
                                                                                    << rest.err;
}

TEST(RunsOfVerbs, SayWhatAComparisonWithAPrimaryCanNotDo)
{
    const JobsWorld world(20);
    const RedisServer primary;
    const auto compared = [&](const QStringList &more) {
        return world.check(QStringList{QStringLiteral("--primary"), primary.url()} + more);
    };
    EXPECT_EQ(compared({}).exit, 0);
    EXPECT_EQ(compared(words("--sample 5")).exit, 0);
    for (const char *more : {"--repair delete", "--resume x"}) {
        const VerbRun refused = compared(words(more));
        EXPECT_EQ(refused.exit, 2);
        EXPECT_NE(refused.out.find("--primary goes without " + Bytes(more).substr(0, 8)),
                  Bytes::npos)
            << refused.out;
    }
}

std::int64_t figureOf(qint64 process, const char *file, const char *name)
{
    QFile status(QStringLiteral("/proc/%1/%2").arg(process).arg(QLatin1String(file)));
    if (!status.open(QIODevice::ReadOnly)) return -1;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith(name))
            return line.mid(int(qstrlen(name))).simplified().split(' ')[0].toLongLong();
    return -1;
}

// Its differences would take 320 MB.
TEST(RunsOfVerbs, WaitWhereNobodyReadsWhatTheyTell)
{
    JobsWorld world(1);
    world.file.run(
        "DELETE FROM users;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO users SELECT i, hex(zeroblob(8000)), 1, 10 FROM n;");
    const QByteArray pipe = world.state.filePath(QStringLiteral("pipe")).toLocal8Bit();
    ASSERT_EQ(::mkfifo(pipe.constData(), 0600), 0);
    const int reader = ::open(pipe.constData(), O_RDONLY | O_NONBLOCK);
    QProcess process;
    process.setStandardOutputFile(QString::fromLocal8Bit(pipe));
    startVerb(process, world.words(QStringLiteral("check"), JobsWorld::atOnce({})),
              world.environment());
    ASSERT_TRUE(process.waitForStarted());
    // Until it has come to a stand: nothing is read any more.
    std::int64_t before = -1;
    for (int still = 0; still < 4; QThread::msleep(250)) {
        const std::int64_t now = figureOf(process.processId(), "io", "rchar:");
        const bool began = figureOf(process.processId(), "status", "VmHWM:") > 60'000;
        still = now == before && began ? still + 1 : 0;
        before = now;
    }
#if !defined(__SANITIZE_ADDRESS__) // its allocator keeps what was freed
    EXPECT_LT(figureOf(process.processId(), "status", "VmHWM:"), 250'000);
#endif
    QByteArray out;
    pollfd waiting{reader, POLLIN, 0};
    while (::poll(&waiting, 1, 20'000) > 0) {
        char bytes[1 << 16];
        const auto got = ::read(reader, bytes, sizeof bytes);
        if (got <= 0) break; // it has ended
        out.append(bytes, got);
    }
    ::close(reader);
    process.waitForFinished();
    EXPECT_EQ(process.exitCode(), 1);
    EXPECT_EQ(out.count("\"class\":\"missing\""), 20'000);
}

} // namespace
} // namespace kvscope
