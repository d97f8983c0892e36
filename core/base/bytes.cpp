// Escapes, UTF-8 validity and Redis globs over bytes.
#include "core/base/bytes.h"

namespace kvscope {
namespace {

constexpr char kHex[] = "0123456789ABCDEF";

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

struct Utf8Sequence
{
    std::size_t length = 0; // 0: malformed
    char32_t codePoint = 0;
};

Utf8Sequence decodeUtf8(BytesView bytes)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {1, first};
    std::size_t length = 0;
    char32_t code = 0;
    char32_t smallest = 0;
    if ((first & 0xE0U) == 0xC0U) {
        length = 2;
        code = first & 0x1FU;
        smallest = 0x80;
    } else if ((first & 0xF0U) == 0xE0U) {
        length = 3;
        code = first & 0x0FU;
        smallest = 0x800;
    } else if ((first & 0xF8U) == 0xF0U) {
        length = 4;
        code = first & 0x07U;
        smallest = 0x10000;
    } else {
        return {};
    }
    if (bytes.size() < length) return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    if (code < smallest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
    return {length, code};
}

// Controls, line and paragraph separators and the byte-order mark can't be seen, so they are
// escaped.
bool isPrintable(char32_t code)
{
    if (code < 0x20 || code == 0x7F) return false;
    if (code >= 0x80 && code < 0xA0) return false;
    if (code == 0x2028 || code == 0x2029 || code == 0xFEFF) return false;
    if (code >= 0x200B && code <= 0x200F) return false; // zero-width and direction marks
    if (code >= 0x202A && code <= 0x202E) return false;
    if (code >= 0x2060 && code <= 0x206F) return false;
    return (code & 0xFFFEU) != 0xFFFEU; // non-characters
}

} // namespace

bool isValidUtf8(BytesView bytes)
{
    while (!bytes.empty()) {
        const Utf8Sequence sequence = decodeUtf8(bytes);
        if (sequence.length == 0) return false;
        bytes.remove_prefix(sequence.length);
    }
    return true;
}

std::string escapeBytes(BytesView bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const Utf8Sequence sequence = decodeUtf8(bytes);
        const std::size_t length = sequence.length == 0 ? 1 : sequence.length;
        if (sequence.length != 0 && isPrintable(sequence.codePoint)) {
            if (bytes[0] == '\\') text += '\\';
            text.append(bytes.substr(0, length));
        } else {
            for (const char c : bytes.substr(0, length)) {
                const auto byte = static_cast<unsigned char>(c);
                text += "\\x";
                text += kHex[byte >> 4U];
                text += kHex[byte & 0xFU];
            }
        }
        bytes.remove_prefix(length);
    }
    return text;
}

std::optional<Bytes> unescapeBytes(std::string_view text)
{
    Bytes bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            bytes += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == '\\') {
            bytes += '\\';
            ++i;
        } else if (i + 3 < text.size() && text[i + 1] == 'x' && hexDigit(text[i + 2]) >= 0 &&
                   hexDigit(text[i + 3]) >= 0) {
            bytes += static_cast<char>(hexDigit(text[i + 2]) * 16 + hexDigit(text[i + 3]));
            i += 3;
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

Bytes escapeGlob(BytesView literal)
{
    Bytes pattern;
    pattern.reserve(literal.size());
    for (const char c : literal) {
        if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\' || c == '^') pattern += '\\';
        pattern += c;
    }
    return pattern;
}

namespace {

// One `[...]` class at the start of `pattern`; on return `pattern` stands behind it.
bool matchesClass(BytesView &pattern, char c)
{
    pattern.remove_prefix(1);
    const bool negated = !pattern.empty() && pattern[0] == '^';
    if (negated) pattern.remove_prefix(1);
    bool matched = false;
    while (!pattern.empty() && pattern[0] != ']') {
        if (pattern[0] == '\\' && pattern.size() >= 2) {
            matched |= pattern[1] == c;
            pattern.remove_prefix(2);
        } else if (pattern.size() >= 3 && pattern[1] == '-') {
            auto low = static_cast<unsigned char>(pattern[0]);
            auto high = static_cast<unsigned char>(pattern[2]);
            if (low > high) std::swap(low, high);
            const auto byte = static_cast<unsigned char>(c);
            matched |= byte >= low && byte <= high;
            pattern.remove_prefix(3);
        } else {
            matched |= pattern[0] == c;
            pattern.remove_prefix(1);
        }
    }
    if (!pattern.empty()) pattern.remove_prefix(1);
    return matched != negated;
}

} // namespace

// Iterative with one point of return per `*`, so hostile patterns stay O(n·m) instead of
// exponential.
bool matchesGlob(BytesView pattern, BytesView text)
{
    BytesView starPattern;
    BytesView starText;
    bool haveStar = false;
    while (true) {
        if (!pattern.empty() && pattern[0] == '*') {
            while (!pattern.empty() && pattern[0] == '*') pattern.remove_prefix(1);
            if (pattern.empty()) return true;
            haveStar = true;
            starPattern = pattern;
            starText = text;
            continue;
        }
        bool matched = false;
        if (text.empty()) {
            if (pattern.empty()) return true;
        } else if (!pattern.empty()) {
            if (pattern[0] == '?') {
                pattern.remove_prefix(1);
                matched = true;
            } else if (pattern[0] == '[') {
                matched = matchesClass(pattern, text[0]);
            } else {
                if (pattern[0] == '\\' && pattern.size() >= 2) pattern.remove_prefix(1);
                matched = pattern[0] == text[0];
                pattern.remove_prefix(1);
            }
        }
        if (matched) {
            text.remove_prefix(1);
            continue;
        }
        if (!haveStar || starText.empty()) return false;
        starText.remove_prefix(1);
        pattern = starPattern;
        text = starText;
    }
}

} // namespace kvscope
