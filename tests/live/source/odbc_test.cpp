// ODBC as a source, through SQLite's ODBC driver: what any driver's rows come as.
#include "tests/live/source/sourcerows.h"
#include "tests/unit/jobs/sqlitefile.h"

#include <QProcess>
#include <QSqlDatabase>

#include <thread>

namespace kvscope {
namespace {

using namespace test;
using Rows = std::vector<Bytes>;

class OdbcRows : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QODBC")))
            GTEST_SKIP() << "Qt's driver for ODBC is not installed (libqt6sql6-odbc)";
        QProcess list;
        list.start(QStringLiteral("odbcinst"), {QStringLiteral("-q"), QStringLiteral("-d")});
        if (!list.waitForFinished() || !list.readAll().contains("[SQLite3]"))
            GTEST_SKIP() << "SQLite's ODBC driver is not installed (libsqliteodbc unixodbc)";
    }

    static QString url(const SqliteFile &file)
    {
        return QStringLiteral("odbc:DRIVER=SQLite3;Database=") + file.path();
    }
};

TEST_F(OdbcRows, KeepsDigitsNullsAndBytes)
{
    const SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY, big BIGINT, real8 DOUBLE,"
                          " word VARCHAR(100), bytes BLOB, at TIMESTAMP);"
                          "INSERT INTO t VALUES(1, 9223372036854775807, 0.1,"
                          " 'l' || char(233, 128512), x'00ff', '2024-05-01 12:00:00'),"
                          " (2, NULL, 1.5e300, NULL, NULL, NULL)");
    const auto source = opened(url(file));
    const auto rows = rowsOf(*source, query("SELECT * FROM t", {"id"}));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], Bytes("1|9223372036854775807|0.1|l\xC3\xA9\xF0\x9F\x98\x80|") +
                           Bytes("\0\xFF", 2) + "|2024-05-01 12:00:00.000");
    EXPECT_EQ(rows[1], "2|~|1.5e+300|~|~|~");
}

TEST_F(OdbcRows, PagesAndFindsByEveryColumnOfTheOrder)
{
    const SqliteFile file("CREATE TABLE t(a INTEGER, b VARCHAR(20), PRIMARY KEY(a, b));"
                          "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
                          "WHERE i < 9999) INSERT INTO t SELECT i / 10, 'x''' || (i % 10) FROM n");
    const auto source = opened(url(file));
    EXPECT_EQ(rowsOf(*source, query("SELECT * FROM t", {"a", "b"})).size(), 10'000U);
    RowPage page;
    ASSERT_TRUE(source->find({"a", "b"},
                             {{{CellKind::Integer, "5"}, {CellKind::Text, "x'3"}},
                              {{CellKind::Text, "none"}, {CellKind::Text, "x'3"}},
                              {{CellKind::Integer, "999"}, {CellKind::Text, "x'9"}}},
                             page));
    EXPECT_EQ(page.rows(), 2U);
}

TEST_F(OdbcRows, SaysClearlyWhatIsWrongAndShowsNoPassword)
{
    const SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES(1)");
    const auto source = opened(url(file));
    EXPECT_EQ(failureOf(*source, query("SELEC 1", {"id"}), ErrorCode::Conflict),
              ErrorCode::SourceFailed);
    EXPECT_EQ(failureOf(*source, query("SELECT * FROM t", {"nr"}), ErrorCode::Conflict),
              ErrorCode::ColumnMissing);
    EXPECT_EQ(
        failureOf(*source, query("SELECT 1 AS id; DROP TABLE t", {"id"}), ErrorCode::Conflict),
        ErrorCode::InvalidBinding);
    const auto tables = source->tables();
    ASSERT_TRUE(tables);
    ASSERT_EQ(tables->size(), 1U);
    EXPECT_EQ(tables->front().primaryKey, std::vector<Bytes>{"id"});
    EXPECT_EQ(sourceName(QStringLiteral("odbc:DSN=shop;UID=kv;PWD=geheim")),
              QStringLiteral("odbc:DSN=shop;UID=kv"));
    auto nowhere = makeRowSource(QStringLiteral("odbc:no-such-source"));
    ASSERT_TRUE(nowhere);
    EXPECT_EQ((*nowhere)->open().error().code(), ErrorCode::SourceFailed);
}

// Its driver can neither be given a time limit nor be interrupted.
TEST_F(OdbcRows, GivesUpAStatementThatTakesTooLong)
{
    const SqliteFile file("CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES(1)");
    const auto slow = [](int rows) {
        RowQuery made = query("", {"id"});
        made.rows = QStringLiteral("WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 "
                                   "FROM n LIMIT %1) SELECT max(id) AS id FROM n")
                        .arg(rows);
        made.statementTimeout = std::chrono::milliseconds(100);
        return made;
    };
    {
        const auto source = opened(url(file));
        EXPECT_EQ(failureOf(*source, slow(20'000'000), ErrorCode::Conflict), ErrorCode::TimedOut);
    }
    const auto source = opened(url(file));
    EXPECT_EQ(rowsOf(*source, slow(10)), Rows{"10"});
    std::stop_source stop;
    const auto stopped = opened(url(file), stop.get_token());
    RowQuery patient = slow(20'000'000);
    patient.statementTimeout = std::chrono::minutes(5);
    std::jthread other([&] { stop.request_stop(); });
    EXPECT_EQ(failureOf(*stopped, patient, ErrorCode::Conflict), ErrorCode::Cancelled);
}

} // namespace
} // namespace kvscope
