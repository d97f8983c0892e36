// Files are rows too: in order, once, with their own digits, and what is broken says where.
#include "core/source/filerows.h"
#include "tests/live/source/sourcerows.h"

#include <QFile>
#include <QTemporaryDir>

namespace kvscope {
namespace {

using namespace test;
using Rows = std::vector<Bytes>;
using Kinds = std::vector<CellKind>;

class FileRowsTest : public testing::Test
{
  protected:
    QString write(const Bytes &text)
    {
        QFile file(path());
        EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(text));
        return file.fileName();
    }
    QString path() const { return m_folder.filePath(QStringLiteral("rows")); }
    std::unique_ptr<RowSource> jsonl(const Bytes &text)
    {
        return opened(QStringLiteral("jsonl:") + write(text));
    }
    std::unique_ptr<RowSource> csv(const Bytes &text)
    {
        return opened(QStringLiteral("csv:") + write(text));
    }
    static RowQuery needs(std::vector<Bytes> columns, std::vector<Bytes> order = {})
    {
        RowQuery asked;
        asked.needed = std::move(columns);
        asked.order = std::move(order);
        return asked;
    }
    /// Faults by line.
    static std::vector<std::pair<Bytes, LineFault>> faults(RowSource &source)
    {
        std::vector<std::pair<Bytes, LineFault>> found;
        RowPage page;
        EXPECT_TRUE(source.seek({}));
        EXPECT_TRUE(source.read(page, 1000, 64U << 20U));
        for (std::size_t r = 0; r < page.rows(); ++r)
            if (page.fault(r) != LineFault::None)
                found.emplace_back(page.text(r, page.columns() - 2), page.fault(r));
        return found;
    }

