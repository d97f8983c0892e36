// warm, check, undo and runs as scripts use them: keys, classes and exit codes of the contract.
#include "tests/live/verbs/jobsworld.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace kvscope {
namespace {

using namespace test;

const QStringList kClasses{
    QStringLiteral("match"),     QStringLiteral("missing"),  QStringLiteral("stale"),
    QStringLiteral("ahead"),     QStringLiteral("diverged"), QStringLiteral("corrupt"),
    QStringLiteral("orphan"),    QStringLiteral("ttl_none"), QStringLiteral("ttl_long"),
    QStringLiteral("ttl_short"), QStringLiteral("unknown"),  QStringLiteral("transient")};

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

TEST(JobVerbs, FillCheckRepairAndUndoWithTheKeysOfTheContract)
{
    const JobsWorld world(1'000);
    const VerbRun warmed = world.warm();
    EXPECT_EQ(warmed.exit, 0);
    const QJsonObject fill = warmed.result();
    for (const char *key : {"run", "rows", "written", "newer_kept", "skipped", "seconds"})
        EXPECT_TRUE(fill.contains(QLatin1String(key))) << key;
    EXPECT_EQ(fill[QStringLiteral("rows")].toInt(), 1'000);
    EXPECT_EQ(fill[QStringLiteral("written")].toInt(), 1'000);

    const VerbRun right = world.check();
    EXPECT_EQ(right.exit, 0);
    const QJsonObject proof = right.result();
    for (const char *key :
         {"run", "compared", "counts", "nines", "nines_low", "seconds", "repaired"})
        EXPECT_TRUE(proof.contains(QLatin1String(key))) << key;
    EXPECT_EQ(proof[QStringLiteral("counts")].toObject().keys().size(), kClasses.size());
    for (const QString &name : kClasses)
        EXPECT_TRUE(proof[QStringLiteral("counts")].toObject().contains(name));
    EXPECT_TRUE(proof[QStringLiteral("nines")].isNull());
    EXPECT_NEAR(proof[QStringLiteral("nines_low")].toDouble(), 2.5242, 1e-3);

    world.server.run({"SET", "user:7", "{\"name\":\"old\",\"age\":7,\"_v\":9}", "EX", "500"});
    world.server.run({"SET", "user:4711", "{}", "EX", "500"});
    const auto before = world.everything();
    const VerbRun mended = world.check(words("--repair delete"));
    EXPECT_EQ(mended.exit, 1); // also when all of it was repaired
    EXPECT_EQ(mended.result()[QStringLiteral("repaired")].toInt(), 2);
    std::map<QString, QJsonObject> items;
    for (const QJsonObject &line : mended.lines())
        if (line[QStringLiteral("event")].toString() == QLatin1String("item"))
            items[line[QStringLiteral("class")].toString()] = line;
    EXPECT_EQ(items[QStringLiteral("stale")][QStringLiteral("key")].toString(),
              QStringLiteral("user:7"));
    EXPECT_EQ(items[QStringLiteral("stale")][QStringLiteral("cache")].toString(),
              QStringLiteral("{\"name\":\"old\",\"age\":7,\"_v\":9}"));
    EXPECT_EQ(items[QStringLiteral("stale")][QStringLiteral("source")].toString(),
              QStringLiteral("{\"name\":\"name 7\",\"age\":7,\"_v\":10}"));
    EXPECT_TRUE(items[QStringLiteral("stale")][QStringLiteral("age_ms")].isNull());
    EXPECT_TRUE(items[QStringLiteral("orphan")][QStringLiteral("source")].isNull());

    const VerbRun undone = world.undo(mended.result()[QStringLiteral("run")].toString());
    EXPECT_EQ(undone.exit, 0);
    EXPECT_EQ(undone.result()[QStringLiteral("restored")].toInt(), 2);
    EXPECT_EQ(undone.result()[QStringLiteral("kept")].toInt(-1), 0);
    EXPECT_EQ(world.everything(), before);

    const auto listed = world.runs().lines();
    ASSERT_EQ(listed.size(), 4U); // the result, too
    EXPECT_EQ(listed[0][QStringLiteral("run")].toString(),
              mended.result()[QStringLiteral("run")].toString());
    EXPECT_EQ(listed[2][QStringLiteral("run")].toString(), fill[QStringLiteral("run")].toString());
}

TEST(JobVerbs, CheckKeepsAReportAsTheWindowDoes)
{
    const JobsWorld world(100);
    ASSERT_EQ(world.warm().exit, 0);
    world.server.run({"SET", "user:7", "{\"name\":\"old\",\"age\":7,\"_v\":9}", "EX", "100000"});
    world.server.run({"DEL", "user:8"});
    const VerbRun found = world.check();
    EXPECT_EQ(found.exit, 1);
    QFile report(world.state.filePath(
        QStringLiteral("reports/%1.jsonl").arg(found.result()[QStringLiteral("run")].toString())));
    ASSERT_TRUE(report.open(QIODevice::ReadOnly)) << report.fileName().toStdString();
    EXPECT_EQ(report.permissions() & (QFile::ReadGroup | QFile::ReadOther), 0);
    std::map<QString, QString> classes;
    while (!report.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(report.readLine()).object();
        classes[line[QStringLiteral("key")].toString()] = line[QStringLiteral("class")].toString();
    }
    EXPECT_EQ(classes,
              (std::map<QString, QString>{{QStringLiteral("user:7"), QStringLiteral("stale")},
                                          {QStringLiteral("user:8"), QStringLiteral("missing")}}));
}

TEST(JobVerbs, EndWithTheExitCodesOfTheContract)
{
    JobsWorld world(10);
    EXPECT_EQ(world.undo(QStringLiteral("never")).exit, 2);
    EXPECT_EQ(world.undo(QStringLiteral("never")).errorCode(), QStringLiteral("run_not_found"));
    EXPECT_EQ(world.check(words("--resume never")).exit, 2);
    EXPECT_EQ(world.check(words("--repair sometimes")).exit, 2);
    EXPECT_EQ(world.check(words("--recheck soon")).exit, 2);
    EXPECT_EQ(world.warm(words("--rate -1")).exit, 2);
    const QString good = world.binding;
    world.writeBinding("sqlite:/nowhere/at/all.db", {});
    EXPECT_EQ(world.warm().exit, 3);
    world.binding = QStringLiteral("/nowhere/binding.json");
    EXPECT_EQ(world.warm().exit, 3);
    world.binding = good;
    QFile broken(good);
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("{\"name\":\"users\"}");
    broken.close();
    EXPECT_EQ(world.check().exit, 2);
    EXPECT_EQ(world.check().errorCode(), QStringLiteral("invalid_binding"));
    world.writeBinding(world.file.url().toStdString(), {});
    world.server.kill();
    EXPECT_EQ(world.warm().exit, 3);
    EXPECT_EQ(world.check().exit, 3);
}

TEST(JobVerbs, UndoListsWhatWasKept)
{
    const JobsWorld world(100);
    world.warm();
    world.server.run({"SET", "user:7", "{}"});
    const VerbRun mended = world.check(words("--repair delete"));
    world.server.run({"SET", "user:7", "{\"new\":1}"});
    const VerbRun undone = world.undo(mended.result()[QStringLiteral("run")].toString());
    EXPECT_EQ(undone.exit, 1);
    EXPECT_EQ(undone.result()[QStringLiteral("kept")].toInt(), 1);
    const auto lines = undone.lines();
    const auto item = std::ranges::find_if(lines, [](const QJsonObject &line) {
        return line[QStringLiteral("event")].toString() == QLatin1String("item");
    });
    ASSERT_NE(item, lines.end());
    EXPECT_EQ((*item)[QStringLiteral("key")].toString(), QStringLiteral("user:7"));
    EXPECT_EQ(world.server.run({"GET", "user:7"}), "{\"new\":1}");
}

TEST(JobVerbs, RefuseToRepairWhereTheBindingLooksWrongUnlessTold)
{
    JobsWorld world(300, {}, {});
    world.warm();
    world.file.run("UPDATE users SET name = 'x' || name;");
    const VerbRun refused = world.check(words("--repair delete"));
    EXPECT_EQ(refused.exit, 1);
    EXPECT_EQ(refused.errorCode(), QStringLiteral("too_many_differences"));
    EXPECT_EQ(refused.result()[QStringLiteral("repaired")].toInt(-1), 0);
    EXPECT_EQ(world.count(refused, "stale"), 300);
    EXPECT_EQ(world.server.run({"DBSIZE"}), "300");
    EXPECT_EQ(world.check(words("--repair delete --max-share 1"))
                  .result()[QStringLiteral("repaired")]
                  .toInt(),
              300);
}

TEST(JobVerbs, EndCleanlyOnCtrlCAndGoOnFromThere)
{
    const JobsWorld world(50'000);
    const auto interrupted = [&](const QStringList &arguments) {
        QProcess process;
        startVerb(process, arguments, world.environment());
        while (process.waitForReadyRead(20'000) && !process.peek(1 << 20).contains("\"rows\":1")) {
        }
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        return finished(process);
    };
    const VerbRun half = interrupted(world.words(QStringLiteral("warm"), words("--rate 30000")));
    EXPECT_EQ(half.exit, 4);
    const QString warming = half.result()[QStringLiteral("run")].toString();
    const int written = half.result()[QStringLiteral("written")].toInt();
    EXPECT_EQ(world.server.run({"DBSIZE"}), std::to_string(written));
    EXPECT_LT(written, 50'000);
    const VerbRun whole = world.warm(QStringList{QStringLiteral("--resume"), warming});
    EXPECT_EQ(whole.exit, 0);
    EXPECT_EQ(whole.result()[QStringLiteral("written")].toInt(), 50'000);

    world.server.run({"SET", "user:5", "{\"name\":\"old\",\"age\":7,\"_v\":9}", "EX", "50000"});
    world.server.run({"DEL", "user:49999"});
    world.server.run({"SET", "user:50001", "{}", "EX", "500"});
    const VerbRun part =
        interrupted(world.words(QStringLiteral("check"), JobsWorld::atOnce(words("--rate 30000"))));
    EXPECT_EQ(part.exit, 4);
    const VerbRun proof =
        world.check({QStringLiteral("--resume"), part.result()[QStringLiteral("run")].toString()});
    EXPECT_EQ(proof.exit, 1);
    EXPECT_EQ(world.count(proof, "match"), 49'998);
    EXPECT_EQ(world.count(proof, "stale"), 1);
    EXPECT_EQ(world.count(proof, "missing"), 1);
    EXPECT_EQ(world.count(proof, "orphan"), 1);
    EXPECT_EQ(proof.result()[QStringLiteral("compared")].toInt(), 50'001);
}

TEST(JobVerbs, TouchNothingWhereTheJournalHasNoRoom)
{
    const JobsWorld world(200);
    world.warm();
    // Its before-image is larger than the file may become.
    world.server.run({"SET", "user:1", Bytes(1U << 20U, 'x'), "EX", "50000"});
    const auto before = world.everything();
    QStringList limited{QStringLiteral("-c"), QStringLiteral("ulimit -f 300; exec \"$0\" \"$@\""),
                        binaryPath()};
    limited += world.words(QStringLiteral("check"), JobsWorld::atOnce(words("--repair delete")));
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(QStringLiteral("KVSCOPE_STATE"), world.state.path());
    process.setProcessEnvironment(variables);
    process.start(QStringLiteral("bash"), limited);
    const VerbRun run = finished(process);
    EXPECT_EQ(run.exit, 3);
    EXPECT_EQ(run.errorCode(), QStringLiteral("file_unwritable"));
    EXPECT_EQ(world.count(run, "corrupt"), 1);
    EXPECT_EQ(world.everything(), before);
}

TEST(JobVerbs, SampleAboutAsManyAsAsked)
{
    const JobsWorld world(20'000);
    world.warm();
    const VerbRun sampled = world.check(words("--sample 2000"));
    EXPECT_EQ(sampled.exit, 0);
    EXPECT_NEAR(sampled.result()[QStringLiteral("compared")].toInt(), 2'000, 200);
}

TEST(JobVerbs, WriteNothingInADryRun)
{
    const JobsWorld world(500);
    world.server.run({"SET", "user:1", "{\"name\":\"old\",\"age\":1,\"_v\":9}"});
    world.server.run({"SET", "user:2", "{\"name\":\"new\",\"age\":1,\"_v\":11}"});
    const VerbRun dry = world.warm(words("--dry-run"));
    EXPECT_EQ(dry.exit, 0);
    EXPECT_EQ(dry.result()[QStringLiteral("written")].toInt(), 499);
    EXPECT_EQ(dry.result()[QStringLiteral("newer_kept")].toInt(), 1);
    EXPECT_EQ(world.server.run({"DBSIZE"}), "2");
}

TEST(JobVerbs, GoOnWithTheSameSourceOnly)
{
    const JobsWorld world(50);
    const SqliteFile other("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, "
                           "ver INTEGER);");
    for (const bool fills : {true, false}) {
        const VerbRun first = fills ? world.warm() : world.check(words("--repair delete"));
        const QString run = first.result()[QStringLiteral("run")].toString();
        const QStringList again{QStringLiteral("--resume"), run,
                                QStringLiteral("--source"), other.url(),
                                QStringLiteral("--repair"), QStringLiteral("delete")};
        const VerbRun refused = fills ? world.warm(again.first(4)) : world.check(again);
        EXPECT_EQ(refused.exit, 2);
        EXPECT_EQ(refused.errorCode(), QStringLiteral("wrong_usage"));
    }
}

TEST(JobVerbs, KeepNoPassword)
{
    JobsWorld world(1);
    world.writeBinding("postgresql://me:sesame@127.0.0.1:1/shop", {});
    const VerbRun run = world.warm();
    EXPECT_EQ(run.exit, 3);
    EXPECT_EQ(run.out.find("sesame"), Bytes::npos);
    for (const QJsonObject &line : run.lines()) {
        const bool isError = line[QStringLiteral("event")].toString() == QLatin1String("error");
        EXPECT_EQ(isError, !line[QStringLiteral("remedy")].toString().isEmpty());
    }
    EXPECT_EQ(world.runs().out.find("sesame"), Bytes::npos);
    const QDir state(world.state.path());
    int files = 0;
    for (const QString &name : state.entryList({QStringLiteral("journal*")}, QDir::Files)) {
        QFile file(state.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        EXPECT_FALSE(file.readAll().contains("sesame")) << name.toStdString();
        ++files;
    }
    EXPECT_GT(files, 0);
}

TEST(JobVerbs, SayThatTheStoreIsMissing)
{
    const JobsWorld world(1);
    const QString run = world.warm().result()[QStringLiteral("run")].toString();
    for (const QStringList &words : {QStringList{QStringLiteral("warm"), world.binding},
                                     {QStringLiteral("check"), world.binding},
                                     {QStringLiteral("sync"), world.binding},
                                     {QStringLiteral("undo"), run}}) {
        const VerbRun refused = verb(words, {}, world.environment());
        EXPECT_EQ(refused.exit, 2);
        EXPECT_NE(refused.err.find(words[0].toStdString() + " needs --store URL"), Bytes::npos)
            << refused.err;
    }
    const VerbRun undone =
        verb({QStringLiteral("undo"), run, QStringLiteral("--store"), world.server.url()}, {},
             world.environment());
    EXPECT_EQ(undone.exit, 0);
    EXPECT_NE(undone.err.find("has no before-images"), Bytes::npos) << undone.err;
}

} // namespace
} // namespace kvscope
