// ValueTemplate: the value that a row's entry holds.
#pragma once

#include "core/binding/binding.h"
#include "core/source/rowsource.h"

namespace kvscope {

/// Why no entry can be made of a row.
enum class RowFault : std::uint8_t {
    None,
    NullInKey,   ///< a column of the key is NULL
    NullValue,   ///< the value's column is NULL, or all fields of a hash are
    NotUtf8,     ///< JSON asked for, and the text is in another encoding
    NotANumber,  ///< JSON asked for, and the number is NaN or infinite
    NullVersion, ///< the version to store is NULL
    // A file's line that is no row
    BrokenJson,
    NotAnObject,
    FieldCount,
    BrokenQuote,
    LineTooLong,
};
/// Translated, without a full stop.
QString rowFaultText(RowFault fault);

/// How a text stands between the quotes of a JSON string.
enum class JsonText : std::uint8_t {
    Plain,   ///< as it is
    Escaped, ///< with escapes
    NotUtf8, ///< not at all
};
JsonText jsonTextOf(BytesView text);

/// A string as JSON with its quotes, escapes only where RFC 8259 asks for them, appended.
/// False, and `out` as it was, where `text` is not UTF-8.
bool appendJsonString(Bytes &out, BytesView text);

/// Appended without white space outside of strings. Requires: `json` is valid.
void appendCompactJson(Bytes &out, BytesView json);

/// Of a file's line.
RowFault rowFaultOf(LineFault fault);

/// One cell as a JSON value: numbers with their own digits, NULL as null, JSON without white space.
RowFault appendJsonValue(Bytes &out, const RowPage::Cell &cell, BytesView text);

} // namespace kvscope
