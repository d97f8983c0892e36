// RecordReader: one buffer that slides over the file.
#include "core/source/recordreader.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RowSource)
};

} // namespace

Result<bool> RecordReader::open(const QString &path)
{
    m_file.setFileName(path);
    if (QFileInfo(path).isDir())
        return failure(ErrorCode::FileUnreadable, {path, Words::tr("it is a folder")});
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(ErrorCode::FileUnreadable, {path, m_file.errorString()});
    if (auto filled = fill(); !filled) return filled;
    if (held().starts_with("\xFF\xFE") || held().starts_with("\xFE\xFF"))
        return failure(ErrorCode::FileUnreadable,
                       {path, Words::tr("it is UTF-16; save it as UTF-8")});
    if (held().starts_with("\xEF\xBB\xBF")) {
        m_begin = 3;
        m_offset = 3;
    }
    return true;
}

Result<bool> RecordReader::seek(const FilePlace &place)
{
    const std::uint64_t offset = place.offset;
    const std::uint64_t from = m_offset;
    m_line = place.line;
    m_cell = Cell::Begin;
    if (offset >= from && offset <= from + held().size()) {
        m_begin += static_cast<std::size_t>(offset - from);
        m_offset = offset;
        return true;
    }
    if (!m_file.seek(static_cast<qint64>(offset)))
        return failure(ErrorCode::FileUnreadable, {m_file.fileName(), m_file.errorString()});
    m_buffer.clear();
    m_begin = 0;
    m_offset = offset;
    m_atEnd = false;
    return true;
}

// Makes room at the front, then reads a chunk behind what is held.
Result<bool> RecordReader::fill()
{
    m_buffer.erase(0, m_begin);
    m_begin = 0;
    const std::size_t had = m_buffer.size();
    const std::size_t wanted = std::clamp(had, kChunk, kLongest + kChunk - std::min(had, kLongest));
    m_buffer.resize(had + wanted);
    const qint64 got = m_file.read(m_buffer.data() + had, static_cast<qint64>(wanted));
    m_buffer.resize(had + static_cast<std::size_t>(std::max<qint64>(got, 0)));
    if (got < 0)
        return failure(ErrorCode::FileUnreadable, {m_file.fileName(), m_file.errorString()});
    if (got == 0) m_atEnd = true;
    return true;
}

std::optional<std::size_t> RecordReader::lineEnd(std::size_t from) const
{
    const std::size_t end = held().find('\n', from);
    if (end != BytesView::npos) return end;
    return std::nullopt;
}

// The line end outside of quotes. A quote inside of a bare field is no beginning of a quoted one:
// the cells say later that it is wrong.
std::optional<std::size_t> RecordReader::recordEnd(std::size_t from)
{
    const BytesView text = held();
    for (std::size_t i = from; i < text.size(); ++i) {
        const char c = text[i];
        if (m_cell == Cell::Quoted) {
            if (c == '"') m_cell = Cell::Quote;
        } else if (c == '\n') {
            return i;
        } else if (c == m_delimiter) {
            m_cell = Cell::Begin;
        } else if (c == '"' && m_cell != Cell::Bare) {
            m_cell = Cell::Quoted; // the first one, or the second half of a doubled one
        } else {
            m_cell = Cell::Bare;
        }
    }
    return std::nullopt;
}

FileRecord RecordReader::take(std::size_t length, std::size_t behind, LineFault fault)
{
    FileRecord record{held().substr(0, length), m_offset, m_line, fault};
    const BytesView whole = held().substr(0, behind);
    m_line += static_cast<std::uint64_t>(std::count(whole.begin(), whole.end(), '\n'));
    m_begin += behind;
    m_offset += behind;
    m_cell = Cell::Begin;
    if (record.text.ends_with('\r')) record.text.remove_suffix(1);
    return record;
}

// Drops what is held up to the next line end.
Result<bool> RecordReader::skipLine()
{
    while (true) {
        if (const auto end = lineEnd(0)) {
            (void)take(*end, *end + 1, LineFault::None);
            return true;
        }
        (void)take(held().size(), held().size(), LineFault::None);
        if (m_atEnd) return true;
        if (auto filled = fill(); !filled) return filled;
    }
}

Result<std::optional<FileRecord>> RecordReader::next()
{
    m_cell = Cell::Begin;
    std::size_t seen = 0;
    while (true) {
        const auto end = m_quoting == Quoting::Csv ? recordEnd(seen) : lineEnd(seen);
        if (end) {
            FileRecord record = take(*end, *end + 1, LineFault::None);
            if (*end > kLongest) record = {{}, record.offset, record.line, LineFault::TooLong};
            return record;
        }
        seen = held().size();
        const bool open = m_quoting == Quoting::Csv && m_cell == Cell::Quoted;
        if (m_atEnd && seen == 0) return std::optional<FileRecord>();
        if (m_atEnd && !open) return take(seen, seen, LineFault::None);
        if (m_atEnd || seen >= kLongest) {
            const auto first = lineEnd(0);
            if (open && first) return take(*first, *first + 1, LineFault::BrokenQuote);
            if (m_atEnd) return take(seen, seen, LineFault::BrokenQuote);
            const FileRecord record{{}, m_offset, m_line, LineFault::TooLong};
            if (const auto skipped = skipLine(); !skipped) return failure(skipped.error());
            return record;
        }
        if (const auto filled = fill(); !filled) return failure(filled.error());
    }
}

} // namespace kvscope
