// MariaDB as a source: every digit, every row once, nothing written, no end that is none.
#include "tests/live/source/sourcerows.h"
#include "tests/support/mariadbserver.h"

#include <algorithm>
#include <set>
#include <thread>

namespace kvscope {
namespace {

using namespace test;
using Rows = std::vector<Bytes>;

class MariadbRows : public testing::Test
{
  protected:
    static void SetUpTestSuite()
    {
        if (MariadbServer::missing().isEmpty()) server = std::make_unique<MariadbServer>();
    }
    static void TearDownTestSuite() { server.reset(); }
    void SetUp() override
    {
        if (!server) GTEST_SKIP() << MariadbServer::missing().toStdString();
    }

    static inline std::unique_ptr<MariadbServer> server;
};

TEST_F(MariadbRows, KeepsEveryDigitAndEveryByte)
{
    server->run(
        "CREATE TABLE kinds(id int PRIMARY KEY, wide decimal(60,20),"
        " big bigint unsigned, real8 double, flag bool, bits bit(9), doc json,"
        " bytes varbinary(10), at datetime(6), stamp timestamp(3) NULL, word text,"
        " latin varchar(20) CHARACTER SET latin1, y year, d date);"
        "SET time_zone = '+02:00';"
        "INSERT INTO kinds VALUES(1, 1234567890123456789012345678901234567890.5,"
        " 18446744073709551615, 0.1, true, b'100000001', '{\"b\": 1.0}', x'00ff',"
        " '2024-05-01 12:00:00.123456', '2024-05-01 12:00:00.5', 'l\xC3\xA9\xF0\x9F\x98\x80',"
        " 'caf\xC3\xA9', 2024, '2024-02-29'),"
        " (2, -0.5, 0, 1e300, false, 0, NULL, '', NULL, NULL, '', '', 1999, NULL)");
    const auto source = opened(server->url());
    const auto rows = rowsOf(*source, query("SELECT * FROM kinds;", {"id"}));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0],
              Bytes("1|1234567890123456789012345678901234567890.50000000000000000000|"
                    "18446744073709551615|0.1|1|257|{\"b\": 1.0}|") +
                  Bytes("\0\xFF", 2) +
                  "|2024-05-01 12:00:00.123456|2024-05-01 10:00:00.500|l\xC3\xA9\xF0\x9F\x98\x80|"
                  "caf\xC3\xA9|2024|2024-02-29");
    EXPECT_EQ(rows[1], "2|-0.50000000000000000000|0|1e300|0|0|~||~|~|||1999|~");
}

