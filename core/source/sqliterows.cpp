// SqliteRows: three prepared statements, and cells copied out of the row as it stands.
#include "core/source/sqliterows.h"

#include "core/base/digits.h"
#include "core/base/shortbytes.h"
#include "core/source/sqlitefields.h"
#include "core/source/sqltext.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace kvscope {
namespace {

constexpr int kInstructionsBetweenLooks = 20'000; // of SQLite's machine: well under a millisecond

Bytes quoted(const Bytes &name)
{
    Bytes text = "\"";
    for (const char c : name) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

Bytes joined(const std::vector<Bytes> &names, const char *separator, const char *behind = "")
{
    Bytes text;
    for (const Bytes &name : names) {
        if (!text.empty()) text += separator;
        text += quoted(name) + behind;
    }
    return text;
}

constexpr std::size_t kNumberRoom = 40;

// `room` holds kNumberRoom bytes; returns how many were written.
std::size_t write(double value, char *room)
{
    if (std::isinf(value)) { // SQLite's own words
        const BytesView word = value > 0 ? "Inf" : "-Inf";
        return word.copy(room, word.size());
    }
    const auto written = std::to_chars(room, room + kNumberRoom - 2, value);
    const BytesView text(room, static_cast<std::size_t>(written.ptr - room));
    if (text.find_first_of(".e") != BytesView::npos) return text.size();
    room[text.size()] = '.';
    room[text.size() + 1] = '0';
    return text.size() + 2;
}

CellKind kindOf(int type)
{
    switch (type) {
    case SQLITE_NULL:
        return CellKind::Null;
    case SQLITE_INTEGER:
        return CellKind::Integer;
    case SQLITE_FLOAT:
        return CellKind::Decimal;
    case SQLITE_TEXT:
        return CellKind::Text;
    default:
        return CellKind::Blob;
    }
}

// By way of the value: each sqlite3_column_… call looks for errors anew, which takes longer than
// what it is called for. Only this thread uses the connection, so the value stays as it is.
void appendCell(sqlite3_stmt *row, int column, RowPage &page)
{
    sqlite3_value *value = sqlite3_column_value(row, column);
    const CellKind kind = kindOf(sqlite3_value_type(value));
    std::size_t size = 0;
    if (kind == CellKind::Integer) {
        size = writeInteger(sqlite3_value_int64(value), page.room(kIntegerRoom));
    } else if (kind == CellKind::Decimal) {
        size = write(sqlite3_value_double(value), page.room(kNumberRoom));
    } else if (kind != CellKind::Null) {
        const void *bytes =
            kind == CellKind::Text ? sqlite3_value_text(value) : sqlite3_value_blob(value);
        size = static_cast<std::size_t>(sqlite3_value_bytes(value));
        if (size > 0) copyBytes(page.room(size), static_cast<const char *>(bytes), size);
    }
    page.appendWritten(kind, size);
}

Bytes subquery(const QString &rows)
{
    return asSubquery(rows).toStdString();
}

} // namespace

Result<bool> SqliteRows::open()
{
    auto database = Sqlite::open(m_file, Sqlite::Access::ReadOnly);
    if (!database) return failure(database.error());
    m_database = std::move(*database);
    startWork();
    sqlite3_progress_handler(m_database.handle(), kInstructionsBetweenLooks,
                             &SqliteRows::interrupted, this);
    return m_database.execute("PRAGMA query_only=ON");
}

int SqliteRows::interrupted(void *self)
{
    const auto *rows = static_cast<SqliteRows *>(self);
    if (rows->stopToken().stop_requested()) return 1;
    return std::chrono::steady_clock::now() > rows->m_deadline ? 1 : 0;
}

void SqliteRows::startWork()
{
    m_limit = query().statementTimeout;
    m_deadline = std::chrono::steady_clock::now() + m_limit;
}

Result<bool> SqliteRows::step(SqliteStatement &statement) const
{
    auto row = statement.step();
    if (!row && row.error().code() == ErrorCode::Cancelled && !stopToken().stop_requested())
        return failure(ErrorCode::TimedOut,
                       {QStringLiteral("SQLite"), QString::number(m_limit.count())});
    return row;
}

Result<bool> SqliteRows::describeTable(const Bytes &name, SourceTable &table)
{
    // In the order of the key's own columns, which need not be that of the table.
    auto columns = m_database.prepare("SELECT name, type, pk FROM pragma_table_info(?)");
    if (!columns) return failure(columns.error());
    columns->bindText(1, name);
    std::map<std::int64_t, Bytes> key;
    while (true) {
        auto column = step(*columns);
        if (!column) return column;
        if (!*column) break;
        table.columns.push_back(
            {Bytes(columns->bytes(0)), QString::fromStdString(Bytes(columns->bytes(1))), {}});
        if (const auto place = columns->integer(2); place > 0)
            key.emplace(place, Bytes(columns->bytes(0)));
    }
    for (auto &[place, column] : key) table.primaryKey.push_back(std::move(column));
    return true;
}

Result<std::vector<SourceTable>> SqliteRows::tables()
{
    auto names = m_database.prepare("SELECT name FROM sqlite_master WHERE type IN ('table','view') "
                                    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    if (!names) return failure(names.error());
    std::vector<SourceTable> tables;
    while (true) {
        const auto row = step(*names);
        if (!row) return failure(row.error());
        if (!*row) return tables;
        SourceTable table;
        const Bytes name(names->bytes(0));
        table.name = QString::fromStdString(name);
        table.sqlName = QString::fromStdString(quoted(name));
        if (const auto described = describeTable(name, table); !described)
            return failure(described.error());
        tables.push_back(std::move(table));
    }
}

Result<std::vector<SourceColumn>> SqliteRows::describe()
{
    m_lookup = Lookup();
    m_page = nullptr;
    // Of several statements SQLite would run the first and say nothing of the others.
    if (auto wrong = notOneQuery(QStringLiteral("rows"), query().rows, SqlLexis::Standard))
        return failure(std::move(*wrong));
    auto described = m_database.prepare("SELECT * FROM " + subquery(query().rows) + " LIMIT 0");
    if (!described) return failure(described.error());
    std::vector<SourceColumn> columns;
    for (int i = 0; i < sqlite3_column_count(described->handle()); ++i) {
        const char *type = sqlite3_column_decltype(described->handle(), i);
        columns.push_back(
            {sqlite3_column_name(described->handle(), i), QString::fromUtf8(type), std::nullopt});
    }
    return columns;
}

Bytes SqliteRows::selection() const
{
    Bytes list = "SELECT *";
    if (query().columns == RowQuery::Columns::Needed) {
        std::vector<Bytes> names;
        for (const SourceColumn &column : columns()) names.push_back(column.name);
        list = "SELECT " + joined(names, ", ");
    }
    return list + " FROM " + subquery(query().rows);
}

Result<bool> SqliteRows::begin()
{
    const Bytes from = selection();
    const Bytes order = joined(query().order, ", ");
    Bytes marks;
    for (std::size_t i = 0; i < query().order.size(); ++i) marks += i == 0 ? "?" : ", ?";
    const bool single = query().order.size() == 1;
    const Bytes behind = single ? order + " > ?" : "(" + order + ") > (" + marks + ")";
    const Bytes end = (order.empty() ? Bytes() : " ORDER BY " + order) + " LIMIT ?";
    auto first = m_database.prepare(from + end);
    if (!first) return failure(first.error());
    auto next = m_database.prepare(order.empty() ? from + end : from + " WHERE " + behind + end);
    if (!next) return failure(next.error());
    m_first = std::move(*first);
    m_next = std::move(*next);
    return true;
}

Result<bool> SqliteRows::hasNull(const Bytes &column)
{
    auto statement = m_database.prepare("SELECT 1 FROM " + subquery(query().rows) + " WHERE " +
                                        quoted(column) + " IS NULL LIMIT 1");
    if (!statement) return failure(statement.error());
    return step(*statement);
}

std::optional<std::int64_t> SqliteRows::countRows(std::chrono::milliseconds patience)
{
    auto statement = m_database.prepare("SELECT count(*) FROM " + subquery(query().rows));
    if (!statement) return std::nullopt;
    m_deadline = std::chrono::steady_clock::now() + patience;
    const auto row = statement->step();
    startWork();
    if (!row || !*row) return std::nullopt;
    return statement->integer(0);
}

Result<bool> SqliteRows::openPage(const std::optional<FieldTuple> &after, std::size_t limit)
{
    m_page = after ? &m_next : &m_first;
    m_page->reset();
    int parameter = 0;
    if (after)
        for (const Field &field : *after) bindField(*m_page, ++parameter, field);
    m_page->bind(++parameter, static_cast<std::int64_t>(limit));
    return true;
}

Result<bool> SqliteRows::nextRow(RowPage &page)
{
    auto row = step(*m_page);
    if (!row || !*row) return row;
    const int count = static_cast<int>(columns().size());
    for (int i = 0; i < count; ++i) appendCell(m_page->handle(), i, page);
    return true;
}

void SqliteRows::closePage()
{
    if (m_page != nullptr) m_page->reset();
}

// The binding's own lookup, if its parameters are among the columns asked by. Its rows are the same
// ones, but its columns may stand in another order.
Result<bool> SqliteRows::prepareGivenLookup(Lookup &lookup)
{
    auto statement = m_database.prepare(query().lookup.toStdString());
    if (!statement) return failure(statement.error());
    const int parameters = sqlite3_bind_parameter_count(statement->handle());
    lookup.parameters.assign(lookup.columns.size(), {});
    for (int i = 1; i <= parameters; ++i) {
        const char *name = sqlite3_bind_parameter_name(statement->handle(), i);
        const auto found = name == nullptr ? lookup.columns.end()
                                           : std::find(lookup.columns.begin(), lookup.columns.end(),
                                                       Bytes(name + 1));
        if (found == lookup.columns.end()) return false;
        lookup.parameters[static_cast<std::size_t>(found - lookup.columns.begin())].push_back(i);
    }
    lookup.sources.assign(columns().size(), -1);
    std::vector<SourceColumn> given;
    for (int i = 0; i < sqlite3_column_count(statement->handle()); ++i) {
        const Bytes name = sqlite3_column_name(statement->handle(), i);
        given.push_back({name, {}, {}});
        if (const std::size_t at = columnIndex(name); at < columns().size()) lookup.sources[at] = i;
    }
    if (auto missing = missingColumn(given, query().needed)) return failure(*missing);
    lookup.statement = std::move(*statement);
    return parameters > 0;
}

Result<bool> SqliteRows::prepareLookup(const std::vector<Bytes> &wanted)
{
    if (m_lookup.statement && m_lookup.columns == wanted) return true;
    m_lookup = Lookup();
    m_lookup.columns = wanted;
    if (!query().lookup.isEmpty()) {
        auto given = prepareGivenLookup(m_lookup);
        if (!given || *given) return given;
    }
    auto statement = m_database.prepare(selection() + " WHERE " + joined(wanted, " AND ", " = ?"));
    if (!statement) return failure(statement.error());
    m_lookup.statement = std::move(*statement);
    m_lookup.parameters.clear();
    for (int i = 1; i <= static_cast<int>(wanted.size()); ++i) m_lookup.parameters.push_back({i});
    m_lookup.sources.clear();
    for (int i = 0; i < static_cast<int>(columns().size()); ++i) m_lookup.sources.push_back(i);
    return true;
}

Result<bool> SqliteRows::findRows(const std::vector<Bytes> &wanted,
                                  const std::vector<FieldTuple> &tuples, RowPage &page)
{
    if (auto prepared = prepareLookup(wanted); !prepared) return prepared;
    SqliteStatement &statement = m_lookup.statement;
    for (const FieldTuple &tuple : tuples) {
        statement.reset();
        for (std::size_t i = 0; i < tuple.size(); ++i)
            for (const int parameter : m_lookup.parameters[i])
                bindField(statement, parameter, tuple[i]);
        while (true) {
            auto row = step(statement);
            if (!row) return row;
            if (!*row) break;
            for (const int source : m_lookup.sources) {
                if (source < 0)
                    page.append(CellKind::Null, {});
                else
                    appendCell(statement.handle(), source, page);
            }
        }
    }
    statement.reset();
    return true;
}

} // namespace kvscope
