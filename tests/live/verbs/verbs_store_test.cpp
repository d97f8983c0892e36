// scan, get, set and edit against a real redis-server.
#include "tests/live/verbs/verbrun.h"
#include "tests/support/redisserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <set>

namespace kvscope::test {
namespace {

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

// Waits until the process has handlers for SIGINT and SIGTERM.
bool catchesSignals(qint64 pid)
{
    constexpr qulonglong kWanted = (1ULL << (SIGINT - 1)) | (1ULL << (SIGTERM - 1));
    for (int i = 0; i < 5000; ++i) {
        QFile status(QStringLiteral("/proc/%1/status").arg(pid));
        if (status.open(QIODevice::ReadOnly)) {
            const QByteArray text = status.readAll();
            const QByteArray mask = text.mid(text.indexOf("SigCgt:") + 7).trimmed().left(16);
            if ((mask.toULongLong(nullptr, 16) & kWanted) == kWanted) return true;
        }
        QThread::msleep(2);
    }
    return false;
}

class StoreVerbs : public testing::Test
{
  protected:
    VerbRun run(const char *name, QStringList arguments, const Bytes &input = {})
    {
        return verb(QStringList{utf8(name), m_server.url()} + arguments, input);
    }
    QString file(const Bytes &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("value"));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes.data(), qint64(bytes.size()));
        return path;
    }

    RedisServer m_server;
    QTemporaryDir m_folder;
};

TEST_F(StoreVerbs, ChangeTheSeedCaseAndNothingElse)
{
    EXPECT_EQ(run("set", {utf8("user_1"), utf8("--value"),
                          utf8("{\"name\": \"张三\", \"age\": 30}"), utf8("--create")})
                  .exit,
              0);
    EXPECT_EQ(
        run("edit", {utf8("user_1"), utf8("--path"), utf8("/name"), utf8("--to"), utf8("\"李四\"")})
            .exit,
        0);
    EXPECT_EQ(
        run("edit", {utf8("user_1"), utf8("--path"), utf8("/age"), utf8("--to"), utf8("35")}).exit,
        0);
    EXPECT_EQ(m_server.run({"GET", "user_1"}), "{\"name\": \"李四\", \"age\": 35}");
    EXPECT_EQ(run("get", {utf8("user_1"), utf8("--raw")}).out, "{\"name\": \"李四\", \"age\": 35}");
}

TEST_F(StoreVerbs, EditKeepsDigitsDuplicatesSpacingAndTheTtl)
{
    const Bytes before =
        "{ \"a\" : 1.0,\n\"a\":12345678901234567890123, \"b\":[1,\t2 ], \"c\":1e+05 }\n";
    m_server.run({"SET", "k", before});
    m_server.run({"PEXPIREAT", "k", "4102444800123"});
    const VerbRun edited = run("edit", {utf8("k"), utf8("--path"), utf8("/b/-"), utf8("--to"),
                                        utf8("-0.10"), utf8("--json")});
    EXPECT_EQ(edited.exit, 0);
    EXPECT_TRUE(edited.result()[QStringLiteral("changed")].toBool());
    EXPECT_GT(edited.result()[QStringLiteral("ttl_ms")].toDouble(), 1e9);
    Bytes after = m_server.run({"GET", "k"});
    EXPECT_NE(after.find("-0.10"), Bytes::npos);
    EXPECT_EQ(after.substr(0, before.find("2 ]") + 1), before.substr(0, before.find("2 ]") + 1));
    EXPECT_TRUE(after.ends_with(before.substr(before.find(" ], \"c\""))));
    EXPECT_EQ(m_server.run({"PEXPIRETIME", "k"}), "4102444800123");
    EXPECT_EQ(run("edit", {utf8("k"), utf8("--path"), utf8("/a"), utf8("--to"), utf8("7")}).exit,
              0);
    after = m_server.run({"GET", "k"});
    EXPECT_TRUE(after.starts_with("{ \"a\" : 1.0,\n\"a\":7, "));
}