TEST_F(MariadbRows, PagesOverEveryRowOnceByAnyOrder)
{
    server->run("CREATE TABLE pages(a decimal(30,10), b varchar(20) COLLATE utf8mb4_bin,"
                " c varbinary(8), PRIMARY KEY(a, b, c));"
                "INSERT INTO pages SELECT seq DIV 100 + 0.1, CONCAT('x''\\\\', seq % 10),"
                " UNHEX(LPAD(HEX(seq), 8, '0')) FROM seq_1_to_21000");
    const auto source = opened(server->url());
    ASSERT_TRUE(source->prepare(query("SELECT * FROM pages -- all", {"a", "b", "c"})));
    ASSERT_TRUE(source->seek({}));
    const auto rows = all(*source, 700);
    EXPECT_EQ(rows.size(), 21'000U);
    EXPECT_EQ(std::set<Bytes>(rows.begin(), rows.end()).size(), 21'000U);
    EXPECT_EQ(source->countRows(), 21'000);
    RowPage page;
    ASSERT_TRUE(source->seek({}));
    ASSERT_TRUE(source->read(page, 10'000, 1U << 30U));
    ASSERT_TRUE(source->seek(page.tuple(page.rows() - 1, {0, 1, 2})));
    EXPECT_EQ(all(*source).size(), 11'000U);
}

TEST_F(MariadbRows, FindsSingleRowsAndNeverTakesATextForTheNumberZero)
{
    server->run("CREATE TABLE finds(id int PRIMARY KEY, code varchar(20), at datetime);"
                "INSERT INTO finds SELECT seq, CONCAT(seq, ''), '2024-05-01' FROM seq_0_to_999");
    const auto source = opened(server->url());
    RowQuery asked = query("SELECT * FROM finds", {"id"});
    ASSERT_TRUE(source->prepare(asked));
    RowPage page;
    const auto text = [](const char *value) { return FieldTuple{{CellKind::Text, value}}; };
    ASSERT_TRUE(source->find(
        {"id"}, {text("7"), text("abc"), text("99999999999999999999"), text("1-1"), text("x'y")},
        page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "7");
    // A number beside a text column is a text: 7 is not 07.
    ASSERT_TRUE(
        source->find({"code"}, {{{CellKind::Integer, "07"}}, text("8"), text("a\\'b")}, page));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "8");
    ASSERT_TRUE(source->find({"at"}, {text("nonsense")}, page));
    EXPECT_EQ(page.rows(), 0U);
    asked.lookup = QStringLiteral("SELECT * FROM finds WHERE id = :id AND code <> ':id'");
    ASSERT_TRUE(source->prepare(asked));
    std::vector<FieldTuple> many;
    for (int i = 1; i <= 600; ++i) many.push_back({{CellKind::Integer, std::to_string(i)}});
    ASSERT_TRUE(source->find({"id"}, many, page));
    EXPECT_EQ(page.rows(), 600U);
}

TEST_F(MariadbRows, SaysClearlyWhatIsWrong)
{
    server->run("CREATE TABLE wrong(id int, name varchar(9)); INSERT INTO wrong "
                "VALUES(1, 'a'), (NULL, 'b'), (1, 'c')");
    const auto source = opened(server->url());
    const auto code = [&](const char *rows, const char *order) {
        return failureOf(*source, query(rows, {order}), ErrorCode::Conflict);
    };
    EXPECT_EQ(code("SELEC 1", "id"), ErrorCode::SourceFailed);
    EXPECT_EQ(code("SELECT * FROM nowhere", "id"), ErrorCode::SourceFailed);
    EXPECT_EQ(code("SELECT * FROM wrong", "nr"), ErrorCode::ColumnMissing);
    EXPECT_EQ(code("SELECT * FROM wrong", "id"), ErrorCode::OrderIsNull);
    EXPECT_EQ(rowsOf(*source, query("SELECT * FROM wrong WHERE id > 0", {"id"})),
              Rows{"order_not_unique"});
    EXPECT_EQ(rowsOf(*source, query("SELECT name FROM wrong", {"name"})), (Rows{"a", "b", "c"}));
}

TEST_F(MariadbRows, NeverWrites)
{
    server->run("CREATE TABLE kept(id int PRIMARY KEY); INSERT INTO kept VALUES(1);"
                "CREATE FUNCTION wipe() RETURNS int BEGIN DELETE FROM kept; RETURN 1; END");
    const auto source = opened(server->url());
    for (const char *rows : {"DELETE FROM kept RETURNING id", "SELECT wipe() AS id"})
        EXPECT_EQ(rowsOf(*source, query(rows, {"id"})), Rows{"source_failed"}) << rows;
    for (const char *rows :
         {"SELECT 1 AS id) x; SET SESSION TRANSACTION READ WRITE; DELETE FROM kept; "
          "SELECT * FROM (SELECT 1 AS id",
          "SELECT 1 AS id; DELETE FROM kept", "SELECT 'a\\'' AS id) x #", "SELECT 1 /*!) x; -- */"})
        EXPECT_EQ(rowsOf(*source, query(rows, {"id"})), Rows{"invalid_binding"}) << rows;
    EXPECT_EQ(server->run("SELECT count(*) FROM test.kept"), "1");
}

TEST_F(MariadbRows, StreamsValuesOfAMegabyte)
{
    server->run("CREATE TABLE large(id int PRIMARY KEY, v longtext);"
                "INSERT INTO large SELECT seq, REPEAT(CHAR(96 + seq), 1048576) FROM seq_1_to_20");
    const auto source = opened(server->url());
    ASSERT_TRUE(source->prepare(query("SELECT * FROM large", {"id"})));
    ASSERT_TRUE(source->seek({}));
    RowPage page;
    ASSERT_TRUE(source->read(page, 1000, 4U << 20U));
    EXPECT_LE(page.rows(), 5U); // the bytes end a page, too
    EXPECT_EQ(page.text(1, 1), Bytes(1U << 20U, 'b'));
}

TEST_F(MariadbRows, GivesUpAStatementAfterItsTimeLimit)
{
    // Before the first row, and behind it.
    server->run("CREATE TABLE slow(id int PRIMARY KEY);"
                "INSERT INTO slow SELECT seq FROM seq_1_to_50");
    const auto source = opened(server->url());
    for (const char *rows : {"SELECT id, SLEEP(0.5) AS v FROM slow",
                             "SELECT id, IF(id < 10, 0, SLEEP(0.5)) AS v FROM slow"}) {
        RowQuery asked = query(rows, {"id"});
        asked.statementTimeout = std::chrono::milliseconds(200);
        ASSERT_TRUE(source->prepare(asked));
        ASSERT_TRUE(source->seek({}));
        EXPECT_EQ(all(*source).back(), "timed_out") << rows;
    }
}

TEST_F(MariadbRows, EndsARunningStatementWhenAskedToStop)
{
    server->run("CREATE TABLE patient(id int PRIMARY KEY); INSERT INTO patient VALUES(1)");
    std::stop_source stop;
    const auto source = opened(server->url(), stop.get_token());
    RowQuery asked = query("SELECT id, SLEEP(600) AS v FROM patient", {"id"});
    asked.statementTimeout = std::chrono::minutes(15);
    ASSERT_TRUE(source->prepare(asked));
    ASSERT_TRUE(source->seek({}));
    std::jthread person([&] {
        while (server->run("SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE "
                           "'%SLEEP(600)%' AND ID <> CONNECTION_ID()") != "1")
            std::this_thread::yield();
        stop.request_stop();
    });
    EXPECT_EQ(all(*source), Rows{"cancelled"});
}

TEST_F(MariadbRows, NeverTakesADeadServerForTheEndOfTheRows)
{
    server->run("CREATE TABLE many(id int PRIMARY KEY, v text);"
                "INSERT INTO many SELECT seq, REPEAT('x', 10000) FROM seq_1_to_4000");
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

TEST_F(MariadbRows, ListsTablesWithTypesAndKeys)
{
    server->run("CREATE TABLE `Order Line`(nr int, `order` bigint, price decimal(10,2),"
                " PRIMARY KEY(`order`, nr))");
    const auto source = opened(server->socketUrl());
    const auto tables = source->tables();
    ASSERT_TRUE(tables);
    const auto found = std::find_if(tables->begin(), tables->end(), [](const SourceTable &t) {
        return t.name == QStringLiteral("Order Line");
    });
    ASSERT_NE(found, tables->end());
    EXPECT_EQ(found->sqlName, QStringLiteral("`Order Line`"));
    EXPECT_EQ(found->primaryKey, (std::vector<Bytes>{"order", "nr"}));
    ASSERT_EQ(found->columns.size(), 3U);
    EXPECT_EQ(found->columns[2].type, QStringLiteral("decimal(10,2)"));
}

} // namespace
} // namespace kvscope
