// TraceReader: lines, columns and records over one buffer.
#include "core/trace/tracereader.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace kvscope::trace {
namespace {

constexpr std::size_t kRecord = 24;
constexpr std::array<std::string_view, 12> kWrites{"set",    "put",     "write",  "w",
                                                   "add",    "del",     "delete", "unlink",
                                                   "expire", "replace", "update", "insert"};

std::uint64_t littleEndian(const char *bytes, std::size_t count)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return number;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// RFC 4180: quotes around a field, doubled inside it. False: a quote that is not closed.
bool splitRow(std::string_view row, std::vector<std::string> &fields)
{
    fields.clear();
    std::string field;
    bool quoted = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const char c = row[i];
        if (quoted) {
            if (c != '"')
                field += c;
            else if (i + 1 < row.size() && row[i + 1] == '"')
                field += row[++i];
            else
                quoted = false;
        } else if (c == '"' && field.empty()) {
            quoted = true;
        } else if (c == ',') {
            fields.push_back(std::move(field));
            field.clear();
        } else {
            field += c;
        }
    }
    fields.push_back(std::move(field));
    return !quoted;
}

template<class Number>
std::optional<Number> numberOf(std::string_view text)
{
    text = trimmed(text);
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::size_t> columnNamed(const std::vector<std::string> &names, std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (lower(trimmed(names[i])) == name) return i;
    return std::nullopt;
}

} // namespace

struct TraceReader::Columns
{
    std::optional<std::size_t> key;
    std::optional<std::size_t> size;
    std::optional<std::size_t> time;
    std::optional<std::size_t> op;
    std::optional<std::size_t> cost;
    std::vector<std::string> row;

    std::string_view of(const std::optional<std::size_t> &column) const
    {
        return column && *column < row.size() ? std::string_view(row[*column]) : std::string_view();
    }
};

std::optional<TraceFormat> traceFormatNamed(std::string_view name)
{
    for (const TraceFormat format :
         {TraceFormat::Keys, TraceFormat::Csv, TraceFormat::OracleGeneral})
        if (name == traceFormatName(format)) return format;
    return std::nullopt;
}

const char *traceFormatName(TraceFormat format)
{
    switch (format) {
    case TraceFormat::Keys:
        return "keys";
    case TraceFormat::Csv:
        return "csv";
    case TraceFormat::OracleGeneral:
        break;
    }
    return "oracleGeneral";
}

TraceReader::TraceReader() = default;
TraceReader::~TraceReader() = default;
TraceReader::TraceReader(TraceReader &&) noexcept = default;
TraceReader &TraceReader::operator=(TraceReader &&) noexcept = default;

bool TraceReader::fail(TraceError error)
{
    m_error = std::move(error);
    return false;
}

// Whether the buffer holds so many bytes from m_at on.
bool TraceReader::need(std::size_t bytes)
{
    while (m_buffer.size() - m_at < bytes) {
        if (m_at > TraceFile::kPiece) {
            m_buffer.erase(0, m_at);
            m_at = 0;
        }
        if (m_file.readMore(m_buffer)) continue;
        if (m_file.error()) m_error = *m_file.error();
        return false;
    }
    return true;
}

bool TraceReader::open(const std::string &path, std::optional<TraceFormat> format)
{
    if (!m_file.open(path)) return fail(*m_file.error());
    (void)need(kRecord * 16);
    if (m_error) return false;
    const std::string_view head = std::string_view(m_buffer).substr(0, kRecord * 16);
    if (format)
        m_format = *format;
    else if (head.find('\0') != std::string_view::npos)
        m_format = TraceFormat::OracleGeneral;
    else
        m_format = readHeader() ? TraceFormat::Csv : TraceFormat::Keys;
    if (m_format == TraceFormat::Csv && !m_columns && !readHeader())
        return fail({TraceError::Kind::NotATrace, "csv", 1});
    return !m_error;
}

