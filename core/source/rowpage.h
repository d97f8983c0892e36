// RowPage: rows of a source as exact text, flat.
#pragma once

#include "core/base/bytes.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace kvscope {

/// What a cell's text is. The text is the source's own, digit for digit.
enum class CellKind : std::uint8_t {
    Null,
    Integer, ///< digits with an optional sign, of any length
    Decimal, ///< a number with a dot or an exponent; also NaN and infinities as the source writes
             ///< them
    Boolean, ///< `true` or `false`
    Json,    ///< a JSON value
    Text,
    Blob, ///< bytes that the source does not call text
};

/// Why a file's record is no row.
enum class LineFault : std::uint8_t {
    None,
    NotJson,
    NotAnObject, ///< JSON, but no object
    NotUtf8,
    FieldCount,  ///< other than the header's
    BrokenQuote, ///< not closed, or with text behind it
    TooLong,     ///< a record over 64 MB
};

/// One cell apart from its page: a value of the order, of a lookup.
struct Field
{
    CellKind kind = CellKind::Null;
    Bytes text;

    bool isNull() const { return kind == CellKind::Null; }
    friend bool operator==(const Field &, const Field &) = default;
};

/// One value for each column of an order or a lookup.
using FieldTuple = std::vector<Field>;

/// Rows in one buffer; nothing is allocated per cell. A page that is cleared and filled again keeps
/// its memory.
class RowPage
{
  public:
    struct Cell
    {
        std::uint32_t offset;
        std::uint32_t length;
        CellKind kind;
    };
    static constexpr std::size_t kMaxBytes = 0xFFFFFFFFU;

    void reset(std::size_t columns)
    {
        m_columns = columns;
        m_used = 0;
        m_cells.clear();
        m_faults.clear();
    }
    /// A row is complete once it has a cell for each column.
    void append(CellKind kind, BytesView text)
    {
        if (!text.empty()) std::memcpy(room(text.size()), text.data(), text.size());
        appendWritten(kind, text.size());
    }
    /// Where the next cell's text may be written to, `size` bytes at most.
    char *room(std::size_t size)
    {
        if (m_buffer.size() - m_used < size)
            m_buffer.resize(std::max(m_buffer.size() * 2, m_used + size));
        return m_buffer.data() + m_used;
    }
    /// What was written to room() is the next cell.
    void appendWritten(CellKind kind, std::size_t size)
    {
        m_cells.push_back(
            {static_cast<std::uint32_t>(m_used), static_cast<std::uint32_t>(size), kind});
        m_used += size;
    }
    /// The last row stands for a record that can't be read: only its place is known.
    void markLast(LineFault fault)
    {
        m_faults.resize(rows(), LineFault::None);
        m_faults.back() = fault;
    }
    LineFault fault(std::size_t row) const
    {
        return row < m_faults.size() ? m_faults[row] : LineFault::None;
    }
    /// Takes the last row away.
    void dropLast()
    {
        m_used = m_cells[m_cells.size() - m_columns].offset;
        m_cells.resize(m_cells.size() - m_columns);
        if (m_faults.size() > rows()) m_faults.resize(rows());
    }

    std::size_t rows() const { return m_columns == 0 ? 0 : m_cells.size() / m_columns; }
    std::size_t columns() const { return m_columns; }
    std::size_t bytes() const { return m_used; }
    bool empty() const { return m_cells.empty(); }

    const Cell &cell(std::size_t row, std::size_t column) const
    {
        return m_cells[row * m_columns + column];
    }
    BytesView text(const Cell &cell) const { return {m_buffer.data() + cell.offset, cell.length}; }
    BytesView text(std::size_t row, std::size_t column) const { return text(cell(row, column)); }
    Field field(std::size_t row, std::size_t column) const
    {
        const Cell &at = cell(row, column);
        return {at.kind, Bytes(text(at))};
    }
    FieldTuple tuple(std::size_t row, const std::vector<std::size_t> &columns) const
    {
        FieldTuple fields;
        fields.reserve(columns.size());
        for (const std::size_t column : columns) fields.push_back(field(row, column));
        return fields;
    }

  private:
    std::size_t m_columns = 0;
    Bytes m_buffer; // up to m_used; behind it is room that was made once
    std::size_t m_used = 0;
    std::vector<Cell> m_cells;
    std::vector<LineFault> m_faults; // of the rows up to the last one that has any
};

} // namespace kvscope
