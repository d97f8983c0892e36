// Laying out by node order, and merging an edited layout back token by token.
#include "core/value/jsonlayout.h"

#include "core/value/diff.h"

#include <algorithm>
#include <map>

namespace kvscope {
namespace {

using Node = JsonDocument::Node;

constexpr std::size_t kWidth = 80;       // columns an array of scalars may fill
constexpr std::size_t kMaxIndented = 32; // levels; deeper ones start at column 1, or nesting of
                                         // 100,000 levels would make ten gigabytes of spaces

class Layout
{
  public:
    explicit Layout(const JsonDocument &document) : m_document(document)
    {
        m_out.reserve(document.bytes().size() * 3 / 2);
    }

    Bytes run()
    {
        const auto count = static_cast<Node>(m_document.nodeCount());
        for (Node node = 0; node < count;) {
            while (m_open != m_document.parent(node)) close();
            if (node != JsonDocument::kRoot) {
                if (m_document.firstChild(m_open) != node) m_out += ',';
                breakLine();
            }
            node = put(node);
        }
        while (m_open != JsonDocument::kNone) close();
        return std::move(m_out);
    }

  private:
    // Writes a node, and its children where they fit behind it; returns the next node to write.
    Node put(Node node)
    {
        if (const BytesView name = m_document.keyText(node); !name.empty())
            m_out.append(name).append(": ");
        if (!m_document.isContainer(node)) {
            m_out.append(m_document.text(node));
            return node + 1;
        }
        const char opener = m_document.text(node)[0];
        m_out += opener;
        if (m_document.firstChild(node) == JsonDocument::kNone) {
            m_out += opener == '{' ? '}' : ']';
            return node + 1;
        }
        if (opener == '[' && fitsOneLine(node)) return putOneLine(node);
        m_open = node;
        ++m_depth;
        return node + 1;
    }

    bool fitsOneLine(Node array) const
    {
        std::size_t width = m_out.size() - m_lineStart;
        for (Node child = m_document.firstChild(array); child != JsonDocument::kNone;
             child = m_document.nextSibling(child)) {
            width += m_document.end(child) - m_document.begin(child) + 2;
            if (m_document.isContainer(child) || width > kWidth) return false;
        }
        return true;
    }

    Node putOneLine(Node array)
    {
        Node last = array;
        for (Node child = m_document.firstChild(array); child != JsonDocument::kNone;
             child = m_document.nextSibling(child)) {
            if (last != array) m_out += ", ";
            m_out.append(m_document.text(child));
            last = child;
        }
        m_out += ']';
        return last + 1;
    }

    void close()
    {
        --m_depth;
        breakLine();
        m_out += m_document.text(m_open)[0] == '{' ? '}' : ']';
        m_open = m_document.parent(m_open);
    }

    void breakLine()
    {
        m_out += '\n';
        m_lineStart = m_out.size();
        if (m_depth <= kMaxIndented) m_out.append(m_depth * 2, ' ');
    }

