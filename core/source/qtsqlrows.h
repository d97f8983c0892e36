// QtSqlRows: rows of PostgreSQL, MariaDB or MySQL, and of anything ODBC reaches, through Qt SQL.
#pragma once

#include "core/source/pagedrows.h"
#include "core/source/sqldialect.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QUrl>

namespace kvscope {

/// Forward-only and streaming. PostgreSQL and MariaDB print every value themselves (CAST), so that
/// no number passes through a double and no time loses its digits; what ODBC drivers hand out goes
/// through QVariant, with the shortest text that names the same double.
class QtSqlRows final : public PagedRows
{
  public:
    using Dialect = SqlProduct;

    /// `url`: postgresql://…, mysql://…, or for ODBC what stands behind `odbc:`.
    QtSqlRows(Dialect dialect, QString url);
    ~QtSqlRows() override;

    Result<bool> open() override;
    Result<std::vector<SourceTable>> tables() override;
    std::optional<std::int64_t> countRows() override;

  protected:
    Result<std::vector<SourceColumn>> describe() override;
    Result<bool> hasNull(const Bytes &column) override;
    Result<bool> openPage(const std::optional<FieldTuple> &after, std::size_t limit) override;
    Result<bool> nextRow(RowPage &page) override;
    void closePage() override;
    Result<bool> findRows(const std::vector<Bytes> &columns, const std::vector<FieldTuple> &tuples,
                          RowPage &page) override;
    bool allowsTwoStatements() const override { return false; }

  private:
    Result<bool> configureSession();
    Result<bool> run(const QString &sql);
    Error errorOf(const QSqlError &error) const;
    QString identifier(const Bytes &name) const;
    QString literal(const Field &field) const;
    /// `a, b` → the list of all columns as text.
    QString selection() const;
    QString behind(const FieldTuple &after) const;
    QString orderText() const;
    void appendRow(const QSqlQuery &query, RowPage &page) const;
    Result<bool> findByLookup(const std::vector<Bytes> &columns,
                              const std::vector<FieldTuple> &tuples, RowPage &page);
    /// The binding's lookup with literals in the place of its parameters; nothing where it names
    /// another one than `columns`.
    std::optional<QString> lookupFor(const std::vector<Bytes> &columns,
                                     const FieldTuple &tuple) const;

    Dialect m_dialect;
    QString m_url;
    QString m_connection;
    QSqlDatabase m_database;
    QSqlQuery m_page;
    std::vector<CellKind> m_kinds; // of the cells, where not NULL
};

} // namespace kvscope
