// SqlDialect: what the databases behind Qt SQL call their drivers and their types.
#pragma once

#include "core/source/rowpage.h"

#include <QSqlField>

namespace kvscope {

enum class SqlProduct : std::uint8_t { PostgreSql, MySql, Odbc };

/// As people call it.
QString productName(SqlProduct product);
/// Qt's name for the driver, and the Debian package that holds it.
const char *driverName(SqlProduct product);
const char *driverPackage(SqlProduct product);

/// What the cells of a column are, by the type that the driver states.
CellKind cellKindOf(SqlProduct product, const QSqlField &column);

/// A number that may stand in a statement as it is.
bool isPlainNumber(const Field &field);

/// The text of a value that an ODBC driver handed out.
Bytes odbcText(const QVariant &value);

} // namespace kvscope