// Takes the first line where it names a column `key`; else leaves it.
bool TraceReader::readHeader()
{
    const auto first = line();
    auto columns = std::make_unique<Columns>();
    if (first && splitRow(*first, columns->row)) columns->key = columnNamed(columns->row, "key");
    if (!columns->key) {
        m_at = 0;
        m_line = 0;
        return false;
    }
    columns->size = columnNamed(columns->row, "size");
    columns->time = columnNamed(columns->row, "time");
    columns->op = columnNamed(columns->row, "op");
    columns->cost = columnNamed(columns->row, "cost");
    m_columns = std::move(columns);
    return true;
}

// Without its line break; the last line need not have one.
std::optional<std::string_view> TraceReader::line()
{
    std::size_t seen = 0;
    while (true) {
        const std::string_view rest = std::string_view(m_buffer).substr(m_at);
        const std::size_t end = rest.find('\n', seen);
        const bool found = end != std::string_view::npos;
        const std::size_t length = found ? end : rest.size();
        if (length > kLongestLine) {
            fail({TraceError::Kind::NotATrace, traceFormatName(m_format), m_line + 1});
            return std::nullopt;
        }
        if (!found) {
            seen = length;
            if (need(length + 1)) continue;
            if (m_error || length == 0) return std::nullopt;
        }
        std::string_view text = std::string_view(m_buffer).substr(m_at, length);
        m_at += length + (found ? 1 : 0);
        ++m_line;
        if (text.ends_with('\r')) text.remove_suffix(1);
        return text;
    }
}

std::optional<Access> TraceReader::nextKey()
{
    while (const auto text = line()) {
        if (text->empty()) continue;
        auto key = unescapeBytes(*text);
        if (!key) {
            fail({TraceError::Kind::NotATrace, "keys", m_line});
            return std::nullopt;
        }
        m_key = std::move(*key);
        return Access{m_key};
    }
    return std::nullopt;
}

std::optional<Access> TraceReader::nextRow()
{
    while (const auto text = line()) {
        if (text->empty()) continue;
        auto key = splitRow(*text, m_columns->row) ? unescapeBytes(m_columns->of(m_columns->key))
                                                   : std::nullopt;
        if (!key || key->empty()) {
            fail({TraceError::Kind::NotATrace, "csv", m_line});
            return std::nullopt;
        }
        const std::string op = lower(trimmed(m_columns->of(m_columns->op)));
        if (std::find(kWrites.begin(), kWrites.end(), op) != kWrites.end()) continue;
        m_key = std::move(*key);
        Access access{m_key};
        access.bytes = numberOf<std::uint32_t>(m_columns->of(m_columns->size)).value_or(0);
        access.cost = std::max(numberOf<double>(m_columns->of(m_columns->cost)).value_or(0), 0.0);
        if (const auto time = numberOf<double>(m_columns->of(m_columns->time));
            time && *time >= 0 && *time < 1e15)
            access.seconds = static_cast<std::int64_t>(*time);
        return access;
    }
    return std::nullopt;
}

std::optional<Access> TraceReader::nextRecord()
{
    if (!need(kRecord)) {
        if (!m_error && m_buffer.size() > m_at)
            fail({TraceError::Kind::Truncated, "oracleGeneral", m_count + 1});
        return std::nullopt;
    }
    const char *record = m_buffer.data() + m_at;
    m_at += kRecord;
    m_key = std::to_string(littleEndian(record + 4, 8));
    Access access{m_key};
    access.seconds = static_cast<std::int64_t>(littleEndian(record, 4));
    access.bytes = static_cast<std::uint32_t>(littleEndian(record + 12, 4));
    return access;
}

std::optional<Access> TraceReader::next()
{
    if (m_error) return std::nullopt;
    std::optional<Access> access;
    switch (m_format) {
    case TraceFormat::Keys:
        access = nextKey();
        break;
    case TraceFormat::Csv:
        access = nextRow();
        break;
    case TraceFormat::OracleGeneral:
        access = nextRecord();
        break;
    }
    if (access) ++m_count;
    return access;
}

std::vector<Request> readTrace(const std::string &path, std::optional<TraceError> &error)
{
    TraceReader reader;
    std::vector<Request> requests;
    if (reader.open(path))
        while (const auto access = reader.next())
            requests.push_back(
                {std::string(access->key), access->seconds, access->bytes, access->cost});
    error = reader.error();
    if (error) requests.clear();
    return requests;
}

} // namespace kvscope::trace
