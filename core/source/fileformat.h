// FileFormat: a record's cells, for each kind of file.
#pragma once

#include "core/source/recordreader.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace kvscope {

/// Not thread-safe.
class FileFormat
{
  public:
    virtual ~FileFormat() = default;

    virtual RecordReader::Quoting quoting() const = 0;
    virtual char delimiter() const { return ','; }
    /// Of a format whose first record names the columns; comes first of all.
    virtual LineFault setHeader(const FileRecord &) { return LineFault::None; }
    virtual std::vector<Bytes> header() const { return {}; }
    /// Of one without: the columns that `record` has, appended, each once.
    virtual void addColumns(const FileRecord &, std::vector<Bytes> &) const {}
    /// Which columns append() is to hand out, in that order.
    virtual void setColumns(const std::vector<Bytes> &columns) = 0;
    /// One cell for each of them. What is wrong with the record, and then nothing was appended.
    virtual LineFault append(const FileRecord &record, RowPage &page) = 0;
};

/// An object a line. Numbers keep their digits, texts are unescaped, objects and arrays stay JSON,
/// a member that is missing is NULL; of two with one name the last counts.
class JsonLines final : public FileFormat
{
  public:
    RecordReader::Quoting quoting() const override { return RecordReader::Quoting::None; }
    void addColumns(const FileRecord &record, std::vector<Bytes> &columns) const override;
    void setColumns(const std::vector<Bytes> &columns) override;
    LineFault append(const FileRecord &record, RowPage &page) override;

  private:
    std::size_t m_count = 0;
    std::unordered_map<Bytes, std::size_t> m_columns;
    std::vector<std::uint32_t> m_nodes; // of the record at hand, by column
};

/// RFC 4180 with a header. A bare field that JSON would take as a number is a number, an empty one
/// is NULL; a quoted field is always text. `delimiter` is a comma unless the header has only
/// semicolons or tabs.
class CsvLines final : public FileFormat
{
  public:
    explicit CsvLines(char delimiter) : m_delimiter(delimiter) {}
    static char delimiterOf(BytesView header);

    RecordReader::Quoting quoting() const override { return RecordReader::Quoting::Csv; }
    char delimiter() const override { return m_delimiter; }
    LineFault setHeader(const FileRecord &record) override;
    std::vector<Bytes> header() const override { return m_header; }
    void setColumns(const std::vector<Bytes> &columns) override;
    LineFault append(const FileRecord &record, RowPage &page) override;

  private:
    struct Cell
    {
        BytesView text; // without the quotes
        bool quoted = false;
        bool doubled = false; // holds "" for "
    };
    static void appendUnquoted(const Cell &cell, Bytes &out);
    LineFault split(BytesView record, std::vector<Cell> &cells) const;

    char m_delimiter;
    std::vector<Bytes> m_header;
    std::vector<std::size_t> m_fields; // of the columns asked for
    std::vector<Cell> m_cells;
    Bytes m_text;
};

} // namespace kvscope
