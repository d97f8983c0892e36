// SqlTables: what a database has to choose from.
#pragma once

#include "core/source/sqlsession.h"

namespace kvscope {

/// Tables and views that this user may read, with columns, types as the database writes them, and
/// primary keys.
Result<std::vector<SourceTable>> loadTables(SqlSession &session);

} // namespace kvscope
