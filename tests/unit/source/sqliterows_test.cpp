// Rows come whole, in order, once, with the source's own digits.
#include "core/source/rowsource.h"
#include "tests/unit/jobs/sqlitefile.h"

#include <thread>

namespace kvscope {
namespace {

using test::SqliteFile;

std::unique_ptr<RowSource> opened(const SqliteFile &file)
{
    auto source = makeRowSource(file.url());
    EXPECT_TRUE(source);
    EXPECT_TRUE((*source)->open());
    return std::move(*source);
}

RowQuery query(const char *rows, std::vector<Bytes> order)
{
    RowQuery made;
    made.rows = QString::fromUtf8(rows);
    made.order = std::move(order);
    return made;
}

std::vector<std::vector<Bytes>> all(RowSource &source, std::size_t rowsAtOnce)
{
    std::vector<std::vector<Bytes>> found;
    RowPage page;
    while (true) {
        const auto read = source.read(page, rowsAtOnce, 1U << 20U);
        EXPECT_TRUE(read);
        if (!read || page.empty()) return found;
        for (std::size_t r = 0; r < page.rows(); ++r) {
            found.emplace_back();
            for (std::size_t c = 0; c < page.columns(); ++c)
                found.back().emplace_back(page.text(r, c));
        }
    }
}

ErrorCode codeOf(const SqliteFile &file, const RowQuery &asked)
{
    const auto source = opened(file);
    const auto prepared = source->prepare(asked);
    return prepared ? ErrorCode::Cancelled : prepared.error().code();
}

TEST(SqliteRows, KeepsDigitsEncodingsAndNulls)
{
    SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY, v);"
                    "INSERT INTO t VALUES(1, 9223372036854775807), (2, 0.1), (3, 100.0),"
                    "(4, NULL), (5, ''), (6, 'li' || char(233)), (7, x'00ff'), (8, 1e300),"
                    "(9, '0012');");
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    ASSERT_TRUE(source->read(page, 100, 1U << 20U));
    ASSERT_EQ(page.rows(), 9U);
    const auto is = [&](std::size_t row, CellKind kind, BytesView text) {
        EXPECT_EQ(page.cell(row, 1).kind, kind) << row;
        EXPECT_EQ(page.text(row, 1), text) << row;
    };
    is(0, CellKind::Integer, "9223372036854775807");
    is(1, CellKind::Decimal, "0.1");
    is(2, CellKind::Decimal, "100.0");
    is(3, CellKind::Null, "");
    is(4, CellKind::Text, "");
    is(5, CellKind::Text, "li\xC3\xA9");
    is(6, CellKind::Blob, BytesView("\0\xFF", 2));
    is(7, CellKind::Decimal, "1e+300");
    is(8, CellKind::Text, "0012");
}

TEST(SqliteRows, ReadsTextOfAUtf16File)
{
    SqliteFile file("PRAGMA encoding='UTF-16'; CREATE TABLE t(id INTEGER PRIMARY KEY, v);"
                    "INSERT INTO t VALUES(1, char(26446, 22235));");
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t", {"id"})));
    EXPECT_EQ(all(*source, 10)[0][1], "\xE6\x9D\x8E\xE5\x9B\x9B");
}

TEST(SqliteRows, PagesOverEveryRowOnceInOrder)
{
    SqliteFile file(
        "CREATE TABLE t(a INTEGER, b TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID;"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29999)"
        "INSERT INTO t SELECT i / 3, 'x' || (i % 3) FROM n;");
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t; ", {"a", "b"})));
    ASSERT_TRUE(source->seek({}));
    const auto rows = all(*source, 700);
    ASSERT_EQ(rows.size(), 30'000U);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i][0], std::to_string(i / 3));
        ASSERT_EQ(rows[i][1], "x" + std::to_string(i % 3));
    }
    EXPECT_EQ(source->countRows(), 30'000);
}

