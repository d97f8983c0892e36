// RecordReader: a file's lines, or what CSV calls a record, one after the other.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"
#include "core/source/rowpage.h"

#include <QFile>

#include <optional>

namespace kvscope {

/// Where a record begins.
struct FilePlace
{
    std::uint64_t offset = 0;
    std::uint64_t line = 0; ///< the first is 1
};

/// One record without its line end.
struct FileRecord
{
    BytesView text; ///< valid until the reader is used again
    std::uint64_t offset = 0;
    std::uint64_t line = 0; ///< where it begins; the first is 1
    LineFault fault = LineFault::None;
};

/// Lines end in LF or CR LF; the last one may go without. A record holds at most 64 MB, and so does
/// the reader; a longer one is skipped and says so. A record with a quote that nothing closes is
/// its first line alone, and reading goes on behind that.
class RecordReader
{
  public:
    enum class Quoting : std::uint8_t {
        None, ///< a record is a line
        Csv,  ///< a field that begins with a quote may hold line ends
    };

    RecordReader(Quoting quoting, char delimiter) : m_quoting(quoting), m_delimiter(delimiter) {}

    /// Reads on behind a byte-order mark. FileUnreadable, also for UTF-16.
    Result<bool> open(const QString &path);
    Result<bool> seek(const FilePlace &place);
    /// Of the next record.
    FilePlace place() const { return {m_offset, m_line}; }
    /// Nothing at the end of the file.
    Result<std::optional<FileRecord>> next();

  private:
    static constexpr std::size_t kChunk = 1U << 20U;
    static constexpr std::size_t kLongest = 64U << 20U;

    Result<bool> fill();
    BytesView held() const { return BytesView(m_buffer).substr(m_begin); }
    std::optional<std::size_t> lineEnd(std::size_t from) const;
    std::optional<std::size_t> recordEnd(std::size_t from);
    FileRecord take(std::size_t length, std::size_t behind, LineFault fault);
    Result<bool> skipLine();

    Quoting m_quoting;
    char m_delimiter;
    QFile m_file;
    Bytes m_buffer;
    std::size_t m_begin = 0;    // of what is not handed out, in m_buffer
    std::uint64_t m_offset = 0; // of m_begin, in the file
    std::uint64_t m_line = 1;
    bool m_atEnd = false; // the buffer holds the file's last byte

    // Where recordEnd() stands in a record that the buffer does not hold whole.
    enum class Cell : std::uint8_t { Begin, Bare, Quoted, Quote };
    Cell m_cell = Cell::Begin;
};

} // namespace kvscope
