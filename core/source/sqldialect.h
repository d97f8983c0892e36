// SqlDialect: how the databases behind Qt SQL spell what rows are read by.
#pragma once

#include "core/source/rowsource.h"
#include "core/source/sqltext.h"

#include <QSqlField>

namespace kvscope {

enum class SqlProduct : std::uint8_t { PostgreSql, MySql, Odbc };

/// How the number of rows is limited. ODBC reaches databases of every kind.
enum class SqlLimit : std::uint8_t { Limit, Top, FetchFirst };

/// A column with what its cells are.
struct TypedColumn
{
    Bytes name;
    CellKind kind;
    bool asItIs = false; ///< what the server prints of it needs no cast
};

/// Text in, text out; the connection tells what it can't know. Immutable but for its fields.
///
/// PostgreSQL and MariaDB print every value themselves (a cast to text), so that no number passes
/// through a double and no time loses digits. A literal is written by the type of its column: a
/// number beside numbers (`varchar > 7` would compare doubles), a quoted text beside all else.
struct SqlDialect
{
    SqlProduct product = SqlProduct::PostgreSql;
    QChar quote = QLatin1Char('"'); ///< around names
    bool backslashes = false;       ///< escape in '…'
    bool rawText = false;           ///< PostgreSQL with SQL_ASCII: text is bytes of any encoding
    SqlLimit limit = SqlLimit::Limit;

    static SqlDialect of(SqlProduct product);

    /// As people call it; Qt's name for the driver; the Debian package that holds it.
    QString productName() const;
    QString driverName() const;
    QString driverPackage() const;
    SqlLexis lexis() const;

    /// What the cells of a column are, by the type that the driver states.
    CellKind kindOf(const QSqlField &column) const;

    /// Whether PostgreSQL prints the same without a cast to text. Not so for char(n), inet, ….
    static bool printsAsText(const QSqlField &column);

    QString identifier(const Bytes &name) const;
    QString text(const Bytes &value) const;
    QString literal(const Field &field, CellKind column) const;
    /// False where no cell of a column of that kind can be equal to `field`.
    bool canEqual(const Field &field, CellKind column) const;

    /// `rows` are a subquery already.
    QString everything(const QString &rows, std::size_t most) const;
    QString page(const QString &rows, const std::vector<TypedColumn> &columns,
                 const std::vector<TypedColumn> &order, const std::optional<FieldTuple> &after,
                 std::size_t most) const;
    /// The rows whose `wanted` hold one of `tuples`.
    QString matching(const QString &rows, const std::vector<TypedColumn> &columns,
                     const std::vector<TypedColumn> &wanted,
                     const std::vector<const FieldTuple *> &tuples) const;
    QString all(const QString &rows, const std::vector<TypedColumn> &columns) const;
    QString anyNull(const QString &rows, const Bytes &column) const;

    /// Run first on every connection: reading only, times in UTC, every digit.
    QStringList sessionStatements() const;
    /// Alternatives: the first one that the server takes. Empty where there is no limit to set.
    QStringList timeLimitStatements(std::chrono::milliseconds limit) const;

  private:
    QString column(const Bytes &name) const;
    QString selected(const TypedColumn &column) const;
    QString selection(const std::vector<TypedColumn> &columns) const;
    QString limited(const QString &list, const QString &behind, std::size_t most) const;
    QString behind(const std::vector<TypedColumn> &order, const FieldTuple &after) const;
};

} // namespace kvscope
