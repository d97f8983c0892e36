// scenario chatbot: KV blocks in the built-in engine and in a real Redis.
#include "tests/live/verbs/verbrun.h"
#include "tests/support/redisserver.h"

#include <QFile>
#include <QTemporaryDir>

namespace kvscope::test {
namespace {

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

class ChatbotVerb : public testing::Test
{
  protected:
    void SetUp() override
    {
        const QString model =
            QCoreApplication::applicationDirPath() + utf8("/../resources/model/kvscope.gguf");
        if (!QFile::exists(model)) GTEST_SKIP() << "no model in resources/model";
    }
    VerbRun run(const QStringList &more)
    {
        return verb(QStringList{utf8("scenario"), utf8("chatbot"), utf8("--for"), utf8("3s"),
                                utf8("--json")} +
                        more,
                    {}, {utf8("KVSCOPE_STATE=") + m_state.path()});
    }
    static void expectFigures(const QJsonObject &result)
    {
        for (const char *name : {"ops", "hits", "misses", "hit_ratio", "p50_us", "p99_us",
                                 "p999_us", "model_us", "measured_us", "model_error", "turns",
                                 "prompt_tokens", "saved_tokens", "ttft_p50_ms", "ttft_p99_ms"})
            EXPECT_TRUE(result[QLatin1String(name)].isDouble()) << name;
        EXPECT_EQ(result[QLatin1String("ops")].toInt(),
                  result[QLatin1String("hits")].toInt() + result[QLatin1String("misses")].toInt());
        EXPECT_EQ(result[QLatin1String("saved_tokens")].toInt(),
                  16 * result[QLatin1String("hits")].toInt());
        EXPECT_GT(result[QLatin1String("turns")].toInt(), 0);
        EXPECT_EQ(result[QLatin1String("errors")].toInt(), 0);
    }

    QTemporaryDir m_state;
};

TEST_F(ChatbotVerb, MeasuresBlocksOnTheEngine)
{
    const VerbRun ran = run({});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    expectFigures(ran.result());
}

TEST_F(ChatbotVerb, KeepsItsBlocksInRedisWhereAnotherRunFindsThem)
{
    RedisServer server;
    const VerbRun first = run({utf8("--store"), server.url()});
    EXPECT_EQ(first.exit, 0) << first.err;
    expectFigures(first.result());
    const QString keys = QString::fromStdString(server.run({"KEYS", "*"}));
    ASSERT_FALSE(keys.trimmed().isEmpty());
    for (const QString &key : keys.split(u'\n', Qt::SkipEmptyParts))
        EXPECT_TRUE(key.trimmed().startsWith(QStringLiteral("kv:"))) << key.toStdString();
    const QString ttl = QString::fromStdString(
        server.run({"PTTL", keys.section(u'\n', 0, 0).trimmed().toStdString()}));
    EXPECT_GT(ttl.toLongLong(), 0);

    const VerbRun again = run({utf8("--store"), server.url()});
    EXPECT_GT(again.result()[QLatin1String("hit_ratio")].toDouble(),
              first.result()[QLatin1String("hit_ratio")].toDouble());
}

TEST_F(ChatbotVerb, EndsWithWhatItHasAtCtrlC)
{
    QProcess process;
    startVerb(process,
              {utf8("scenario"), utf8("chatbot"), utf8("--for"), utf8("1m"), utf8("--json")},
              {utf8("KVSCOPE_STATE=") + m_state.path()});
    QByteArray seen;
    while (!seen.contains("\"ops\":") && process.waitForReadyRead(30'000))
        seen += process.readAllStandardOutput();
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const VerbRun ended = finished(process);
    EXPECT_EQ(ended.exit, 4);
}

} // namespace
} // namespace kvscope::test
