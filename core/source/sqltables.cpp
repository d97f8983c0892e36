// SqlTables: one query of the catalogue where the catalogue is known, Qt's own way elsewhere.
#include "core/source/sqltables.h"

#include <QSqlField>
#include <QSqlIndex>
#include <QSqlRecord>
#include <QVariant>

#include <algorithm>

namespace kvscope {
namespace {

// Name, as written in a query, column, its type, its place in the primary key (0: not in it).
QString postgresCatalogue()
{
    return QStringLiteral(
        "SELECT CASE WHEN n.nspname = current_schema() THEN c.relname "
        "ELSE n.nspname || '.' || c.relname END, c.oid::regclass::text, a.attname::text, "
        "format_type(a.atttypid, a.atttypmod), "
        "CASE WHEN a.attnum = ANY(i.indkey) "
        "THEN array_position(i.indkey::int2[], a.attnum) + 1 ELSE 0 END "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
        "WHERE c.relkind IN ('r','p','v','m','f') AND NOT c.relispartition "
        "AND n.nspname NOT IN ('pg_catalog','information_schema') "
        "AND n.nspname NOT LIKE 'pg\\_%' AND has_table_privilege(c.oid, 'SELECT') "
        "ORDER BY n.nspname <> current_schema(), 1, a.attnum");
}

QString mysqlCatalogue()
{
    return QStringLiteral(
        "SELECT c.TABLE_NAME, CONCAT('`', REPLACE(c.TABLE_NAME, '`', '``'), '`'), c.COLUMN_NAME, "
        "c.COLUMN_TYPE, COALESCE(k.ORDINAL_POSITION, 0) "
        "FROM information_schema.COLUMNS c LEFT JOIN information_schema.KEY_COLUMN_USAGE k "
        "ON k.TABLE_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME "
        "AND k.COLUMN_NAME = c.COLUMN_NAME AND k.CONSTRAINT_NAME = 'PRIMARY' "
        "WHERE c.TABLE_SCHEMA = DATABASE() ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION");
}

struct KeyPlace
{
    int place;
    Bytes column;
};

void setPrimaryKey(SourceTable &table, std::vector<KeyPlace> &places)
{
    std::sort(places.begin(), places.end(),
              [](const KeyPlace &a, const KeyPlace &b) { return a.place < b.place; });
    for (KeyPlace &place : places) table.primaryKey.push_back(std::move(place.column));
    places.clear();
}

Result<std::vector<SourceTable>> loadFrom(SqlSession &session, const QString &catalogue)
{
    auto query = session.run(catalogue);
    if (!query) return failure(query.error());
    std::vector<SourceTable> tables;
    std::vector<KeyPlace> places;
    while (true) {
        const auto row = session.next(*query);
        if (!row) return failure(row.error());
        if (!*row) break;
        const QString name = query->value(0).toString();
        if (tables.empty() || tables.back().name != name) {
            if (!tables.empty()) setPrimaryKey(tables.back(), places);
            tables.push_back({name, query->value(1).toString(), {}, {}});
        }
        const Bytes column = query->value(2).toString().toStdString();
        const int place = query->value(4).toInt();
        if (place > 0) places.push_back({place, column});
        tables.back().columns.push_back({column, query->value(3).toString(), {}});
    }
    if (!tables.empty()) setPrimaryKey(tables.back(), places);
    return tables;
}

Result<std::vector<SourceTable>> loadThroughQt(SqlSession &session)
{
    std::vector<SourceTable> tables;
    QSqlDatabase &database = session.database();
    for (const QSql::TableType type : {QSql::Tables, QSql::Views}) {
        for (const QString &name : database.tables(type)) {
            SourceTable table{name, session.dialect().identifier(name.toStdString()), {}, {}};
            const QSqlRecord record = database.record(name);
            for (int i = 0; i < record.count(); ++i)
                table.columns.push_back({record.fieldName(i).toStdString(), {}, {}});
            const QSqlIndex key = database.primaryIndex(name);
            for (int i = 0; i < key.count(); ++i)
                table.primaryKey.push_back(key.fieldName(i).toStdString());
            tables.push_back(std::move(table));
        }
    }
    return tables;
}

} // namespace

Result<std::vector<SourceTable>> loadTables(SqlSession &session)
{
    switch (session.dialect().product) {
    case SqlProduct::PostgreSql:
        return loadFrom(session, postgresCatalogue());
    case SqlProduct::MySql:
        return loadFrom(session, mysqlCatalogue());
    case SqlProduct::Odbc:
        break;
    }
    return loadThroughQt(session);
}

} // namespace kvscope
