// QtSqlRows: rows of PostgreSQL, MariaDB or MySQL, and of anything ODBC reaches, through Qt SQL.
#pragma once

#include "core/source/pagedrows.h"
#include "core/source/postgrescopy.h"
#include "core/source/sqlsession.h"

namespace kvscope {

/// Forward-only, page by page; PostgreSQL's pages come as a COPY where libpq was there to build
/// with. PostgreSQL and MariaDB print every value themselves (SqlDialect);
/// what ODBC drivers hand out goes through QVariant, numbers as the driver's own text where it
/// gives one, else the shortest that names the same double. Times are in UTC. MariaDB's JSON is
/// text to its clients, so it is text here too.
class QtSqlRows final : public PagedRows
{
  public:
    /// `url`: postgresql://…, mysql://…, or for ODBC what stands behind `odbc:`.
    QtSqlRows(SqlProduct product, const QString &url)
        : m_pages(product, url), m_lookups(product, url)
    {}

    Result<bool> open() override;
    Result<std::vector<SourceTable>> tables() override;
    using RowSource::countRows;
    std::optional<std::int64_t> countRows(std::chrono::milliseconds patience) override;

  protected:
    Result<std::vector<SourceColumn>> describe() override;
    Result<bool> begin() override;
    Result<bool> hasNull(const Bytes &column) override;
    Result<bool> openPage(const std::optional<FieldTuple> &after, std::size_t limit) override;
    Result<bool> nextRow(RowPage &page) override;
    void closePage() override;
    Result<bool> findRows(const std::vector<Bytes> &columns, const std::vector<FieldTuple> &tuples,
                          RowPage &page) override;

  private:
    using Tuples = std::vector<const FieldTuple *>;

    const SqlDialect &dialect() const { return m_pages.dialect(); }
    QString rows() const;
    std::optional<Error> copy(const std::optional<FieldTuple> &after, std::size_t limit);
    Result<bool> nextCopied(RowPage &page);
    std::vector<TypedColumn> typed(const std::vector<Bytes> &names) const;
    Result<bool> openLookups();
    Result<bool> append(const QString &sql, RowPage &page);
    Result<bool> findSome(const std::vector<TypedColumn> &wanted, const Tuples &tuples,
                          RowPage &page);
    void appendRow(const QSqlQuery &query, RowPage &page) const;
    /// The binding's lookup with literals in the place of its parameters; nothing where it names
    /// another one than `wanted`.
    std::optional<QString> lookupFor(const std::vector<TypedColumn> &wanted,
                                     const FieldTuple &tuple) const;

    // Lookups have a connection of their own: no page has to be read to its end, or opened anew,
    // for a few single rows.
    SqlSession m_pages;
    SqlSession m_lookups;
    bool m_lookupsOpen = false;
    QSqlQuery m_page;
    std::vector<TypedColumn> m_columns;   // those that are read
    std::unique_ptr<PostgresCopy> m_copy; // over m_pages' connection
    std::vector<TypedColumn> m_copied;    // as m_columns, what prints itself without a cast
    bool m_copies = false;                // the open page comes by m_copy
};

} // namespace kvscope
