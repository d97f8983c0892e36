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

// What stands behind the first sixteen bytes.
bool KeyMatcher::restFits(const char *at) const
{
    return m_text.size() <= 16 || equalsFolded(at + 16, m_text.data() + 16, m_text.size() - 16);
}

const char *KeyMatcher::find(const char *from, const char *end) const
{
    const std::size_t length = m_text.size();
    const auto size = static_cast<std::size_t>(end - from);
    if (size < length) return nullptr;
    const std::size_t starts = size - length + 1;
#ifdef __SSE2__
    const auto load = [](const char *at) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
    };
    const auto either = [](__m128i bytes, __m128i low, __m128i up) {
        return _mm_or_si128(_mm_cmpeq_epi8(bytes, low), _mm_cmpeq_epi8(bytes, up));
    };
    const __m128i firstLow = load(m_firstLower);
    const __m128i firstUp = load(m_firstUpper);
    const __m128i lastLow = load(m_lastLower);
    const __m128i lastUp = load(m_lastUpper);
    for (std::size_t i = 0; i < starts; i += 16) {
        const char *at = from + i;
        const __m128i head = either(load(at), firstLow, firstUp);
        const __m128i tail = either(load(at + length - 1), lastLow, lastUp);
        auto fits = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(head, tail)));
        if (fits == 0) continue;
        if (starts - i < 16) fits &= (1U << (starts - i)) - 1U;
        if (length <= 2 && fits != 0) return at + __builtin_ctz(fits);
        for (; fits != 0; fits &= fits - 1) {
            const char *start = at + __builtin_ctz(fits);
            const __m128i same = either(load(start), load(m_beginLower), load(m_beginUpper));
            const auto equal = static_cast<unsigned>(_mm_movemask_epi8(same));
            if ((equal & m_beginMask) == m_beginMask && restFits(start)) return start;
        }
    }
#else
    for (std::size_t i = 0; i < starts; ++i) {
        if (fold(from[i]) == m_text.front() && equalsFolded(from + i, m_text.data(), length))
            return from + i;
    }
#endif
    return nullptr;
}

} // namespace kvscope::keyindex
