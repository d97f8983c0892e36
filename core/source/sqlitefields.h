// SqliteFields: a row's cell as a parameter of a SQLite statement.
#pragma once

#include "core/source/rowpage.h"
#include "core/source/sqlite.h"

namespace kvscope {

/// By its storage class: a number that SQLite can hold is a number, all else text or bytes.
/// Parameters count from 1.
void bindField(SqliteStatement &statement, int parameter, const Field &field);

} // namespace kvscope
