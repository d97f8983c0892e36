// PostgresCopy: rows of PostgreSQL through COPY … TO STDOUT, on the connection of Qt's driver.
//
// Qt's driver makes a result, a QVariant and a QString of every cell; a COPY brings a row as one
// line, whose cells are copied into the page as they stand. Session, TLS, encoding, time limit and
// the way to cancel are those of the connection.
#pragma once

#include "core/source/rowpage.h"

#include <QString>

#include <memory>
#include <optional>

class QSqlDriver;

namespace kvscope {

/// One thread; the driver's connection must stay open meanwhile.
class PostgresCopy
{
  public:
    struct Column
    {
        CellKind kind;
        bool hex; ///< a bytea: printed as \x…
    };
    struct Failure
    {
        QString code;  ///< SQLSTATE; empty where the server said none
        QString words; ///< as libpq has them
    };

    /// Whether libpq was there to build with.
    static bool isBuiltIn();
    /// Nothing where the driver is another one's, or where libpq was not there to build with.
    static std::unique_ptr<PostgresCopy> over(const QSqlDriver *driver);
    ~PostgresCopy();
    PostgresCopy(const PostgresCopy &) = delete;
    PostgresCopy &operator=(const PostgresCopy &) = delete;

    /// `select`: a query that prints these columns.
    std::optional<Failure> start(const QString &select, std::vector<Column> columns);
    enum class Step : std::uint8_t { Row, End, Failed };
    /// Appends a row. Requires: started; after End or Failed it is to be started anew.
    Step next(RowPage &page);
    /// Of the last Failed.
    const Failure &failure() const { return m_failure; }
    bool isRunning() const { return m_running; }
    /// Reads what is left and throws it away: a page's rest is little.
    void finish();

  private:
    struct Link; // libpq's connection
    explicit PostgresCopy(std::unique_ptr<Link> link);
    Step end();
    bool take(BytesView line, RowPage &page) const;

    std::unique_ptr<Link> m_link;
    std::vector<Column> m_columns;
    Failure m_failure;
    bool m_running = false;
};

} // namespace kvscope