TEST(SqliteRows, GoesOnBehindAGivenRow)
{
    SqliteFile file("CREATE TABLE t(id REAL PRIMARY KEY);"
                    "INSERT INTO t VALUES(0.1), (0.2), (0.30000000000000004), (0.4);");
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t -- all of it", {"id"})));
    ASSERT_TRUE(source->seek(FieldTuple{{CellKind::Decimal, "0.30000000000000004"}}));
    const auto rows = all(*source, 10);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0][0], "0.4");
}

TEST(SqliteRows, FindsSingleRowsByOrderKeyOrLookup)
{
    SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                    "INSERT INTO t VALUES(1, 'a'), (2, 'b'), (3, 'c');");
    const auto source = opened(file);
    RowQuery asked = query("SELECT id, name FROM t", {"id"});
    asked.lookup = QStringLiteral("SELECT name, id FROM t WHERE id = :id");
    ASSERT_TRUE(source->prepare(asked));
    RowPage page;
    ASSERT_TRUE(source->find({"id"}, {{{CellKind::Integer, "2"}}, {{CellKind::Text, "9"}}}, page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "2");
    EXPECT_EQ(page.text(0, 1), "b");
    ASSERT_TRUE(source->find({"name"}, {{{CellKind::Text, "c"}}}, page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "3");
}

TEST(SqliteRows, ReadsTheColumnsAloneThatAreNeeded)
{
    SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY, a, \"b \"\"q\", c);"
                    "INSERT INTO t VALUES(1, 'a', 'b', 'c'), (2, NULL, 'q', 'd');");
    const auto source = opened(file);
    RowQuery asked = query("SELECT * FROM t", {"id"});
    asked.needed = {"c", "b \"q"};
    asked.columns = RowQuery::Columns::Needed;
    const auto columns = source->prepare(asked);
    ASSERT_TRUE(columns);
    ASSERT_EQ(columns->size(), 3U);
    EXPECT_EQ((*columns)[1].name, "b \"q");
    ASSERT_TRUE(source->seek({}));
    EXPECT_EQ(all(*source, 1), (std::vector<std::vector<Bytes>>{{"1", "b", "c"}, {"2", "q", "d"}}));
    RowPage page;
    ASSERT_TRUE(source->find({"c"}, {{{CellKind::Text, "d"}}}, page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 1), "q");
    asked.needed = {"a", "z"};
    EXPECT_EQ(codeOf(file, asked), ErrorCode::ColumnMissing);
}

TEST(SqliteRows, SaysClearlyWhatIsWrong)
{
    SqliteFile file("CREATE TABLE t(id INTEGER, name TEXT);"
                    "INSERT INTO t VALUES(1, 'a'), (NULL, 'b');");
    EXPECT_EQ(codeOf(file, query("SELEC 1", {"id"})), ErrorCode::SourceFailed);
    EXPECT_EQ(codeOf(file, query("SELECT * FROM nowhere", {"id"})), ErrorCode::SourceFailed);
    EXPECT_EQ(codeOf(file, query("SELECT * FROM t", {"nr"})), ErrorCode::ColumnMissing);
    EXPECT_EQ(codeOf(file, query("SELECT * FROM t", {"id"})), ErrorCode::OrderIsNull);
    EXPECT_EQ(codeOf(file, query("DELETE FROM t", {"id"})), ErrorCode::SourceFailed);
    RowQuery needs = query("SELECT * FROM t", {"name"});
    needs.needed = {"age"};
    const auto source = opened(file);
    const auto prepared = source->prepare(needs);
    ASSERT_FALSE(prepared);
    EXPECT_EQ(prepared.error().parameters(),
              (QStringList{QStringLiteral("age"), QStringLiteral("id, name")}));

    auto nowhere = makeRowSource(QStringLiteral("sqlite:/nowhere/at.db"));
    ASSERT_TRUE(nowhere);
    EXPECT_EQ((*nowhere)->open().error().code(), ErrorCode::FileUnreadable);
    EXPECT_FALSE(makeRowSource(QStringLiteral("oracle:x")));
}

TEST(SqliteRows, NoticesAnOrderThatIsNotUnique)
{
    SqliteFile file("CREATE TABLE t(id INTEGER); INSERT INTO t VALUES(1), (2), (2), (3);");
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    const auto read = source->read(page, 100, 1U << 20U);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), ErrorCode::OrderNotUnique);
}

