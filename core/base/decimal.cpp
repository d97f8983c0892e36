// Decimal: no arithmetic, only digits. A number is sign · 0.d₁d₂d₃… · 10^scale with d₁ ≠ 0.
#include "core/base/decimal.h"

#include <algorithm>
#include <cstdint>

namespace kvscope {
namespace {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::size_t digitsAt(BytesView text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && isDigit(text[end])) ++end;
    return end - at;
}

// Exponents beyond this all count as the same one: nobody's cache tells 1e(10^17) from 1e(10^18).
constexpr std::int64_t kHugeExponent = 100'000'000'000'000'000;

struct Scientific
{
    bool negative = false;
    bool zero = true;
    BytesView whole;       // digits before the dot
    BytesView fraction;    // digits behind it
    std::size_t skip = 0;  // leading zeros of whole and fraction together
    std::size_t count = 0; // significant digits, trailing zeros cut
    std::int64_t scale = 0;

    char digit(std::size_t i) const
    {
        const std::size_t at = skip + i;
        return at < whole.size() ? whole[at] : fraction[at - whole.size()];
    }
};

Scientific analyse(BytesView text)
{
    Scientific number;
    std::size_t at = 0;
    if (text[0] == '-' || text[0] == '+') {
        number.negative = text[0] == '-';
        at = 1;
    }
    number.whole = text.substr(at, digitsAt(text, at));
    at += number.whole.size();
    if (at < text.size() && text[at] == '.') {
        number.fraction = text.substr(at + 1, digitsAt(text, at + 1));
        at += 1 + number.fraction.size();
    }
    std::int64_t exponent = 0;
    if (at < text.size()) {
        ++at; // e
        const bool minus = text[at] == '-';
        if (text[at] == '-' || text[at] == '+') ++at;
        for (; at < text.size(); ++at)
            exponent = std::min(exponent * 10 + (text[at] - '0'), kHugeExponent);
        if (minus) exponent = -exponent;
    }
    const std::size_t all = number.whole.size() + number.fraction.size();
    while (number.skip < all && number.digit(0) == '0') ++number.skip;
    number.zero = number.skip == all;
    if (number.zero) return number;
    number.count = all - number.skip;
    while (number.digit(number.count - 1) == '0') --number.count;
    number.scale = exponent + static_cast<std::int64_t>(number.whole.size()) -
                   static_cast<std::int64_t>(number.skip);
    return number;
}

std::strong_ordering compareMagnitudes(const Scientific &a, const Scientific &b)
{
    if (a.scale != b.scale) return a.scale <=> b.scale;
    const std::size_t common = std::min(a.count, b.count);
    for (std::size_t i = 0; i < common; ++i)
        if (a.digit(i) != b.digit(i)) return a.digit(i) <=> b.digit(i);
    return a.count <=> b.count;
}

} // namespace

bool isDecimal(BytesView text)
{
    std::size_t at = 0;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) at = 1;
    const std::size_t whole = digitsAt(text, at);
    at += whole;
    std::size_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        fraction = digitsAt(text, at + 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        const std::size_t exponent = digitsAt(text, at);
        if (exponent == 0) return false;
        at += exponent;
    }
    return at == text.size();
}

bool isJsonNumber(BytesView text)
{
    if (!isDecimal(text) || text[0] == '+') return false;
    const std::size_t first = text[0] == '-' ? 1 : 0;
    const std::size_t whole = digitsAt(text, first);
    if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
    const std::size_t dot = first + whole;
    return dot >= text.size() || text[dot] != '.' || digitsAt(text, dot + 1) > 0;
}

std::strong_ordering compareDecimals(BytesView a, BytesView b)
{
    if (a == b) return std::strong_ordering::equal;
    const Scientific left = analyse(a);
    const Scientific right = analyse(b);
    const auto sign = [](const Scientific &n) { return n.zero ? 0 : n.negative ? -1 : 1; };
    if (sign(left) != sign(right)) return sign(left) <=> sign(right);
    if (left.zero) return std::strong_ordering::equal;
    const std::strong_ordering magnitudes = compareMagnitudes(left, right);
    return left.negative ? 0 <=> magnitudes : magnitudes;
}

} // namespace kvscope
