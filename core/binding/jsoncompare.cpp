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
#include "core/binding/flatjson.h"
#include "core/value/jsondocument.h"

#include <array>
#include <unordered_map>

namespace kvscope {
namespace {

constexpr std::size_t kMaxWalkMembers = 64; // seen members are bits of one word

using Token = FlatReader::Token;

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
