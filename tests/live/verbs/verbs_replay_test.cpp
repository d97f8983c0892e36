// lab-replay, run as a script would.
#include "tests/live/verbs/verbrun.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

namespace kvscope::test {
namespace {

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

class LabReplay : public testing::Test
{
  protected:
    QString write(const QByteArray &text) const
    {
        QFile file(folder.filePath(utf8("trace.jsonl")));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName();
    }
    static VerbRun run(const QString &file, const QStringList &rest)
    {
        return verb(QStringList{utf8("lab-replay"), file} + rest);
    }
    static QStringList cells(const char *blocks, const char *policies)
    {
        return {utf8("--blocks"), utf8(blocks), utf8("--policy"), utf8(policies)};
    }

    QTemporaryDir folder;
    QByteArray conversation =
        "{\"timestamp\":0,\"input_length\":1024,\"output_length\":5,\"hash_ids\":[1,2]}\n"
        "{\"timestamp\":3,\"input_length\":1030,\"output_length\":5,\"hash_ids\":[1,2,3]}\n"
        "{\"timestamp\":4,\"input_length\":512,\"output_length\":5,\"hash_ids\":[9]}\n"
        "{\"timestamp\":9,\"input_length\":512,\"output_length\":5,\"hash_ids\":[1]}\n";
};

TEST_F(LabReplay, GivesAnItemForEachPolicyAndSize)
{
    const VerbRun done = run(write(conversation),
                             cells("1,inf", "lru,fifo,lfu") +
                                 QStringList{utf8("--json"), utf8("--prefill-rate"), utf8("512")});
    EXPECT_EQ(done.exit, 0) << done.err;
    EXPECT_EQ(done.err, "");
    const auto lines = done.lines();
    ASSERT_EQ(lines.size(), 7U);
    const char *const policies[] = {"lru", "lru", "fifo", "fifo", "lfu", "lfu"};
    for (std::size_t i = 0; i < 6; ++i) {
        const QJsonObject &item = lines[i];
        EXPECT_EQ(item[utf8("event")].toString(), utf8("item"));
        EXPECT_EQ(item[utf8("policy")].toString(), utf8(policies[i]));
        EXPECT_EQ(item[utf8("references")].toInt(), 7);
        if (i % 2 == 0) {
            EXPECT_EQ(item[utf8("blocks")].toInt(), 1);
            EXPECT_EQ(item[utf8("hits")].toInt(-1), 0) << "the first of a chain is gone";
            continue;
        }
        EXPECT_TRUE(item.contains(utf8("blocks")) && item[utf8("blocks")].isNull());
        EXPECT_EQ(item[utf8("hits")].toInt(), 3);
        EXPECT_DOUBLE_EQ(item[utf8("hit_ratio")].toDouble(), 3.0 / 7);
        EXPECT_EQ(item[utf8("saved_tokens")].toInt(), 1024 + 511);
        EXPECT_DOUBLE_EQ(item[utf8("saved_seconds")].toDouble(), 1535.0 / 512);
    }
    const QJsonObject result = done.result();
    EXPECT_EQ(result[utf8("requests")].toInt(), 4);
    EXPECT_EQ(result[utf8("references")].toInt(), 7);
    EXPECT_EQ(result[utf8("distinct_blocks")].toInt(), 4);
}

TEST_F(LabReplay, PrintsATableForPeople)
{
    const VerbRun done = run(write(conversation), cells("2,inf", "lru"));
    EXPECT_EQ(done.exit, 0);
    EXPECT_EQ(std::ranges::count(done.out, '\n'), 3);
    EXPECT_NE(done.out.find("42.9 %"), Bytes::npos) << done.out;
    EXPECT_NE(done.out.find("inf"), Bytes::npos) << done.out;
}

TEST_F(LabReplay, TellsABrokenLineByItsNumber)
{
    const QString file = write(conversation + "{\"input_length\":3}\n");
    const VerbRun done = run(file, cells("10", "lru") + QStringList{utf8("--json")});
    EXPECT_EQ(done.exit, 3);
    EXPECT_EQ(done.errorCode(), utf8("file_unreadable"));
    EXPECT_NE(done.out.find("line 5 has no hash_ids"), Bytes::npos) << done.out;
    done.result();
    const VerbRun missing = run(utf8("/no/such/trace"), cells("10", "lru"));
    EXPECT_EQ(missing.exit, 3);
    EXPECT_EQ(missing.out, "");
}

TEST_F(LabReplay, RefusesAWrongCommandLine)
{
    const QString file = write(conversation);
    for (const QStringList &rest :
         {QStringList{},
          {utf8("--blocks"), utf8("10")},
          {utf8("--policy"), utf8("lru")},
          cells("0", "lru"),
          cells("10,", "lru"),
          cells("-1", "lru"),
          cells("10", "mru"),
          cells("10", ""),
          cells("10", "lru") + QStringList{utf8("--prefill-rate"), utf8("0")}}) {
        const VerbRun done = run(file, rest);
        EXPECT_EQ(done.exit, 2) << rest.join(u' ').toStdString();
        EXPECT_EQ(done.out, "");
    }
    EXPECT_EQ(verb(QStringList{utf8("lab-replay")} + cells("10", "lru")).exit, 2);
}

} // namespace
} // namespace kvscope::test
