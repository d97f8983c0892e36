// SqlDialect: statements as text, and type numbers as the client libraries print them.
#include "core/source/sqldialect.h"

#include "core/base/decimal.h"

#include <QByteArray>

#include <charconv>

namespace kvscope {
namespace {

// pg_type.dat
CellKind postgresKind(int oid)
{
    switch (oid) {
    case 16:
        return CellKind::Boolean;
    case 17:
        return CellKind::Blob;
    case 20:
    case 21:
    case 23:
    case 26:
        return CellKind::Integer;
    case 700:
    case 701:
    case 1700:
        return CellKind::Decimal;
    case 114:
    case 3802:
        return CellKind::Json;
    default:
        return CellKind::Text;
    }
}

// enum_field_types of the client library, and what Qt makes of binary columns.
CellKind mysqlKind(int type, const QMetaType &meta)
{
    switch (type) {
    case 1:  // TINY
    case 2:  // SHORT
    case 3:  // LONG
    case 8:  // LONGLONG
    case 9:  // INT24
    case 13: // YEAR
    case 16: // BIT
        return CellKind::Integer;
    case 0:   // DECIMAL
    case 4:   // FLOAT
    case 5:   // DOUBLE
    case 246: // NEWDECIMAL
        return CellKind::Decimal;
    case 245: // JSON
        return CellKind::Json;
    default:
        return meta.id() == QMetaType::QByteArray ? CellKind::Blob : CellKind::Text;
    }
}

CellKind odbcKind(const QMetaType &meta)
{
    switch (meta.id()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Short:
    case QMetaType::UShort:
        return CellKind::Integer;
    case QMetaType::Double:
    case QMetaType::Float:
        return CellKind::Decimal;
    case QMetaType::Bool:
        return CellKind::Boolean;
    case QMetaType::QByteArray:
        return CellKind::Blob;
    default:
        return CellKind::Text;
    }
}

bool isNumeric(CellKind kind)
{
    return kind == CellKind::Integer || kind == CellKind::Decimal;
}

bool isInt64(const Bytes &text)
{
    std::int64_t number = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end;
}

QString hexOf(const Bytes &bytes)
{
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex());
}

} // namespace

SqlDialect SqlDialect::of(SqlProduct product)
{
    SqlDialect dialect;
    dialect.product = product;
    dialect.backslashes = product == SqlProduct::MySql;
    if (product == SqlProduct::MySql) dialect.quote = QLatin1Char('`');
    return dialect;
}

QString SqlDialect::productName() const
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return QStringLiteral("PostgreSQL");
    case SqlProduct::MySql:
        return QStringLiteral("MariaDB/MySQL");
    case SqlProduct::Odbc:
        break;
    }
    return QStringLiteral("ODBC");
}

QString SqlDialect::driverName() const
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return QStringLiteral("QPSQL");
    case SqlProduct::MySql:
        return QStringLiteral("QMYSQL");
    case SqlProduct::Odbc:
        break;
    }
    return QStringLiteral("QODBC");
}

QString SqlDialect::driverPackage() const
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return QStringLiteral("libqt6sql6-psql");
    case SqlProduct::MySql:
        return QStringLiteral("libqt6sql6-mysql");
    case SqlProduct::Odbc:
        break;
    }
    return QStringLiteral("libqt6sql6-odbc");
}

SqlLexis SqlDialect::lexis() const
{
    return backslashes ? SqlLexis::MySql : SqlLexis::Standard;
}

CellKind SqlDialect::kindOf(const QSqlField &column) const
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return postgresKind(column.typeID());
    case SqlProduct::MySql:
        return mysqlKind(column.typeID(), column.metaType());
    case SqlProduct::Odbc:
        break;
    }
    return odbcKind(column.metaType());
}

bool SqlDialect::printsAsText(const QSqlField &column)
{
    switch (column.typeID()) {
    case 16: // bool: t and f, which the reader knows
    case 20: // int8, int2, int4, oid
    case 21:
    case 23:
    case 26:
    case 25: // text, varchar
    case 1043:
    case 114: // json, jsonb
    case 3802:
    case 700: // float4, float8, numeric
    case 701:
    case 1700:
    case 1082: // date, time, timestamp, timestamptz, timetz
    case 1083:
    case 1114:
    case 1184:
    case 1266:
    case 2950: // uuid
        return true;
    default:
        return false;
    }
}

