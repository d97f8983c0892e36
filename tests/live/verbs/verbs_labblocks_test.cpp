// lab-warm and lab-check, run as a script would, on a model with random weights.
#include "tests/live/verbs/verbrun.h"
#include "tests/support/redisserver.h"
#include "tests/unit/llm/modelwriter.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

namespace kvscope::test {
namespace {

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

class LabBlockVerbs : public testing::Test
{
  protected:
    void SetUp() override
    {
        const std::string bytes = llm::test::RandomModel{.vocab = 400}.write();
        write(model(), QByteArray(bytes.data(), qsizetype(bytes.size())));
        write(prompts(), firstPrompt().toUtf8() + "\n\nshort\n\n" + firstPrompt().toUtf8() +
                             " ten eleven twelve thirteen fourteen fifteen\n");
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QString model() const { return folder.filePath(utf8("random.gguf")); }
    QString prompts() const { return folder.filePath(utf8("prompts.txt")); }
    static QString firstPrompt() { return utf8("one two three four five six seven eight nine"); }
    VerbRun run(const char *name, const QStringList &arguments) const
    {
        return said(QStringList{utf8(name), utf8("--json"), utf8("--model"), model(),
                                utf8("--prefix-store"), server.url()} +
                    arguments);
    }
    /// With a journal of its own.
    VerbRun said(const QStringList &words) const
    {
        return verb(words, {}, {utf8("KVSCOPE_STATE=") + folder.filePath(utf8("state"))});
    }
    VerbRun warm(const QStringList &arguments = {}) const
    {
        return run("lab-warm", QStringList{utf8("--prompts"), prompts()} + arguments);
    }
    int blocks() const { return QString::fromStdString(server.run({"DBSIZE"})).toInt(); }
    Bytes someKey() const
    {
        const Bytes key = server.run({"RANDOMKEY"});
        return key.substr(0, key.find('\n'));
    }
    static int of(const VerbRun &done, const char *name)
    {
        return done.result()[utf8("counts")].toObject()[utf8(name)].toInt();
    }

    QTemporaryDir folder;
    mutable RedisServer server;
};

TEST_F(LabBlockVerbs, WarmedPromptsAreHitByTheNextText)
{
    const VerbRun first = warm({utf8("--ttl"), utf8("10m")});
    ASSERT_EQ(first.exit, 0) << first.out << first.err;
    const QJsonObject result = first.result();
    EXPECT_EQ(result[utf8("prompts")].toInt(), 3);
    EXPECT_EQ(result[utf8("skipped")].toInt(), 1);
    EXPECT_GT(result[utf8("written")].toInt(), 3);
    EXPECT_GT(result[utf8("newer_kept")].toInt(), 0) << "the third begins as the first";
    EXPECT_FALSE(result[utf8("run")].toString().isEmpty());
    EXPECT_EQ(blocks(), result[utf8("written")].toInt());
    const int left = QString::fromStdString(server.run({"TTL", someKey()})).toInt();
    EXPECT_GT(left, 0);
    EXPECT_LE(left, 600);
    const VerbRun lab = run("lab", {utf8("--prompt"), firstPrompt(), utf8("--tokens"), utf8("4")});
    EXPECT_EQ(lab.result()[utf8("prefix_hit_tokens")].toInt(),
              (lab.result()[utf8("prompt_tokens")].toInt() - 1) / 16 * 16);
    const VerbRun again = warm();
    EXPECT_EQ(again.exit, 0);
    EXPECT_EQ(again.result()[utf8("written")].toInt(), 0);
}

TEST_F(LabBlockVerbs, WhatIsWarmedChecksAsEqual)
{
    ASSERT_EQ(warm({utf8("--kv"), utf8("q8"), utf8("--ttl"), utf8("none")}).exit, 0);
    EXPECT_EQ(server.run({"TTL", someKey()}).substr(0, 2), "-1");
    const VerbRun checked = run("lab-check", {});
    EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
    EXPECT_EQ(checked.result()[utf8("compared")].toInt(), blocks());
    EXPECT_EQ(of(checked, "match"), blocks());
    EXPECT_TRUE(checked.result()[utf8("nines")].isNull());
}

TEST_F(LabBlockVerbs, AChangedBlockIsToldDeletedAndPutBack)
{
    ASSERT_EQ(warm().exit, 0);
    const int before = blocks();
    const Bytes key = someKey();
    server.run({"SETRANGE", key, "300", "x"});
    const VerbRun told = run("lab-check", {});
    EXPECT_EQ(told.exit, 1);
    EXPECT_EQ(of(told, "corrupt"), 1);
    EXPECT_EQ(blocks(), before) << "it was asked to look";
    bool isNamed = false;
    for (const QJsonObject &line : told.lines())
        isNamed = isNamed || (line[utf8("class")].toString() == utf8("corrupt") &&
                              line[utf8("key")].toString().toStdString() == key);
    EXPECT_TRUE(isNamed) << told.out;
    const VerbRun deleted = run("lab-check", {utf8("--repair"), utf8("delete")});
    EXPECT_EQ(deleted.exit, 1);
    EXPECT_EQ(deleted.result()[utf8("repaired")].toInt(), 1);
    EXPECT_EQ(blocks(), before - 1);
    const VerbRun undone = said({utf8("undo"), deleted.result()[utf8("run")].toString(),
                                 utf8("--store"), server.url(), utf8("--json")});
    EXPECT_EQ(undone.result()[utf8("restored")].toInt(), 1) << undone.out << undone.err;
    EXPECT_EQ(blocks(), before);
}

TEST_F(LabBlockVerbs, WrongUseAndFilesThatCannotBeReadAreToldApart)
{
    const auto exitOf = [this](const QStringList &words) { return said(words).exit; };
    EXPECT_EQ(exitOf({utf8("lab-warm"), utf8("--prompts"), prompts()}), 2);
    EXPECT_EQ(exitOf({utf8("lab-warm"), utf8("--prefix-store"), server.url()}), 2);
    EXPECT_EQ(exitOf({utf8("lab-check")}), 2);
    EXPECT_EQ(run("lab-check", {utf8("--repair"), utf8("refill")}).exit, 2);
    EXPECT_EQ(warm({utf8("--ttl"), utf8("0")}).exit, 2);
    EXPECT_EQ(run("lab-warm", {utf8("--prompts"), utf8("/nonexistent")}).exit, 3);
    write(prompts(), "\n \n");
    EXPECT_EQ(warm().exit, 3);
    EXPECT_EQ(blocks(), 0);
}

} // namespace
} // namespace kvscope::test
