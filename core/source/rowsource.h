// RowSource: rows of a database or a file, page by page in a stated order, for jobs.
#pragma once

#include "core/async/result.h"
#include "core/source/rowpage.h"

#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace kvscope {

/// Which rows, and in which order.
struct RowQuery
{
    enum class Use : std::uint8_t {
        Pass,   ///< every row once, in order
        Sample, ///< a few rows for people to look at; without an order in whatever order they come
    };
    QString rows;              ///< a SELECT; a file's rows need none
    std::vector<Bytes> order;  ///< columns, unique together; none, or fileOrder(): a file's own
    QString lookup;            ///< a SELECT with `:column` parameters; empty: none
    std::vector<Bytes> needed; ///< columns that must be there (ColumnMissing)
    std::chrono::milliseconds statementTimeout{30'000};
    Use use = Use::Pass;
    enum class Columns : std::uint8_t {
        All,
        Needed, ///< of a database, `needed` and `order` alone are read; a file's always are
    };
    Columns columns = Columns::All;
};

struct SourceColumn
{
    Bytes name;
    QString type;                 ///< as the source calls it; empty: unknown
    std::optional<CellKind> kind; ///< of its cells, where the type decides it
};

struct SourceTable
{
    QString name;
    QString sqlName; ///< as a query writes it; empty: its rows need no query
    std::vector<SourceColumn> columns;
    std::vector<Bytes> primaryKey; ///< in its own order; empty: none is known
};

/// Blocking: made, used and destroyed on one thread, never the user interface's. Reads only: its
/// session refuses to write. A stop that is requested while a statement runs ends it with
/// Cancelled.
class RowSource
{
  public:
    virtual ~RowSource() = default;

    /// Connects. FileUnreadable, DriverMissing, SourceFailed.
    virtual Result<bool> open() = 0;

    /// Tables and views with their columns, for people to choose from. Requires: open.
    virtual Result<std::vector<SourceTable>> tables() = 0;

    /// Sets the query; the columns that its rows have. ColumnMissing, OrderIsNull, SourceFailed.
    virtual Result<std::vector<SourceColumn>> prepare(const RowQuery &query) = 0;

    /// Reading goes on behind the row whose order columns hold `after`, or from the first one.
    /// Pages are read as `SELECT * FROM (rows) WHERE order > after ORDER BY order LIMIT n`.
    virtual Result<bool> seek(std::optional<FieldTuple> after) = 0;

    /// Appends at most `rows` rows, fewer once `bytes` are held. Ensures: an empty page means the
    /// end. OrderNotUnique where two neighbours have the same order.
    virtual Result<bool> read(RowPage &page, std::size_t rows, std::size_t bytes) = 0;

    /// Appends the rows whose `columns` hold one of `tuples`, in any order.
    virtual Result<bool> find(const std::vector<Bytes> &columns,
                              const std::vector<FieldTuple> &tuples, RowPage &page) = 0;

    /// What a count is worth to who waits for it.
    static constexpr std::chrono::milliseconds kCountPatience{2'000};
    /// Rows in all, where the source can say so within `patience`; nothing otherwise.
    virtual std::optional<std::int64_t> countRows(std::chrono::milliseconds patience) = 0;
    std::optional<std::int64_t> countRows() { return countRows(kCountPatience); }

    /// What ends a running statement. Set it before open().
    void setStopToken(std::stop_token stop) { m_stop = std::move(stop); }

  protected:
    const std::stop_token &stopToken() const { return m_stop; }

  private:
    std::stop_token m_stop;
};

/// From a source URL (contract, Binding file): `sqlite:FILE`, `postgresql://…`, `mysql://…`,
/// `odbc:DSN`, `jsonl:FILE`, `csv:FILE`. A relative file is looked for in `folder`, then in the
/// working directory. SourceFailed for what is no source URL.
Result<std::unique_ptr<RowSource>> makeRowSource(const QString &url, const QString &folder = {});

/// `url` as people may see it: without a password.
QString sourceName(const QString &url);

} // namespace kvscope
