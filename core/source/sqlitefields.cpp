// SqliteFields: numbers as numbers, so that they are compared as such.
#include "core/source/sqlitefields.h"

#include <charconv>
#include <cmath>

namespace kvscope {
namespace {

template<class Number>
bool parsed(BytesView text, Number &number)
{
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    return result.ec == std::errc() && result.ptr == end;
}

} // namespace

void bindField(SqliteStatement &statement, int parameter, const Field &field)
{
    std::int64_t integer = 0;
    double real = 0;
    switch (field.kind) {
    case CellKind::Null:
        return statement.bindNull(parameter);
    case CellKind::Integer:
        if (parsed(field.text, integer)) return statement.bind(parameter, integer);
        return statement.bindText(parameter, field.text);
    case CellKind::Decimal:
        if (field.text == "Inf") return statement.bind(parameter, HUGE_VAL);
        if (field.text == "-Inf") return statement.bind(parameter, -HUGE_VAL);
        if (parsed(field.text, real)) return statement.bind(parameter, real);
        return statement.bindText(parameter, field.text);
    case CellKind::Blob:
        return statement.bindBlob(parameter, field.text);
    case CellKind::Boolean:
    case CellKind::Json:
    case CellKind::Text:
        break;
    }
    statement.bindText(parameter, field.text);
}

} // namespace kvscope