TEST(SqliteRows, RunsOneQueryOnlyAndNeverWrites)
{
    const SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES(1);");
    EXPECT_EQ(codeOf(file, query("SELECT * FROM t; DELETE FROM t", {"id"})),
              ErrorCode::InvalidBinding);
    EXPECT_EQ(codeOf(file, query("SELECT * FROM t) x; DELETE FROM t; --", {"id"})),
              ErrorCode::InvalidBinding);
    EXPECT_EQ(codeOf(file, query("DELETE FROM t RETURNING id", {"id"})), ErrorCode::SourceFailed);
    EXPECT_EQ(opened(file)->prepare(query("SELECT * FROM t", {})).error().code(),
              ErrorCode::InvalidBinding);
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t", {"id"})));
    EXPECT_EQ(all(*source, 10).size(), 1U);
}

const char *kEndless = "SELECT 1 AS id, (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                       "FROM n) SELECT max(i) FROM n) AS v";

TEST(SqliteRows, GivesUpAStatementAfterItsTimeLimit)
{
    const SqliteFile file("CREATE TABLE t(id)");
    const auto source = opened(file);
    RowQuery endless = query(kEndless, {"id"});
    endless.statementTimeout = std::chrono::milliseconds(50);
    ASSERT_TRUE(source->prepare(endless));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    const auto read = source->read(page, 10, 1U << 20U);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), ErrorCode::TimedOut);
}

TEST(SqliteRows, EndsARunningStatementWhenAskedToStop)
{
    const SqliteFile file("CREATE TABLE t(id)");
    std::stop_source stop;
    auto source = makeRowSource(file.url());
    ASSERT_TRUE(source);
    (*source)->setStopToken(stop.get_token());
    ASSERT_TRUE((*source)->open());
    ASSERT_TRUE((*source)->prepare(query(kEndless, {"id"})));
    ASSERT_TRUE((*source)->seek({}));
    std::jthread person([&] { stop.request_stop(); });
    RowPage page;
    EXPECT_EQ((*source)->read(page, 10, 1U << 20U).error().code(), ErrorCode::Cancelled);
}

TEST(SqliteRows, EndsABatchWithItsBytesWhereValuesAreLarge)
{
    const SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY, v);"
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                          "i < 20) INSERT INTO t SELECT i, zeroblob(1048576) FROM n;"
                          "INSERT INTO t VALUES(21, CAST(x'e9' AS TEXT))");
    const auto source = opened(file);
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    ASSERT_TRUE(source->read(page, 1000, 4U << 20U));
    EXPECT_LE(page.rows(), 5U);
    EXPECT_EQ(page.text(1, 1), Bytes(1U << 20U, '\0'));
    // Bytes of another encoding come as they are: who needs UTF-8 says so.
    ASSERT_TRUE(source->find({"id"}, {{{CellKind::Integer, "21"}}}, page));
    EXPECT_EQ(page.text(0, 1), "\xE9");
}

TEST(SqliteRows, ListsTablesAndColumns)
{
    SqliteFile file(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT); CREATE VIEW v AS SELECT 1 AS one;");
    const auto source = opened(file);
    const auto tables = source->tables();
    ASSERT_TRUE(tables);
    ASSERT_EQ(tables->size(), 2U);
    EXPECT_EQ((*tables)[0].columns[1].name, "name");
    EXPECT_EQ((*tables)[0].columns[1].type, QStringLiteral("TEXT"));
}

TEST(SqliteRows, AreCountedForAsLongAsItIsWorth)
{
    SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY);"
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    "200000) INSERT INTO t SELECT i FROM n;");
    const auto source = opened(file);
    // A condition, so that each row is looked at.
    ASSERT_TRUE(source->prepare(query("SELECT * FROM t WHERE id % 2 < 2", {"id"})));
    EXPECT_FALSE(source->countRows(std::chrono::milliseconds(0)));
    EXPECT_EQ(source->countRows(std::chrono::hours(1)), 200'000);
}

} // namespace
} // namespace kvscope
