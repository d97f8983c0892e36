// ShortBytes: comparing and copying a few bytes, as cells and the text between them are. A call of
// memcmp or memcpy for a number that is only known at run time takes longer than this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace kvscope {

namespace detail {

template<class Word>
Word wordAt(const char *at)
{
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// The last word overlaps the one before it. Requires: size >= sizeof(Word).
template<class Word>
bool sameWords(const char *a, const char *b, std::size_t size)
{
    const std::size_t last = size - sizeof(Word);
    for (std::size_t at = 0; at < last; at += sizeof(Word))
        if (wordAt<Word>(a + at) != wordAt<Word>(b + at)) return false;
    return wordAt<Word>(a + last) == wordAt<Word>(b + last);
}

template<class Word>
void copyWords(char *to, const char *from, std::size_t size)
{
    const std::size_t last = size - sizeof(Word);
    for (std::size_t at = 0; at < last; at += sizeof(Word))
        std::memcpy(to + at, from + at, sizeof(Word));
    std::memcpy(to + last, from + last, sizeof(Word));
}

inline constexpr std::size_t kShort = 64;

} // namespace detail

inline bool sameBytes(const char *a, const char *b, std::size_t size)
{
    using namespace detail;
    if (size > kShort) return std::memcmp(a, b, size) == 0;
    if (size >= 8) return sameWords<std::uint64_t>(a, b, size);
    if (size >= 4) return sameWords<std::uint32_t>(a, b, size);
    for (std::size_t at = 0; at < size; ++at)
        if (a[at] != b[at]) return false;
    return true;
}

/// Requires: they do not overlap.
inline void copyBytes(char *to, const char *from, std::size_t size)
{
    using namespace detail;
    if (size > kShort) {
        std::memcpy(to, from, size);
    } else if (size >= 8) {
        copyWords<std::uint64_t>(to, from, size);
    } else if (size >= 4) {
        copyWords<std::uint32_t>(to, from, size);
    } else {
        for (std::size_t at = 0; at < size; ++at) to[at] = from[at];
    }
}

} // namespace kvscope
