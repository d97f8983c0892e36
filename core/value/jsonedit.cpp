// Edits as splices, in the style of what stands around them; quoting and unquoting.
#include "core/value/jsondocument.h"

namespace kvscope {
namespace {

using Node = JsonDocument::Node;

bool hasBreak(BytesView space)
{
    return space.find_first_of("\r\n") != BytesView::npos;
}

BytesView breakIn(BytesView text)
{
    const std::size_t at = text.find_first_of("\r\n");
    if (at == BytesView::npos) return "\n";
    return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? text.substr(at, 2)
                                                                            : text.substr(at, 1);
}

// The white space a line begins with, for the line that holds `offset`.
BytesView indentAt(BytesView text, std::size_t offset)
{
    const std::size_t lineBreak =
        offset == 0 ? BytesView::npos : text.find_last_of("\r\n", offset - 1);
    const std::size_t start = lineBreak == BytesView::npos ? 0 : lineBreak + 1;
    std::size_t end = start;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    return text.substr(start, end - start);
}

// How deep one level goes in this document: what the first indented line is indented by.
BytesView indentUnit(BytesView text)
{
    for (std::size_t at = text.find('\n'); at != BytesView::npos; at = text.find('\n', at + 1)) {
        const BytesView indent = indentAt(text, at + 1);
        if (!indent.empty()) return indent;
    }
    return "  ";
}

// Spacing seen elsewhere in the document, for containers that show none of their own.
struct SeenSpacing
{
    Bytes colon = ":";
    Bytes comma = ",";
};

SeenSpacing spacingIn(const JsonDocument &document)
{
    constexpr std::size_t kLook = 4096; // nodes; style shows itself early or not at all
    SeenSpacing seen;
    const BytesView text = document.bytes();
    bool colonSeen = false;
    const auto count = static_cast<Node>(std::min(document.nodeCount(), kLook));
    for (Node node = 1; node < count; ++node) {
        if (document.isMember(node) && !colonSeen) {
            const BytesView name = document.keyText(node);
            const auto nameEnd = static_cast<std::size_t>(name.data() - text.data()) + name.size();
            const BytesView colon = text.substr(nameEnd, document.begin(node) - nameEnd);
            if (!hasBreak(colon)) {
                seen.colon = colon;
                seen.comma = colon.back() == ' ' ? ", " : ",";
                colonSeen = true;
            }
        }
        if (const Node next = document.nextSibling(node); next != JsonDocument::kNone) {
            const std::size_t from = document.end(node);
            const BytesView name = document.keyText(next);
            const std::size_t to = name.empty()
                                       ? document.begin(next)
                                       : static_cast<std::size_t>(name.data() - text.data());
            const BytesView gap = text.substr(from, to - from);
            if (!hasBreak(gap)) {
                seen.comma = gap;
                return seen;
            }
        }
    }
    return seen;
}

// The value's text without white space around it, if it is JSON.
Result<Bytes> checkedValue(BytesView json)
{
    const auto value = JsonDocument::parse(Bytes(json));
    if (!value) return failure(value.error().toError());
    return Bytes(value->text(JsonDocument::kRoot));
}

void appendUtf8(Bytes &bytes, std::uint32_t code)
{
    const auto put = [&](std::uint32_t byte) {
        bytes += static_cast<char>(static_cast<unsigned char>(byte));
    };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

std::uint32_t hexAt(BytesView token, std::size_t at)
{
    std::uint32_t code = 0;
    for (const char c : token.substr(at, 4)) {
        const auto digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        code = (code << 4U) | static_cast<std::uint32_t>(digit);
    }
    return code;
}

} // namespace

Bytes JsonSplice::appliedTo(BytesView text) const
{
    Bytes result;
    result.reserve(text.size() - removed + inserted.size());
    result.append(text.substr(0, offset)).append(inserted).append(text.substr(offset + removed));
    return result;
}

Result<JsonSplice> JsonDocument::replaceNode(Node node, BytesView json) const
{
    auto value = checkedValue(json);
    if (!value) return failure(value.error());
    return JsonSplice{begin(node), end(node) - begin(node), std::move(*value)};
}

Result<JsonSplice> JsonDocument::removeNode(Node node) const
{
    const Node container = parent(node);
    if (container == kNone) return failure(ErrorCode::PointerNotFound, {QString()});
    Node before = kNone;
    for (Node child = firstChild(container); child != node; child = nextSibling(child))
        before = child;
    if (before != kNone) return JsonSplice{end(before), end(node) - end(before), {}};
    const std::size_t from = startOf(node);
    if (const Node next = nextSibling(node); next != kNone)
        return JsonSplice{from, startOf(next) - from, {}};
    const std::size_t inside = begin(container) + 1;
    return JsonSplice{inside, end(container) - 1 - inside, {}};
}

Result<JsonSplice> JsonDocument::renameNode(Node node, BytesView name) const
{
    if (!isMember(node) || !isValidUtf8(name))
        return failure(ErrorCode::PointerNotFound, {QString::fromStdString(escapeBytes(name))});
    const BytesView old = keyText(node);
    if (key(node) == name) return JsonSplice{keyBegin(node), 0, {}};
    if (memberNamed(parent(node), name) != kNone)
        return failure(ErrorCode::KeyExists, {QString::fromStdString(escapeBytes(name))});
    return JsonSplice{keyBegin(node), old.size(), quoteJson(name)};
}

Result<JsonSplice> JsonDocument::append(Node container, BytesView name, BytesView json) const
{
    auto value = checkedValue(json);
    if (!value) return failure(value.error());
    const bool object = type(container) == JsonType::Object;
    if (object && !isValidUtf8(name))
        return failure(ErrorCode::PointerNotFound, {QString::fromStdString(escapeBytes(name))});
    const BytesView text = m_text;
    const Node last = lastChild(container);
    const SeenSpacing seen = spacingIn(*this);

    Bytes item = object ? quoteJson(name) : Bytes();
    if (object && last != kNone) {
        const BytesView neighbour = keyText(last);
        const auto nameEnd =
            static_cast<std::size_t>(neighbour.data() - text.data()) + neighbour.size();
        item.append(text.substr(nameEnd, begin(last) - nameEnd));
    } else if (object) {
        item.append(hasBreak(text) && seen.colon == ":" ? Bytes(": ") : seen.colon);
    }
    item.append(*value);

    if (last != kNone) {
        Node before = kNone;
        for (Node child = firstChild(container); child != last; child = nextSibling(child))
            before = child;
        if (before != kNone) {
            const BytesView gap = text.substr(end(before), startOf(last) - end(before));
            return JsonSplice{end(last), 0, Bytes(gap).append(item)};
        }
        const BytesView lead =
            text.substr(begin(container) + 1, startOf(last) - begin(container) - 1);
        const Bytes gap = hasBreak(lead) ? Bytes(",").append(lead) : seen.comma;
        return JsonSplice{end(last), 0, gap + item};
    }

    const std::size_t inside = begin(container) + 1;
    const BytesView space = text.substr(inside, end(container) - 1 - inside);
    const std::size_t start = startOf(container);
    const BytesView indent = indentAt(text, start);
    const bool ownLine =
        container != kRoot && start > 0 && static_cast<std::size_t>(indent.size()) <= start &&
        indent.data() + indent.size() == text.data() + start && hasBreak(text.substr(0, start));
    if (!ownLine && !hasBreak(space)) return JsonSplice{inside, space.size(), std::move(item)};
    const BytesView lineBreak = breakIn(text);
    Bytes body;
    body.append(lineBreak)
        .append(indent)
        .append(indentUnit(text))
        .append(item)
        .append(lineBreak)
        .append(indent);
    return JsonSplice{inside, space.size(), std::move(body)};
}

Bytes quoteJson(BytesView text)
{
    constexpr char kHex[] = "0123456789abcdef";
    Bytes token = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            token += "\\\"";
            break;
        case '\\':
            token += "\\\\";
            break;
        case '\b':
            token += "\\b";
            break;
        case '\f':
            token += "\\f";
            break;
        case '\n':
            token += "\\n";
            break;
        case '\r':
            token += "\\r";
            break;
        case '\t':
            token += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                token += "\\u00";
                token += kHex[static_cast<unsigned char>(c) >> 4U];
                token += kHex[static_cast<unsigned char>(c) & 0xFU];
            } else {
                token += c;
            }
        }
    }
    return token += '"';
}

Bytes unquoteJson(BytesView token)
{
    Bytes text;
    text.reserve(token.size());
    const std::size_t last = token.size() - 1;
    for (std::size_t i = 1; i < last; ++i) {
        if (token[i] != '\\') {
            text += token[i];
            continue;
        }
        switch (token[++i]) {
        case 'b':
            text += '\b';
            break;
        case 'f':
            text += '\f';
            break;
        case 'n':
            text += '\n';
            break;
        case 'r':
            text += '\r';
            break;
        case 't':
            text += '\t';
            break;
        case 'u': {
            std::uint32_t code = hexAt(token, i + 1);
            i += 4;
            const bool pair = code >= 0xD800 && code < 0xDC00 && i + 6 < token.size() &&
                              token[i + 1] == '\\' && token[i + 2] == 'u';
            const std::uint32_t low = pair ? hexAt(token, i + 3) : 0;
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
                i += 6;
            }
            appendUtf8(text, code);
            break;
        }
        default:
            text += token[i];
        }
    }
    return text;
}

} // namespace kvscope
