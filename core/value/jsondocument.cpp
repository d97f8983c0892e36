// Finding one's way in the node table; names and pointers.
#include "core/value/jsondocument.h"

#include <algorithm>

namespace kvscope {
namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// One reference token of an RFC 6901 pointer; nothing for a `~` that is neither `~0` nor `~1`.
std::optional<Bytes> unescapeToken(BytesView token)
{
    Bytes name;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            name += token[i];
        } else if (i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1')) {
            name += token[++i] == '0' ? '~' : '/';
        } else {
            return std::nullopt;
        }
    }
    return name;
}

Bytes escapeToken(BytesView name)
{
    Bytes token;
    for (const char c : name) {
        if (c == '~')
            token += "~0";
        else if (c == '/')
            token += "~1";
        else
            token += c;
    }
    return token;
}

// An array index as RFC 6901 writes it: no sign, no leading zero.
std::optional<std::size_t> indexOf(BytesView token)
{
    if (token.empty() || token.size() > 10 || (token[0] == '0' && token.size() > 1))
        return std::nullopt;
    std::size_t index = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') return std::nullopt;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return index;
}

} // namespace

JsonType JsonDocument::type(Node node) const
{
    switch (m_text[begin(node)]) {
    case '{':
        return JsonType::Object;
    case '[':
        return JsonType::Array;
    case '"':
        return JsonType::String;
    case 't':
    case 'f':
        return JsonType::Boolean;
    case 'n':
        return JsonType::Null;
    default:
        return JsonType::Number;
    }
}

bool JsonDocument::isContainer(Node node) const
{
    const char c = m_text[begin(node)];
    return c == '{' || c == '[';
}

JsonDocument::Node JsonDocument::firstChild(Node node) const
{
    return m_nodes[node].behind > node + 1 ? node + 1 : kNone;
}

JsonDocument::Node JsonDocument::nextSibling(Node node) const
{
    const Node container = m_nodes[node].parent;
    if (container == kNone) return kNone;
    const Node next = m_nodes[node].behind;
    return next < m_nodes[container].behind ? next : kNone;
}

JsonDocument::Node JsonDocument::lastChild(Node container) const
{
    Node last = kNone;
    for (Node child = firstChild(container); child != kNone; child = nextSibling(child))
        last = child;
    return last;
}

std::vector<JsonDocument::Node> JsonDocument::children(Node node) const
{
    std::vector<Node> found;
    for (Node child = firstChild(node); child != kNone; child = nextSibling(child))
        found.push_back(child);
    return found;
}

BytesView JsonDocument::text(Node node) const
{
    return m_text.substr(begin(node), end(node) - begin(node));
}

bool JsonDocument::isMember(Node node) const
{
    return m_nodes[node].parent != kNone && m_text[begin(m_nodes[node].parent)] == '{';
}

// Backwards from the value over the colon to the name's opening quote. In a valid text that is the
// first quote with an even number of backslashes before it: quotes inside a name have an odd
// number.
std::size_t JsonDocument::keyBegin(Node node) const
{
    std::size_t at = begin(node) - 1;
    while (m_text[at] != ':') --at;
    do --at;
    while (m_text[at] != '"');
    while (true) {
        do --at;
        while (m_text[at] != '"');
        std::size_t slashes = 0;
        while (slashes < at && m_text[at - slashes - 1] == '\\') ++slashes;
        if (slashes % 2 == 0) return at;
    }
}

std::size_t JsonDocument::startOf(Node node) const
{
    return isMember(node) ? keyBegin(node) : begin(node);
}

BytesView JsonDocument::keyText(Node node) const
{
    if (!isMember(node)) return {};
    const std::size_t from = keyBegin(node);
    std::size_t to = begin(node) - 1;
    while (m_text[to] != ':') --to;
    do --to;
    while (isSpace(m_text[to]));
    return m_text.substr(from, to + 1 - from);
}

Bytes JsonDocument::key(Node node) const
{
    const BytesView token = keyText(node);
    return token.empty() ? Bytes() : unquoteJson(token);
}

Bytes JsonDocument::scalar(Node node) const
{
    return type(node) == JsonType::String ? unquoteJson(text(node)) : Bytes(text(node));
}

