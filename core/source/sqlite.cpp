// Sqlite: thin over sqlite3.h.
#include "core/source/sqlite.h"

#include <sqlite3.h>

#include <QFile>

namespace kvscope {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

Error errorOf(sqlite3 *connection)
{
    return Error(ErrorCode::SourceFailed,
                 {QStringLiteral("SQLite"), QString::fromUtf8(sqlite3_errmsg(connection))});
}

} // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

void SqliteStatement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(handle(), parameter, value);
}

void SqliteStatement::bind(int parameter, double value)
{
    sqlite3_bind_double(handle(), parameter, value);
}

void SqliteStatement::bindText(int parameter, BytesView text)
{
    // A null pointer would bind NULL.
    const char *data = text.data() == nullptr ? "" : text.data();
    sqlite3_bind_text64(handle(), parameter, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void SqliteStatement::bindBlob(int parameter, BytesView bytes)
{
    const char *data = bytes.data() == nullptr ? "" : bytes.data();
    sqlite3_bind_blob64(handle(), parameter, data, bytes.size(), SQLITE_TRANSIENT);
}

void SqliteStatement::bindNull(int parameter)
{
    sqlite3_bind_null(handle(), parameter);
}

Result<bool> SqliteStatement::step()
{
    const int code = sqlite3_step(handle());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    Error error = code == SQLITE_INTERRUPT ? Error(ErrorCode::Cancelled)
                                           : errorOf(sqlite3_db_handle(handle()));
    sqlite3_reset(handle());
    return failure(std::move(error));
}

void SqliteStatement::reset()
{
    sqlite3_reset(handle());
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(handle(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(handle(), column);
}

double SqliteStatement::real(int column) const
{
    return sqlite3_column_double(handle(), column);
}

BytesView SqliteStatement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(handle(), column);
    const int size = sqlite3_column_bytes(handle(), column);
    if (data == nullptr) return {};
    return {static_cast<const char *>(data), static_cast<std::size_t>(size)};
}

void Sqlite::Close::operator()(sqlite3 *connection) const
{
    sqlite3_close_v2(connection);
}

Result<Sqlite> Sqlite::open(const QString &file, Access access)
{
    const auto unreadable = [&file](const QString &reason) {
        return failure(ErrorCode::FileUnreadable, {file, reason});
    };
    const int flags = (access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                      SQLITE_OPEN_NOMUTEX;
    sqlite3 *connection = nullptr;
    const int code =
        sqlite3_open_v2(QFile::encodeName(file).constData(), &connection, flags, nullptr);
    Sqlite made;
    made.m_connection.reset(connection);
    if (code != SQLITE_OK)
        return unreadable(
            QString::fromUtf8(connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code)));
    sqlite3_busy_timeout(connection, kBusyTimeoutMs);
    // Opening reads nothing yet: ask for something, so that a file of another kind is noticed here.
    auto probe = made.prepare("SELECT count(*) FROM sqlite_master");
    if (!probe) return unreadable(probe.error().parameter(1));
    if (const auto row = probe->step(); !row) return unreadable(row.error().parameter(1));
    return made;
}

Result<bool> Sqlite::execute(BytesView sql)
{
    const Bytes text(sql);
    if (sqlite3_exec(handle(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(lastError());
    return true;
}

Result<SqliteStatement> Sqlite::prepare(BytesView sql)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    SqliteStatement made;
    made.m_statement.reset(statement);
    if (code != SQLITE_OK) return failure(lastError());
    if (statement == nullptr)
        return failure(ErrorCode::SourceFailed,
                       {QStringLiteral("SQLite"), QStringLiteral("the statement is empty")});
    return made;
}

std::int64_t Sqlite::lastRowId() const
{
    return sqlite3_last_insert_rowid(handle());
}

std::int64_t Sqlite::changes() const
{
    return sqlite3_changes64(handle());
}

Error Sqlite::lastError() const
{
    return errorOf(handle());
}

} // namespace kvscope
