// Bad input of every kind: a clear sentence, and nothing half-done that is not listed.
#include "tests/live/verbs/jobsworld.h"
#include "tests/support/postgresserver.h"

#include <QFile>

#include <sys/mount.h>

namespace kvscope {
namespace {

using namespace test;

/// A world whose binding reads `rows`.
void ask(JobsWorld &world, const Bytes &rows, const Bytes &key = "user:{id}",
         const Bytes &fields = "[\"name\",\"age\"]", const Bytes &order = "[\"id\"]")
{
    QFile out(world.binding);
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(QByteArray::fromStdString(
        "{\"name\":\"users\",\"source\":\"" + world.file.url().toStdString() + "\",\"rows\":\"" +
        rows + "\",\"order\":" + order + ",\"key\":\"" + key +
        "\",\"value\":{\"type\":\"json\",\"fields\":" + fields + "},\"version\":\"ver\"}"));
}

QStringList verbsOfJobs()
{
    return {QStringLiteral("warm"), QStringLiteral("check"), QStringLiteral("sync")};
}

VerbRun run(const JobsWorld &world, const QString &name)
{
    QStringList more;
    if (name == QLatin1String("check")) more = JobsWorld::atOnce({});
    if (name == QLatin1String("sync")) more = {QStringLiteral("--for"), QStringLiteral("300ms")};
    return verb(world.words(name, more), {}, world.environment());
}

QString sentenceOf(const VerbRun &run)
{
    for (const QJsonObject &line : run.lines())
        if (line[QStringLiteral("event")].toString() == QLatin1String("error"))
            return line[QStringLiteral("message")].toString();
    return {};
}

/// Every verb that runs jobs ends with the code and a sentence that names `named`, and touches
/// nothing.
void expectRefused(JobsWorld &world, int exit, const char *code, const char *named)
{
    for (const QString &name : verbsOfJobs()) {
        const VerbRun ended = run(world, name);
        EXPECT_EQ(ended.exit, exit) << name.toStdString();
        EXPECT_EQ(ended.errorCode(), QLatin1String(code)) << name.toStdString();
        EXPECT_TRUE(sentenceOf(ended).contains(QLatin1String(named)))
            << sentenceOf(ended).toStdString();
    }
    EXPECT_EQ(world.server.run({"DBSIZE"}), "0");
}

TEST(BadInput, OfAWrongQueryIsSaidInTheWordsOfTheDatabase)
{
    JobsWorld world(10);
    ask(world, "SELECT id, name, age, ver FORM users");
    expectRefused(world, 3, "source_failed", "syntax error");
    ask(world, "SELECT id, name, age, ver FROM nobody");
    expectRefused(world, 3, "source_failed", "nobody");
}

TEST(BadInput, OfAMissingColumnNamesItAndThoseThereAre)
{
    JobsWorld world(10);
    ask(world, "SELECT id, name, ver FROM users");
    expectRefused(world, 3, "column_missing", "age");
}

TEST(BadInput, OfNullsIsRefusedInTheOrderAndListedInTheKey)
{
    JobsWorld world(10);
    ask(world, "SELECT nullif(id, 7) AS id, name, age, ver FROM users");
    expectRefused(world, 3, "order_is_null", "id");
    // Without a key there is no entry; all others are filled.
    ask(world, "SELECT id, nullif(id, 7) AS part, name, age, ver FROM users", "user:{part}");
    const VerbRun filled = run(world, QStringLiteral("warm"));
    EXPECT_EQ(filled.exit, 0);
    EXPECT_EQ(filled.result()[QStringLiteral("written")].toInt(), 9);
    EXPECT_EQ(filled.result()[QStringLiteral("skipped")].toInt(), 1);
    const VerbRun checked = run(world, QStringLiteral("check"));
    EXPECT_EQ(checked.exit, 1);
    EXPECT_EQ(world.count(checked, "match"), 9);
    EXPECT_EQ(world.count(checked, "unknown"), 1);
    bool listed = false;
    for (const QJsonObject &line : checked.lines())
        listed |= line[QStringLiteral("remark")].toString().contains(QLatin1String("id = 7"));
    EXPECT_TRUE(listed) << checked.out;
    // In a value it is null.
    ask(world, "SELECT id, nullif(name, 'name 3') AS name, age, ver FROM users", "value:{id}");
    EXPECT_EQ(run(world, QStringLiteral("warm")).exit, 0);
    EXPECT_EQ(world.server.run({"GET", "value:3"}), "{\"name\":null,\"age\":3}");
}

TEST(BadInput, OfKeysThatRowsShareIsToldByName)
{
    JobsWorld world(10);
    ask(world, "SELECT id, id / 2 AS half, name, age, ver FROM users", "user:{half}");
    EXPECT_EQ(run(world, QStringLiteral("warm")).result()[QStringLiteral("written")].toInt(), 6);
    const VerbRun checked = run(world, QStringLiteral("check"));
    EXPECT_EQ(checked.exit, 1);
    EXPECT_EQ(checked.result()[QStringLiteral("duplicate_keys")].toInt(), 4);
    EXPECT_EQ(world.count(checked, "unknown"), 4); // of 2|3, 4|5, 6|7 and 8|9: one each agrees
    QStringList keys;
    for (const QJsonObject &line : checked.lines())
        if (line[QStringLiteral("class")].toString() == QLatin1String("unknown"))
            keys << line[QStringLiteral("key")].toString();
    keys.sort();
    EXPECT_EQ(keys.join(u' '), QStringLiteral("user:1 user:2 user:3 user:4"));
}

TEST(BadInput, OfAnotherEncodingIsListedAndNeverGuessedAt)
{
    JobsWorld world(10);
    world.file.run("UPDATE users SET name = CAST(x'636166e9' AS TEXT) WHERE id = 4"); // Latin-1
    const VerbRun filled = run(world, QStringLiteral("warm"));
    EXPECT_EQ(filled.exit, 0);
    EXPECT_EQ(filled.result()[QStringLiteral("written")].toInt(), 9);
    EXPECT_EQ(filled.result()[QStringLiteral("skipped")].toInt(), 1);
    EXPECT_EQ(world.server.run({"EXISTS", "user:4"}), "0");
    const VerbRun checked = run(world, QStringLiteral("check"));
    EXPECT_EQ(checked.exit, 1);
    EXPECT_EQ(world.count(checked, "unknown"), 1);
    EXPECT_NE(checked.out.find("UTF-8"), Bytes::npos) << checked.out;
}

TEST(BadInput, OfNumbersWiderThanADoubleLosesNoDigit)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    PostgresServer postgres;
    postgres.run("CREATE TABLE users(id int PRIMARY KEY, name numeric(60, 20), age int8, ver int);"
                 "INSERT INTO users VALUES"
                 "(1, 1234567890123456789012345678901234567890.12345678901234567890,"
                 " 9223372036854775807, 1), (2, 0.1, -9223372036854775808, 1)");
    JobsWorld world(1);
    world.writeBinding(postgres.url().toStdString(), {});
    ASSERT_EQ(run(world, QStringLiteral("warm")).exit, 0);
    EXPECT_EQ(world.server.run({"GET", "user:1"}),
              "{\"name\":1234567890123456789012345678901234567890.12345678901234567890,"
              "\"age\":9223372036854775807}");
    EXPECT_EQ(run(world, QStringLiteral("check")).exit, 0);
    // One unit in the last place is a difference, a nought behind it is none.
    world.server.run({"SET", "user:1",
                      "{\"name\":1234567890123456789012345678901234567890.12345678901234567891,"
                      "\"age\":9223372036854775807}"});
    world.server.run({"SET", "user:2", "{\"name\":0.1,\"age\":-9223372036854775808.0}"});
    const VerbRun checked = run(world, QStringLiteral("check"));
    EXPECT_EQ(world.count(checked, "stale"), 1);
    EXPECT_EQ(world.count(checked, "match"), 1);
}

TEST(BadInput, OfValuesOfAMegabyteTravelsWhole)
{
    JobsWorld world(1);
    world.file.run("INSERT INTO users SELECT id + 1, replace(hex(zeroblob(524288)), '00', 'ab'), "
                   "1, 1 FROM users; UPDATE users SET name = 'small' WHERE id = 1;");
    ASSERT_EQ(run(world, QStringLiteral("warm")).exit, 0);
    EXPECT_GT(std::stoll(world.server.run({"STRLEN", "user:2"})), 1'048'576);
    EXPECT_EQ(run(world, QStringLiteral("check")).exit, 0);
    world.server.run({"SETRANGE", "user:2", "500000", "x"});
    const VerbRun checked = run(world, QStringLiteral("check"));
    EXPECT_EQ(checked.exit, 1);
    EXPECT_EQ(world.count(checked, "diverged"), 1);
}

/// A disk of two megabytes.
class SmallDisk
{
  public:
    explicit SmallDisk(const QString &folder) : m_folder(folder.toLocal8Bit())
    {
        m_there = ::mount("tmpfs", m_folder.constData(), "tmpfs", 0, "size=2m") == 0;
    }
    ~SmallDisk()
    {
        if (m_there) ::umount2(m_folder.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isThere() const { return m_there; }
    void fill()
    {
        QFile file(ballast());
        EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (file.write(QByteArray(4'096, 'x')) == 4'096) {
        }
    }
    void makeRoom() { QFile::remove(ballast()); }

  private:
    QString ballast() const
    {
        return QString::fromLocal8Bit(m_folder) + QStringLiteral("/ballast");
    }
    QByteArray m_folder;
    bool m_there = false;
};

TEST(BadInput, OfAFullDiskEndsWithASentenceAndGoesOnOnceThereIsRoom)
{
    JobsWorld world(5'000, {}, {});
    QTemporaryDir folder;
    SmallDisk disk(folder.path());
    if (!disk.isThere()) GTEST_SKIP() << "a file system can be mounted by root alone";
    const QStringList environment{QStringLiteral("KVSCOPE_STATE=") + folder.path()};
    const auto carryOut = [&](const QString &name, QStringList more) {
        if (name == QLatin1String("check")) more = JobsWorld::atOnce(more);
        return verb(world.words(name, more), {}, environment);
    };
    // No room for a journal at all: nothing is begun.
    disk.fill();
    for (const QString &name : verbsOfJobs()) {
        const VerbRun refused = carryOut(name, {});
        EXPECT_EQ(refused.exit, 3) << name.toStdString();
        EXPECT_EQ(refused.errorCode(), QStringLiteral("file_unwritable")) << refused.out;
    }
    EXPECT_EQ(world.server.run({"DBSIZE"}), "0");
    disk.makeRoom();
    ASSERT_EQ(carryOut(QStringLiteral("warm"), {}).exit, 0);
    // No room for before-images: nothing is repaired, and what differs is told all the same.
    for (int i = 1; i <= 100; ++i)
        world.server.run({"SET", "user:" + std::to_string(i), Bytes(60'000, 'x')});
    const auto before = world.everything();
    const VerbRun full =
        carryOut(QStringLiteral("check"), {QStringLiteral("--repair"), QStringLiteral("delete")});
    EXPECT_EQ(full.exit, 3);
    EXPECT_EQ(full.errorCode(), QStringLiteral("file_unwritable"));
    EXPECT_EQ(world.count(full, "corrupt"), 100);
    const int repaired = full.result()[QStringLiteral("repaired")].toInt(-1);
    EXPECT_EQ(world.server.run({"DBSIZE"}), std::to_string(5'000 - repaired));
    if (repaired > 0) {
        const VerbRun undone =
            verb({QStringLiteral("undo"), full.result()[QStringLiteral("run")].toString(),
                  QStringLiteral("--store"), world.server.url(), QStringLiteral("--json")},
                 {}, environment);
        EXPECT_EQ(undone.result()[QStringLiteral("restored")].toInt(), repaired);
    }
    EXPECT_EQ(world.everything(), before);
}

} // namespace
} // namespace kvscope
