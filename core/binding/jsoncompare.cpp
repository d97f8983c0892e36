// JsonCompare: equal bytes first, then a walk over two flat objects side by side, then two trees.
//
//   bytes equal ── yes ──> Same
//        no
//   FlatWalk: members of `actual` one by one against `expected` ── all equal, none left ──> Same
//        anything else: a difference, nesting, escapes in names, duplicates, what is not JSON
//   two JsonDocuments: the thorough answer
//
// Only the walk's "Same" is final, so it may give up whenever a text is not plain.
#include "core/binding/jsoncompare.h"

#include "core/base/decimal.h"
#include "core/value/jsondocument.h"

#include <array>
#include <bit>
#include <cstring>
#include <unordered_map>

namespace kvscope {
namespace {

constexpr std::size_t kMaxWalkMembers = 64; // seen members are bits of one word

// Where the next quote, backslash or control byte is, from `at` on: most of a text is none of
// these, so it is passed eight bytes at a time.
std::size_t nextSpecial(BytesView text, std::size_t at)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    constexpr std::uint64_t kTops = 0x8080808080808080ULL;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        const std::uint64_t quotes = word ^ (kOnes * '"');
        const std::uint64_t slashes = word ^ (kOnes * '\\');
        // The lowest bit that is set is right; a borrow may set others above it.
        const std::uint64_t found =
            (((word - kOnes * 0x20) & ~word) | ((quotes - kOnes) & ~quotes) |
             ((slashes - kOnes) & ~slashes)) &
            kTops;
        if (found == 0) continue;
        if constexpr (std::endian::native == std::endian::little)
            return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        break;
    }
    for (; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c == '"' || c == '\\' || c < 0x20) break;
    }
    return at;
}

// Without constructors: a full array of them is made for each comparison.
struct Token
{
    const char *nameBegin;
    const char *valueBegin;
    std::size_t nameSize;
    std::size_t valueSize;

    BytesView name() const { return {nameBegin, nameSize}; } // without quotes, never escaped
    BytesView value() const { return {valueBegin, valueSize}; }
};

constexpr std::array<bool, 256> kEndsScalar = [] {
    std::array<bool, 256> ends{};
    for (const char c : BytesView(",}{[\" \n\t\r")) ends[static_cast<unsigned char>(c)] = true;
    return ends;
}();

// Reads plain flat objects; every function returns false for what is not plain.
class FlatReader
{
  public:
    explicit FlatReader(BytesView text) : m_text(text) {}

    bool open()
    {
        skipSpace();
        return take('{');
    }
    bool closed()
    {
        skipSpace();
        return take('}');
    }
    bool ended()
    {
        skipSpace();
        return m_at == m_text.size();
    }
    bool separator()
    {
        skipSpace();
        return take(',');
    }

    bool member(Token &token)
    {
        skipSpace();
        BytesView name;
        bool escaped = false;
        if (!string(name, escaped) || escaped) return false;
        token.nameBegin = name.data() + 1;
        token.nameSize = name.size() - 2;
        skipSpace();
        if (!take(':')) return false;
        skipSpace();
        BytesView value;
        if (!scalar(value)) return false;
        token.valueBegin = value.data();
        token.valueSize = value.size();
        return true;
    }

  private:
    bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c) return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (static_cast<unsigned char>(c) > ' ') return;
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return;
            ++m_at;
        }
    }

    // The token with its quotes. Control bytes are left to the thorough way.
    bool string(BytesView &token, bool &escaped)
    {
        const std::size_t begin = m_at;
        if (!take('"')) return false;
        while (true) {
            m_at = nextSpecial(m_text, m_at);
            if (m_at >= m_text.size()) return false;
            if (m_text[m_at] == '"') break;
            if (m_text[m_at] != '\\') return false;
            escaped = true;
            m_at += 2;
        }
        ++m_at;
        token = m_text.substr(begin, m_at - begin);
        return true;
    }

    bool scalar(BytesView &token)
    {
        if (m_at >= m_text.size()) return false;
        bool escaped = false;
        if (m_text[m_at] == '"') return string(token, escaped);
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && !kEndsScalar[static_cast<unsigned char>(m_text[m_at])])
            ++m_at;
        const bool nested = m_at < m_text.size() &&
                            (m_text[m_at] == '{' || m_text[m_at] == '[' || m_text[m_at] == '"');
        token = m_text.substr(begin, m_at - begin);
        return !nested && !token.empty();
    }

    BytesView m_text;
    std::size_t m_at = 0;
};

