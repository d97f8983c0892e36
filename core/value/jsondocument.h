// JsonDocument: JSON as the bytes it came in, and edits that touch only what they name.
//
// The text is never rewritten. Parsing makes a flat table of 16-byte nodes (where a value begins
// and ends, its parent, the node behind its subtree); an edit is a splice of the original bytes. So
// number text, key order, duplicate members, escapes and white space elsewhere stay identical by
// construction.
//
//   { "a" : [ 1 , 2 ] }        nodes, in text order:  0 {…}   1 [ 1 , 2 ]   2 1   3 2
//
// Strict RFC 8259 over UTF-8 without BOM. Iterative: nesting costs no stack.
#pragma once

#include "core/async/result.h"
#include "core/base/sharedbytes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace kvscope {

enum class JsonType : std::uint8_t { Null, Boolean, Number, String, Array, Object };

/// What is wrong with a text that is not JSON.
enum class JsonFault : std::uint8_t {
    Empty, ///< nothing but white space
    ByteOrderMark,
    InvalidUtf8,
    UnexpectedEnd,
    ValueExpected,
    MemberExpected, ///< a `"` of a member name, behind `{` or `,`
    ColonExpected,
    CommaOrBracket, ///< `,` or `]`
    CommaOrBrace,   ///< `,` or `}`
    TrailingComma,
    UnclosedString,
    ControlInString, ///< a raw byte below 0x20
    BadEscape,
    BadUnicodeEscape,
    LeadingZero,
    BadNumber,
    BadLiteral, ///< not true, false or null
    SingleQuote,
    Comment,
    TextBehindEnd,
    TooDeep,
    TooLarge,
};

/// Where and why. Lines and columns begin at 1; a column counts characters (code points), and a
/// line ends with LF, CR or CR LF.
struct JsonError
{
    JsonFault fault = JsonFault::Empty;
    std::size_t offset = 0; ///< bytes from the beginning
    std::int64_t line = 1;
    std::int64_t column = 1;

    /// Translated, without the place and without a full stop.
    QString reason() const;
    /// ErrorCode::InvalidJson with line, column and reason.
    Error toError() const;
};

/// Replace `removed` bytes at `offset` by `inserted`.
struct JsonSplice
{
    std::size_t offset = 0;
    std::size_t removed = 0;
    Bytes inserted;

    Bytes appliedTo(BytesView text) const;
};

/// Immutable once parsed; copies share the text. Any thread.
class JsonDocument
{
  public:
    using Node = std::uint32_t;
    static constexpr Node kRoot = 0;
    static constexpr Node kNone = 0xFFFFFFFFU;
    static constexpr std::size_t kMaxDepth = 1'000'000;   ///< nested containers
    static constexpr std::size_t kMaxBytes = 0xFFFFFFFEU; ///< offsets are 32 bits wide

    static tl::expected<JsonDocument, JsonError> parse(Bytes text);
    static tl::expected<JsonDocument, JsonError> parse(SharedBytes text);

    const Bytes &bytes() const { return *m_shared; }
    std::size_t nodeCount() const { return m_nodes.size(); }

    JsonType type(Node node) const;
    bool isContainer(Node node) const;
    std::size_t begin(Node node) const { return m_nodes[node].begin; }
    std::size_t end(Node node) const { return m_nodes[node].end; }
    Node parent(Node node) const { return m_nodes[node].parent; }
    /// kNone where there is none.
    Node firstChild(Node node) const;
    Node nextSibling(Node node) const;
    /// O(children).
    std::vector<Node> children(Node node) const;

    /// The value's own bytes, as they stand in the text.
    BytesView text(Node node) const;
    /// The member's name as it stands in the text, quotes included; empty for elements and the
    /// root.
    BytesView keyText(Node node) const;
    bool isMember(Node node) const;
    /// The member's name, unescaped. A lone surrogate becomes its three-byte form, so that names
    /// stay distinct.
    Bytes key(Node node) const;
    /// A string value unescaped, any other value's text.
    Bytes scalar(Node node) const;

    /// RFC 6901: where `node` is.
    Bytes pointer(Node node) const;
    /// RFC 6901: what is there; of duplicate members the last one. PointerNotFound.
    Result<Node> find(BytesView pointer) const;
    /// The deepest node whose value or member name covers `offset`; kRoot outside of everything.
    Node nodeAt(std::size_t offset) const;

    /// Puts `json` at `pointer`: an existing value is replaced, a new member or `-` (behind the
    /// last element) is added in the style of its neighbours. PointerNotFound; InvalidJson for
    /// `json`.
    Result<JsonSplice> set(BytesView pointer, BytesView json) const;
    /// Removes a member or an element with its comma. The root can't be removed (PointerNotFound).
    Result<JsonSplice> remove(BytesView pointer) const;
    /// Renames a member in place. KeyExists where the object has that name already.
    Result<JsonSplice> rename(BytesView pointer, BytesView name) const;

    /// The same for a node, which may be a duplicate that no pointer reaches.
    Result<JsonSplice> replaceNode(Node node, BytesView json) const;
    Result<JsonSplice> removeNode(Node node) const;
    Result<JsonSplice> renameNode(Node node, BytesView name) const;
    /// Adds a member (or, in an array, an element; `name` is ignored) behind the last.
    Result<JsonSplice> append(Node container, BytesView name, BytesView json) const;

  private:
    friend class JsonParser;
    struct Entry
    {
        std::uint32_t begin;
        std::uint32_t end;
        std::uint32_t behind; // the node behind this one's subtree
        std::uint32_t parent;
    };

    JsonDocument() = default;
    std::size_t keyBegin(Node node) const;
    std::size_t startOf(Node node) const; // of the name, or of an element
    Node lastChild(Node container) const;
    Node memberNamed(Node object, BytesView name) const;

    SharedBytes m_shared;
    BytesView m_text; // of *m_shared
    std::vector<Entry> m_nodes;
};

/// `text` as a JSON string: quotes, and escapes only where RFC 8259 asks for them.
/// Requires: `text` is UTF-8.
Bytes quoteJson(BytesView text);
/// The inverse, for a string token with its quotes. Requires: a valid token.
Bytes unquoteJson(BytesView token);

/// `bytes` with `json` at `pointer`, all else identical: what verbs need in one call.
Result<Bytes> setInJson(Bytes bytes, BytesView pointer, BytesView json);

} // namespace kvscope
