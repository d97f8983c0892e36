// RowJson: literals and cells by turns.
#include "core/binding/rowjson.h"

#include "core/base/decimal.h"
#include "core/base/shortbytes.h"
#include "core/binding/flatjson.h"
#include "core/binding/valuetemplate.h"

#include <algorithm>

namespace kvscope {
namespace {

// Every function moves `at` behind what it found.

bool take(BytesView held, std::size_t &at, BytesView bytes)
{
    if (held.size() - at < bytes.size() || !sameBytes(held.data() + at, bytes.data(), bytes.size()))
        return false;
    at += bytes.size();
    return true;
}

bool isOfNumber(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
}

// Another spelling of the same value: 12.50, 1.25e1.
bool sameNumber(BytesView held, std::size_t &at, BytesView number)
{
    std::size_t end = at;
    while (end < held.size() && isOfNumber(held[end])) ++end;
    const BytesView token = held.substr(at, end - at);
    if (!isJsonNumber(token) || compareDecimals(number, token) != 0) return false;
    at = end;
    return true;
}

bool takeNumber(BytesView held, std::size_t &at, BytesView number, CellKind kind)
{
    std::size_t end = at;
    if (!take(held, end, number)) return sameNumber(held, at, number);
    if (kind == CellKind::Integer && held.size() - end > 1 && held[end] == '.' &&
        held[end + 1] == '0') { // 12.0: of writers that know but one kind of number
        end += 2;
        while (end < held.size() && held[end] == '0') ++end;
    }
    if (end < held.size() && isOfNumber(held[end])) return sameNumber(held, at, number);
    at = end;
    return true;
}

int hexOf(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The four digits of a \uXXXX; -1: there are none.
int unitAt(BytesView held, std::size_t at)
{
    if (held.size() - at < 4) return -1;
    int unit = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int digit = hexOf(held[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

std::size_t encode(std::uint32_t point, char (&out)[4])
{
    const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
    if (point < 0x80) {
        out[0] = byte(point);
        return 1;
    }
    if (point < 0x800) {
        out[0] = byte(0xC0U | point >> 6U);
        out[1] = byte(0x80U | (point & 0x3FU));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = byte(0xE0U | point >> 12U);
        out[1] = byte(0x80U | (point >> 6U & 0x3FU));
        out[2] = byte(0x80U | (point & 0x3FU));
        return 3;
    }
    out[0] = byte(0xF0U | point >> 18U);
    out[1] = byte(0x80U | (point >> 12U & 0x3FU));
    out[2] = byte(0x80U | (point >> 6U & 0x3FU));
    out[3] = byte(0x80U | (point & 0x3FU));
    return 4;
}

// The escape behind a backslash at `at`: its bytes, or 0.
std::size_t unescape(BytesView held, std::size_t &at, char (&out)[4])
{
    if (at >= held.size()) return 0;
    constexpr BytesView kNames = "\"\\/bfnrt";
    constexpr BytesView kBytes = "\"\\/\b\f\n\r\t";
    const char name = held[at++];
    if (name != 'u') {
        const std::size_t known = kNames.find(name);
        if (known == BytesView::npos) return 0;
        out[0] = kBytes[known];
        return 1;
    }
    const int unit = unitAt(held, at);
    if (unit < 0) return 0;
    at += 4;
    auto point = static_cast<std::uint32_t>(unit);
    if (point >= 0xD800 && point < 0xE000) {
        if (point >= 0xDC00 || held.size() - at < 6 || held[at] != '\\' || held[at + 1] != 'u')
            return 0;
        const int low = unitAt(held, at + 2);
        if (low < 0xDC00 || low > 0xDFFF) return 0;
        at += 6;
        point = 0x10000 + ((point - 0xD800) << 10U) + (static_cast<std::uint32_t>(low) - 0xDC00);
    }
    return encode(point, out);
}

// `text` is UTF-8.
bool takeEscaped(BytesView held, std::size_t &at, BytesView text)
{
    std::size_t read = at;
    if (!take(held, read, "\"")) return false;
    std::size_t seen = 0;
    while (read < held.size() && held[read] != '"') {
        char bytes[4];
        std::size_t count = 1;
        bytes[0] = held[read++];
        if (static_cast<unsigned char>(bytes[0]) < 0x20) return false;
        if (bytes[0] == '\\') count = unescape(held, read, bytes);
        if (count == 0 || !take(text, seen, {bytes, count})) return false;
    }
    if (seen != text.size() || !take(held, read, "\"")) return false;
    at = read;
    return true;
}

bool takePlain(BytesView held, std::size_t &at, BytesView text)
{
    const std::size_t whole = text.size() + 2;
    if (held.size() - at < whole || held[at] != '"' || held[at + whole - 1] != '"' ||
        !sameBytes(held.data() + at + 1, text.data(), text.size()))
        return false;
    at += whole;
    return true;
}

} // namespace

RowJson::RowJson(std::vector<Member> members) : m_members(std::move(members))
{
    Layout own{{}, "}"};
    for (std::size_t i = 0; i < m_members.size(); ++i) own.places.push_back({m_members[i].head, i});
    m_layouts.push_back(std::move(own));
}

bool RowJson::says(BytesView held, const RowPage &page, std::size_t row, std::uint64_t plain)
{
    if (fits(m_layouts[m_last], held, page, row, plain)) return true;
    for (std::size_t i = 0; i < m_layouts.size(); ++i) {
        if (i == m_last || !fits(m_layouts[i], held, page, row, plain)) continue;
        m_last = i;
        return true;
    }
    return false;
}

bool RowJson::fits(const Layout &layout, BytesView held, const RowPage &page, std::size_t row,
                   std::uint64_t plain)
{
    std::size_t at = 0;
    for (const Slot &slot : layout.places) {
        if (!take(held, at, slot.literal)) return false;
        const RowPage::Cell &cell = page.cell(row, m_members[slot.member].column);
        const BytesView text = page.text(cell);
        switch (cell.kind) {
        case CellKind::Text:
        case CellKind::Blob: {
            const bool isPlain = slot.member < 64 && (plain >> slot.member & 1U) != 0;
            if (isPlain && takePlain(held, at, text)) break;
            if (!takeEscaped(held, at, text)) return false;
            break;
        }
        case CellKind::Integer:
        case CellKind::Decimal:
            if (!takeNumber(held, at, text, cell.kind)) return false;
            break;
        case CellKind::Null:
            if (!take(held, at, "null")) return false;
            break;
        case CellKind::Boolean:
            if (!take(held, at, text)) return false;
            break;
        case CellKind::Json:
            if (!jsonFits(held, at, text)) return false;
            break;
        }
    }
    return take(held, at, layout.end) && at == held.size();
}

bool RowJson::jsonFits(BytesView held, std::size_t &at, BytesView json)
{
    m_compact.clear();
    appendCompactJson(m_compact, json);
    return take(held, at, m_compact);
}

void RowJson::learn(BytesView held)
{
    // Where every text has an order of its own, learning is in vain.
    if (++m_asked > kLearnAtOnce && m_asked % kLearnAtOnce != 0) return;
    Layout layout;
    FlatReader reader(held);
    const char *from = held.data();
    if (!reader.open()) return;
    do {
        FlatReader::Token token;
        if (!reader.member(token)) return;
        const auto found = std::ranges::find(m_members, token.name(), &Member::name);
        if (found == m_members.end()) return;
        const auto member = static_cast<std::size_t>(found - m_members.begin());
        const auto isIt = [member](const Slot &slot) { return slot.member == member; };
        if (std::ranges::any_of(layout.places, isIt)) return; // twice
        layout.places.push_back({Bytes(from, token.valueBegin), member});
        from = token.valueBegin + token.valueSize;
    } while (reader.separator());
    if (!reader.closed() || !reader.ended() || layout.places.size() != m_members.size()) return;
    layout.end = Bytes(from, held.data() + held.size());
    if (m_layouts.size() < kMostLayouts) {
        m_last = m_layouts.size();
        m_layouts.push_back(std::move(layout));
        return;
    }
    m_last = m_next;
    m_layouts[m_next] = std::move(layout);
    m_next = m_next + 1 == kMostLayouts ? 1 : m_next + 1;
}

} // namespace kvscope