  private:
    QTemporaryDir m_folder;
};

TEST_F(FileRowsTest, ReadsJsonLinesWithTheirOwnDigits)
{
    const auto source =
        jsonl("\xEF\xBB\xBF{\"id\":1,\"n\":9007199254740993,\"d\":1.10,\"t\":\"\\u00e9\\n\","
              "\"o\":{\"a\":[1]},\"b\":true}\r\n"
              "\n"
              "{\"id\":2,\"n\":null,\"id\":3,\"t\":\"\"}");
    EXPECT_EQ(rowsOf(*source, needs({"id", "n", "d", "t", "o", "b"})),
              (Rows{"1|9007199254740993|1.10|\xC3\xA9\n|{\"a\":[1]}|true|1|3", "3|~|~||~|~|3|82"}));
    EXPECT_EQ(kindsOf(*source),
              (Kinds{CellKind::Integer, CellKind::Integer, CellKind::Decimal, CellKind::Text,
                     CellKind::Json, CellKind::Boolean, CellKind::Integer, CellKind::Integer}));
    EXPECT_EQ(source->countRows(), 2);
}

TEST_F(FileRowsTest, ReadsCsvAsRfc4180Says)
{
    const auto source = csv("\xEF\xBB\xBFid,\"na\"\"me\",n\r\n"
                            "1,\"li, \"\"x\"\"\r\ny\",007\r\n"
                            "2,,1.50\r\n"
                            "3,\"\",\"42\"\r\n"
                            "4,caf\xC3\xA9,-3");
    EXPECT_EQ(rowsOf(*source, needs({"id", "na\"me", "n"})),
              (Rows{"1|li, \"x\"\r\ny|007|2|18", "2|~|1.50|4|40", "3||42|5|49",
                    "4|caf\xC3\xA9|-3|6|60"}));
    RowPage page;
    ASSERT_TRUE(source->seek({}));
    ASSERT_TRUE(source->read(page, 10, 1U << 20U));
    const Kinds kinds{page.cell(0, 2).kind, page.cell(1, 2).kind, page.cell(2, 2).kind,
                      page.cell(3, 2).kind};
    EXPECT_EQ(kinds, (Kinds{CellKind::Text, CellKind::Decimal, CellKind::Text, CellKind::Integer}));
}

TEST_F(FileRowsTest, SaysWhichLineIsBrokenAndGoesOnBehindIt)
{
    const auto lines = jsonl("{\"id\":1}\n{\"id\":\n[1]\n{\"id\":\"\xE9\"}\n{\"id\":5}\n");
    EXPECT_EQ(rowsOf(*lines, needs({"id"})).size(), 5U);
    EXPECT_EQ(faults(*lines),
              (std::vector<std::pair<Bytes, LineFault>>{{"2", LineFault::NotJson},
                                                        {"3", LineFault::NotAnObject},
                                                        {"4", LineFault::NotUtf8}}));
    const auto table = csv("id,name\n1,a\n2\n3,\"x\"y\n4,b\"\n5,c\n6,\"open\n7,d\n");
    EXPECT_EQ(rowsOf(*table, needs({"id", "name"})).size(), 7U);
    EXPECT_EQ(faults(*table),
              (std::vector<std::pair<Bytes, LineFault>>{{"3", LineFault::FieldCount},
                                                        {"4", LineFault::BrokenQuote},
                                                        {"5", LineFault::BrokenQuote},
                                                        {"7", LineFault::BrokenQuote}}));
    EXPECT_EQ(rowsOf(*table, needs({"id"})).back(), "7|8|38");
}

TEST_F(FileRowsTest, GoesOnWhereItWasBrokenOff)
{
    Bytes text;
    for (int i = 0; i < 5000; ++i)
        text += "{\"id\":" + std::to_string(i) + ",\"v\":\"" + Bytes(500, 'x') + "\"}\n";
    const auto source = jsonl(text);
    ASSERT_TRUE(source->prepare(needs({"id", "v"}, fileOrder())));
    RowPage page;
    ASSERT_TRUE(source->read(page, 3000, 1U << 30U));
    const FieldTuple last = page.tuple(2999, {2, 3});
    const auto again = opened(QStringLiteral("jsonl:") + path());
    ASSERT_TRUE(again->prepare(needs({"id"}, fileOrder())));
    ASSERT_TRUE(again->seek(last));
    const auto rest = all(*again);
    ASSERT_EQ(rest.size(), 2000U);
    EXPECT_TRUE(rest[0].starts_with("3000|3001|"));
    // Another file by that name: no place of it is known.
    write("{\"id\":1}\n");
    const auto other = opened(QStringLiteral("jsonl:") + path());
    ASSERT_TRUE(other->prepare(needs({"id"}, fileOrder())));
    EXPECT_EQ(other->seek(last).error().code(), ErrorCode::FileUnreadable);
}

TEST_F(FileRowsTest, ReadsInAGivenOrderAndNoticesWhereItIsNotUnique)
{
    const auto source = csv("id,v\n10,a\n9,b\nbroken\n100,c\n-1,d\n");
    ASSERT_TRUE(source->prepare(needs({"id", "v"}, {"id"})));
    ASSERT_TRUE(source->seek({}));
    EXPECT_EQ(all(*source), (Rows{"~|~|4|14", "-1|d|6|27", "9|b|3|10", "10|a|2|5", "100|c|5|21"}));
    ASSERT_TRUE(source->seek(FieldTuple{{CellKind::Integer, "9"}}));
    EXPECT_EQ(all(*source).size(), 2U);
    const auto twice = csv("id,v\n1,a\n2,b\n1,c\n");
    EXPECT_EQ(rowsOf(*twice, needs({"id"}, {"id"})), Rows{"order_not_unique"});
    const auto null = csv("id,v\n1,a\n,b\n");
    EXPECT_EQ(rowsOf(*null, needs({"id"}, {"id"})), Rows{"order_is_null"});
}

TEST_F(FileRowsTest, FindsSingleRowsAndSeesThatTheFileChanged)
{
    Bytes text;
    for (int i = 0; i < 2000; ++i)
        text += "{\"id\":" + std::to_string(i) + ",\"n\":\"n" + std::to_string(i) + "\"}\n";
    const auto source = jsonl(text + "{broken\n");
    ASSERT_TRUE(source->prepare(needs({"id", "n"}, fileOrder())));
    RowPage page;
    ASSERT_TRUE(source->read(page, 1500, 1U << 30U)); // a pass that goes on meanwhile
    const FieldTuple place = page.tuple(7, {2, 3});
    const auto value = [](const char *v) { return FieldTuple{{CellKind::Text, v}}; };
    ASSERT_TRUE(source->find({"id"}, {value("1999"), value("2000"), value("0"), value("")}, page));
    ASSERT_EQ(page.rows(), 2U);
    EXPECT_EQ(page.text(0, 1), "n1999");
    ASSERT_TRUE(source->find(fileOrder(),
                             {place, {{CellKind::Integer, "2"}, {CellKind::Integer, "17"}}}, page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "7");
    EXPECT_EQ(all(*source).size(), 501U);
    write("{\"id\":2000,\"n\":\"new\"}\n" + text);
    ASSERT_TRUE(source->find({"id"}, {value("2000"), value("7")}, page));
    ASSERT_EQ(page.rows(), 2U);
    EXPECT_EQ(page.text(0, 1), "new");
}

TEST_F(FileRowsTest, SaysClearlyWhatIsWrong)
{
    const auto lines = jsonl("{\"id\":1,\"a\":2}\n");
    const auto missing = lines->prepare(needs({"id", "age"}));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().parameters(),
              (QStringList{QStringLiteral("age"), QStringLiteral("id, a")}));
    // A member that only a late line has is a column all the same.
    Bytes text;
    for (int i = 0; i < 3000; ++i) text += "{\"id\":" + std::to_string(i) + "}\n";
    EXPECT_TRUE(jsonl(text + "{\"id\":3000,\"late\":1}")->prepare(needs({"late"})));
    EXPECT_EQ(rowsOf(*jsonl(""), needs({"id"})), Rows{});
    EXPECT_FALSE((*makeRowSource(QStringLiteral("csv:") + write("")))->open());
    EXPECT_FALSE((*makeRowSource(QStringLiteral("csv:") + write("\xFF\xFEi\0d\0")))->open());
    EXPECT_FALSE((*makeRowSource(QStringLiteral("jsonl:/tmp")))->open());
    EXPECT_EQ((*makeRowSource(QStringLiteral("jsonl:/nowhere/x")))->open().error().code(),
              ErrorCode::FileUnreadable);
}

TEST_F(FileRowsTest, SkipsARecordThatIsTooLongToHold)
{
    const auto source =
        jsonl("{\"id\":1}\n{\"v\":\"" + Bytes(65U << 20U, 'x') + "\"}\n{\"id\":3}\n");
    const auto rows = rowsOf(*source, needs({"id"}));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_TRUE(rows[2].starts_with("3|3|"));
    EXPECT_EQ(faults(*source),
              (std::vector<std::pair<Bytes, LineFault>>{{"2", LineFault::TooLong}}));
}

TEST_F(FileRowsTest, ListsTheColumnsOfTheFile)
{
    const auto tables = csv("id;name\n1;a\n")->tables();
    ASSERT_TRUE(tables);
    ASSERT_EQ(tables->size(), 1U);
    ASSERT_EQ(tables->front().columns.size(), 2U);
    EXPECT_EQ(tables->front().columns[1].name, "name");
}

} // namespace
} // namespace kvscope