TEST_F(StoreVerbs, EditShowsTheDiffAndRefusesWhatIsNotThere)
{
    m_server.run({"SET", "k", "{\n  \"a\": 1,\n  \"b\": 2\n}\n"});
    m_server.run({"SET", "broken", "{\"a\":1,}"});
    const VerbRun shown = run("edit", {utf8("k"), utf8("--path"), utf8("/b"), utf8("--to"),
                                       utf8("3"), utf8("--show-diff")});
    EXPECT_NE(shown.out.find("-  \"b\": 2\n+  \"b\": 3\n"), Bytes::npos) << shown.out;
    EXPECT_EQ(run("edit", {utf8("k"), utf8("--path"), utf8("/x/y"), utf8("--to"), utf8("3")}).exit,
              1);
    EXPECT_EQ(
        run("edit", {utf8("nokey"), utf8("--path"), utf8("/a"), utf8("--to"), utf8("3")}).exit, 1);
    EXPECT_EQ(run("edit", {utf8("k"), utf8("--path"), utf8("/a"), utf8("--to"), utf8("03")}).exit,
              1);
    const VerbRun broken = run("edit", {utf8("broken"), utf8("--path"), utf8("/a"), utf8("--to"),
                                        utf8("3"), utf8("--json")});
    EXPECT_EQ(broken.exit, 1);
    EXPECT_EQ(broken.errorCode(), QStringLiteral("invalid_json"));
    EXPECT_EQ(m_server.run({"GET", "broken"}), "{\"a\":1,}");
    EXPECT_EQ(run("edit", {utf8("k"), utf8("--path"), utf8("/a")}).exit, 2);
}

TEST_F(StoreVerbs, ScanPrintsEveryKeyOnceInAFormThatCanBeGivenBack)
{
    const std::vector<Bytes> keys{
        Bytes("nul\0x", 5), "line\nbreak", "\xFF", "a\\b", "*[?", "键", Bytes(65536, 'k'), " "};
    for (const Bytes &key : keys) m_server.run({"SET", key, "of " + key});
    const VerbRun scanned = run("scan", {utf8("--count"), utf8("2")});
    EXPECT_EQ(scanned.exit, 0);
    std::set<Bytes> found;
    for (const QByteArray &line : QByteArray::fromStdString(scanned.out).split('\n')) {
        if (line.isEmpty()) continue;
        const auto key = unescapeBytes(line.toStdString());
        ASSERT_TRUE(key);
        EXPECT_TRUE(found.insert(*key).second);
        const VerbRun got = run("get", {QString::fromUtf8(line), utf8("--raw")});
        EXPECT_TRUE(got.out == "of " + *key) << line.left(40).toStdString();
    }
    EXPECT_EQ(found, std::set<Bytes>(keys.begin(), keys.end()));

    const VerbRun json = run("scan", {utf8("--json"), utf8("--match"), utf8("[^a-z]*")});
    EXPECT_EQ(json.result()[QStringLiteral("keys")].toInt(), 4);
    EXPECT_NE(json.out.find("{\"event\":\"item\",\"key\":{\"base64\":\"/w==\"}}\n"), Bytes::npos)
        << json.out;
}

