// PostgreSQL as a source: every digit, every row once, nothing written, no end that is none.
#include "core/source/postgrescopy.h"
#include "tests/live/source/sourcerows.h"
#include "tests/support/postgresserver.h"

#include <set>
#include <thread>

namespace kvscope {
namespace {

using namespace test;
using Kinds = std::vector<CellKind>;
using Rows = std::vector<Bytes>;

class PostgresRows : public testing::Test
{
  protected:
    static void SetUpTestSuite()
    {
        if (PostgresServer::missing().isEmpty()) server = std::make_unique<PostgresServer>();
    }
    static void TearDownTestSuite() { server.reset(); }
    void SetUp() override
    {
        if (!server) GTEST_SKIP() << PostgresServer::missing().toStdString();
    }

    static inline std::unique_ptr<PostgresServer> server;
};

TEST_F(PostgresRows, KeepsEveryDigitAndEveryByte)
{
    server->run(
        "CREATE TABLE kinds(id int PRIMARY KEY, wide numeric(40,20), big int8, real8 float8,"
        " real4 float4, flag bool, doc json, docb jsonb, bytes bytea, at timestamptz,"
        " word text, fixed char(4), uid uuid);"
        "INSERT INTO kinds VALUES(1, 12345678901234567890.12345678901234567890,"
        " 9223372036854775807, 0.1, 0.1, true, '{\"b\": 1.0,  \"a\": 2}', '{\"b\":1.50}',"
        " '\\x00ff', '2024-05-01 12:00:00.123456+02', 'l' || chr(233) || chr(128512),"
        " 'ab', '00000000-0000-0000-0000-000000000001'),"
        " (2, 'NaN', -1, 'Infinity', 1e-7, false, 'null', '[]', '', NULL, '', '', NULL)");
    const auto source = opened(server->url());
    const auto rows = rowsOf(*source, query("SELECT * FROM kinds;", {"id"}));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], Bytes("1|12345678901234567890.12345678901234567890|9223372036854775807|0.1|"
                             "0.1|true|{\"b\": 1.0,  \"a\": 2}|{\"b\": 1.50}|") +
                           Bytes("\0\xFF", 2) +
                           "|2024-05-01 10:00:00.123456+00|l\xC3\xA9\xF0\x9F\x98\x80|ab|"
                           "00000000-0000-0000-0000-000000000001");
    EXPECT_EQ(rows[1], "2|NaN|-1|Infinity|1e-07|false|null|[]||~|||~");
    EXPECT_EQ(
        kindsOf(*source),
        (Kinds{CellKind::Integer, CellKind::Decimal, CellKind::Integer, CellKind::Decimal,
               CellKind::Decimal, CellKind::Boolean, CellKind::Json, CellKind::Json, CellKind::Blob,
               CellKind::Text, CellKind::Text, CellKind::Text, CellKind::Text}));
}

TEST_F(PostgresRows, KeepsTabsLineEndsBackslashesAndWhatLooksLikeNull)
{
    server->run("CREATE TABLE escapes(id int PRIMARY KEY, v text, b bytea, host inet, flag bool,"
                " fixed char(5), list int[], nothing text);"
                "INSERT INTO escapes VALUES(1, E'a\\tb\\nc\\rd\\\\e \\\\N \\bf\\fg\\x0b',"
                " '\\x5c4e09', '10.0.0.1', false, 'x', '{1,NULL}', NULL),"
                " (2, E'\\\\N', '\\x', NULL, NULL, NULL, NULL, ''), (3, E'\\\\.', NULL, NULL, true,"
                " '', '{}', E'\\t')");
    const auto source = opened(server->url());
    EXPECT_EQ(rowsOf(*source, query("SELECT * FROM escapes", {"id"})),
              (Rows{"1|a\tb\nc\rd\\e \\N \bf\fg\v|\\N\t|10.0.0.1/32|false|x|{1,NULL}|~",
                    "2|\\N||~|~|~|~|", "3|\\.|~|~|true||{}|\t"}));
}

