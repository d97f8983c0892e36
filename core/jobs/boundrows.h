// BoundRows: a binding's source, open and ready to be read as keys and values.
#pragma once

#include "core/binding/rowmapper.h"
#include "core/store/bulkaccess.h"

#include <QJsonObject>

namespace kvscope {

/// Blocking, on a job's thread.
struct BoundRows
{
    std::unique_ptr<RowSource> source;
    std::vector<SourceColumn> columns;
    RowMapper mapper;

    /// Connects and checks that the binding fits the rows.
    static Result<BoundRows> open(const Binding &binding, const QString &sourceUrl,
                                  std::stop_token stop,
                                  RowQuery::Columns read = RowQuery::Columns::All);
};

/// `sourceUrl`, or the binding's own where it is empty.
QString sourceUrlOf(const Binding &binding, const QString &sourceUrl);

/// What a store is to be asked for, to be compared with entries of the binding.
BulkReadOptions readOptionsFor(const Binding &binding);
BulkShape shapeOf(const Binding &binding);
/// Names of a hash's fields, the version's included, in the order ValueTemplate writes them.
std::vector<Bytes> hashFieldsOf(const Binding &binding);

/// How rows that no entry can be made of are spoken of: what is wrong, and with which row.
QString faultText(RowFault fault, const Binding &binding, const RowPage &page, std::size_t row,
                  const std::vector<std::size_t> &orderColumns);

/// Rows at a time, and bytes at most: a page of megabyte values is cut earlier.
inline constexpr std::size_t kBatchBytes = 4U << 20U;

} // namespace kvscope
