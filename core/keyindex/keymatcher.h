// KeyMatcher: does a key hold what was typed?
//
// Without `*` or `?` the text is looked for anywhere in the key; with one it is a pattern for the
// whole key, as SCAN MATCH has it. Case is ignored for A–Z; bytes above 0x7F match themselves, so a
// UTF-8 sequence matches itself and nothing else.
//
// The search compares 16 positions at once with the first and the last byte of the text (both
// cases) and looks closer only where both fit. Over many keys at once it does not stop at each:
// mark() sets a bit for every place, and whose key that is, is looked up afterwards.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace kvscope::keyindex {

class KeyMatcher
{
  public:
    KeyMatcher() = default;
    explicit KeyMatcher(Bytes text);

    bool matchesAll() const { return m_kind == Kind::Everything; }
    /// Requires: KeyArena::kPadding bytes behind the key may be read.
    bool matches(BytesView key) const;
    /// Every key that this matches is matched by `wider` as well; never wrong, sometimes missed.
    bool narrows(const KeyMatcher &wider) const;

    /// True where a key matches exactly if the text is somewhere in it.
    bool isSearch() const { return m_kind == Kind::Substring; }
    /// True where the text must be somewhere in a key, else it can't match.
    bool needsFind() const { return isSearch() || (m_kind == Kind::Pattern && !m_text.empty()); }
    std::size_t length() const { return m_text.size(); }
    /// Sets bit i of `marks` (⌈size / 64⌉ words) where the text stands at bytes[i], and clears the
    /// others; false when it stands nowhere. The bytes may be many keys'.
    /// Requires: needsFind(); KeyArena::kPadding bytes behind them may be read.
    bool mark(const char *bytes, std::size_t size, std::uint64_t *marks) const;

    static bool isPattern(BytesView text);

  private:
    enum class Kind { Everything, Substring, Prefix, Pattern };
    struct Ends;

    void lookFor(Bytes folded);
    bool contains(BytesView key) const;
    const char *find(const char *from, const char *end) const;
    bool beginsAt(const char *at) const;

    Kind m_kind = Kind::Everything;
    Bytes m_text;    ///< folded: what is looked for, the prefix, or a literal piece of the pattern
    Bytes m_pattern; ///< folded
    // The first and last byte of m_text in both cases, sixteen times each.
    alignas(16) char m_firstLower[16]{};
    alignas(16) char m_firstUpper[16]{};
    alignas(16) char m_lastLower[16]{};
    alignas(16) char m_lastUpper[16]{};
    // Its first sixteen bytes, and a bit for each that there is.
    alignas(16) char m_beginLower[16]{};
    alignas(16) char m_beginUpper[16]{};
    unsigned m_beginMask = 0;
};

/// A–Z become a–z; other bytes stay.
Bytes foldCase(BytesView bytes);

} // namespace kvscope::keyindex