QString SqlDialect::identifier(const Bytes &name) const
{
    QString text = QString::fromStdString(name);
    text.replace(quote, QString(2, quote));
    return quote + text + quote;
}

QString SqlDialect::column(const Bytes &name) const
{
    return QStringLiteral("kv_rows.") + identifier(name);
}

QString SqlDialect::text(const Bytes &value) const
{
    if (rawText && !isValidUtf8(value))
        return QStringLiteral("convert_from('\\x%1'::bytea, 'SQL_ASCII')").arg(hexOf(value));
    QString escaped = QString::fromStdString(value);
    if (backslashes) escaped.replace(QLatin1String("\\"), QLatin1String("\\\\"));
    escaped.replace(QLatin1String("'"), QLatin1String("''"));
    return QLatin1Char('\'') + escaped + QLatin1Char('\'');
}

QString SqlDialect::literal(const Field &field, CellKind of) const
{
    if (field.isNull()) return QStringLiteral("NULL");
    if (of == CellKind::Blob) {
        if (product == SqlProduct::PostgreSql)
            return QStringLiteral("'\\x%1'::bytea").arg(hexOf(field.text));
        if (limit == SqlLimit::Top) return QStringLiteral("0x") + hexOf(field.text);
        return QStringLiteral("x'%1'").arg(hexOf(field.text));
    }
    // PostgreSQL takes a quoted text as whatever it is compared with, NaN and all digits included;
    // but an integer that is too large for the column would be an error there.
    const bool bare = product == SqlProduct::PostgreSql ? of == CellKind::Integer : isNumeric(of);
    return bare && isDecimal(field.text) ? QString::fromStdString(field.text) : text(field.text);
}

bool SqlDialect::canEqual(const Field &field, CellKind of) const
{
    if (field.isNull()) return false;
    if (product == SqlProduct::PostgreSql) {
        if (field.text.find('\0') != Bytes::npos && of != CellKind::Blob) return false;
        if (!rawText && of != CellKind::Blob && !isValidUtf8(field.text)) return false;
        return of != CellKind::Integer || isInt64(field.text);
    }
    return !isNumeric(of) || isDecimal(field.text);
}

QString SqlDialect::limited(const QString &list, const QString &behindList, std::size_t most) const
{
    switch (limit) {
    case SqlLimit::Top:
        return QStringLiteral("SELECT TOP (%1) %2 %3").arg(most).arg(list, behindList);
    case SqlLimit::FetchFirst:
        return QStringLiteral("SELECT %2 %3 FETCH FIRST %1 ROWS ONLY")
            .arg(most)
            .arg(list, behindList);
    case SqlLimit::Limit:
        break;
    }
    return QStringLiteral("SELECT %2 %3 LIMIT %1").arg(most).arg(list, behindList);
}

QString SqlDialect::everything(const QString &rows, std::size_t most) const
{
    return limited(QStringLiteral("*"), QStringLiteral("FROM %1 kv_rows").arg(rows), most);
}

QString SqlDialect::selected(const TypedColumn &of) const
{
    const QString name = identifier(of.name);
    if (product == SqlProduct::Odbc || of.kind == CellKind::Blob || of.asItIs)
        return column(of.name);
    if (product == SqlProduct::MySql)
        // A BIT would be cast as its bytes.
        return QStringLiteral("CAST(kv_rows.%1%2 AS CHAR) AS %1")
            .arg(name, of.kind == CellKind::Integer ? QStringLiteral(" + 0") : QString());
    if (rawText && of.kind == CellKind::Text)
        return QStringLiteral("convert_to(kv_rows.%1::text, 'SQL_ASCII') AS %1").arg(name);
    return QStringLiteral("kv_rows.%1::text AS %1").arg(name);
}

QString SqlDialect::selection(const std::vector<TypedColumn> &columns) const
{
    QStringList list;
    for (const TypedColumn &of : columns) list << selected(of);
    return list.join(QLatin1String(", "));
}

QString SqlDialect::all(const QString &rows, const std::vector<TypedColumn> &columns) const
{
    return QStringLiteral("SELECT %1 FROM %2 kv_rows").arg(selection(columns), rows);
}

QString SqlDialect::anyNull(const QString &rows, const Bytes &of) const
{
    return limited(QStringLiteral("1"),
                   QStringLiteral("FROM %1 kv_rows WHERE %2 IS NULL").arg(rows, column(of)), 1);
}

