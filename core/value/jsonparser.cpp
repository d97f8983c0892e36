// The grammar of RFC 8259. Every fault is reported where the grammar breaks, an unclosed string at
// its opening quote, a misspelt literal at its first letter.
#include "core/value/jsonparser.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kvscope {
namespace {

bool isDigit(unsigned char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isHex(unsigned char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Bytes a string may hold without a closer look: not a quote, a backslash, a control or beyond
// ASCII.
constexpr std::array<bool, 256> plainBytes()
{
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}
constexpr std::array<bool, 256> kPlain = plainBytes();

JsonError place(BytesView text, JsonFault fault, std::size_t offset)
{
    JsonError error{fault, offset, 1, 1};
    std::size_t lineStart = 0;
    for (std::size_t i = 0; i < offset; ++i) {
        const bool carriage = text[i] == '\r' && !(i + 1 < text.size() && text[i + 1] == '\n');
        if (text[i] != '\n' && !carriage) continue;
        ++error.line;
        lineStart = i + 1;
    }
    for (std::size_t i = lineStart; i < offset; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++error.column;
    }
    return error;
}

// lupdate reads the calls of tr() inside this struct.
struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::JsonError)

  public:
    static QString of(JsonFault fault);
};

QString Reasons::of(JsonFault fault)
{
    switch (fault) {
    case JsonFault::Empty:
        return tr("there is nothing but white space");
    case JsonFault::ByteOrderMark:
        return tr("it begins with a byte-order mark");
    case JsonFault::InvalidUtf8:
        return tr("a byte that is not UTF-8");
    case JsonFault::UnexpectedEnd:
        return tr("the text ends too early");
    case JsonFault::ValueExpected:
        return tr("a value was expected");
    case JsonFault::MemberExpected:
        return tr("a member name in double quotes was expected");
    case JsonFault::ColonExpected:
        return tr("“:” was expected behind the member name");
    case JsonFault::CommaOrBracket:
        return tr("“,” or “]” was expected");
    case JsonFault::CommaOrBrace:
        return tr("“,” or “}” was expected");
    case JsonFault::TrailingComma:
        return tr("nothing follows the comma");
    case JsonFault::UnclosedString:
        return tr("the string that begins here is not closed");
    case JsonFault::ControlInString:
        return tr("a control character in a string must be escaped");
    case JsonFault::BadEscape:
        return tr("an escape that JSON does not have");
    case JsonFault::BadUnicodeEscape:
        return tr("“\\u” needs four hexadecimal digits");
    case JsonFault::LeadingZero:
        return tr("a number can't begin with a zero and another digit");
    case JsonFault::BadNumber:
        return tr("a digit was expected in the number");
    case JsonFault::BadLiteral:
        return tr("only true, false and null are written without quotes");
    case JsonFault::SingleQuote:
        return tr("strings stand in double quotes");
    case JsonFault::Comment:
        return tr("JSON has no comments");
    case JsonFault::TextBehindEnd:
        return tr("there is more text behind the end of the value");
    case JsonFault::TooDeep:
        return tr("it is nested too deeply");
    case JsonFault::TooLarge:
        return tr("it is larger than 4 GB");
    }
    return {};
}

} // namespace

QString JsonError::reason() const
{
    return Reasons::of(fault);
}

Error JsonError::toError() const
{
    return Error(ErrorCode::InvalidJson,
                 {QString::number(line), QString::number(column), reason()});
}

JsonParser::JsonParser(JsonDocument &document) : m_document(document), m_text(document.m_text)
{}

std::optional<JsonError> JsonParser::run()
{
    if (m_text.size() > JsonDocument::kMaxBytes) {
        m_error = {JsonFault::TooLarge, 0, 1, 1};
        return m_error;
    }
    // Pretty-printed text has a node in about 22 bytes; one reservation instead of growing by
    // copies.
    m_document.m_nodes.reserve(m_text.size() / 20 + 8);
    if (parseAll()) return std::nullopt;
    return place(m_text, m_error.fault, m_error.offset);
}

