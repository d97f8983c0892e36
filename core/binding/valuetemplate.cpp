// ValueTemplate: JSON by appending; eight bytes at a time where a text needs no escape.
#include "core/binding/valuetemplate.h"

#include "core/base/decimal.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Binding)
};

// True where none of the eight bytes is a control, a quote, a backslash or above ASCII.
bool isPlain(std::uint64_t word)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    constexpr std::uint64_t kTops = 0x8080808080808080ULL;
    const auto holdsZero = [](std::uint64_t w) { return (w - kOnes) & ~w & kTops; };
    const std::uint64_t controls = (word - kOnes * 0x20) & ~word & kTops;
    return ((word & kTops) | controls | holdsZero(word ^ (kOnes * '"')) |
            holdsZero(word ^ (kOnes * '\\'))) == 0;
}

std::size_t plainPrefix(BytesView text)
{
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if (!isPlain(word)) break;
    }
    if (at + 8 > text.size() && text.size() >= 8) { // the rest, with some of what was seen before
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + text.size() - 8, 8);
        if (isPlain(word)) return text.size();
    }
    for (; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') break;
    }
    return at;
}

void appendEscaped(Bytes &out, char c)
{
    constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20) {
        out += c;
        return;
    }
    out += "\\u00";
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
}

} // namespace

void appendCompactJson(Bytes &out, BytesView json)
{
    bool quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (!quoted && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) continue;
        out += c;
        if (quoted && c == '\\' && i + 1 < json.size())
            out += json[++i];
        else if (c == '"')
            quoted = !quoted;
    }
}

QString rowFaultText(RowFault fault)
{
    switch (fault) {
    case RowFault::None:
        return {};
    case RowFault::NullInKey:
        return Words::tr("a column of the key is NULL, so the row has no key");
    case RowFault::NullValue:
        return Words::tr("the value is NULL");
    case RowFault::NotUtf8:
        return Words::tr("the text is not UTF-8, so it can't stand in JSON");
    case RowFault::NotANumber:
        return Words::tr("the number is infinite or not a number, so it can't stand in JSON");
    case RowFault::NullVersion:
        return Words::tr("the version is NULL");
    case RowFault::BrokenJson:
        return Words::tr("the line is not JSON");
    case RowFault::NotAnObject:
        return Words::tr("the line is no JSON object");
    case RowFault::FieldCount:
        return Words::tr("the line has not as many fields as the header");
    case RowFault::BrokenQuote:
        return Words::tr("a quote in the line is not closed, or text stands beside it");
    case RowFault::LineTooLong:
        return Words::tr("the line is longer than 64 MB");
    }
    return {};
}

RowFault rowFaultOf(LineFault fault)
{
    switch (fault) {
    case LineFault::None:
        return RowFault::None;
    case LineFault::NotJson:
        return RowFault::BrokenJson;
    case LineFault::NotAnObject:
        return RowFault::NotAnObject;
    case LineFault::NotUtf8:
        return RowFault::NotUtf8;
    case LineFault::FieldCount:
        return RowFault::FieldCount;
    case LineFault::BrokenQuote:
        return RowFault::BrokenQuote;
    case LineFault::TooLong:
        break;
    }
    return RowFault::LineTooLong;
}

JsonText jsonTextOf(BytesView text)
{
    const std::size_t plain = plainPrefix(text);
    if (plain == text.size()) return JsonText::Plain;
    const BytesView rest = text.substr(plain);
    if (!isValidUtf8(rest)) return JsonText::NotUtf8;
    const bool escapes = std::any_of(rest.begin(), rest.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
    });
    return escapes ? JsonText::Escaped : JsonText::Plain;
}

bool appendJsonString(Bytes &out, BytesView text)
{
    const std::size_t plain = plainPrefix(text);
    if (plain < text.size() && !isValidUtf8(text.substr(plain))) return false;
    out += '"';
    out.append(text.substr(0, plain));
    for (const char c : text.substr(plain)) appendEscaped(out, c);
    out += '"';
    return true;
}

RowFault appendJsonValue(Bytes &out, const RowPage::Cell &cell, BytesView text)
{
    switch (cell.kind) {
    case CellKind::Null:
        out += "null";
        return RowFault::None;
    case CellKind::Integer:
    case CellKind::Decimal:
        if (!isJsonNumber(text)) return RowFault::NotANumber;
        out.append(text);
        return RowFault::None;
    case CellKind::Boolean:
        out.append(text);
        return RowFault::None;
    case CellKind::Json:
        appendCompactJson(out, text);
        return RowFault::None;
    case CellKind::Text:
    case CellKind::Blob:
        break;
    }
    return appendJsonString(out, text) ? RowFault::None : RowFault::NotUtf8;
}

} // namespace kvscope
