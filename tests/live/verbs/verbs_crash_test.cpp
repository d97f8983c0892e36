// kill -9 at random moments of every job, of the program, of Redis and of the database: after a
// resume everything is as if nothing had happened, and the journal puts back what was there.
// KVSCOPE_SOAK=1: fifty times each instead of three.
#include "tests/live/verbs/jobsworld.h"
#include "tests/support/postgresserver.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QThread>

namespace kvscope {
namespace {

using namespace test;

constexpr int kRows = 8'000;
constexpr int kMostTries = 40;
const QStringList kPace{QStringLiteral("--rate"),
                        QStringLiteral("12000")}; // two thirds of a second
const Bytes kVersioned = ",\"version\":\"ver\",\"version_field\":\"_v\"";

int rounds()
{
    return qEnvironmentVariableIsSet("KVSCOPE_SOAK") ? 50 : 3;
}

QStringList withResume(QStringList words, const QString &run)
{
    if (!run.isEmpty()) words << QStringLiteral("--resume") << run;
    return words;
}

/// Starts a verb and calls `strike` at a random moment of its first second, while it runs. Its exit
/// code; -1: killed.
template<class Strike>
int struck(const JobsWorld &world, const QStringList &words, Strike strike)
{
    QProcess process;
    startVerb(process, words, world.environment());
    process.waitForStarted();
    const auto delay = QRandomGenerator::global()->bounded(1'000);
    if (!process.waitForFinished(delay)) strike(process);
    process.waitForFinished(60'000);
    return process.exitStatus() == QProcess::CrashExit ? -1 : process.exitCode();
}

void killProcess(QProcess &process)
{
    process.kill();
}

/// Resumes until the job says that it came to its end.
VerbRun resumed(const JobsWorld &world, const QString &name, const QStringList &more)
{
    VerbRun run;
    for (int i = 0; i < kMostTries; ++i) {
        run = verb(withResume(world.words(name, more), world.lastRun()), {}, world.environment());
        if (run.exit == 0 || run.exit == 1) return run;
    }
    ADD_FAILURE() << "never came to its end: " << run.out << run.err;
    return run;
}

std::map<Bytes, Bytes> valuesOf(const JobsWorld &world)
{
    std::map<Bytes, Bytes> values;
    for (const auto &[key, held] : world.everything()) values[key] = held.first;
    return values;
}

std::map<Bytes, Bytes> undisturbed()
{
    const JobsWorld world(kRows, {}, kVersioned);
    world.warm();
    return valuesOf(world);
}

QStringList persistence(bool appends)
{
    if (!appends) return {};
    return {QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"),
            QStringLiteral("everysec")};
}

/// Differences of many classes at keys of their own; the same ones each time.
void plant(const JobsWorld &world)
{
    world.server.run(
        {"EVAL",
         "for i = 1, 1500, 5 do "
         "redis.call('SET', 'user:' .. i, '{\"name\":\"old\",\"age\":1,\"_v\":9}', "
         "'PXAT', 4102444800000 + i) "
         "redis.call('SET', 'user:' .. i + 1, 'no json ' .. i) "
         "redis.call('DEL', 'user:' .. i + 2) "
         "redis.call('DEL', 'user:' .. i + 3) redis.call('RPUSH', 'user:' .. i + 3, i, 'a list') "
         "redis.call('SET', 'user:' .. 1000000 + i, 'orphan ' .. i, 'PXAT', 4102444900000 + i) end",
         "0"});
}

TEST(Kills, OfTheProgramDuringAWarmUp)
{
    const auto expected = undisturbed();
    for (int round = 0; round < rounds(); ++round) {
        const JobsWorld world(kRows, {}, kVersioned);
        const QString name = QStringLiteral("warm");
        struck(world, world.words(name, kPace), killProcess);
        struck(world, withResume(world.words(name, kPace), world.lastRun()), killProcess);
        if (!world.lastIsDone()) resumed(world, name, {});
        EXPECT_EQ(valuesOf(world), expected);
    }
}

TEST(Kills, OfRedisDuringAWarmUp)
{
    const auto expected = undisturbed();
    for (const bool appends : {false, true}) {
        for (int round = 0; round < rounds(); ++round) {
            JobsWorld world(kRows, persistence(appends), kVersioned);
            const QString name = QStringLiteral("warm");
            int exit =
                struck(world, world.words(name, kPace), [&](QProcess &) { world.server.kill(); });
            world.server.start();
            // It may have been done just before: then nobody knew that anything was lost.
            if (exit == 0) exit = world.warm().exit;
            if (exit != 0) {
                EXPECT_EQ(exit, 3);
                EXPECT_EQ(resumed(world, name, {}).exit, 0);
            }
            EXPECT_EQ(valuesOf(world), expected);
        }
    }
}

TEST(Kills, OfPostgresDuringAWarmUpAndACheck)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    const auto expected = undisturbed();
    PostgresServer postgres;
    postgres.run("CREATE TABLE users AS SELECT i AS id, 'name ' || i AS name, i % 90 AS age, "
                 "10 AS ver FROM generate_series(1, " +
                 std::to_string(kRows) + ") i; ALTER TABLE users ADD PRIMARY KEY (id);");
    for (int round = 0; round < rounds(); ++round) {
        JobsWorld world(1, {}, kVersioned);
        world.writeBinding(postgres.url().toStdString(), kVersioned);
        for (const char *name : {"warm", "check"}) {
            const QString verbName = QLatin1String(name);
            const QStringList more =
                verbName == QLatin1String("check") ? JobsWorld::atOnce(kPace) : kPace;
            bool hit = false;
            const int exit = struck(world, world.words(verbName, more), [&](QProcess &) {
                hit = true;
                postgres.kill();
            });
            if (hit) {
                postgres.start();
                EXPECT_TRUE(exit == 3 || exit == 0) << exit;
            }
            const QStringList rest =
                verbName == QLatin1String("check") ? JobsWorld::atOnce({}) : QStringList();
            if (!world.lastIs(verbName)) {
                EXPECT_EQ(verb(world.words(verbName, rest), {}, world.environment()).exit, 0);
            } else if (exit != 0) {
                EXPECT_EQ(resumed(world, verbName, rest).exit, 0);
            }
            EXPECT_EQ(valuesOf(world), expected);
        }
    }
}

TEST(Kills, OfTheProgramDuringARepair)
{
    const auto expected = undisturbed();
    QStringList more = JobsWorld::atOnce({QStringLiteral("--repair"), QStringLiteral("refill")});
    for (int round = 0; round < rounds(); ++round) {
        const JobsWorld world(kRows, {}, kVersioned);
        world.warm();
        plant(world);
        const auto before = world.everything();
        const QString name = QStringLiteral("check");
        struck(world, world.words(name, more + kPace), killProcess);
        if (world.lastIs(name) && !world.lastIsDone())
            struck(world, withResume(world.words(name, more + kPace), world.lastRun()),
                   killProcess);
        if (!world.lastIs(name)) {
            verb(world.words(name, more), {}, world.environment());
        } else if (!world.lastIsDone()) {
            const VerbRun end = resumed(world, name, more);
            EXPECT_EQ(end.result()[QStringLiteral("repaired")].toInt(), 1'500) << end.err;
        }
        EXPECT_EQ(valuesOf(world), expected);
        const VerbRun undone = world.undo(world.lastRun());
        EXPECT_EQ(undone.exit, 0) << undone.out;
        EXPECT_EQ(undone.result()[QStringLiteral("restored")].toInt(), 1'500);
        EXPECT_EQ(world.everything(), before);
    }
}

TEST(Kills, OfRedisDuringARepair)
{
    const auto expected = undisturbed();
    const QStringList more =
        JobsWorld::atOnce({QStringLiteral("--repair"), QStringLiteral("refill"),
                           QStringLiteral("--max-share"), QStringLiteral("1")});
    for (const bool appends : {false, true}) {
        for (int round = 0; round < rounds(); ++round) {
            JobsWorld world(kRows, persistence(appends), kVersioned);
            world.warm();
            plant(world);
            const auto before = world.everything();
            // The log is behind by a second at most.
            if (appends) QThread::msleep(1'200);
            const QString name = QStringLiteral("check");
            bool hit = false;
            const int exit = struck(world, world.words(name, more + kPace), [&](QProcess &) {
                hit = true;
                world.server.kill();
            });
            if (!hit) continue; // it was done before
            world.server.start();
            EXPECT_TRUE(exit == 3 || exit == 1) << exit;
            if (exit != 3) continue;
            if (world.lastIs(name))
                resumed(world, name, more);
            else
                verb(world.words(name, more), {}, world.environment());
            EXPECT_EQ(valuesOf(world), expected);
            const VerbRun undone = world.undo(world.lastRun());
            EXPECT_EQ(undone.exit, 0) << undone.out;
            if (appends) {
                EXPECT_EQ(world.everything(), before);
            }
        }
    }
}

/// What a run's report lists, each difference as `class key`.
std::vector<Bytes> reported(const JobsWorld &world, const QString &run)
{
    std::vector<Bytes> lines;
    QFile report(world.state.filePath(QStringLiteral("reports/%1.jsonl").arg(run)));
    if (!report.open(QIODevice::ReadOnly)) return lines;
    while (!report.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(report.readLine()).object();
        lines.push_back(line[QStringLiteral("class")].toString().toStdString() + ' ' +
                        line[QStringLiteral("key")].toString().toStdString());
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

TEST(Kills, OfTheProgramDuringACheck)
{
    const JobsWorld world(kRows, {}, kVersioned);
    world.warm();
    plant(world);
    const VerbRun whole = world.check();
    const auto counts = whole.result()[QStringLiteral("counts")].toObject();
    const auto differences = reported(world, whole.result()[QStringLiteral("run")].toString());
    EXPECT_EQ(differences.size(), 1'500U);
    const QString name = QStringLiteral("check");
    for (int round = 0; round < rounds(); ++round) {
        const QString before = world.lastRun();
        const auto run = [&] { return world.lastRun() == before ? QString() : world.lastRun(); };
        // Looks that take a while, so that some strikes come in the middle of the verdicts.
        const QStringList more{QStringLiteral("--recheck"), QStringLiteral("0s,100ms")};
        struck(world, world.words(name, more + kPace), killProcess);
        if (!run().isEmpty() && !world.lastIsDone())
            struck(world, withResume(world.words(name, more + kPace), run()), killProcess);
        const VerbRun end = run().isEmpty()      ? world.check()
                            : world.lastIsDone() ? VerbRun()
                                                 : resumed(world, name, more);
        if (end.exit >= 0) {
            EXPECT_EQ(end.exit, 1);
            EXPECT_EQ(end.result()[QStringLiteral("counts")].toObject(), counts);
        }
        // Each once, however often it was told.
        EXPECT_EQ(reported(world, world.lastRun()), differences);
    }
}

TEST(Kills, OfTheProgramDuringASync)
{
    const QString name = QStringLiteral("sync");
    for (int round = 0; round < rounds(); ++round) {
        JobsWorld world(kRows, {}, kVersioned);
        world.warm();
        auto &random = *QRandomGenerator::global();
        int changes = 0;
        const auto change = [&] {
            const Bytes id = std::to_string(random.bounded(1, kRows));
            const Bytes version = std::to_string(100 + ++changes);
            world.file.run("UPDATE users SET name = 'changed ' || " + version +
                           ", ver = " + version + " WHERE id = " + id);
            world.file.run("INSERT INTO users VALUES(" + std::to_string(kRows + changes) +
                           ", 'new', 1, " + version + ")");
            if (changes % 10 == 0) world.file.run("DELETE FROM users WHERE id = " + id);
        };
        for (int strike = 0; strike < 2; ++strike) {
            QProcess process;
            startVerb(process, world.words(name, {}), world.environment());
            // It follows what changes from its beginning on.
            ASSERT_TRUE(process.waitForReadyRead(20'000));
            for (int left = random.bounded(5, 60); left > 0; --left) {
                change();
                QThread::msleep(static_cast<unsigned long>(random.bounded(1, 10)));
            }
            process.kill();
            process.waitForFinished();
            for (int i = 0; i < 10; ++i) change(); // while nobody follows
        }
        QProcess process;
        startVerb(process, world.words(name, {}), world.environment());
        // All entries that there are, each with what its row holds.
        const auto inStep = [&] {
            const VerbRun check = world.check();
            return check.exit == 0 && world.count(check, "missing") == 0;
        };
        bool done = false;
        for (int i = 0; i < kMostTries && !done; ++i) done = inStep();
        EXPECT_TRUE(done);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        EXPECT_EQ(finished(process).exit, 4);
        const auto followed = valuesOf(world);
        world.server.run({"FLUSHALL"});
        world.warm();
        EXPECT_EQ(followed, valuesOf(world));
    }
}

} // namespace
} // namespace kvscope