    const JsonDocument &m_document;
    Bytes m_out;
    Node m_open = JsonDocument::kNone;
    std::size_t m_depth = 0;
    std::size_t m_lineStart = 0;
};

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool isMark(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

// The tokens of any text: marks, strings (to the line's end where they are not closed), other runs.
std::vector<BytesView> tokensOf(BytesView text)
{
    std::vector<BytesView> tokens;
    tokens.reserve(text.size() / 6);
    for (std::size_t at = 0; at < text.size();) {
        if (isSpace(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        if (text[at] == '"') {
            while (end < text.size() && text[end] != '"' && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
        } else if (!isMark(text[at])) {
            while (end < text.size() && !isSpace(text[end]) && !isMark(text[end]) &&
                   text[end] != '"')
                ++end;
        }
        tokens.push_back(text.substr(at, end - at));
        at = end;
    }
    return tokens;
}

// The original's tokens with the space before each of them, and before the end.
class Spacing
{
  public:
    Spacing(BytesView text, const std::vector<BytesView> &tokens) : m_text(text), m_tokens(tokens)
    {
        constexpr std::size_t kLook = 20'000; // tokens; enough to see how each pair is spaced
        for (std::size_t i = 1; i < std::min(tokens.size(), kLook); ++i)
            m_seen.try_emplace(kindOf(tokens[i - 1], tokens[i]), before(i));
    }

    BytesView before(std::size_t token) const
    {
        const std::size_t from = token == 0 ? 0 : behind(m_tokens[token - 1]);
        const std::size_t to = token == m_tokens.size()
                                   ? m_text.size()
                                   : std::size_t(m_tokens[token].data() - m_text.data());
        return m_text.substr(from, to - from);
    }

    // How the like of two neighbours is spaced in the original.
    BytesView like(BytesView left, BytesView right) const
    {
        const auto seen = m_seen.find(kindOf(left, right));
        if (seen != m_seen.end()) return seen->second;
        for (const auto &[kind, space] : m_seen) {
            if (kind.first == kindOf(left, right).first && (kind.first == ',' || kind.first == ':'))
                return space;
        }
        const bool wouldJoin = !isMark(left.back()) && !isMark(right.front());
        return wouldJoin ? BytesView(" ") : BytesView();
    }

  private:
    static std::pair<char, char> kindOf(BytesView left, BytesView right)
    {
        return {isMark(left[0]) ? left[0] : 'v', isMark(right[0]) ? right[0] : 'v'};
    }
    std::size_t behind(BytesView token) const
    {
        return std::size_t(token.data() - m_text.data()) + token.size();
    }

    BytesView m_text;
    const std::vector<BytesView> &m_tokens;
    std::map<std::pair<char, char>, BytesView> m_seen;
};

} // namespace

Bytes layOutJson(const JsonDocument &document)
{
    return Layout(document).run();
}

bool wantsLayout(BytesView json)
{
    while (!json.empty() && isSpace(json.back())) json.remove_suffix(1);
    while (!json.empty() && isSpace(json.front())) json.remove_prefix(1);
    return json.size() > kReadableLine && json.find_first_of("\r\n") == BytesView::npos;
}

Bytes rebaseJson(BytesView original, BytesView edited)
{
    const std::vector<BytesView> old = tokensOf(original);
    const std::vector<BytesView> fresh = tokensOf(edited);
    const Spacing spacing(original, old);
    Bytes result;
    result.reserve(original.size() + edited.size() / 8);
    std::size_t o = 0;
    std::size_t f = 0;
    const auto copyEqual = [&](std::size_t until) {
        if (o == until) return;
        // Equal tokens in a row: the original's bytes as they stand, from the first to the last.
        const BytesView first = old[o];
        const BytesView last = old[until - 1];
        result.append(first.data(), std::size_t(last.data() + last.size() - first.data()));
        f += until - o;
        o = until;
    };

    BytesView gap = spacing.before(0);
    for (const EditRun &run : shortestEdit(old, fresh)) {
        if (o < run.before) {
            result.append(gap);
            copyEqual(run.before);
            gap = spacing.before(o);
        }
        const std::size_t next = run.before + run.beforeCount;
        for (std::size_t i = 0; i < run.afterCount; ++i, ++f) {
            if (i > 0 || (run.beforeCount == 0 && f > 0))
                gap = spacing.like(fresh[f - 1], fresh[f]);
            result.append(gap).append(fresh[f]);
        }
        o = next;
        if (run.afterCount > 0) {
            gap = run.beforeCount > 0 || f == fresh.size() || o == old.size()
                      ? spacing.before(next)
                      : spacing.like(fresh[f - 1], fresh[f]);
        } else if (f == fresh.size()) {
            gap = spacing.before(old.size());
        }
    }
    if (o < old.size()) {
        result.append(gap);
        copyEqual(old.size());
        gap = spacing.before(old.size());
    }
    return result.append(gap);
}

JsonChange countChanges(BytesView before, BytesView after)
{
    // No token spans a line break: whole lines that are equal at both ends need no looking at.
    const std::size_t shorter = std::min(before.size(), after.size());
    const auto differs =
        std::mismatch(before.begin(), before.begin() + std::ptrdiff_t(shorter), after.begin())
            .first;
    std::size_t head = std::size_t(differs - before.begin());
    const std::size_t lineStart = head == 0 ? BytesView::npos : before.rfind('\n', head - 1);
    head = lineStart == BytesView::npos ? 0 : lineStart + 1;
    before.remove_prefix(head);
    after.remove_prefix(head);
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    const std::size_t lineEnd = before.find('\n', before.size() - tail);
    tail = lineEnd == BytesView::npos ? 0 : before.size() - lineEnd;
    before.remove_suffix(tail);
    after.remove_suffix(tail);
    const std::vector<BytesView> old = tokensOf(before);
    const std::vector<BytesView> fresh = tokensOf(after);
    JsonChange change;
    for (const EditRun &run : shortestEdit(old, fresh)) {
        std::size_t removed = 0;
        std::size_t inserted = 0;
        for (std::size_t i = 0; i < run.beforeCount; ++i) removed += old[run.before + i].size();
        for (std::size_t i = 0; i < run.afterCount; ++i) inserted += fresh[run.after + i].size();
        ++change.changes;
        change.bytes += std::max(removed, inserted);
    }
    return change;
}

} // namespace kvscope