bool JsonParser::parseAll()
{
    if (m_text.starts_with("\xEF\xBB\xBF")) return fail(JsonFault::ByteOrderMark, 0);
    skipSpace();
    if (atEnd()) return fail(JsonFault::Empty, 0);
    while (true) {
        if (!openValue()) return false;
        if (m_descend) continue;
        if (!closeValues()) return false;
        if (m_container == JsonDocument::kNone) break;
    }
    skipSpace();
    return atEnd() || unexpected(JsonFault::TextBehindEnd);
}

// Parses one value at m_at. A container that is not empty is left open, with m_at at its first
// value.
bool JsonParser::openValue()
{
    m_descend = false;
    skipSpace();
    if (atEnd()) return fail(JsonFault::UnexpectedEnd, m_at);
    const auto node = static_cast<Node>(m_document.m_nodes.size());
    m_document.m_nodes.push_back({static_cast<std::uint32_t>(m_at), 0, 0, m_container});
    bool good = false;
    switch (m_text[m_at]) {
    case '{':
    case '[':
        return openContainer();
    case '"':
        good = parseString();
        break;
    case 't':
        good = parseLiteral("true");
        break;
    case 'f':
        good = parseLiteral("false");
        break;
    case 'n':
        good = parseLiteral("null");
        break;
    default:
        if (m_text[m_at] == '-' || isDigit(byte(m_at))) {
            good = parseNumber();
        } else {
            return unexpected(isLetter(byte(m_at)) ? JsonFault::BadLiteral
                                                   : JsonFault::ValueExpected);
        }
    }
    if (!good) return false;
    JsonDocument::Entry &entry = m_document.m_nodes[node];
    entry.end = static_cast<std::uint32_t>(m_at);
    entry.behind = node + 1;
    return true;
}

bool JsonParser::openContainer()
{
    if (++m_depth > JsonDocument::kMaxDepth) return fail(JsonFault::TooDeep, m_at);
    const bool object = m_text[m_at] == '{';
    m_container = static_cast<Node>(m_document.m_nodes.size() - 1);
    ++m_at;
    skipSpace();
    if (atEnd()) return fail(JsonFault::UnexpectedEnd, m_at);
    if (m_text[m_at] == (object ? '}' : ']')) return true; // closeValues() takes it from here
    m_descend = true;
    return !object || parseMemberName();
}

// Behind a value (or an empty container's opening): closes what ends here and stops in front of the
// next value, or with no container left.
bool JsonParser::closeValues()
{
    while (m_container != JsonDocument::kNone) {
        JsonDocument::Entry &open = m_document.m_nodes[m_container];
        const bool object = m_text[open.begin] == '{';
        const char closer = object ? '}' : ']';
        skipSpace();
        if (atEnd()) return fail(JsonFault::UnexpectedEnd, m_at);
        if (m_text[m_at] == ',') {
            ++m_at;
            skipSpace();
            if (atEnd()) return fail(JsonFault::UnexpectedEnd, m_at);
            if (m_text[m_at] == closer) return fail(JsonFault::TrailingComma, m_at);
            return !object || parseMemberName();
        }
        if (m_text[m_at] != closer)
            return unexpected(object ? JsonFault::CommaOrBrace : JsonFault::CommaOrBracket);
        ++m_at;
        open.end = static_cast<std::uint32_t>(m_at);
        open.behind = static_cast<std::uint32_t>(m_document.m_nodes.size());
        m_container = open.parent;
        --m_depth;
    }
    return true;
}

bool JsonParser::parseMemberName()
{
    if (m_text[m_at] != '"') return unexpected(JsonFault::MemberExpected);
    if (!parseString()) return false;
    skipSpace();
    if (atEnd()) return fail(JsonFault::UnexpectedEnd, m_at);
    if (m_text[m_at] != ':') return unexpected(JsonFault::ColonExpected);
    ++m_at;
    return true;
}

