// SqliteRows: rows of a SQLite file through SQLite's own interface.
#pragma once

#include "core/source/pagedrows.h"
#include "core/source/sqlite.h"

namespace kvscope {

/// Integers and text come as they are stored, reals in the shortest form that names the same
/// number (`0.1`, `100.0`), text in UTF-8 whatever the file's encoding.
class SqliteRows final : public PagedRows
{
  public:
    explicit SqliteRows(QString file) : m_file(std::move(file)) {}

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
    void startWork() override;

  private:
    // A prepared lookup: which parameter each column goes to, where each column of rows comes from.
    struct Lookup
    {
        std::vector<Bytes> columns;
        SqliteStatement statement;
        std::vector<std::vector<int>> parameters;
        std::vector<int> sources;
    };

    static int interrupted(void *self);
    Bytes selection() const;
    Result<bool> step(SqliteStatement &statement) const;
    Result<bool> describeTable(const Bytes &name, SourceTable &table);
    Result<bool> prepareLookup(const std::vector<Bytes> &columns);
    Result<bool> prepareGivenLookup(Lookup &lookup);

    QString m_file;
    std::chrono::steady_clock::time_point m_deadline;
    std::chrono::milliseconds m_limit{30'000};
    Sqlite m_database;
    SqliteStatement m_first; // page without a beginning
    SqliteStatement m_next;  // page behind a row
    SqliteStatement *m_page = nullptr;
    Lookup m_lookup;
};

} // namespace kvscope
