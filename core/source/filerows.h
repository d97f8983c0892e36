// FileRows: rows of a JSON Lines or CSV file.
//
//   file order (none given)            a given order
//   reader ──> record ──> cells        pass 1: order columns ──> FileIndex, sorted
//   place = (#line, #offset)           then:   FileIndex ──> place ──> record ──> cells
//
// Memory is bounded by one record and one page either way. A lookup by other columns builds a
// FileIndex in one pass, and again when the file has changed since.
#pragma once

#include "core/source/fileformat.h"
#include "core/source/fileindex.h"
#include "core/source/rowsource.h"

namespace kvscope {

/// The columns behind the file's own ones: the order of a file that is given none. With them a
/// pass goes on where it was broken off, and people find the line.
inline constexpr const char *kLineColumn = "#line";
inline constexpr const char *kOffsetColumn = "#offset";
/// Both of them.
std::vector<Bytes> fileOrder();

/// A record that can't be read is a row with a LineFault and its place. A column that some lines
/// of a JSON Lines file lack is NULL there; one that all lack is ColumnMissing.
class FileRows final : public RowSource
{
  public:
    enum class Kind : std::uint8_t { JsonLines, Csv };

    FileRows(Kind kind, QString path);

    Result<bool> open() override;
    /// One: the file.
    Result<std::vector<SourceTable>> tables() override;
    Result<std::vector<SourceColumn>> prepare(const RowQuery &query) override;
    Result<bool> seek(std::optional<FieldTuple> after) override;
    Result<bool> read(RowPage &page, std::size_t rows, std::size_t bytes) override;
    Result<bool> find(const std::vector<Bytes> &columns, const std::vector<FieldTuple> &tuples,
                      RowPage &page) override;
    /// Nothing where that takes longer than two seconds.
    using RowSource::countRows;
    std::optional<std::int64_t> countRows(std::chrono::milliseconds patience) override;

  private:
    struct Stamp
    {
        std::int64_t size = -1;
        std::int64_t changedNs = 0;
        std::uint64_t inode = 0;
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    using Visit = std::function<Result<bool>(const FileRecord &)>; // false ends the pass

    Stamp stamp() const;
    Result<bool> openReader(std::optional<RecordReader> &reader) const;
    Result<bool> forEachRecord(const Visit &visit);
    Result<std::vector<Bytes>> scanColumns(const std::vector<Bytes> &needed);
    Result<FileIndex> makeIndex(FileIndex::Purpose purpose, const std::vector<Bytes> &columns);
    Result<std::optional<FileRecord>> recordAt(RecordReader &reader, const FilePlace &place) const;
    Result<std::optional<FileRecord>> nextRecord();
    void append(const FileRecord &record, RowPage &page);
    Result<bool> checkOrder(const RowPage &page);
    Result<bool> prepareLookups(const std::vector<Bytes> &columns);
    Result<bool> appendFound(const std::vector<std::size_t> &columns, const FieldTuple &tuple,
                             const std::vector<FilePlace> &places, RowPage &page);
    tl::unexpected<Error> changed() const;
    std::vector<std::size_t> indexesOf(const std::vector<Bytes> &names) const;

    Kind m_kind;
    QString m_path;
    std::unique_ptr<FileFormat> m_format;
    std::optional<RecordReader> m_reader;
    FilePlace m_start;          // of the first row
    std::vector<Bytes> m_names; // the file's own columns; two more are handed out
    bool m_ended = false;

    std::vector<Bytes> m_order; // empty: the file's
    std::vector<std::size_t> m_orderColumns;
    std::optional<FileIndex> m_ordered;
    std::optional<FieldTuple> m_last; // order of the row before

    std::optional<RecordReader> m_lookup;
    std::optional<FileIndex> m_index;
    std::vector<Bytes> m_indexColumns;
    Stamp m_indexed;
};

} // namespace kvscope
