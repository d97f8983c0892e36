// PagedRows: keyset paging, the same for every database.
//
//   openPage(after, n+1)   row row row … row | row      n+1 asked for; the last one only shows that
//                                             ^         the order goes on and is unique, and is
//                                             read
//   openPage(last, m+1)    row row …                    again by the next page
//
// A page is sized by what it takes, its consumer included, to 0.25–0.5 s, so that no statement and
// no read transaction stays open for long, and to 32 MB at most.
#pragma once

#include "core/source/rowsource.h"

namespace kvscope {

class PagedRows : public RowSource
{
  public:
    Result<bool> seek(std::optional<FieldTuple> after) final;
    Result<bool> read(RowPage &page, std::size_t rows, std::size_t bytes) final;
    Result<bool> find(const std::vector<Bytes> &columns, const std::vector<FieldTuple> &tuples,
                      RowPage &page) final;
    Result<std::vector<SourceColumn>> prepare(const RowQuery &query) final;

  protected:
    using Clock = std::chrono::steady_clock;

    /// The columns of query().rows.
    virtual Result<std::vector<SourceColumn>> describe() = 0;
    /// columns() are what is to be read from here on.
    virtual Result<bool> begin() = 0;
    /// Whether some row has NULL in that column.
    virtual Result<bool> hasNull(const Bytes &column) = 0;
    virtual Result<bool> openPage(const std::optional<FieldTuple> &after, std::size_t limit) = 0;
    /// Appends the next row; false at the end of the statement.
    virtual Result<bool> nextRow(RowPage &page) = 0;
    virtual void closePage() = 0;
    /// A page may be open meanwhile.
    virtual Result<bool> findRows(const std::vector<Bytes> &columns,
                                  const std::vector<FieldTuple> &tuples, RowPage &page) = 0;
    /// Called in front of each piece of work that a time limit holds for.
    virtual void startWork() {}

    const RowQuery &query() const { return m_query; }
    const std::vector<SourceColumn> &columns() const { return m_columns; }
    /// Requires: the column is there.
    std::size_t columnIndex(const Bytes &name) const;

  private:
    void dropUnneeded();
    Result<bool> readRow(RowPage &page);
    Result<bool> beginPage();
    void endPage();
    std::size_t fitting(Clock::duration took) const;
    bool sameOrderAsBefore(const RowPage &page) const;
    tl::unexpected<Error> notUnique(const RowPage &page) const;

    RowQuery m_query;
    std::vector<SourceColumn> m_columns;
    std::vector<std::size_t> m_orderColumns;
    std::optional<FieldTuple> m_last; // of the rows handed out
    std::size_t m_limit = kFirstLimit;
    std::size_t m_inPage = 0;
    std::size_t m_bytesInPage = 0;
    bool m_open = false;
    bool m_ended = false;
    Clock::time_point m_opened;

    static constexpr std::size_t kFirstLimit = 16; // it may hold values of megabytes
    static constexpr std::size_t kLowestLimit = 8;
    static constexpr std::size_t kHighestLimit = 2'000'000;
};

/// Column names for sentences: `id, name`.
QString namesText(const std::vector<Bytes> &names);
QString namesText(const std::vector<SourceColumn> &columns);

/// ColumnMissing for the first of `needed` that is not there.
std::optional<Error> missingColumn(const std::vector<SourceColumn> &columns,
                                   const std::vector<Bytes> &needed);

} // namespace kvscope
