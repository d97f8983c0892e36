// RowMapper: rows in, keys and values out, by a binding.
#pragma once

#include "core/base/keybatch.h"
#include "core/binding/rowjson.h"
#include "core/binding/valuetemplate.h"

#include <array>

namespace kvscope {

/// What rows became: as many keys, values, versions as rows that an entry could be made of.
/// Reuse one: it keeps its memory.
struct MappedBatch
{
    using Span = KeyBatch::Span;
    struct Entry
    {
        std::uint32_t row;        ///< of the page
        Span value;               ///< json and string: in `values`
        std::uint32_t firstField; ///< hash: in `fields`, name and value by turns
        std::uint32_t fieldCount; ///< names and values together
        Span version;             ///< in `values`; empty where the binding has none or it is NULL
        std::uint64_t plain;      ///< json that is not composed: for RowJson
    };
    struct Fault
    {
        std::uint32_t row;
        RowFault fault;
    };
    KeyBatch keys;
    Bytes values;
    std::vector<Entry> entries;
    std::vector<Span> fields;
    std::vector<Fault> faults;

    void clear();
    std::size_t size() const { return entries.size(); }
    BytesView text(const Span &span) const
    {
        return BytesView(values).substr(span.offset, span.length);
    }
};

/// What the columns of the key held so far, to tell foreign keys that fit the template from ours.
struct KeyShape
{
    bool onlyIntegers = true;    ///< every value was a whole number
    bool integerCells = true;    ///< and stood as a number in its row, not as text
    bool holdsDelimiter = false; ///< some value held one of `: / |`
    bool any = false;            ///< there was a value at all
    bool declared = false;       ///< the source says that the column holds whole numbers
};

/// The same values as the source may hold them too: whole numbers as text, and text of digits as
/// numbers. A key does not tell one from the other, and SQLite compares an expression's value by
/// its storage class. Nothing where no value can be both.
std::optional<FieldTuple> otherKindsOf(const FieldTuple &fields);

/// Not thread-safe; one per job.
class RowMapper
{
  public:
    /// ColumnMissing. `columns` are those of the rows.
    static Result<RowMapper> make(const Binding &binding, const std::vector<SourceColumn> &columns);

    /// Whether a JSON value is written out at once or only looked into for faults.
    enum class Compose : std::uint8_t { Now, Later };
    /// Appends what `page`'s rows from `first` on become.
    void map(const RowPage &page, std::size_t first, MappedBatch &out,
             Compose compose = Compose::Now);
    /// Writes out the value and the version of entry `i`. Requires: they were left for later.
    void compose(const RowPage &page, std::size_t i, MappedBatch &batch) const;
    /// Whether `held` says what the value of entry `i` would; false may also mean that it is not
    /// known without composing it. The entry's value is left for later, and JSON.
    bool agrees(const RowPage &page, const MappedBatch::Entry &entry, BytesView held)
    {
        return m_json.says(held, page, entry.row, entry.plain);
    }
    /// `held` did agree, once composed: agrees() shall know the like of it.
    void learn(BytesView held) { m_json.learn(held); }

    const std::vector<std::size_t> &orderColumns() const { return m_order; }
    /// One for each column of the key template, in its order.
    const std::vector<KeyShape> &keyShapes() const { return m_shapes; }
    /// Whether a key that the template's glob matches can be one of ours, by what was seen of ours;
    /// then the fields of its row to look for.
    std::optional<FieldTuple> fieldsOf(BytesView key) const;
    /// The template's columns, each once: what fieldsOf() speaks of.
    const std::vector<Bytes> &keyColumns() const { return m_keyNames; }

  private:
    explicit RowMapper(Binding binding) : m_binding(std::move(binding)) {}

    RowFault mapKey(const RowPage &page, std::size_t row, MappedBatch &out);
    RowFault mapValue(const RowPage &page, std::size_t row, MappedBatch &out,
                      MappedBatch::Entry &entry, Compose compose);
    RowFault mapJson(const RowPage &page, std::size_t row, MappedBatch &out,
                     MappedBatch::Entry &entry) const;
    RowFault lookAtJson(const RowPage &page, std::size_t row, MappedBatch::Entry &entry) const;
    RowFault mapHash(const RowPage &page, std::size_t row, MappedBatch &out,
                     MappedBatch::Entry &entry);
    void noteShape(std::size_t part, const RowPage::Cell &cell, BytesView text);

    Binding m_binding;
    std::vector<std::size_t> m_order;
    std::vector<std::size_t> m_key;
    std::vector<std::size_t> m_value;
    std::optional<std::size_t> m_version;
    std::vector<RowJson::Member> m_members; // of the JSON
    RowJson m_json;
    bool m_appendVersion = false; // the version is stored and not among the fields already
    std::vector<KeyShape> m_shapes;
    std::vector<Bytes> m_keyNames;
};

/// The version that a stored value carries; nothing where it has none.
std::optional<Bytes> storedVersion(const Binding &binding, BytesView json);

} // namespace kvscope