// True only if both are valid scalars of the same value.
bool sameScalar(BytesView expected, BytesView actual)
{
    if (expected == actual) return true; // expected is JSON, so actual is
    if (isJsonNumber(expected) && isJsonNumber(actual))
        return compareDecimals(expected, actual) == 0;
    return false; // strings that are escaped otherwise: the thorough way knows
}

bool sameFlat(BytesView expected, BytesView actual)
{
    std::array<Token, kMaxWalkMembers> members;
    std::size_t count = 0;
    FlatReader ours(expected);
    if (!ours.open()) return false;
    if (!ours.closed()) {
        do {
            if (count == kMaxWalkMembers || !ours.member(members[count++])) return false;
        } while (ours.separator());
        if (!ours.closed()) return false;
    }

    FlatReader theirs(actual);
    if (!theirs.open()) return false;
    std::uint64_t seen = 0;
    std::size_t next = 0; // most writers keep the order
    std::size_t met = 0;
    if (theirs.closed()) return count == 0 && theirs.ended();
    do {
        Token token;
        if (!theirs.member(token)) return false;
        std::size_t at = next;
        std::size_t tried = 0;
        for (; tried < count; ++tried, ++at) {
            if (at >= count) at = 0;
            if (members[at].name() == token.name()) break;
        }
        if (tried == count) return false;
        if ((seen >> at & 1U) != 0 || !sameScalar(members[at].value(), token.value())) return false;
        seen |= std::uint64_t{1} << at;
        next = at + 1;
        ++met;
    } while (theirs.separator());
    return theirs.closed() && theirs.ended() && met == count;
}

class TreeComparison
{
  public:
    TreeComparison(const JsonDocument &a, const JsonDocument &b) : m_a(a), m_b(b) {}

    // A list of pairs stands in for the call stack: nesting costs no stack.
    bool same()
    {
        m_pairs.push_back({JsonDocument::kRoot, JsonDocument::kRoot});
        while (!m_pairs.empty()) {
            const auto [left, right] = m_pairs.back();
            m_pairs.pop_back();
            if (!samePair(left, right)) return false;
        }
        return true;
    }

  private:
    using Node = JsonDocument::Node;

    bool samePair(Node left, Node right)
    {
        if (m_a.type(left) != m_b.type(right)) return false;
        switch (m_a.type(left)) {
        case JsonType::Null:
            return true;
        case JsonType::Boolean:
            return m_a.text(left) == m_b.text(right);
        case JsonType::Number:
            return compareDecimals(m_a.text(left), m_b.text(right)) == 0;
        case JsonType::String:
            return m_a.scalar(left) == m_b.scalar(right);
        case JsonType::Array:
            return pairElements(left, right);
        case JsonType::Object:
            break;
        }
        return pairMembers(left, right);
    }

    bool pairElements(Node left, Node right)
    {
        Node a = m_a.firstChild(left);
        Node b = m_b.firstChild(right);
        while (a != JsonDocument::kNone && b != JsonDocument::kNone) {
            m_pairs.push_back({a, b});
            a = m_a.nextSibling(a);
            b = m_b.nextSibling(b);
        }
        return a == b; // both kNone
    }

    using Members = std::unordered_map<Bytes, Node>;
    static Members membersOf(const JsonDocument &document, Node object)
    {
        Members members;
        for (Node node = document.firstChild(object); node != JsonDocument::kNone;
             node = document.nextSibling(node))
            members[document.key(node)] = node; // the last one counts
        return members;
    }

    bool pairMembers(Node left, Node right)
    {
        const Members a = membersOf(m_a, left);
        const Members b = membersOf(m_b, right);
        if (a.size() != b.size()) return false;
        for (const auto &[name, node] : a) {
            const auto other = b.find(name);
            if (other == b.end()) return false;
            m_pairs.push_back({node, other->second});
        }
        return true;
    }

    const JsonDocument &m_a;
    const JsonDocument &m_b;
    std::vector<std::pair<Node, Node>> m_pairs;
};

} // namespace

JsonComparison compareJson(BytesView expected, BytesView actual)
{
    if (expected == actual || sameFlat(expected, actual)) return JsonComparison::Same;
    const auto theirs = JsonDocument::parse(Bytes(actual));
    if (!theirs) return JsonComparison::NotJson;
    const auto ours = JsonDocument::parse(Bytes(expected));
    if (!ours) return JsonComparison::Different;
    return TreeComparison(*ours, *theirs).same() ? JsonComparison::Same : JsonComparison::Different;
}

} // namespace kvscope
