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

KeyMatcher::KeyMatcher(Bytes text)
{
    m_pattern = foldCase(text);
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
    const std::size_t length = m_text.size();
    if (length == 0) return true;
    if (key.size() < length) return false;
    const std::size_t starts = key.size() - length + 1;
    const char *at = key.data();
    std::size_t i = 0;
#ifdef __SSE2__
    const __m128i firstLow = _mm_load_si128(reinterpret_cast<const __m128i *>(m_firstLower));
    const __m128i firstUp = _mm_load_si128(reinterpret_cast<const __m128i *>(m_firstUpper));
    const __m128i lastLow = _mm_load_si128(reinterpret_cast<const __m128i *>(m_lastLower));
    const __m128i lastUp = _mm_load_si128(reinterpret_cast<const __m128i *>(m_lastUpper));
    for (; i < starts; i += 16) {
        const __m128i head = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + i));
        const __m128i tail =
            _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + i + length - 1));
        const __m128i headFits =
            _mm_or_si128(_mm_cmpeq_epi8(head, firstLow), _mm_cmpeq_epi8(head, firstUp));
        const __m128i tailFits =
            _mm_or_si128(_mm_cmpeq_epi8(tail, lastLow), _mm_cmpeq_epi8(tail, lastUp));
        auto fits = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(headFits, tailFits)));
        if (starts - i < 16) fits &= (1U << (starts - i)) - 1U;
        if (fits != 0 && length <= 2) return true;
        for (; fits != 0; fits &= fits - 1) {
            const std::size_t start = i + static_cast<std::size_t>(__builtin_ctz(fits));
            if (equalsFolded(at + start, m_text.data(), length)) return true;
        }
    }
    return false;
#else
    for (; i < starts; ++i) {
        if (fold(at[i]) == m_text.front() && equalsFolded(at + i, m_text.data(), length))
            return true;
    }
    return false;
#endif
}

} // namespace kvscope::keyindex