TEST_F(PostgresRows, ComeByCopyWhereLibpqIsBuiltIn)
{
    server->run("CREATE TABLE copied(id int PRIMARY KEY, v text);"
                "INSERT INTO copied SELECT i, repeat('x', 10000) FROM generate_series(1, 4000) i");
    const auto source = opened(server->url());
    ASSERT_TRUE(source->prepare(query("SELECT * FROM copied", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    ASSERT_TRUE(source->read(page, 1'000, 1U << 30U));
    const Bytes copies = server->run("SELECT count(*) FROM pg_stat_activity WHERE query LIKE "
                                     "'COPY (SELECT kv_rows.%' AND pid <> pg_backend_pid()");
    EXPECT_EQ(copies, PostgresCopy::isBuiltIn() ? "1" : "0");
    EXPECT_EQ(all(*source).size(), 3'000U);
}

TEST_F(PostgresRows, ReadsTheColumnsAloneThatAreNeeded)
{
    server->run("CREATE TABLE wideone(id int PRIMARY KEY, a text, b text, c text);"
                "INSERT INTO wideone VALUES(1, 'a', 'b', 'c'), (2, NULL, 'b', 'c')");
    const auto source = opened(server->url());
    RowQuery asked = query("SELECT * FROM wideone", {"id"});
    asked.needed = {"c", "a"};
    asked.columns = RowQuery::Columns::Needed;
    EXPECT_EQ(rowsOf(*source, asked), (Rows{"1|a|c", "2|~|c"}));
    RowPage page;
    ASSERT_TRUE(source->find({"c"}, {{{CellKind::Text, "c"}}}, page));
    EXPECT_EQ(page.rows(), 2U);
    EXPECT_EQ(page.columns(), 3U);
    asked.needed = {"d"};
    EXPECT_EQ(rowsOf(*source, asked), Rows{"column_missing"});
}

TEST_F(PostgresRows, PagesOverEveryRowOnceByAnyOrder)
{
    server->run("CREATE TABLE pages(a numeric(30,10), b text, c bytea, PRIMARY KEY(a, b, c));"
                "INSERT INTO pages SELECT i / 100 + 0.1, 'x''\\' || (i % 10),"
                " decode(lpad(to_hex(i), 8, '0'), 'hex') FROM generate_series(1, 21000) i");
    const auto source = opened(server->url());
    ASSERT_TRUE(source->prepare(query("SELECT * FROM pages -- all", {"a", "b", "c"})));
    ASSERT_TRUE(source->seek({}));
    const auto rows = all(*source, 700);
    EXPECT_EQ(rows.size(), 21'000U);
    EXPECT_EQ(std::set<Bytes>(rows.begin(), rows.end()).size(), 21'000U);
    EXPECT_EQ(source->countRows(), 21'000);
    // From the middle on, as a job that is resumed.
    RowPage page;
    ASSERT_TRUE(source->seek({}));
    ASSERT_TRUE(source->read(page, 10'000, 1U << 30U));
    ASSERT_TRUE(source->seek(page.tuple(page.rows() - 1, {0, 1, 2})));
    EXPECT_EQ(all(*source).size(), 11'000U);
}

TEST_F(PostgresRows, FindsSingleRowsAndKnowsWhatCanNotBeThere)
{
    server->run("CREATE TABLE finds(id int PRIMARY KEY, uid uuid, name text);"
                "INSERT INTO finds SELECT i, md5(i::text)::uuid, 'n' || i"
                " FROM generate_series(1, 1000) i");
    const auto source = opened(server->url());
    RowQuery asked = query("SELECT * FROM finds", {"id"});
    ASSERT_TRUE(source->prepare(asked));
    RowPage page;
    const auto text = [](const char *value) { return FieldTuple{{CellKind::Text, value}}; };
    // A number that fits no int and a text that is no uuid are rows that are not there.
    ASSERT_TRUE(source->find(
        {"id"},
        {text("7"), text("99999999999"), text("1e3"), text("99999999999999999999"), text("x'y")},
        page));
    EXPECT_EQ(page.rows(), 1U);
    ASSERT_TRUE(source->find(
        {"uid"}, {text("nonsense"), text("c4ca4238-a0b9-2382-0dcc-509a6f75849b")}, page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "1");
    asked.lookup = QStringLiteral("SELECT name, id, uid FROM finds WHERE id = :id::int AND "
                                  "name <> ':id'");
    ASSERT_TRUE(source->prepare(asked));
    std::vector<FieldTuple> many;
    for (int i = 1; i <= 600; ++i) many.push_back({{CellKind::Integer, std::to_string(i)}});
    ASSERT_TRUE(source->find({"id"}, many, page));
    ASSERT_EQ(page.rows(), 600U);
    EXPECT_EQ(page.text(599, 2), "n600");
}

TEST_F(PostgresRows, SaysClearlyWhatIsWrong)
{
    server->run("CREATE TABLE wrong(id int, name text); INSERT INTO wrong VALUES(1, 'a'),"
                "(NULL, 'b'), (1, 'c')");
    const auto source = opened(server->url());
    const auto code = [&](const char *rows, const char *order) {
        return failureOf(*source, query(rows, {order}), ErrorCode::Conflict);
    };
    EXPECT_EQ(code("SELEC 1", "id"), ErrorCode::SourceFailed);
    EXPECT_EQ(code("SELECT * FROM nowhere", "id"), ErrorCode::SourceFailed);
    EXPECT_EQ(code("SELECT * FROM wrong", "nr"), ErrorCode::ColumnMissing);
    EXPECT_EQ(code("SELECT * FROM wrong", "id"), ErrorCode::OrderIsNull);
    EXPECT_EQ(code("SELECT * FROM wrong", "name"), ErrorCode::Conflict);
    EXPECT_EQ(rowsOf(*source, query("SELECT * FROM wrong WHERE id > 0", {"id"})),
              Rows{"order_not_unique"});
    RowQuery without = query("SELECT * FROM wrong", {});
    EXPECT_EQ(failureOf(*source, without, ErrorCode::Conflict), ErrorCode::InvalidBinding);
    // The server's own words, in one line.
    const auto failed = source->prepare(query("SELECT nr FROM wrong", {"nr"}));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().parameter(1).toStdString(), "column \"nr\" does not exist");
    // The session lives on.
    EXPECT_EQ(rowsOf(*source, query("SELECT name FROM wrong", {"name"})), (Rows{"a", "b", "c"}));
}

TEST_F(PostgresRows, NeverWrites)
{
    server->run("CREATE TABLE kept(id int PRIMARY KEY); INSERT INTO kept VALUES(1);"
                "CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS"
                " 'DELETE FROM kept RETURNING id'");
    const auto source = opened(server->url());
    for (const char *rows : {"DELETE FROM kept RETURNING id", "SELECT wipe() AS id",
                             "WITH gone AS (DELETE FROM kept RETURNING id) SELECT * FROM gone"})
        EXPECT_EQ(rowsOf(*source, query(rows, {"id"})), Rows{"source_failed"}) << rows;
    for (const char *rows :
         {"SELECT 1 AS id) x; COMMIT; SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; "
          "DELETE FROM kept; SELECT * FROM (SELECT 1 AS id",
          "SELECT 1 AS id; DELETE FROM kept", "SELECT 1 AS id) x --"})
        EXPECT_EQ(rowsOf(*source, query(rows, {"id"})), Rows{"invalid_binding"}) << rows;
    EXPECT_EQ(server->run("SELECT count(*) FROM kept"), "1");
}

TEST_F(PostgresRows, ReadsTextOfOtherEncodings)
{
    server->run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    server->run("CREATE TABLE t(id int, v text); INSERT INTO t VALUES(1, 'caf' || chr(233))",
                QStringLiteral("latin"));
    const auto latin = opened(server->url(QStringLiteral("latin")));
    EXPECT_EQ(rowsOf(*latin, query("SELECT * FROM t", {"id"})), Rows{"1|caf\xC3\xA9"});

    // SQL_ASCII keeps whatever bytes were put there: they come as they are.
    server->run("CREATE DATABASE raw ENCODING 'SQL_ASCII' TEMPLATE template0");
    server->run("CREATE TABLE t(v text PRIMARY KEY);"
                "INSERT INTO t VALUES(convert_from('\\x636166e9', 'SQL_ASCII')), ('plain')",
                QStringLiteral("raw"));
    const auto raw = opened(server->url(QStringLiteral("raw")));
    EXPECT_EQ(rowsOf(*raw, query("SELECT * FROM t", {"v"})), (Rows{"caf\xE9", "plain"}));
    ASSERT_TRUE(raw->seek(FieldTuple{{CellKind::Text, "caf\xE9"}}));
    EXPECT_EQ(all(*raw), Rows{"plain"});
}

TEST_F(PostgresRows, StreamsValuesOfAMegabyte)
{
    server->run("CREATE TABLE large(id int PRIMARY KEY, v text);"
                "INSERT INTO large SELECT i, repeat(chr(96 + i), 1048576)"
                " FROM generate_series(1, 20) i");
    const auto source = opened(server->url());
    ASSERT_TRUE(source->prepare(query("SELECT * FROM large", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    ASSERT_TRUE(source->read(page, 1000, 4U << 20U));
    EXPECT_LE(page.rows(), 5U); // the bytes end a page, too
    EXPECT_EQ(page.text(1, 1), Bytes(1U << 20U, 'b'));
}

TEST_F(PostgresRows, GivesUpAStatementAfterItsTimeLimit)
{
    const auto source = opened(server->url());
    RowQuery slow = query("SELECT 1 AS id, pg_sleep(60) IS NULL AS v", {"id"});
    slow.statementTimeout = std::chrono::milliseconds(50);
    ASSERT_TRUE(source->prepare(slow));
    ASSERT_TRUE(source->seek({}));
    EXPECT_EQ(all(*source), Rows{"timed_out"});
}

TEST_F(PostgresRows, EndsARunningStatementWhenAskedToStop)
{
    std::stop_source stop;
    const auto source = opened(server->url(), stop.get_token());
    RowQuery slow = query("SELECT 1 AS id, pg_sleep(600) IS NULL AS v", {"id"});
    slow.statementTimeout = std::chrono::minutes(15);
    ASSERT_TRUE(source->prepare(slow));
    ASSERT_TRUE(source->seek({}));
    std::jthread person([&] {
        while (server->run("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query "
                           "LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()") != "1")
            std::this_thread::yield();
        stop.request_stop();
    });
    EXPECT_EQ(all(*source), Rows{"cancelled"});
}

TEST_F(PostgresRows, NeverTakesADeadServerForTheEndOfTheRows)
{
    server->run("CREATE TABLE many(id int PRIMARY KEY, v text);"
                "INSERT INTO many SELECT i, repeat('x', 10000) FROM generate_series(1, 4000) i");
    {
        const auto source = opened(server->url());
        ASSERT_TRUE(source->prepare(query("SELECT * FROM many", {"id"})));
        ASSERT_TRUE(source->seek({}));
        RowPage page;
        ASSERT_TRUE(source->read(page, 10, 1U << 30U));
        ASSERT_EQ(page.rows(), 10U);
        server->kill();
        const auto rows = all(*source, 10);
        EXPECT_LT(rows.size(), 3990U);
        EXPECT_EQ(rows.back(), "source_failed");
    }
    server->start();
    const auto again = opened(server->url());
    EXPECT_EQ(rowsOf(*again, query("SELECT id FROM many", {"id"})).size(), 4000U);
}

TEST_F(PostgresRows, ListsTablesWithTypesAndKeys)
{
    server->run("CREATE SCHEMA shop; CREATE TABLE shop.\"Order Line\"(nr int, \"order\" bigint,"
                " price numeric(10,2), PRIMARY KEY(\"order\", nr));"
                "CREATE VIEW shop.cheap AS SELECT * FROM shop.\"Order Line\"");
    const auto source = opened(server->url());
    const auto tables = source->tables();
    ASSERT_TRUE(tables);
    const auto found = std::find_if(tables->begin(), tables->end(), [](const SourceTable &t) {
        return t.name == QStringLiteral("shop.Order Line");
    });
    ASSERT_NE(found, tables->end());
    EXPECT_EQ(found->sqlName, QStringLiteral("shop.\"Order Line\""));
    EXPECT_EQ(found->primaryKey, (std::vector<Bytes>{"order", "nr"}));
    ASSERT_EQ(found->columns.size(), 3U);
    EXPECT_EQ(found->columns[2].type, QStringLiteral("numeric(10,2)"));
}

TEST_F(PostgresRows, ConnectsThroughAUnixSocketAndShowsNoPassword)
{
    const auto source = opened(server->socketUrl());
    EXPECT_EQ(rowsOf(*source, query("SELECT 1 AS id", {"id"})), Rows{"1"});
    EXPECT_FALSE(sourceName(server->url()).contains(QStringLiteral("geheim")));
    auto nowhere = makeRowSource(QStringLiteral("postgresql://kv:geheim@127.0.0.1:1/test"));
    ASSERT_TRUE(nowhere);
    const auto refused = (*nowhere)->open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::SourceFailed);
    EXPECT_FALSE(errorLine(refused.error()).contains(QStringLiteral("geheim")));
}

TEST_F(PostgresRows, CountsRowsWhileAPageIsOpen)
{
    server->run("CREATE TABLE counted AS SELECT i AS id FROM generate_series(1, 5000) i");
    const auto source = opened(server->url());
    ASSERT_TRUE(source->prepare(query("SELECT id FROM counted", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    ASSERT_TRUE(source->read(page, 1'000, 1U << 20U));
    EXPECT_EQ(source->countRows(), 5'000);
    EXPECT_EQ(all(*source).size(), 4'000U);
}

} // namespace
} // namespace kvscope
