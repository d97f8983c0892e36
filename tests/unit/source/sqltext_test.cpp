// What stands in quotes and comments is no query, and a query can't leave its parentheses.
#include "core/async/errortext.h"
#include "core/source/sqldialect.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

bool isOne(const char *sql, SqlLexis lexis = SqlLexis::Standard)
{
    return !notOneQuery(QStringLiteral("rows"), QString::fromUtf8(sql), lexis);
}

TEST(SqlText, TakesOneQueryAsASubquery)
{
    for (const char *good :
         {"SELECT 1", "SELECT 1;", "SELECT ';)' AS a", "SELECT \"a;b\" FROM t -- ; )",
          "SELECT (1), (SELECT (2))", "SELECT 'it''s;'", "SELECT $$a;b)$$, $x$;$x$",
          "SELECT 1 /* ; /* ) */ ; */", "SELECT E'a\\';' || 'b\\'"})
        EXPECT_TRUE(isOne(good)) << good;
    for (const char *good : {"SELECT 'a\\';'", "SELECT 1 # ; )", "SELECT `a;b`", "SELECT 5--3"})
        EXPECT_TRUE(isOne(good, SqlLexis::MySql)) << good;
}

TEST(SqlText, RefusesWhatWouldLeaveItsParentheses)
{
    for (const char *bad : {"SELECT 1; DELETE FROM t", "SELECT 1) x; DROP TABLE t; --",
                            "SELECT 1) a, (SELECT 2", "SELECT (1", "SELECT 'a\\'; DELETE FROM t",
                            "SELECT 1 -- x\n; DELETE FROM t", "SELECT a$b$;$b$"})
        EXPECT_FALSE(isOne(bad)) << bad;
    for (const char *bad : {"SELECT 1 /*! ; DELETE FROM t */", "SELECT 1 /*M!50000 ) */",
                            "SELECT 5--3; DELETE", "SELECT $$;$$"})
        EXPECT_FALSE(isOne(bad, SqlLexis::MySql)) << bad;
}

TEST(SqlText, PutsValuesInThePlaceOfParametersOnly)
{
    const auto filled = [](const char *sql) {
        return withParameters(QString::fromUtf8(sql), SqlLexis::Standard,
                              [](const QString &name) -> std::optional<QString> {
                                  if (name != QStringLiteral("id")) return std::nullopt;
                                  return QStringLiteral("7");
                              });
    };
    EXPECT_EQ(filled("WHERE id = :id::int AND a <> ':id' AND b = :id"),
              QStringLiteral("WHERE id = 7::int AND a <> ':id' AND b = 7"));
    EXPECT_FALSE(filled("WHERE id = :nr"));
    EXPECT_FALSE(filled("WHERE id = 1"));
}

TEST(SqlDialect, WritesPagesForDatabasesBehindOdbc)
{
    SqlDialect dialect = SqlDialect::of(SqlProduct::Odbc);
    const std::vector<TypedColumn> columns{{"a", CellKind::Integer}, {"b", CellKind::Text}};
    const FieldTuple after{{CellKind::Integer, "1"}, {CellKind::Text, "x'%1"}};
    EXPECT_EQ(dialect.page(QStringLiteral("(q)"), columns, columns, after, 10),
              QStringLiteral("SELECT kv_rows.\"a\", kv_rows.\"b\" FROM (q) kv_rows WHERE "
                             "kv_rows.\"a\" >= 1 AND (kv_rows.\"a\" > 1 OR (kv_rows.\"a\" = 1 AND "
                             "kv_rows.\"b\" > 'x''%1')) ORDER BY kv_rows.\"a\", kv_rows.\"b\" "
                             "LIMIT 10"));
    dialect.limit = SqlLimit::Top;
    EXPECT_TRUE(dialect.everything(QStringLiteral("(q)"), 0)
                    .startsWith(QStringLiteral("SELECT TOP (0) * FROM")));
    dialect.limit = SqlLimit::FetchFirst;
    EXPECT_TRUE(dialect.everything(QStringLiteral("(q)"), 5)
                    .endsWith(QStringLiteral("FETCH FIRST 5 ROWS ONLY")));
}

TEST(SqlDialect, NamesThePackageOfAMissingDriver)
{
    for (const auto product : {SqlProduct::PostgreSql, SqlProduct::MySql, SqlProduct::Odbc}) {
        const SqlDialect dialect = SqlDialect::of(product);
        const Error missing(ErrorCode::DriverMissing,
                            {dialect.productName(), dialect.driverPackage()});
        EXPECT_TRUE(errorLine(missing).contains(dialect.productName()));
        EXPECT_TRUE(errorLine(missing).contains(QStringLiteral("apt install libqt6sql6-")));
    }
}

TEST(SqlDialect, WritesLiteralsByTheTypeOfTheirColumn)
{
    const SqlDialect mysql = SqlDialect::of(SqlProduct::MySql);
    EXPECT_EQ(mysql.literal({CellKind::Integer, "7"}, CellKind::Text), QStringLiteral("'7'"));
    EXPECT_EQ(mysql.literal({CellKind::Text, "7"}, CellKind::Integer), QStringLiteral("7"));
    EXPECT_EQ(mysql.literal({CellKind::Text, "a\\'"}, CellKind::Text), QStringLiteral("'a\\\\'''"));
    EXPECT_FALSE(mysql.canEqual({CellKind::Text, "abc"}, CellKind::Integer));
    EXPECT_FALSE(mysql.canEqual({CellKind::Text, "1-1"}, CellKind::Decimal));
    const SqlDialect postgres = SqlDialect::of(SqlProduct::PostgreSql);
    EXPECT_FALSE(postgres.canEqual({CellKind::Integer, "9223372036854775808"}, CellKind::Integer));
    EXPECT_EQ(postgres.literal({CellKind::Blob, Bytes("\0\xFF", 2)}, CellKind::Blob),
              QStringLiteral("'\\x00ff'::bytea"));
}

} // namespace
} // namespace kvscope
