// What verbs do without a server: usage, files, the scenario on the engine, the list of benches.
#include "tests/live/verbs/verbrun.h"

#include <QFile>
#include <QTemporaryDir>

namespace kvscope::test {
namespace {

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

TEST(Verbs, SayWhatTheyCannotDoAndExitWithTwo)
{
    const QString url = utf8("engine:");
    for (const QStringList &arguments : {QStringList{utf8("nonsense")},
                                         {utf8("warm"), utf8("b.json")},
                                         {utf8("serve")},
                                         {utf8("undo"), utf8("1")},
                                         {utf8("scan")},
                                         {utf8("scan"), url, utf8("--bogus")},
                                         {utf8("scan"), url, utf8("--count"), utf8("0")},
                                         {utf8("scan"), utf8("redis+cluster://a:1")},
                                         {utf8("scan"), utf8("nonsense://a")},
                                         {utf8("get"), url},
                                         {utf8("scenario"), utf8("nonsense")},
                                         {utf8("bench"), utf8("nonsense")},
                                         {utf8("bench")},
                                         {utf8("--bogus")},
                                         {utf8("--page"), utf8("console")},
                                         {utf8("--size"), utf8("0x0")}}) {
        const VerbRun run = verb(arguments);
        EXPECT_EQ(run.exit, 2) << arguments.join(u' ').toStdString();
        EXPECT_EQ(run.out, "") << arguments.join(u' ').toStdString();
        EXPECT_NE(run.err, "") << arguments.join(u' ').toStdString();
    }
    const VerbRun json = verb({utf8("warm"), utf8("b.json"), utf8("--json")});
    EXPECT_EQ(json.errorCode(), QStringLiteral("wrong_usage"));
    json.result();
}

TEST(Verbs, SayWhenAServerCannotBeReached)
{
    const VerbRun run = verb({utf8("get"), utf8("redis://127.0.0.1:1"), utf8("k"), utf8("--json")});
    EXPECT_EQ(run.exit, 3);
    EXPECT_EQ(run.errorCode(), QStringLiteral("connection_refused"));
    run.result();
}

TEST(Verbs, HelpEverywhereAndTellTheVersion)
{
    EXPECT_NE(verb({utf8("--help")}).out.find("kvscope scan URL"), Bytes::npos);
    EXPECT_NE(verb({utf8("edit"), utf8("--help")}).out.find("--path POINTER"), Bytes::npos);
    EXPECT_EQ(verb({utf8("--version")}).out, "kvscope " KVSCOPE_VERSION "\n");
}

TEST(Verbs, TakeAnOptionsValueForNothingElse)
{
    const QStringList set{utf8("set"), utf8("engine:"), utf8("k"), utf8("--create"),
                          utf8("--value")};
    const VerbRun help = verb(set + QStringList{utf8("--help")});
    EXPECT_EQ(help.exit, 0);
    EXPECT_EQ(help.out.find("--ttl"), Bytes::npos) << help.out;
    const VerbRun json = verb(set + QStringList{utf8("--json")});
    EXPECT_EQ(json.exit, 0);
    EXPECT_FALSE(json.out.starts_with('{')) << json.out;
    const VerbRun version = verb(set + QStringList{utf8("--version"), utf8("--json")});
    EXPECT_EQ(version.exit, 0);
    version.result();
    EXPECT_EQ(verb({utf8("get"), utf8("--version")}).out, "kvscope " KVSCOPE_VERSION "\n");
    EXPECT_NE(verb({utf8("set"), utf8("--bogus"), utf8("--help")}).out.find("--ttl"), Bytes::npos);
}

TEST(Verbs, RefuseATtlThatNoStoreCanHold)
{
    const VerbRun run =
        verb({utf8("set"), utf8("engine:"), utf8("k"), utf8("--value"), utf8("v"), utf8("--create"),
              utf8("--ttl"), utf8("9223372036854775"), utf8("--json")});
    EXPECT_EQ(run.exit, 1);
    EXPECT_EQ(run.errorCode(), QStringLiteral("ttl_refused"));
}

TEST(Verbs, FindTheEngineEmpty)
{
    EXPECT_EQ(verb({utf8("scan"), utf8("engine:"), utf8("--json")})
                  .result()[QStringLiteral("keys")]
                  .toInt(-1),
              0);
    EXPECT_EQ(verb({utf8("set"), utf8("engine:?memory=1mb&policy=lfu"), utf8("k"), utf8("--value"),
                    utf8("v"), utf8("--create")})
                  .exit,
              0);
    EXPECT_EQ(verb({utf8("get"), utf8("engine:"), utf8("k")}).exit, 1);
}

TEST(JsonVerb, PrintsAValidDocumentByteForByte)
{
    const Bytes text = " {\"a\" : [1.0 , 1e400],\r\n\t\"a\": \"\\u00e9\\/\", \"\":{}}\n\n";
    const VerbRun run = verb({utf8("json"), utf8("-")}, text);
    EXPECT_EQ(run.exit, 0);
    EXPECT_EQ(run.out, text);
    EXPECT_EQ(run.err, "");
    const VerbRun set =
        verb({utf8("json"), utf8("-"), utf8("--set"), utf8("/a"), utf8("[ ]")}, text);
    EXPECT_EQ(set.out, " {\"a\" : [1.0 , 1e400],\r\n\t\"a\": [ ], \"\":{}}\n\n");
    EXPECT_EQ(verb({utf8("json"), utf8("-"), utf8("--set"), utf8("/x/y"), utf8("1")}, text).exit,
              1);
}

TEST(JsonVerb, SaysWhereAndWhyADocumentIsInvalid)
{
    const VerbRun run = verb({utf8("json"), utf8("-")}, "{\n  \"a\": 01\n}");
    EXPECT_EQ(run.exit, 1);
    EXPECT_EQ(run.out, "");
    EXPECT_TRUE(run.err.starts_with("2:")) << run.err;
    const QJsonObject result = verb({utf8("json"), utf8("-"), utf8("--json")}, "[1,\n2,]").result();
    EXPECT_FALSE(result[QStringLiteral("valid")].toBool(true));
    EXPECT_EQ(result[QStringLiteral("line")].toInt(), 2);
    EXPECT_FALSE(result[QStringLiteral("reason")].toString().isEmpty());
    EXPECT_EQ(verb({utf8("json"), utf8("-")}, "\xEF\xBB\xBF{}").exit, 1);
    EXPECT_EQ(verb({utf8("json"), utf8("-")}, "\"\xFF\"").exit, 1);
    EXPECT_EQ(verb({utf8("json"), utf8("-")}, "").exit, 1);
    EXPECT_EQ(verb({utf8("json"), utf8("/no/such/file")}).exit, 3);
    const Bytes deep = Bytes(5000, '[') + Bytes(5000, ']');
    EXPECT_EQ(verb({utf8("json"), utf8("-")}, deep).out, deep);
}

TEST(ScenarioVerb, MeasuresAShortRunOnTheEngine)
{
    QTemporaryDir state;
    for (const char *scenario : {"search", "recommend"}) {
        const VerbRun run =
            verb({utf8("scenario"), utf8(scenario), utf8("--for"), utf8("3s"), utf8("--json")}, {},
                 {utf8("KVSCOPE_STATE=") + state.path()});
        EXPECT_EQ(run.exit, 0) << run.err;
        const QJsonObject result = run.result();
        for (const char *name : {"ops", "hits", "misses", "hit_ratio", "p50_us", "p99_us",
                                 "p999_us", "model_us", "measured_us", "model_error"})
            EXPECT_TRUE(result[QLatin1String(name)].isDouble()) << scenario << ": " << name;
        EXPECT_GT(result[QStringLiteral("ops")].toInt(), 0);
        EXPECT_EQ(result[QStringLiteral("hits")].toInt() + result[QStringLiteral("misses")].toInt(),
                  result[QStringLiteral("ops")].toInt());
    }
}

TEST(ScenarioVerb, HasNoModelForARunTooShortForOne)
{
    QTemporaryDir state;
    const VerbRun run =
        verb({utf8("scenario"), utf8("search"), utf8("--for"), utf8("100ms"), utf8("--json")}, {},
             {utf8("KVSCOPE_STATE=") + state.path()});
    EXPECT_EQ(run.exit, 0) << run.err;
    for (const char *name : {"model_us", "measured_us", "model_error"})
        EXPECT_TRUE(run.result()[QLatin1String(name)].isNull()) << name;
}

TEST(BenchVerb, ListsItsCases)
{
    const VerbRun run = verb({utf8("bench"), utf8("list"), utf8("--json")});
    EXPECT_EQ(run.exit, 0);
    run.result();
    EXPECT_GE(run.lines().size(), 2U);
    EXPECT_NE(run.out.find("\"case\":\"scan\""), Bytes::npos);
}

} // namespace
} // namespace kvscope::test