Bytes JsonDocument::pointer(Node node) const
{
    std::vector<Bytes> tokens;
    for (; node != kRoot; node = parent(node)) {
        if (isMember(node)) {
            tokens.push_back(escapeToken(key(node)));
            continue;
        }
        std::size_t index = 0;
        for (Node sibling = firstChild(parent(node)); sibling != node;
             sibling = nextSibling(sibling))
            ++index;
        tokens.push_back(std::to_string(index));
    }
    Bytes path;
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token)
        path.append("/").append(*token);
    return path;
}

JsonDocument::Node JsonDocument::memberNamed(Node object, BytesView name) const
{
    Node found = kNone;
    for (Node child = firstChild(object); child != kNone; child = nextSibling(child)) {
        const BytesView token = keyText(child);
        const BytesView inner = token.substr(1, token.size() - 2);
        const bool same =
            inner.find('\\') == BytesView::npos ? inner == name : unquoteJson(token) == name;
        if (same) found = child;
    }
    return found;
}

Result<JsonDocument::Node> JsonDocument::find(BytesView pointer) const
{
    const auto notFound = [&] {
        return failure(ErrorCode::PointerNotFound, {QString::fromStdString(escapeBytes(pointer))});
    };
    Node node = kRoot;
    BytesView rest = pointer;
    while (!rest.empty()) {
        if (rest[0] != '/') return notFound();
        const std::size_t slash = rest.find('/', 1);
        const BytesView token = rest.substr(1, slash == BytesView::npos ? slash : slash - 1);
        rest = slash == BytesView::npos ? BytesView() : rest.substr(slash);
        Node next = kNone;
        if (type(node) == JsonType::Object) {
            if (const auto name = unescapeToken(token)) next = memberNamed(node, *name);
        } else if (type(node) == JsonType::Array) {
            if (auto index = indexOf(token)) {
                next = firstChild(node);
                while (next != kNone && (*index)-- > 0) next = nextSibling(next);
            }
        }
        if (next == kNone) return notFound();
        node = next;
    }
    return node;
}

JsonDocument::Node JsonDocument::nodeAt(std::size_t offset) const
{
    const auto later =
        std::upper_bound(m_nodes.begin(), m_nodes.end(), offset,
                         [](std::size_t at, const Entry &entry) { return at < entry.begin; });
    if (later == m_nodes.begin()) return kRoot;
    const auto behind = static_cast<Node>(later - m_nodes.begin());
    Node node = behind - 1;
    while (node != kRoot && offset >= m_nodes[node].end) node = m_nodes[node].parent;
    const bool nameAhead = later != m_nodes.end() && later->parent == node && isMember(behind);
    return nameAhead && keyBegin(behind) <= offset ? behind : node;
}

Result<JsonSplice> JsonDocument::set(BytesView pointer, BytesView json) const
{
    if (const auto existing = find(pointer)) return replaceNode(*existing, json);
    const auto notFound = [&] {
        return failure(ErrorCode::PointerNotFound, {QString::fromStdString(escapeBytes(pointer))});
    };
    const std::size_t slash = pointer.rfind('/');
    if (slash == BytesView::npos) return notFound();
    const auto container = find(pointer.substr(0, slash));
    const auto name = unescapeToken(pointer.substr(slash + 1));
    if (!container || !name) return notFound();
    const JsonType kind = type(*container);
    if (kind == JsonType::Object || (kind == JsonType::Array && *name == "-"))
        return append(*container, *name, json);
    return notFound();
}

Result<JsonSplice> JsonDocument::remove(BytesView pointer) const
{
    const auto node = find(pointer);
    return node ? removeNode(*node) : Result<JsonSplice>(failure(node.error()));
}

Result<JsonSplice> JsonDocument::rename(BytesView pointer, BytesView name) const
{
    const auto node = find(pointer);
    return node ? renameNode(*node, name) : Result<JsonSplice>(failure(node.error()));
}

Result<Bytes> setInJson(Bytes bytes, BytesView pointer, BytesView json)
{
    const auto document = JsonDocument::parse(std::move(bytes));
    if (!document) return failure(document.error().toError());
    const auto splice = document->set(pointer, json);
    if (!splice) return failure(splice.error());
    return splice->appliedTo(document->bytes());
}

} // namespace kvscope
