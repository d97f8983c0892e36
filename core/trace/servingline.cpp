// ServingLine: a scanner that keeps two members and steps over the others.
#include "core/trace/servingline.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kvscope::trace {
namespace {

constexpr int kDeepest = 64;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::size_t digitsAt(std::string_view text, std::size_t at)
{
    std::size_t count = 0;
    while (at + count < text.size() && isDigit(text[at + count])) ++count;
    return count;
}

// The whole of `text` as an integer; nothing for a fraction, an exponent, or too many digits.
template<class T>
std::optional<T> integerIn(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace

void ServingLine::skipSpace()
{
    const std::size_t text = m_rest.find_first_not_of(" \t\r\n");
    m_rest.remove_prefix(std::min(text, m_rest.size()));
}

bool ServingLine::take(char expected)
{
    skipSpace();
    if (m_rest.empty() || m_rest.front() != expected) return false;
    m_rest.remove_prefix(1);
    return true;
}

bool ServingLine::skipString(std::string_view &content)
{
    if (!take('"')) return false;
    for (std::size_t i = 0; i < m_rest.size(); ++i) {
        if (static_cast<unsigned char>(m_rest[i]) < 0x20) return false;
        if (m_rest[i] == '\\') {
            ++i;
        } else if (m_rest[i] == '"') {
            content = m_rest.substr(0, i);
            m_rest.remove_prefix(i + 1);
            return true;
        }
    }
    return false;
}

bool ServingLine::skipNumber(std::string_view &digits)
{
    skipSpace();
    std::size_t at = !m_rest.empty() && m_rest.front() == '-' ? 1 : 0;
    const std::size_t whole = digitsAt(m_rest, at);
    if (whole == 0 || (whole > 1 && m_rest[at] == '0')) return false;
    at += whole;
    if (at < m_rest.size() && m_rest[at] == '.') {
        const std::size_t fraction = digitsAt(m_rest, at + 1);
        if (fraction == 0) return false;
        at += 1 + fraction;
    }
    if (at < m_rest.size() && (m_rest[at] == 'e' || m_rest[at] == 'E')) {
        std::size_t begin = at + 1;
        if (begin < m_rest.size() && (m_rest[begin] == '+' || m_rest[begin] == '-')) ++begin;
        const std::size_t exponent = digitsAt(m_rest, begin);
        if (exponent == 0) return false;
        at = begin + exponent;
    }
    digits = m_rest.substr(0, at);
    m_rest.remove_prefix(at);
    return true;
}

bool ServingLine::skipMembers(int depth, char close)
{
    if (take(close)) return true;
    do {
        std::string_view name;
        if (close == '}' && (!skipString(name) || !take(':'))) return false;
        if (!skipValue(depth + 1)) return false;
    } while (take(','));
    return take(close);
}

bool ServingLine::skipValue(int depth)
{
    if (depth > kDeepest) return false;
    if (take('{')) return skipMembers(depth, '}');
    if (take('[')) return skipMembers(depth, ']');
    std::string_view content;
    if (!m_rest.empty() && m_rest.front() == '"') return skipString(content);
    for (const std::string_view word : {"true", "false", "null"}) {
        if (!m_rest.starts_with(word)) continue;
        m_rest.remove_prefix(word.size());
        return true;
    }
    return skipNumber(content);
}

std::optional<ServingFault::Kind> ServingLine::takeIds()
{
    m_ids.clear();
    m_hasIds = true;
    if (!take('[')) return Kind::NotIds;
    if (take(']')) return std::nullopt;
    do {
        std::string_view digits;
        if (!skipNumber(digits)) return Kind::NotIds;
        const bool isNegative = digits.front() == '-';
        const auto positive = isNegative ? std::nullopt : integerIn<std::uint64_t>(digits);
        const auto negative = isNegative ? integerIn<std::int64_t>(digits) : std::nullopt;
        if (!positive && !negative) return Kind::NotIds;
        m_ids.push_back(positive ? *positive : static_cast<std::uint64_t>(*negative));
    } while (take(','));
    if (!take(']')) return Kind::NotIds;
    return std::nullopt;
}

std::optional<ServingFault::Kind> ServingLine::takeMember(std::string_view name)
{
    if (name == "hash_ids") return takeIds();
    if (name != "input_length") {
        if (skipValue(1)) return std::nullopt;
        return Kind::NotJson;
    }
    std::string_view digits;
    const auto length =
        skipNumber(digits) ? integerIn<std::uint64_t>(digits) : std::optional<std::uint64_t>();
    // So many that sums of them stay exact in 64 bits.
    if (!length || *length > (std::uint64_t{1} << 32U)) return Kind::NotALength;
    m_inputTokens = *length;
    m_hasLength = true;
    return std::nullopt;
}

std::optional<ServingFault::Kind> ServingLine::parse(std::string_view line)
{
    m_rest = line;
    m_hasIds = m_hasLength = false;
    if (!take('{')) return Kind::NotJson;
    if (!take('}')) {
        do {
            std::string_view name;
            if (!skipString(name) || !take(':')) return Kind::NotJson;
            if (const auto fault = takeMember(name)) return fault;
        } while (take(','));
        if (!take('}')) return Kind::NotJson;
    }
    skipSpace();
    if (!m_rest.empty()) return Kind::NotJson;
    if (!m_hasIds) return Kind::NoIds;
    if (!m_hasLength) return Kind::NoLength;
    return std::nullopt;
}

} // namespace kvscope::trace
