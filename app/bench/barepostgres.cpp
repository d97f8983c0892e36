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

// COPY, as ours reads: faster than a cursor, since the server never waits for a FETCH.
class PostgresRows
{
  public:
    explicit PostgresRows(const QString &url) : m_connection(PQconnectdb(qPrintable(url)))
    {
        PQclear(PQexec(m_connection, "COPY (SELECT key, value FROM ready ORDER BY id) TO STDOUT"));
    }
    ~PostgresRows()
    {
        PQfreemem(m_line);
        PQfinish(m_connection);
    }
    PostgresRows(const PostgresRows &) = delete;
    PostgresRows &operator=(const PostgresRows &) = delete;

    bool next()
    {
        PQfreemem(m_line);
        m_line = nullptr;
        const int size = PQgetCopyData(m_connection, &m_line, 0);
        if (size <= 0) return false;
        const BytesView line(m_line, std::size_t(size) - 1); // without its newline
        const std::size_t tab = line.find('\t');
        m_texts = {line.substr(0, tab), line.substr(tab + 1)};
        ++m_count;
        return true;
    }
    BytesView text(int column) const { return m_texts[std::size_t(column)]; }
    std::size_t count() const { return m_count; }

  private:
    PGconn *m_connection;
    char *m_line = nullptr;
    std::array<BytesView, 2> m_texts;
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