TEST_F(StoreVerbs, ScanDeliversAHundredThousandKeysOfTheTypeAskedFor)
{
    m_server.run({"EVAL", "for i=1,100000 do redis.call('SET','key:'..i,i) end", "0"});
    m_server.run({"HSET", "h", "f", "v"});
    const VerbRun all = run("scan", {utf8("--json")});
    EXPECT_EQ(all.result()[QStringLiteral("keys")].toInt(), 100'001);
    EXPECT_EQ(run("scan", {utf8("--type"), utf8("hash")}).out, "h\n");
    EXPECT_EQ(run("scan", {utf8("--type"), utf8("nonsense")}).exit, 2);
}

TEST_F(StoreVerbs, GetFormatsValuesAndTellsAboutThem)
{
    m_server.run({"SET", "j", "{\"id\":12345678901234567890,\"x\":1.0}"});
    m_server.run({"SET", "b", Bytes("\xFF\x00\x01", 3)});
    m_server.run({"PEXPIRE", "b", "100000"});
    m_server.run({"RPUSH", "l", "a", "\xFF"});
    EXPECT_NE(run("get", {utf8("j")}).out.find("12345678901234567890"), Bytes::npos);
    EXPECT_TRUE(run("get", {utf8("j")}).out.ends_with("}\n"));
    EXPECT_NE(run("get", {utf8("b")}).out.find("ff 00 01"), Bytes::npos);
    EXPECT_NE(run("get", {utf8("j"), utf8("--format"), utf8("hex")}).out.find("7b 22 69 64"),
              Bytes::npos);
    EXPECT_EQ(run("get", {utf8("b"), utf8("--format"), utf8("json")}).exit, 1);
    EXPECT_EQ(run("get", {utf8("b"), utf8("--format"), utf8("xml")}).exit, 2);
    const QJsonObject text = run("get", {utf8("j"), utf8("--json")}).result();
    EXPECT_EQ(text[QStringLiteral("value")].toString(),
              QStringLiteral("{\"id\":12345678901234567890,\"x\":1.0}"));
    EXPECT_EQ(text[QStringLiteral("type")].toString(), QStringLiteral("string"));
    EXPECT_EQ(text[QStringLiteral("bytes")].toInt(), 35);
    EXPECT_TRUE(text[QStringLiteral("ttl_ms")].isNull());
    const QJsonObject binary = run("get", {utf8("b"), utf8("--json")}).result();
    EXPECT_EQ(binary[QStringLiteral("value")].toObject()[QStringLiteral("base64")].toString(),
              QStringLiteral("/wAB"));
    EXPECT_GT(binary[QStringLiteral("ttl_ms")].toInt(), 1000);
    EXPECT_EQ(run("get", {utf8("l")}).out, "a\n\\xFF\n");
    EXPECT_EQ(run("get", {utf8("nokey")}).exit, 1);
    EXPECT_EQ(run("get", {utf8("bad\\escape")}).exit, 2);
}

TEST_F(StoreVerbs, CarryValuesOfTenMegabytes)
{
    Bytes large = "[\"";
    large.append(10U << 20U, 'x').append("\",1]");
    EXPECT_EQ(run("set", {utf8("k"), utf8("--create"), utf8("--file"), file(large)}).exit, 0);
    EXPECT_EQ(run("edit", {utf8("k"), utf8("--path"), utf8("/1"), utf8("--to"), utf8("22")}).exit,
              0);
    large.replace(large.size() - 2, 1, "22");
    EXPECT_TRUE(run("get", {utf8("k"), utf8("--raw")}).out == large);
    EXPECT_EQ(run("get", {utf8("k"), utf8("--json")}).result()[QStringLiteral("bytes")].toInt(),
              int(large.size()));
}

TEST_F(StoreVerbs, SetKeepsTheTtlAndNeverDeletesByOne)
{
    m_server.run({"SET", "k", "1"});
    m_server.run({"PEXPIREAT", "k", "4102444800123"});
    EXPECT_EQ(run("set", {utf8("k"), utf8("--value"), utf8("2")}).exit, 0);
    EXPECT_EQ(m_server.run({"PEXPIRETIME", "k"}), "4102444800123");
    for (const char *ttl : {"0", "-1", "-5s", "0ms"}) {
        const VerbRun refused = run("set", {utf8("k"), utf8("--value"), utf8("3"), utf8("--ttl"),
                                            utf8(ttl), utf8("--json")});
        EXPECT_EQ(refused.exit, 1) << ttl;
        EXPECT_EQ(refused.errorCode(), QStringLiteral("ttl_refused")) << ttl;
        refused.result();
    }
    EXPECT_EQ(m_server.run({"GET", "k"}), "2");
    const QJsonObject timed = run("set", {utf8("k"), utf8("--value"), utf8("2"), utf8("--ttl"),
                                          utf8("2m"), utf8("--json")})
                                  .result();
    EXPECT_EQ(timed[QStringLiteral("ttl_ms")].toInt(), 120'000);
    EXPECT_FALSE(run("set", {utf8("k"), utf8("--value"), utf8("2"), utf8("--json")})
                     .result()[QStringLiteral("changed")]
                     .toBool());
}

TEST_F(StoreVerbs, SetNeedsCreateForANewKeyAndLeavesOtherTypesAlone)
{
    EXPECT_EQ(run("set", {utf8("k"), utf8("--value"), utf8("1")}).exit, 1);
    EXPECT_EQ(m_server.run({"EXISTS", "k"}), "0");
    EXPECT_EQ(
        run("set", {utf8("k"), utf8("--file"), utf8("-"), utf8("--create")}, Bytes("\0\xFF", 2))
            .exit,
        0);
    EXPECT_EQ(m_server.run({"GET", "k"}), Bytes("\0\xFF", 2));
    m_server.run({"HSET", "h", "f", "v"});
    const VerbRun refused =
        run("set", {utf8("h"), utf8("--value"), utf8("1"), utf8("--create"), utf8("--json")});
    EXPECT_EQ(refused.exit, 1);
    EXPECT_EQ(refused.errorCode(), QStringLiteral("wrong_type"));
    const VerbRun edited =
        run("edit", {utf8("h"), utf8("--path"), utf8("/f"), utf8("--to"), utf8("1")});
    EXPECT_EQ(edited.exit, 1);
    EXPECT_NE(edited.err.find("holds a value of type hash"), Bytes::npos) << edited.err;
    EXPECT_NE(edited.err.find("Only string values"), Bytes::npos) << edited.err;
    EXPECT_EQ(m_server.run({"TYPE", "h"}), "hash");
    EXPECT_EQ(run("set", {utf8("k")}).exit, 2);
    EXPECT_EQ(run("set", {utf8("k"), utf8("--value"), utf8("1"), utf8("--ttl"), utf8("soon")}).exit,
              2);
}

TEST_F(StoreVerbs, EndWithAResultLineWhenInterrupted)
{
    m_server.freeze();
    QProcess process;
    startVerb(process, {utf8("get"), m_server.url(), utf8("k"), utf8("--json")});
    ASSERT_TRUE(process.waitForStarted());
    // The handlers are installed before the connection is tried.
    ASSERT_TRUE(catchesSignals(process.processId()));
    ::kill(pid_t(process.processId()), SIGINT);
    const VerbRun run = finished(process);
    m_server.thaw();
    EXPECT_EQ(run.exit, 4);
    run.result();
}

TEST(VerbPassword, ComesFromTheUrlOrTheEnvironmentAndIsShownNowhere)
{
    RedisServer server({utf8("--requirepass"), utf8("s3cret")});
    server.setCredentials({}, "s3cret");
    server.run({"SET", "k", "v"});
    EXPECT_EQ(verb({utf8("get"), server.url(), utf8("k")}).exit, 3);
    EXPECT_EQ(
        verb({utf8("get"), server.url(), utf8("k")}, {}, {utf8("KVSCOPE_PASSWORD=s3cret")}).out,
        "v\n");
    EXPECT_EQ(verb({utf8("get"), server.url(utf8(":s3cret")), utf8("k")}).out, "v\n");
    const VerbRun wrong =
        verb({utf8("get"), server.url(utf8(":wr0ng")), utf8("k"), utf8("--json")});
    EXPECT_EQ(wrong.exit, 3);
    EXPECT_EQ((wrong.out + wrong.err).find("wr0ng"), Bytes::npos);

    server.freeze();
    QProcess process;
    startVerb(process, {utf8("get"), server.url(utf8(":s3cret")), utf8("k")});
    ASSERT_TRUE(process.waitForStarted());
    QByteArray shown;
    for (int i = 0; i < 2000 && !shown.contains(":*@"); ++i) {
        QFile file(QStringLiteral("/proc/%1/cmdline").arg(process.processId()));
        if (file.open(QIODevice::ReadOnly)) shown = file.readAll();
        QThread::msleep(2);
    }
    EXPECT_TRUE(shown.contains("redis://:*@127.0.0.1"));
    EXPECT_FALSE(shown.contains("s3cret"));
    server.thaw();
    EXPECT_EQ(finished(process).out, "v\n");
}

} // namespace
} // namespace kvscope::test
