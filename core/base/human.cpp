// Human forms: formatting and parsing, in integers where digits matter.
#include "core/base/human.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace kvscope {
namespace {

std::string fixed(double value, int decimals)
{
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return {text.data(), static_cast<std::size_t>(length)};
}

void trimZeros(std::string &text)
{
    if (text.find('.') == std::string::npos) return;
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
}

// Three significant digits for 0 ≤ value < 10,000, without trailing zeros.
std::string threeDigits(double value)
{
    std::string text = fixed(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
    trimZeros(text);
    return text;
}

struct Unit
{
    std::string_view name;
    std::uint64_t size;
};

constexpr std::array<Unit, 5> kDurations{
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

constexpr std::array<Unit, 9> kSizes{{{"b", 1},
                                      {"k", 1ULL << 10U},
                                      {"kb", 1ULL << 10U},
                                      {"m", 1ULL << 20U},
                                      {"mb", 1ULL << 20U},
                                      {"g", 1ULL << 30U},
                                      {"gb", 1ULL << 30U},
                                      {"t", 1ULL << 40U},
                                      {"tb", 1ULL << 40U}}};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void skipSpaces(std::string_view &text)
{
    while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
}

// A decimal number as whole + fraction / 10^digits; six digits behind the point at most, so that
// fraction times the largest unit still fits.
struct Decimal
{
    std::uint64_t whole = 0;
    std::uint64_t fraction = 0;
    std::uint64_t scale = 1;

    std::optional<std::uint64_t> times(std::uint64_t unit) const
    {
        if (whole > std::numeric_limits<std::uint64_t>::max() / unit) return std::nullopt;
        const std::uint64_t product = whole * unit;
        const std::uint64_t rest = fraction * unit / scale;
        if (product > std::numeric_limits<std::uint64_t>::max() - rest) return std::nullopt;
        return product + rest;
    }
};

std::optional<Decimal> takeDecimal(std::string_view &text)
{
    if (text.empty() || !isDigit(text[0])) return std::nullopt;
    Decimal number;
    for (; !text.empty() && isDigit(text[0]); text.remove_prefix(1)) {
        const auto digit = static_cast<std::uint64_t>(text[0] - '0');
        if (number.whole > (std::numeric_limits<std::uint64_t>::max() - digit) / 10)
            return std::nullopt;
        number.whole = number.whole * 10 + digit;
    }
    if (text.empty() || text[0] != '.') return number;
    text.remove_prefix(1);
    if (text.empty() || !isDigit(text[0])) return std::nullopt;
    for (; !text.empty() && isDigit(text[0]); text.remove_prefix(1)) {
        if (number.scale == 1'000'000) return std::nullopt;
        number.fraction = number.fraction * 10 + static_cast<std::uint64_t>(text[0] - '0');
        number.scale *= 10;
    }
    return number;
}

std::string takeWord(std::string_view &text)
{
    std::string word;
    for (; !text.empty() && text[0] != ' ' && !isDigit(text[0]); text.remove_prefix(1))
        word += text[0];
    return word;
}

template<std::size_t N>
std::optional<std::uint64_t> unitNamed(const std::array<Unit, N> &units, std::string_view name)
{
    for (const Unit &unit : units)
        if (unit.name == name) return unit.size;
    return std::nullopt;
}

} // namespace

std::string formatBytes(std::uint64_t bytes)
{
    if (bytes < 1024) return std::to_string(bytes) + " B";
    constexpr std::array<const char *, 6> names{" KB", " MB", " GB", " TB", " PB", " EB"};
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    while (value >= 1023.5 && unit + 1 < names.size()) {
        value /= 1024;
        ++unit;
    }
    return threeDigits(value) + names[unit];
}

std::string formatCount(std::uint64_t count)
{
    const std::string digits = std::to_string(count);
    std::string text;
    text.reserve(digits.size() + digits.size() / 3);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

std::string formatDuration(std::int64_t ms)
{
    if (ms == 0) return "0 s";
    const std::string sign = ms < 0 ? "-" : "";
    const std::uint64_t size =
        ms < 0 ? 0 - static_cast<std::uint64_t>(ms) : static_cast<std::uint64_t>(ms);
    if (size < 1000) return sign + std::to_string(size) + " ms";
    if (size < 10'000) {
        const std::uint64_t tenths = size / 100; // rounded down, as everywhere here
        std::string seconds = fixed(static_cast<double>(tenths) / 10, 1);
        trimZeros(seconds);
        return sign + seconds + " s";
    }
    for (std::size_t i = kDurations.size() - 1; i > 0; --i) {
        if (size < kDurations[i].size) continue;
        std::string text = sign + std::to_string(size / kDurations[i].size) + ' ' +
                           std::string(kDurations[i].name);
        const std::uint64_t second = size % kDurations[i].size / kDurations[i - 1].size;
        if (i > 1 && second != 0)
            text += ' ' + std::to_string(second) + ' ' + std::string(kDurations[i - 1].name);
        return text;
    }
    return sign + "0 s";
}

std::string formatMicros(double us)
{
    if (!(us > 0)) return "0 µs";
    if (us < 9.95) {
        std::string text = fixed(us, 1);
        trimZeros(text);
        return text + " µs";
    }
    if (us < 99.5) return fixed(us, 0) + " µs";
    const double ms = us / 1000;
    if (ms < 0.995) return fixed(ms, 2) + " ms";
    if (ms < 99.95) return fixed(ms, 1) + " ms";
    if (ms < 999.5) return fixed(ms, 0) + " ms";
    if (ms < 99'950) return fixed(ms / 1000, 1) + " s";
    return fixed(ms / 1000, 0) + " s";
}

std::string formatRate(double perSecond)
{
    if (!(perSecond > 0)) return "0 /s";
    if (perSecond < 9.95) {
        std::string text = fixed(perSecond, 1);
        trimZeros(text);
        return text + " /s";
    }
    if (perSecond < 99'999.5)
        return formatCount(static_cast<std::uint64_t>(std::llround(perSecond))) + " /s";
    if (perSecond < 999'500) return fixed(perSecond / 1000, 0) + " k/s";
    if (perSecond < 999.5e6) return threeDigits(perSecond / 1e6) + " M/s";
    return threeDigits(perSecond / 1e9) + " G/s";
}

std::optional<std::int64_t> parseDuration(std::string_view text)
{
    skipSpaces(text);
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) text.remove_prefix(1);
    std::uint64_t total = 0;
    bool bare = false;
    bool any = false;
    while (true) {
        skipSpaces(text);
        if (text.empty()) break;
        const auto number = takeDecimal(text);
        if (!number || bare) return std::nullopt;
        skipSpaces(text);
        const std::string name = takeWord(text);
        if (name.empty() && any) return std::nullopt;
        bare = name.empty();
        const auto unit = unitNamed(kDurations, bare ? "s" : std::string_view(name));
        if (!unit) return std::nullopt;
        const auto part = number->times(*unit);
        constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (!part || *part > limit || total > limit - *part) return std::nullopt;
        total += *part;
        any = true;
    }
    if (!any) return std::nullopt;
    const auto ms = static_cast<std::int64_t>(total);
    return negative ? -ms : ms;
}

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    skipSpaces(text);
    const auto number = takeDecimal(text);
    if (!number) return std::nullopt;
    skipSpaces(text);
    std::string name = takeWord(text);
    skipSpaces(text);
    if (!text.empty()) return std::nullopt;
    if (name.empty()) name = "b";
    for (char &c : name) c = lower(c);
    const auto unit = unitNamed(kSizes, name);
    return unit ? number->times(*unit) : std::nullopt;
}

} // namespace kvscope
