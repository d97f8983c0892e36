// PostgresCopy: lines of COPY's text format, taken apart.
//
//   7 ⇥ Ann ⇥ \N ⇥ a\tb ⇥ \\x00ff ⏎      tab between cells, \N is NULL, a backslash escapes
#include "core/source/postgrescopy.h"

#include <QSqlDriver>
#include <QVariant>

#ifdef KVSCOPE_LIBPQ
#include <libpq-fe.h>
#endif

#include <cstring>

namespace kvscope {
namespace {

int hexOf(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

char unescaped(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    default:
        return c;
    }
}

// `cell` as it stands in the line; what is appended is never longer.
void appendEscaped(RowPage &page, const PostgresCopy::Column &column, BytesView cell)
{
    if (cell == "\\N") return page.append(CellKind::Null, {});
    char *room = page.room(cell.size());
    char *end = room;
    if (column.hex) {
        for (std::size_t i = 3; i + 1 < cell.size(); i += 2) // behind \\x
            *end++ = static_cast<char>(hexOf(cell[i]) * 16 + hexOf(cell[i + 1]));
    } else {
        for (std::size_t i = 0; i < cell.size(); ++i) {
            const bool escapes = cell[i] == '\\' && i + 1 < cell.size();
            *end++ = escapes ? unescaped(cell[++i]) : cell[i];
        }
    }
    page.appendWritten(column.kind, static_cast<std::size_t>(end - room));
}

void append(RowPage &page, const PostgresCopy::Column &column, BytesView cell)
{
    if (column.kind == CellKind::Boolean) cell = cell == "t" ? "true" : "false";
    page.append(column.kind, cell);
}

} // namespace

#ifdef KVSCOPE_LIBPQ

struct PostgresCopy::Link
{
    PGconn *connection;

    Failure failure(const PGresult *result) const
    {
        const char *code = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
        const char *words = result ? PQresultErrorMessage(result) : "";
        if (*words == '\0') words = PQerrorMessage(connection);
        return {QString::fromLatin1(code), QString::fromUtf8(words)};
    }
};

bool PostgresCopy::isBuiltIn()
{
    return true;
}

std::unique_ptr<PostgresCopy> PostgresCopy::over(const QSqlDriver *driver)
{
    const QVariant handle = driver->handle();
    // The type goes by its own name or by that of its declaration, as Qt's version has it.
    const BytesView type = handle.isValid() ? BytesView(handle.typeName()) : BytesView();
    if (type != "PGconn*" && type != "pg_conn*") return nullptr;
    auto *connection = *static_cast<PGconn *const *>(handle.constData());
    if (connection == nullptr) return nullptr;
    return std::unique_ptr<PostgresCopy>(
        new PostgresCopy(std::make_unique<Link>(Link{connection})));
}

std::optional<PostgresCopy::Failure> PostgresCopy::start(const QString &select,
                                                         std::vector<Column> columns)
{
    finish();
    m_columns = std::move(columns);
    const QByteArray sql = "COPY (" + select.toUtf8() + ") TO STDOUT";
    PGresult *result = PQexec(m_link->connection, sql.constData());
    m_running = PQresultStatus(result) == PGRES_COPY_OUT;
    std::optional<Failure> failed;
    if (!m_running) failed = m_link->failure(result);
    PQclear(result);
    return failed;
}

PostgresCopy::Step PostgresCopy::next(RowPage &page)
{
    char *line = nullptr;
    const int size = PQgetCopyData(m_link->connection, &line, 0);
    if (size <= 0) return end();
    const bool whole = take({line, static_cast<std::size_t>(size)}, page);
    PQfreemem(line);
    if (whole) return Step::Row;
    page.dropLast();
    m_failure = {{}, QStringLiteral("COPY: %1").arg(size)};
    return Step::Failed;
}

// Only a server that says so has sent all rows.
PostgresCopy::Step PostgresCopy::end()
{
    m_running = false;
    bool complete = false;
    m_failure = m_link->failure(nullptr);
    while (PGresult *result = PQgetResult(m_link->connection)) {
        const ExecStatusType status = PQresultStatus(result);
        complete = status == PGRES_COMMAND_OK;
        // After a line that libpq could not take (no memory) it is in the middle of the COPY still,
        // and would say so for ever; the page's next statement fails and tells why.
        const bool copies = status == PGRES_COPY_OUT;
        if (!complete && !copies) m_failure = m_link->failure(result);
        PQclear(result);
        if (copies || PQstatus(m_link->connection) != CONNECTION_OK) break;
    }
    return complete ? Step::End : Step::Failed;
}

void PostgresCopy::finish()
{
    if (!m_running) return;
    char *line = nullptr;
    while (PQgetCopyData(m_link->connection, &line, 0) > 0) PQfreemem(line);
    end();
}

#else

struct PostgresCopy::Link
{};

bool PostgresCopy::isBuiltIn()
{
    return false;
}

std::unique_ptr<PostgresCopy> PostgresCopy::over(const QSqlDriver *)
{
    return nullptr;
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): with libpq it is kept
std::optional<PostgresCopy::Failure> PostgresCopy::start(const QString &, std::vector<Column>)
{
    return Failure{};
}

PostgresCopy::Step PostgresCopy::next(RowPage &)
{
    return end();
}

PostgresCopy::Step PostgresCopy::end()
{
    return Step::Failed;
}

void PostgresCopy::finish()
{}

#endif

PostgresCopy::PostgresCopy(std::unique_ptr<Link> link) : m_link(std::move(link))
{}

PostgresCopy::~PostgresCopy()
{
    finish();
}

// Every column gets a cell, so that a line that is none can be taken back as a row.
bool PostgresCopy::take(BytesView line, RowPage &page) const
{
    const bool ended = line.ends_with('\n');
    if (ended) line.remove_suffix(1);
    const bool escapes = std::memchr(line.data(), '\\', line.size()) != nullptr;
    const char *at = line.data();
    const char *const last = at + line.size();
    std::size_t left = m_columns.size();
    for (const Column &column : m_columns) {
        const auto *tab = static_cast<const char *>(
            at == last ? nullptr : std::memchr(at, '\t', static_cast<std::size_t>(last - at)));
        const char *const end = tab ? tab : last;
        const BytesView cell(at, static_cast<std::size_t>(end - at));
        if (escapes && cell.find('\\') != BytesView::npos)
            appendEscaped(page, column, cell);
        else
            append(page, column, cell);
        --left;
        at = tab ? tab + 1 : last;
        if (!tab && left > 0) break;
    }
    const bool whole = ended && left == 0;
    for (; left > 0; --left) page.append(CellKind::Null, {});
    return whole;
}

} // namespace kvscope
