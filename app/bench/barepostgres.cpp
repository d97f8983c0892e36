// BarePostgres: nothing but the calls.
#include "app/bench/barepostgres.h"

#include "app/bench/barecompare.h"
#include "app/bench/redisfixture.h"

#ifdef KVSCOPE_LIBPQ
#include <libpq-fe.h>
#endif

#include <QFile>

namespace kvscope::bench {

Result<bool> BarePostgres::fill(const BindingRows &rows) const
{
    const QString path = m_postgres.file(QStringLiteral("ready.tsv"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorCode::FileUnwritable, {path, file.errorString()});
    std::size_t id = 0;
    bool written = true;
    rows.forEach([&](BytesView key, BytesView value) { // neither holds a tab or a backslash
        Bytes line = std::to_string(++id) + '\t';
        ((line.append(key) += '\t').append(value)) += '\n';
        written = file.write(line.data(), qint64(line.size())) == qint64(line.size());
        return written;
    });
    file.close();
    if (!written) return failure(ErrorCode::FileUnwritable, {path, file.errorString()});
    auto made = m_postgres.run("CREATE TABLE ready(id INTEGER PRIMARY KEY, key TEXT, "
                               "value TEXT); COPY ready FROM '" +
                               path.toStdString() + "'; ANALYZE ready;");
    QFile::remove(path);
    return made;
}

#ifdef KVSCOPE_LIBPQ
namespace {

class PostgresRows
{
  public:
    explicit PostgresRows(const QString &url) : m_connection(PQconnectdb(qPrintable(url)))
    {
        PQclear(PQexec(m_connection, "BEGIN READ ONLY"));
        PQclear(PQexec(m_connection, "DECLARE c NO SCROLL CURSOR FOR "
                                     "SELECT key, value FROM ready ORDER BY id"));
        PQsendQuery(m_connection, kFetch);
    }
    ~PostgresRows()
    {
        PQclear(m_rows);
        PQfinish(m_connection);
    }
    PostgresRows(const PostgresRows &) = delete;
    PostgresRows &operator=(const PostgresRows &) = delete;

    bool next()
    {
        if (++m_row < PQntuples(m_rows)) {
            ++m_count;
            return true;
        }
        PQclear(m_rows);
        m_rows = PQgetResult(m_connection);
        while (PGresult *more = PQgetResult(m_connection)) PQclear(more);
        m_row = 0;
        if (PQntuples(m_rows) == 0) return false;
        PQsendQuery(m_connection, kFetch); // the server goes on meanwhile
        ++m_count;
        return true;
    }
    BytesView text(int column) const
    {
        return {PQgetvalue(m_rows, m_row, column), std::size_t(PQgetlength(m_rows, m_row, column))};
    }
    std::size_t count() const { return m_count; }

  private:
    static constexpr const char *kFetch = "FETCH 1000 FROM c";
    PGconn *m_connection;
    PGresult *m_rows = nullptr;
    int m_row = 0;
    std::size_t m_count = 0;
};

} // namespace

bool BarePostgres::isThere()
{
    return true;
}

bool BarePostgres::compare(std::size_t expected) const
{
    const auto redis = m_server.connect();
    PostgresRows rows(m_postgres.url());
    return redis && compareEach(redis.get(), rows) && rows.count() == expected;
}

#else

bool BarePostgres::isThere()
{
    return false;
}

bool BarePostgres::compare(std::size_t) const
{
    return false;
}

#endif

} // namespace kvscope::bench
