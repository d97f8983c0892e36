// FlatReader: plain flat JSON objects, member by member, nothing copied.
#pragma once

#include "core/base/bytes.h"

namespace kvscope {

/// Reads `{"name": scalar, …}`; every function returns false for what is not plain: nesting, a name
/// with escapes, control bytes, what is not JSON. It does not look into scalars: who takes one for
/// valid has compared it with one that is.
class FlatReader
{
  public:
    // Without constructors: full arrays of them are made for each comparison.
    struct Token
    {
        const char *nameBegin;
        const char *valueBegin;
        std::size_t nameSize;
        std::size_t valueSize;

        BytesView name() const { return {nameBegin, nameSize}; } ///< without quotes
        BytesView value() const { return {valueBegin, valueSize}; }
    };

    explicit FlatReader(BytesView text) : m_text(text) {}

    bool open();
    bool closed();
    bool ended();
    bool separator();
    bool member(Token &token);

  private:
    bool take(char c);
    void skipSpace();
    bool string(BytesView &token, bool &escaped);
    bool scalar(BytesView &token);

    BytesView m_text;
    std::size_t m_at = 0;
};

} // namespace kvscope
