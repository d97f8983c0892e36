// JsonParser: one pass over the bytes, strict and iterative. Inside core/value only.
#pragma once

#include "core/value/jsondocument.h"

namespace kvscope {

/// Fills a document's node table. The current container stands in for the call stack.
class JsonParser
{
  public:
    explicit JsonParser(JsonDocument &document);

    /// Nothing when the text is JSON.
    std::optional<JsonError> run();

  private:
    using Node = JsonDocument::Node;

    bool parseAll();
    bool openValue();
    bool closeValues();
    bool parseMemberName();
    bool parseString();
    bool parseEscape();
    bool parseNumber();
    bool parseLiteral(BytesView literal);
    bool openContainer();
    bool unexpected(JsonFault fault);
    bool fail(JsonFault fault, std::size_t offset);
    void skipSpace();
    bool atEnd() const { return m_at >= m_text.size(); }
    unsigned char byte(std::size_t i) const { return static_cast<unsigned char>(m_text[i]); }
    std::size_t sequenceLength(std::size_t at) const; // of the UTF-8 sequence there, 0: malformed

    JsonDocument &m_document;
    BytesView m_text;
    std::size_t m_at = 0;
    Node m_container = JsonDocument::kNone;
    std::size_t m_depth = 0;
    bool m_descend = false; // a container was opened that is not empty
    JsonError m_error;
};

} // namespace kvscope
