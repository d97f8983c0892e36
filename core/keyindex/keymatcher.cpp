// KeyMatcher: a two-byte search in vectors, and Redis' glob for patterns.
#include "core/keyindex/keymatcher.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kvscope::keyindex {
namespace {

char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

bool equalsFolded(const char *bytes, const char *folded, std::size_t length)
{
    for (std::size_t i = 0; i < length; ++i) {
        if (fold(bytes[i]) != folded[i]) return false;
    }
    return true;
}

// The longest run of a pattern that stands for itself: a key without it can't match.
Bytes longestLiteral(BytesView pattern)
{
    if (pattern.find_first_of("[\\") != BytesView::npos) return {};
    BytesView longest;
    while (!pattern.empty()) {
        const BytesView run = pattern.substr(0, pattern.find_first_of("*?"));
        if (run.size() > longest.size()) longest = run;
        pattern.remove_prefix(std::min(pattern.size(), run.size() + 1));
    }
    return Bytes(longest);
}

} // namespace

Bytes foldCase(BytesView bytes)
{
    Bytes folded(bytes);
    for (char &c : folded) c = fold(c);
    return folded;
}

bool KeyMatcher::isPattern(BytesView text)
{
    return text.find_first_of("*?") != BytesView::npos;
}

KeyMatcher::KeyMatcher(Bytes text) : m_pattern(std::move(text))
{
    m_pattern = foldCase(m_pattern);
    if (m_pattern.empty()) return;
    if (!isPattern(m_pattern)) {
        m_kind = Kind::Substring;
        lookFor(m_pattern);
        return;
    }
    const Bytes literal = longestLiteral(m_pattern);
    if (m_pattern.find_first_not_of('*') == Bytes::npos) {
        m_kind = Kind::Everything;
    } else if (m_pattern == literal + '*') {
        m_kind = Kind::Prefix;
    } else if (m_pattern == '*' + literal + '*') {
        m_kind = Kind::Substring;
    } else {
        m_kind = Kind::Pattern;
    }
    lookFor(literal);
}

void KeyMatcher::lookFor(Bytes folded)
{
    m_text = std::move(folded);
    if (m_text.empty()) return;
    std::memset(m_firstLower, m_text.front(), 16);
    std::memset(m_firstUpper, upper(m_text.front()), 16);
    std::memset(m_lastLower, m_text.back(), 16);
    std::memset(m_lastUpper, upper(m_text.back()), 16);
    const std::size_t begin = std::min<std::size_t>(m_text.size(), 16);
    m_beginMask = (1U << begin) - 1U;
    for (std::size_t i = 0; i < begin; ++i) {
        m_beginLower[i] = m_text[i];
        m_beginUpper[i] = upper(m_text[i]);
    }
}

bool KeyMatcher::matches(BytesView key) const
{
    switch (m_kind) {
    case Kind::Everything:
        return true;
    case Kind::Substring:
        return contains(key);
    case Kind::Prefix:
        return key.size() >= m_text.size() &&
               equalsFolded(key.data(), m_text.data(), m_text.size());
    case Kind::Pattern:
        return contains(key) && matchesGlob(m_pattern, foldCase(key));
    }
    return false;
}

bool KeyMatcher::narrows(const KeyMatcher &wider) const
{
    if (wider.m_kind == Kind::Everything) return true;
    if (wider.m_kind == Kind::Substring) {
        return (m_kind == Kind::Substring || m_kind == Kind::Prefix) &&
               m_text.find(wider.m_text) != Bytes::npos;
    }
    return wider.m_kind == Kind::Prefix && m_kind == Kind::Prefix &&
           m_text.compare(0, wider.m_text.size(), wider.m_text) == 0;
}

bool KeyMatcher::contains(BytesView key) const
{
    return m_text.empty() || find(key.data(), key.data() + key.size()) != nullptr;
}

#ifdef __SSE2__
namespace {

__m128i load(const char *at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}

/// A bit for each of sixteen bytes that is the one in `low` or the one in `up`.
__m128i either(__m128i bytes, __m128i low, __m128i up)
{
    return _mm_or_si128(_mm_cmpeq_epi8(bytes, low), _mm_cmpeq_epi8(bytes, up));
}

} // namespace

