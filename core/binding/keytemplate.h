// KeyTemplate: how a row becomes a key, and how a key says which row it came from.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <optional>
#include <vector>

namespace kvscope {

/// `user:{id}`: literal text and columns in braces; `{{` and `}}` stand for one brace. A column's
/// text goes into the key raw. Immutable; any thread.
class KeyTemplate
{
  public:
    struct Part
    {
        Bytes literal; ///< in front of the column
        Bytes column;  ///< empty in the last part only, when the template ends in a literal
    };

    KeyTemplate() = default;
    /// InvalidBinding{"key", reason}: a brace that is not closed, an empty name, no column at all.
    static Result<KeyTemplate> parse(BytesView text);

    const Bytes &text() const { return m_text; }
    const std::vector<Part> &parts() const { return m_parts; }
    /// The columns in order of appearance; one that appears twice is listed twice.
    std::vector<Bytes> columns() const;

    /// `values` holds one text a column of columns().
    Bytes expand(const std::vector<BytesView> &values) const;

    /// The inverse: one text a column of columns(). Nothing where the key does not fit, where a
    /// column that appears twice would have two values, and where it could be cut in more ways than
    /// one (`{a}:{b}` and the key `1:2:3`).
    std::optional<std::vector<Bytes>> match(BytesView key) const;

    /// False when some key could be cut in more than one way: two columns beside each other.
    bool isInvertible() const;

    /// A glob that every key of the template matches, for SCAN.
    Bytes glob() const;

  private:
    Bytes m_text;
    std::vector<Part> m_parts;
};

} // namespace kvscope
