// RowVersion: ISO 8601 as databases print it, read without locale and without a time-zone database.
#include "core/binding/rowversion.h"

#include "core/base/decimal.h"

namespace kvscope {
namespace {

struct Reader
{
    BytesView text;
    std::size_t at = 0;

    bool atEnd() const { return at == text.size(); }
    bool take(char c)
    {
        if (at >= text.size() || text[at] != c) return false;
        ++at;
        return true;
    }
    // Exactly `count` digits, at most `highest`; -1 when they are not there.
    int number(int count, int highest)
    {
        int value = 0;
        for (int i = 0; i < count; ++i, ++at) {
            if (at >= text.size() || text[at] < '0' || text[at] > '9') return -1;
            value = value * 10 + (text[at] - '0');
        }
        return value <= highest ? value : -1;
    }
};

// Days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, chrono-compatible
// algorithms).
std::int64_t daysFromCivil(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yearOfEra = y - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return std::int64_t{era} * 146'097 + dayOfEra - 719'468;
}

// `Z`, `+02`, `+0200`, `+02:00`, ` UTC` or nothing; false when it is something else.
bool readZone(Reader &reader, std::int64_t &offsetSeconds)
{
    if (reader.atEnd()) return true;
    if (reader.take('Z') || reader.take('z')) return reader.atEnd();
    reader.take(' ');
    if (reader.text.substr(reader.at) == "UTC") return true;
    const bool plus = reader.take('+');
    if (!plus && !reader.take('-')) return false;
    const int hours = reader.number(2, 23);
    if (hours < 0) return false;
    int minutes = 0;
    if (!reader.atEnd()) {
        reader.take(':');
        minutes = reader.number(2, 59);
        if (minutes < 0) return false;
    }
    offsetSeconds = (hours * 60 + minutes) * (plus ? 60LL : -60LL);
    return reader.atEnd();
}

bool readClock(Reader &reader, IsoTime &time)
{
    const int hours = reader.number(2, 24);
    if (hours < 0 || !reader.take(':')) return false;
    const int minutes = reader.number(2, 59);
    if (minutes < 0) return false;
    int seconds = 0;
    if (reader.take(':')) {
        seconds = reader.number(2, 60);
        if (seconds < 0) return false;
        if (reader.take('.') || reader.take(',')) {
            std::int32_t unit = 100'000'000;
            const std::size_t first = reader.at;
            for (; !reader.atEnd(); ++reader.at, unit /= 10) {
                const char c = reader.text[reader.at];
                if (c < '0' || c > '9') break;
                time.nanoseconds += (c - '0') * unit;
            }
            if (reader.at == first) return false;
        }
    }
    time.seconds += hours * 3600 + minutes * 60 + seconds;
    return true;
}

} // namespace

std::optional<IsoTime> parseIsoTime(BytesView text)
{
    Reader reader{text};
    const int year = reader.number(4, 9999);
    if (year < 0 || !reader.take('-')) return std::nullopt;
    const int month = reader.number(2, 12);
    if (month < 1 || !reader.take('-')) return std::nullopt;
    const int day = reader.number(2, 31);
    if (day < 1) return std::nullopt;
    IsoTime time;
    time.seconds = daysFromCivil(year, month, day) * 86'400;
    if (reader.atEnd()) return time;
    if (!reader.take('T') && !reader.take('t') && !reader.take(' ')) return std::nullopt;
    if (!readClock(reader, time)) return std::nullopt;
    std::int64_t offset = 0;
    if (!readZone(reader, offset)) return std::nullopt;
    time.seconds -= offset;
    return time;
}

std::strong_ordering compareVersions(BytesView a, BytesView b)
{
    if (a == b) return std::strong_ordering::equal;
    if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b);
    const auto left = parseIsoTime(a);
    const auto right = parseIsoTime(b);
    if (left && right) return *left <=> *right;
    return a <=> b;
}

std::optional<std::int64_t> versionAgeMs(BytesView version, std::int64_t nowMs)
{
    const auto time = parseIsoTime(version);
    if (!time) return std::nullopt;
    return nowMs - time->toMs();
}

} // namespace kvscope