// Row values where an index serves them (PostgreSQL), else spelt out:
// a >= x AND (a > x OR (a = x AND b > y)).
QString SqlDialect::behind(const std::vector<TypedColumn> &order, const FieldTuple &after) const
{
    QStringList names;
    QStringList values;
    for (std::size_t i = 0; i < order.size(); ++i) {
        names << column(order[i].name);
        values << literal(after[i], order[i].kind);
    }
    if (names.size() == 1) return names[0] + QLatin1String(" > ") + values[0];
    if (product == SqlProduct::PostgreSql)
        return QLatin1Char('(') + names.join(QLatin1String(", ")) + QLatin1String(") > (") +
               values.join(QLatin1String(", ")) + QLatin1Char(')');
    // Pieces are joined, not arg()ed: a value may hold a %1.
    QString text = names.back() + QLatin1String(" > ") + values.back();
    for (qsizetype i = names.size() - 2; i >= 0; --i)
        text = QLatin1Char('(') + names[i] + QLatin1String(" > ") + values[i] +
               QLatin1String(" OR (") + names[i] + QLatin1String(" = ") + values[i] +
               QLatin1String(" AND ") + text + QLatin1String("))");
    return names[0] + QLatin1String(" >= ") + values[0] + QLatin1String(" AND ") + text;
}

QString SqlDialect::page(const QString &rows, const std::vector<TypedColumn> &columns,
                         const std::vector<TypedColumn> &order,
                         const std::optional<FieldTuple> &after, std::size_t most) const
{
    QString text = QLatin1String("FROM ") + rows + QLatin1String(" kv_rows");
    if (after) text += QLatin1String(" WHERE ") + behind(order, *after);
    QStringList names;
    for (const TypedColumn &of : order) names << column(of.name);
    if (!names.isEmpty()) text += QLatin1String(" ORDER BY ") + names.join(QLatin1String(", "));
    return limited(selection(columns), text, most);
}

QString SqlDialect::matching(const QString &rows, const std::vector<TypedColumn> &columns,
                             const std::vector<TypedColumn> &wanted,
                             const std::vector<const FieldTuple *> &tuples) const
{
    // Only some databases behind ODBC know rows in an IN list; all know OR.
    QStringList list;
    const bool single = wanted.size() == 1;
    const bool inList = single || product != SqlProduct::Odbc;
    for (const FieldTuple *tuple : tuples) {
        QStringList values;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const QString value = literal((*tuple)[i], wanted[i].kind);
            values << (inList ? value : column(wanted[i].name) + QLatin1String(" = ") + value);
        }
        const QString joined = values.join(inList ? QLatin1String(", ") : QLatin1String(" AND "));
        list << (single ? joined : QLatin1Char('(') + joined + QLatin1Char(')'));
    }
    QString text = all(rows, columns) + QLatin1String(" WHERE ");
    if (!inList) return text + list.join(QLatin1String(" OR "));
    QStringList names;
    for (const TypedColumn &of : wanted) names << column(of.name);
    const QString left = names.join(QLatin1String(", "));
    text += single ? left : QLatin1Char('(') + left + QLatin1Char(')');
    return text + QLatin1String(" IN (") + list.join(QLatin1String(", ")) + QLatin1Char(')');
}

QStringList SqlDialect::sessionStatements() const
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return {QStringLiteral("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"),
                QStringLiteral("SET standard_conforming_strings = on"),
                QStringLiteral("SET extra_float_digits = 1"),
                QStringLiteral("SET bytea_output = hex"),
                QStringLiteral("SET DateStyle = 'ISO, YMD'"),
                QStringLiteral("SET TimeZone = 'UTC'")};
    case SqlProduct::MySql:
        return {QStringLiteral("SET SESSION TRANSACTION READ ONLY"),
                QStringLiteral("SET SESSION time_zone = '+00:00'"),
                QStringLiteral("SET SESSION sql_mode = "
                               "REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '')")};
    case SqlProduct::Odbc:
        break;
    }
    return {};
}

QStringList SqlDialect::timeLimitStatements(std::chrono::milliseconds most) const
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return {QStringLiteral("SET statement_timeout = %1").arg(most.count())};
    case SqlProduct::MySql:
        // MariaDB counts in seconds, MySQL in milliseconds; each knows one of the two.
        return {QStringLiteral("SET SESSION max_statement_time = %1")
                    .arg(static_cast<double>(most.count()) / 1000),
                QStringLiteral("SET SESSION max_execution_time = %1").arg(most.count())};
    case SqlProduct::Odbc:
        break;
    }
    return {};
}

} // namespace kvscope
