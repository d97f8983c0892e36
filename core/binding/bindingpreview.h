// BindingPreview: a source looked at before anything is bound: its tables, some rows, and the
// entries they would become.
#pragma once

#include "core/binding/rowmapper.h"

namespace kvscope {

/// One row, and what a binding makes of it.
struct PreviewRow
{
    FieldTuple cells;                            ///< one for each of the columns
    Bytes key;                                   ///< empty where there is a fault
    Bytes value;                                 ///< of json and string
    std::vector<std::pair<Bytes, Bytes>> fields; ///< of hash
    Bytes version;
    std::optional<std::int64_t> ttlMs;
    RowFault fault = RowFault::None;
    bool repeatsKey = false; ///< a row above makes the same key
};

struct BindingPreview
{
    std::vector<SourceColumn> columns;
    std::vector<PreviewRow> rows;
};

struct SourceSketch
{
    QString name; ///< without a password
    std::vector<SourceTable> tables;
};

/// Connects, and lists what there is to choose from: the connection test. Blocks; the errors of
/// RowSource. `folder` as for makeRowSource().
Result<SourceSketch> sketchSource(const QString &url, const QString &folder,
                                  const std::stop_token &stop);

/// Some rows of one table (200 at most), in no stated order, without keys and values. Blocks.
Result<BindingPreview> sampleRows(const QString &url, const QString &folder,
                                  const SourceTable &table, std::size_t rows,
                                  const std::stop_token &stop);

/// The first rows with the key and the value that each would produce. Blocks. `sourceUrl` empty:
/// the binding's own.
Result<BindingPreview> previewBinding(const Binding &binding, const QString &sourceUrl,
                                      std::size_t rows, const std::stop_token &stop);

/// The row that `key` stands for, with what it should hold, by the binding's lookup where it has
/// one: no row where the source has none, or where the template can't say which. A row that no
/// entry can be made of comes with its fault. Blocks.
Result<BindingPreview> findRowOf(const Binding &binding, const QString &sourceUrl, BytesView key,
                                 const std::stop_token &stop);

} // namespace kvscope
