// FlatReader: one pass, eight bytes at a time within strings.
#include "core/binding/flatjson.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace kvscope {
namespace {

// Where the next quote, backslash or control byte is, from `at` on: most of a text is none of
// these, so it is passed eight bytes at a time.
std::size_t nextSpecial(BytesView text, std::size_t at)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    constexpr std::uint64_t kTops = 0x8080808080808080ULL;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t quotes = word ^ (kOnes * '"');
        const std::uint64_t slashes = word ^ (kOnes * '\\');
        // The lowest bit that is set is right; a borrow may set others above it.
        const std::uint64_t found =
            (((word - kOnes * 0x20) & ~word) | ((quotes - kOnes) & ~quotes) |
             ((slashes - kOnes) & ~slashes)) &
            kTops;
        if (found == 0) continue;
        if constexpr (std::endian::native == std::endian::little)
            return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        break;
    }
    for (; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c == '"' || c == '\\' || c < 0x20) break;
    }
    return at;
}

constexpr std::array<bool, 256> kEndsScalar = [] {
    std::array<bool, 256> ends{};
    for (const char c : BytesView(",}{[\" \n\t\r")) ends[static_cast<unsigned char>(c)] = true;
    return ends;
}();

} // namespace

bool FlatReader::open()
{
    skipSpace();
    return take('{');
}

bool FlatReader::closed()
{
    skipSpace();
    return take('}');
}

bool FlatReader::ended()
{
    skipSpace();
    return m_at == m_text.size();
}

bool FlatReader::separator()
{
    skipSpace();
    return take(',');
}

bool FlatReader::member(Token &token)
{
    skipSpace();
    BytesView name;
    bool escaped = false;
    if (!string(name, escaped) || escaped) return false;
    token.nameBegin = name.data() + 1;
    token.nameSize = name.size() - 2;
    skipSpace();
    if (!take(':')) return false;
    skipSpace();
    BytesView value;
    if (!scalar(value)) return false;
    token.valueBegin = value.data();
    token.valueSize = value.size();
    return true;
}

bool FlatReader::take(char c)
{
    if (m_at >= m_text.size() || m_text[m_at] != c) return false;
    ++m_at;
    return true;
}

void FlatReader::skipSpace()
{
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (static_cast<unsigned char>(c) > ' ') return;
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return;
        ++m_at;
    }
}

// The token with its quotes. Control bytes are left to the thorough way.
bool FlatReader::string(BytesView &token, bool &escaped)
{
    const std::size_t begin = m_at;
    if (!take('"')) return false;
    while (true) {
        m_at = nextSpecial(m_text, m_at);
        if (m_at >= m_text.size()) return false;
        if (m_text[m_at] == '"') break;
        if (m_text[m_at] != '\\') return false;
        escaped = true;
        m_at += 2;
    }
    ++m_at;
    token = m_text.substr(begin, m_at - begin);
    return true;
}

bool FlatReader::scalar(BytesView &token)
{
    if (m_at >= m_text.size()) return false;
    bool escaped = false;
    if (m_text[m_at] == '"') return string(token, escaped);
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && !kEndsScalar[static_cast<unsigned char>(m_text[m_at])]) ++m_at;
    const bool nested =
        m_at < m_text.size() && (m_text[m_at] == '{' || m_text[m_at] == '[' || m_text[m_at] == '"');
    token = m_text.substr(begin, m_at - begin);
    return !nested && !token.empty();
}

} // namespace kvscope
