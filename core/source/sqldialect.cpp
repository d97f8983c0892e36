// SqlDialect: type numbers as the client libraries print them in their headers.
#include "core/source/sqldialect.h"

#include <QDateTime>
#include <QLocale>
#include <QVariant>

namespace kvscope {
namespace {

// PostgreSQL's type numbers (pg_type.dat).
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

} // namespace

QString productName(SqlProduct product)
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

const char *driverName(SqlProduct product)
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return "QPSQL";
    case SqlProduct::MySql:
        return "QMYSQL";
    case SqlProduct::Odbc:
        break;
    }
    return "QODBC";
}

const char *driverPackage(SqlProduct product)
{
    switch (product) {
    case SqlProduct::PostgreSql:
        return "libqt6sql6-psql";
    case SqlProduct::MySql:
        return "libqt6sql6-mysql";
    case SqlProduct::Odbc:
        break;
    }
    return "libqt6sql6-odbc";
}

CellKind cellKindOf(SqlProduct product, const QSqlField &column)
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

bool isPlainNumber(const Field &field)
{
    const bool numeric = field.kind == CellKind::Integer || field.kind == CellKind::Decimal;
    return numeric && !field.text.empty() &&
           field.text.find_first_not_of("0123456789+-.eE") == Bytes::npos;
}

Bytes odbcText(const QVariant &value)
{
    switch (value.metaType().id()) {
    case QMetaType::Double:
    case QMetaType::Float:
        return QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
            .toStdString();
    case QMetaType::QDateTime:
        return value.toDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")).toStdString();
    case QMetaType::Bool:
        return value.toBool() ? "true" : "false";
    case QMetaType::QByteArray:
        return value.toByteArray().toStdString();
    default:
        return value.toString().toStdString();
    }
}

} // namespace kvscope
