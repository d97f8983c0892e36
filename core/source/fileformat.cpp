// FileFormat: JSON Lines by JsonDocument, CSV by hand.
#include "core/source/fileformat.h"

#include "core/base/decimal.h"
#include "core/value/jsondocument.h"

#include <algorithm>
#include <array>

namespace kvscope {
namespace {

constexpr std::size_t kNoField = ~std::size_t{0};

void addOnce(std::vector<Bytes> &columns, Bytes name)
{
    if (std::find(columns.begin(), columns.end(), name) == columns.end())
        columns.push_back(std::move(name));
}

CellKind numberKind(BytesView text)
{
    return text.find_first_of(".eE") == BytesView::npos ? CellKind::Integer : CellKind::Decimal;
}

} // namespace

void JsonLines::addColumns(const FileRecord &record, std::vector<Bytes> &columns) const
{
    const auto document = JsonDocument::parse(Bytes(record.text));
    if (!document || document->type(JsonDocument::kRoot) != JsonType::Object) return;
    for (auto node = document->firstChild(JsonDocument::kRoot); node != JsonDocument::kNone;
         node = document->nextSibling(node))
        addOnce(columns, document->key(node));
}

void JsonLines::setColumns(const std::vector<Bytes> &columns)
{
    m_count = columns.size();
    m_columns.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) m_columns.emplace(columns[i], i);
}

LineFault JsonLines::append(const FileRecord &record, RowPage &page)
{
    const auto document = JsonDocument::parse(Bytes(record.text));
    if (!document)
        return document.error().fault == JsonFault::InvalidUtf8 ? LineFault::NotUtf8
                                                                : LineFault::NotJson;
    if (document->type(JsonDocument::kRoot) != JsonType::Object) return LineFault::NotAnObject;
    m_nodes.assign(m_count, JsonDocument::kNone);
    for (auto node = document->firstChild(JsonDocument::kRoot); node != JsonDocument::kNone;
         node = document->nextSibling(node))
        if (const auto at = m_columns.find(document->key(node)); at != m_columns.end())
            m_nodes[at->second] = node;
    for (const auto node : m_nodes) {
        if (node == JsonDocument::kNone) {
            page.append(CellKind::Null, {});
            continue;
        }
        switch (document->type(node)) {
        case JsonType::Null:
            page.append(CellKind::Null, {});
            break;
        case JsonType::Boolean:
            page.append(CellKind::Boolean, document->text(node));
            break;
        case JsonType::Number:
            page.append(numberKind(document->text(node)), document->text(node));
            break;
        case JsonType::String:
            page.append(CellKind::Text, document->scalar(node));
            break;
        case JsonType::Array:
        case JsonType::Object:
            page.append(CellKind::Json, document->text(node));
            break;
        }
    }
    return LineFault::None;
}

char CsvLines::delimiterOf(BytesView header)
{
    constexpr std::array<char, 3> kDelimiters{',', ';', '\t'};
    for (const char c : kDelimiters)
        if (header.find(c) != BytesView::npos) return c;
    return ',';
}

void CsvLines::appendUnquoted(const Cell &cell, Bytes &out)
{
    for (std::size_t i = 0; i < cell.text.size(); ++i) {
        out += cell.text[i];
        if (cell.doubled && cell.text[i] == '"') ++i;
    }
}

LineFault CsvLines::split(BytesView record, std::vector<Cell> &cells) const
{
    cells.clear();
    std::size_t at = 0;
    while (true) {
        Cell cell;
        std::size_t end = 0;
        if (at < record.size() && record[at] == '"') {
            cell.quoted = true;
            end = at + 1;
            while (true) {
                end = record.find('"', end);
                if (end == BytesView::npos) return LineFault::BrokenQuote;
                if (end + 1 >= record.size() || record[end + 1] != '"') break;
                cell.doubled = true;
                end += 2;
            }
            cell.text = record.substr(at + 1, end - at - 1);
            ++end;
            if (end < record.size() && record[end] != m_delimiter) return LineFault::BrokenQuote;
        } else {
            end = std::min(record.find(m_delimiter, at), record.size());
            cell.text = record.substr(at, end - at);
            if (cell.text.find('"') != BytesView::npos) return LineFault::BrokenQuote;
        }
        cells.push_back(cell);
        if (end >= record.size()) return LineFault::None;
        at = end + 1;
    }
}

LineFault CsvLines::setHeader(const FileRecord &record)
{
    m_header.clear();
    std::vector<Cell> cells;
    const LineFault fault =
        record.fault == LineFault::None ? split(record.text, cells) : record.fault;
    for (const Cell &cell : cells) {
        Bytes name;
        appendUnquoted(cell, name);
        m_header.push_back(std::move(name));
    }
    return fault;
}

void CsvLines::setColumns(const std::vector<Bytes> &columns)
{
    m_fields.clear();
    for (const Bytes &name : columns) {
        const auto at = std::find(m_header.begin(), m_header.end(), name);
        m_fields.push_back(at == m_header.end() ? kNoField
                                                : static_cast<std::size_t>(at - m_header.begin()));
    }
}

LineFault CsvLines::append(const FileRecord &record, RowPage &page)
{
    if (const LineFault fault = split(record.text, m_cells); fault != LineFault::None) return fault;
    if (m_cells.size() != m_header.size()) return LineFault::FieldCount;
    for (const std::size_t field : m_fields) {
        if (field == kNoField) {
            page.append(CellKind::Null, {});
            continue;
        }
        const Cell &cell = m_cells[field];
        if (cell.doubled) {
            m_text.clear();
            appendUnquoted(cell, m_text);
            page.append(CellKind::Text, m_text);
        } else if (cell.quoted) {
            page.append(CellKind::Text, cell.text);
        } else if (cell.text.empty()) {
            page.append(CellKind::Null, {});
        } else {
            page.append(isJsonNumber(cell.text) ? numberKind(cell.text) : CellKind::Text,
                        cell.text);
        }
    }
    return LineFault::None;
}

} // namespace kvscope