bool JsonParser::parseString()
{
    const std::size_t start = m_at++;
    while (true) {
        while (!atEnd() && kPlain[byte(m_at)]) ++m_at;
        if (atEnd()) return fail(JsonFault::UnclosedString, start);
        const unsigned char c = byte(m_at);
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c == '\\') {
            if (!parseEscape())
                return m_error.fault == JsonFault::UnclosedString ? fail(m_error.fault, start)
                                                                  : false;
        } else if (c < 0x20) {
            return fail(JsonFault::ControlInString, m_at);
        } else if (const std::size_t length = sequenceLength(m_at)) {
            m_at += length;
        } else {
            return fail(JsonFault::InvalidUtf8, m_at);
        }
    }
}

bool JsonParser::parseEscape()
{
    if (m_at + 1 >= m_text.size()) return fail(JsonFault::UnclosedString, m_at);
    const char kind = m_text[m_at + 1];
    if (kind != 'u') {
        if (BytesView("\"\\/bfnrt").find(kind) == BytesView::npos)
            return fail(JsonFault::BadEscape, m_at);
        m_at += 2;
        return true;
    }
    for (std::size_t i = m_at + 2; i < m_at + 6; ++i) {
        if (i >= m_text.size()) return fail(JsonFault::UnclosedString, m_at);
        if (!isHex(byte(i))) return fail(JsonFault::BadUnicodeEscape, m_at);
    }
    m_at += 6;
    return true;
}

bool JsonParser::parseNumber()
{
    const auto digits = [this] {
        const std::size_t first = m_at;
        while (!atEnd() && isDigit(byte(m_at))) ++m_at;
        return m_at > first || fail(JsonFault::BadNumber, m_at);
    };
    if (m_text[m_at] == '-') ++m_at;
    if (!atEnd() && m_text[m_at] == '0') {
        ++m_at;
        if (!atEnd() && isDigit(byte(m_at))) return fail(JsonFault::LeadingZero, m_at);
    } else if (!digits()) {
        return false;
    }
    if (!atEnd() && m_text[m_at] == '.') {
        ++m_at;
        if (!digits()) return false;
    }
    if (!atEnd() && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
        ++m_at;
        if (!atEnd() && (m_text[m_at] == '+' || m_text[m_at] == '-')) ++m_at;
        if (!digits()) return false;
    }
    return true;
}

bool JsonParser::parseLiteral(BytesView literal)
{
    const std::size_t behind = m_at + literal.size();
    const bool longer = behind < m_text.size() && (isLetter(byte(behind)) || isDigit(byte(behind)));
    if (m_text.substr(m_at, literal.size()) != literal || longer)
        return fail(JsonFault::BadLiteral, m_at);
    m_at = behind;
    return true;
}

// What stands here instead of what was expected often tells more than that it is missing.
bool JsonParser::unexpected(JsonFault fault)
{
    const unsigned char c = byte(m_at);
    if (c >= 0x80 && sequenceLength(m_at) == 0) fault = JsonFault::InvalidUtf8;
    if (c == '\'' && (fault == JsonFault::ValueExpected || fault == JsonFault::MemberExpected))
        fault = JsonFault::SingleQuote;
    if (c == '/' && m_at + 1 < m_text.size() &&
        (m_text[m_at + 1] == '/' || m_text[m_at + 1] == '*'))
        fault = JsonFault::Comment;
    return fail(fault, m_at);
}

bool JsonParser::fail(JsonFault fault, std::size_t offset)
{
    m_error.fault = fault;
    m_error.offset = offset;
    return false;
}

void JsonParser::skipSpace()
{
    while (!atEnd()) {
        const char c = m_text[m_at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
        ++m_at;
    }
}

std::size_t JsonParser::sequenceLength(std::size_t at) const
{
    const unsigned char first = byte(at);
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return isValidUtf8(m_text.substr(at, length)) && at + length <= m_text.size() ? length : 0;
}

tl::expected<JsonDocument, JsonError> JsonDocument::parse(Bytes text)
{
    return parse(std::make_shared<const Bytes>(std::move(text)));
}

tl::expected<JsonDocument, JsonError> JsonDocument::parse(SharedBytes text)
{
    JsonDocument document;
    document.m_shared = std::move(text);
    document.m_text = *document.m_shared;
    if (auto error = JsonParser(document).run()) return tl::unexpected<JsonError>(*error);
    return document;
}

} // namespace kvscope
