// The lab's verbs, run as a script would: on the sample where it is beside the checkout, and on a
// model with random weights everywhere.
#include "tests/live/verbs/verbrun.h"
#include "tests/support/redisserver.h"
#include "tests/unit/llm/modelwriter.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kvscope::test {
namespace {

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

class LabVerbs : public testing::Test
{
  protected:
    void SetUp() override
    {
        QFile file(model());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        const std::string bytes = random.write();
        file.write(bytes.data(), qint64(bytes.size()));
    }
    QString model() const { return folder.filePath(utf8("random.gguf")); }
    VerbRun run(const char *name, QStringList arguments) const
    {
        return verb(QStringList{utf8(name), utf8("--model"), model(), utf8("--json")} + arguments);
    }
    QJsonObject lab(const QStringList &arguments) const
    {
        const VerbRun done = run("lab", QStringList{utf8("--prompt"), prompt()} + arguments);
        EXPECT_EQ(done.exit, 0) << done.out << done.err;
        return done.result();
    }
    static QString prompt()
    {
        return utf8("one two three four five six seven eight nine");
    } // 45 tokens and more

    llm::test::RandomModel random{.vocab = 400};
    QTemporaryDir folder;
};

TEST_F(LabVerbs, GenerateAndAccountForTheCache)
{
    const QJsonObject result = lab({utf8("--tokens"), utf8("20")});
    EXPECT_EQ(result[utf8("tokens")].toInt(), 20);
    EXPECT_EQ(result[utf8("token_ids")].toArray().size(), 20);
    const int prompted = result[utf8("prompt_tokens")].toInt();
    EXPECT_GT(prompted, 40);
    const qint64 payload = 2 * 2 * 2 * 16 * 4 * (prompted + 19);
    EXPECT_EQ(result[utf8("kv_payload_bytes")].toInteger(), payload);
    EXPECT_EQ(result[utf8("kv_bytes_formula")].toInteger(), payload);
    EXPECT_EQ(result[utf8("kv_bytes")].toInteger(), payload +
                                                        result[utf8("kv_scale_bytes")].toInteger() +
                                                        result[utf8("kv_slack_bytes")].toInteger());
    for (const char *key : {"prefill_tps", "decode_tps", "ttft_ms"})
        EXPECT_GT(result[utf8(key)].toDouble(), 0) << key;
    EXPECT_TRUE(result.contains(utf8("text")));
    EXPECT_EQ(result[utf8("prefix_hit_tokens")].toInt(), 0);
}

TEST_F(LabVerbs, EveryCacheAndFormatRuns)
{
    const QJsonArray full = lab({utf8("--tokens"), utf8("10")})[utf8("token_ids")].toArray();
    for (const char *cache : {"off", "window:1000", "sinks:4+1000", "h2o:1000", "snapkv:1000",
                              "keynorm:1000", "random:1000"})
        EXPECT_EQ(
            lab({utf8("--tokens"), utf8("10"), utf8("--cache"), utf8(cache)})[utf8("token_ids")]
                .toArray(),
            full)
            << cache;
    for (const char *kv : {"f16", "q8", "q4", "kivi2"}) {
        const QJsonObject result =
            lab({utf8("--tokens"), utf8("10"), utf8("--kv"), utf8(kv), utf8("--rotate")});
        EXPECT_EQ(result[utf8("kv_payload_bytes")], result[utf8("kv_bytes_formula")]) << kv;
    }
    const QJsonObject small =
        lab({utf8("--tokens"), utf8("40"), utf8("--cache"), utf8("window:32")});
    EXPECT_EQ(small[utf8("kv_cells")].toInt(), 32);
    EXPECT_EQ(lab({utf8("--tokens"), utf8("10"), utf8("--threads"), utf8("2")})[utf8("token_ids")]
                  .toArray(),
              full);
    const auto hot = [&] {
        return lab({utf8("--tokens"), utf8("30"), utf8("--temp"), utf8("1.5"), utf8("--seed"),
                    utf8("3")})[utf8("token_ids")]
            .toArray();
    };
    EXPECT_EQ(hot(), hot());
}

TEST_F(LabVerbs, APrefixInRedisIsHitAfterARestart)
{
    RedisServer server;
    const QStringList arguments{utf8("--tokens"), utf8("20"), utf8("--prefix-store"), server.url()};
    const QJsonObject cold = lab(arguments);
    EXPECT_EQ(cold[utf8("prefix_hit_tokens")].toInt(), 0);
    const QJsonObject warm = lab(arguments);
    EXPECT_EQ(warm[utf8("prefix_hit_tokens")].toInt(),
              (warm[utf8("prompt_tokens")].toInt() - 1) / 16 * 16);
    EXPECT_EQ(warm[utf8("token_ids")], cold[utf8("token_ids")]);
    const VerbRun keys = verb({utf8("scan"), server.url(), utf8("--match"), utf8("kv:*")});
    EXPECT_GE(std::count(keys.out.begin(), keys.out.end(), '\n'), 3);
    EXPECT_EQ(lab({utf8("--tokens"), utf8("20"), utf8("--prefix-store"),
                   utf8("engine:")})[utf8("token_ids")],
              cold[utf8("token_ids")]);
}

TEST_F(LabVerbs, LogitsComeAsItemsOrAsFloats)
{
    const QString out = folder.filePath(utf8("logits.f32"));
    const QStringList tokens{utf8("--tokens"), utf8("1,20,30,300")};
    const VerbRun items = run("lab-logits", tokens);
    EXPECT_EQ(items.exit, 0);
    EXPECT_EQ(items.result()[utf8("vocab")].toInt(), 400);
    ASSERT_EQ(items.lines().size(), 5U);
    EXPECT_EQ(run("lab-logits", tokens + QStringList{utf8("--out"), out}).exit, 0);
    QFile file(out);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    ASSERT_EQ(bytes.size(), 4 * 400 * 4);
    for (int position = 0; position < 4; ++position) {
        const QJsonObject item = items.lines()[std::size_t(position)];
        EXPECT_EQ(item[utf8("event")].toString(), utf8("item"));
        EXPECT_EQ(item[utf8("position")].toInt(), position);
        const QJsonArray logits = item[utf8("logits")].toArray();
        ASSERT_EQ(logits.size(), 400);
        for (int v = 0; v < 400; ++v) {
            float value = 0;
            std::memcpy(&value, bytes.data() + (position * 400 + v) * 4, 4);
            ASSERT_EQ(float(logits[v].toDouble()), value);
        }
    }
    const VerbRun text =
        verb({utf8("lab-logits"), utf8("--model"), model(), utf8("--tokens"), utf8("1,2")});
    EXPECT_EQ(std::count(text.out.begin(), text.out.end(), '\n'), 2);
    EXPECT_EQ(std::count(text.out.begin(), text.out.end(), ','), 2 * 399);
}

TEST_F(LabVerbs, TokensAndPerplexity)
{
    const VerbRun tokens = run("lab-tokens", {utf8("--text"), utf8("A")});
    EXPECT_EQ(tokens.result()[utf8("tokens")].toArray(),
              (QJsonArray{3 + 0xE2, 3 + 0x96, 3 + 0x81, 3 + 'A'}));
    EXPECT_EQ(run("lab-tokens", {utf8("--text"), QString()}).result()[utf8("tokens")].toArray(),
              QJsonArray());
    const QString path = folder.filePath(utf8("text.txt"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("It is a truth universally acknowledged. ").repeated(20));
    file.close();
    const auto measured = [&](const QStringList &more) {
        const VerbRun done =
            run("lab-perplexity",
                QStringList{utf8("--text"), path, utf8("--context"), utf8("64")} + more);
        EXPECT_EQ(done.exit, 0) << done.out;
        return done.result();
    };
    const QJsonObject plain = measured({});
    const double nats = plain[utf8("nats_per_token")].toDouble();
    EXPECT_NEAR(plain[utf8("perplexity")].toDouble(), std::exp(nats), 1e-6 * std::exp(nats));
    EXPECT_EQ(plain[utf8("bytes")].toInt(), 800);
    EXPECT_NEAR(plain[utf8("bits_per_byte")].toDouble(),
                nats * plain[utf8("tokens")].toDouble() / std::log(2) / 800, 1e-9);
    EXPECT_EQ(measured({utf8("--cache"), utf8("window:64")})[utf8("nats_per_token")].toDouble(),
              nats);
    EXPECT_NE(measured({utf8("--cache"), utf8("window:8")})[utf8("nats_per_token")].toDouble(),
              nats);
    EXPECT_NE(measured({utf8("--kv"), utf8("q4")})[utf8("nats_per_token")].toDouble(), nats);
}

TEST_F(LabVerbs, RefuseWhatTheyCannotRunWithTheRightCode)
{
    const QString text = utf8("--text");
    EXPECT_EQ(run("lab", {}).exit, 2);
    EXPECT_EQ(run("lab", {utf8("--prompt"), utf8("x"), utf8("--cache"), utf8("lru")}).exit, 2);
    EXPECT_EQ(run("lab", {utf8("--prompt"), utf8("x"), utf8("--kv"), utf8("q5")}).exit, 2);
    EXPECT_EQ(run("lab-logits", {utf8("--tokens"), utf8("1,,2")}).exit, 2);
    EXPECT_EQ(run("lab-logits", {utf8("--tokens"), utf8("1,400")}).exit, 2);
    EXPECT_EQ(run("lab-perplexity", {text, utf8("/nonexistent")}).exit, 3);
    const VerbRun none = verb({utf8("lab-tokens"), utf8("--json"), utf8("--model"),
                               utf8("/nonexistent.gguf"), text, utf8("x")});
    EXPECT_EQ(none.exit, 3);
    EXPECT_EQ(none.errorCode(), utf8("file_unreadable"));
    QFile file(model());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("GGUF, or not");
    file.close();
    const VerbRun broken = run("lab-tokens", {text, utf8("x")});
    EXPECT_EQ(broken.exit, 3);
    EXPECT_EQ(broken.errorCode(), utf8("model_unusable"));
}

TEST_F(LabVerbs, AnInterruptEndsAfterTheTokenUnderWay)
{
    QProcess process;
    startVerb(process, {utf8("lab"), utf8("--model"), model(), utf8("--prompt"), prompt(),
                        utf8("--tokens"), utf8("10000000")});
    ASSERT_TRUE(process.waitForReadyRead(20'000)) << "text comes as it is made";
    ::kill(pid_t(process.processId()), SIGINT);
    const VerbRun run = finished(process);
    EXPECT_EQ(run.exit, 4);
}

TEST_F(LabVerbs, TheSampleContinuesAsItsReferenceSays)
{
    const QString sample =
        qEnvironmentVariable("KVSCOPE_SOURCE_DIR") + utf8("/../shared/lm/sample-f16.gguf");
    if (!QFile::exists(sample)) GTEST_SKIP() << "the sample checkpoint is not beside this checkout";
    const VerbRun done =
        verb({utf8("lab"), utf8("--model"), sample, utf8("--prompt"),
              utf8("Elizabeth looked at him and"), utf8("--tokens"), utf8("120"), utf8("--json")});
    QFile reference(qEnvironmentVariable("KVSCOPE_SOURCE_DIR") +
                    utf8("/tests/unit/llm/data/sample-reference.json"));
    ASSERT_TRUE(reference.open(QIODevice::ReadOnly));
    const QJsonObject greedy =
        QJsonDocument::fromJson(reference.readAll()).object()[utf8("greedy")].toObject();
    const QString text = greedy[utf8("text")].toString();
    EXPECT_EQ(utf8("Elizabeth looked at him and") + done.result()[utf8("text")].toString(), text);
}

} // namespace
} // namespace kvscope::test