struct KeyMatcher::Ends
{
    explicit Ends(const KeyMatcher &matcher)
        : firstLow(load(matcher.m_firstLower)), firstUp(load(matcher.m_firstUpper)),
          lastLow(load(matcher.m_lastLower)), lastUp(load(matcher.m_lastUpper)),
          distance(matcher.m_text.size() - 1)
    {}

    /// Of the sixteen places from `at` on, those with the text's first byte and, where it would
    /// end, its last.
    unsigned fit(const char *at) const
    {
        const __m128i head = either(load(at), firstLow, firstUp);
        const __m128i tail = either(load(at + distance), lastLow, lastUp);
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(head, tail)));
    }

    __m128i firstLow, firstUp, lastLow, lastUp;
    std::size_t distance;
};

inline bool KeyMatcher::beginsAt(const char *at) const
{
    const __m128i same = either(load(at), load(m_beginLower), load(m_beginUpper));
    const auto equal = static_cast<unsigned>(_mm_movemask_epi8(same));
    const bool begins = (equal & m_beginMask) == m_beginMask;
    if (m_text.size() <= 16) return begins;
    return begins && equalsFolded(at + 16, m_text.data() + 16, m_text.size() - 16);
}

const char *KeyMatcher::find(const char *from, const char *end) const
{
    const auto size = static_cast<std::size_t>(end - from);
    if (size < m_text.size()) return nullptr;
    const std::size_t starts = size - m_text.size() + 1;
    const Ends ends(*this);
    for (std::size_t i = 0; i < starts; i += 16) {
        unsigned fits = ends.fit(from + i);
        if (starts - i < 16) fits &= (1U << (starts - i)) - 1U;
        for (; fits != 0; fits &= fits - 1) {
            const char *start = from + i + __builtin_ctz(fits);
            if (beginsAt(start)) return start;
        }
    }
    return nullptr;
}

bool KeyMatcher::mark(const char *bytes, std::size_t size, std::uint64_t *marks) const
{
    const std::size_t starts = size < m_text.size() ? 0 : size - m_text.size() + 1;
    const Ends ends(*this);
    const bool endsAreAll = m_text.size() <= 2;
    std::uint64_t any = 0;
    for (std::size_t word = 0; word * 64 < size; ++word) {
        const char *at = bytes + word * 64;
        std::uint64_t fits = 0;
        if (word * 64 < starts) {
            const std::uint64_t low = ends.fit(at) | (ends.fit(at + 16) << 16U);
            const std::uint64_t high = ends.fit(at + 32) | (ends.fit(at + 48) << 16U);
            fits = low | (high << 32U);
            if (starts - word * 64 < 64) fits &= (std::uint64_t{1} << (starts - word * 64)) - 1;
        }
        if (!endsAreAll) {
            // No branch on the answer: in keys that are alike but for their digits it is a coin's.
            for (std::uint64_t rest = fits; rest != 0; rest &= rest - 1) {
                const bool stands = beginsAt(at + __builtin_ctzll(rest));
                fits ^= (rest & -rest) & -static_cast<std::uint64_t>(!stands);
            }
        }
        marks[word] = fits;
        any |= fits;
    }
    return any != 0;
}
#else
inline bool KeyMatcher::beginsAt(const char *at) const
{
    return equalsFolded(at, m_text.data(), m_text.size());
}

const char *KeyMatcher::find(const char *from, const char *end) const
{
    const auto size = static_cast<std::size_t>(end - from);
    for (std::size_t i = 0; i + m_text.size() <= size; ++i) {
        if (fold(from[i]) == m_text.front() && beginsAt(from + i)) return from + i;
    }
    return nullptr;
}

bool KeyMatcher::mark(const char *bytes, std::size_t size, std::uint64_t *marks) const
{
    bool any = false;
    std::fill_n(marks, (size + 63) / 64, 0);
    for (std::size_t i = 0; i + m_text.size() <= size; ++i) {
        if (fold(bytes[i]) != m_text.front() || !beginsAt(bytes + i)) continue;
        marks[i / 64] |= std::uint64_t{1} << (i % 64);
        any = true;
    }
    return any;
}
#endif

} // namespace kvscope::keyindex
