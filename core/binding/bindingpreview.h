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

/// What a statement may take: a person waits for it.
inline constexpr std::chrono::seconds kPreviewPatience{8};

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

/// Whether the source has what the binding names: it connects and asks for the columns, and reads
/// no row. Blocks. ColumnMissing, and the errors of RowSource.
Result<bool> tryBinding(const Binding &binding, const std::stop_token &stop);

/// The cells of a page as rows, without keys and values.
BindingPreview previewOf(const std::vector<SourceColumn> &columns, const RowPage &page);
/// Puts in what a binding's mapper made of the page.
void fillIn(const Binding &binding, const MappedBatch &batch, BindingPreview &preview);

/// The row that `key` stands for, with what it should hold, by the binding's lookup where it has
/// one: no row where the source has none, or where the template can't say which. A row that no
/// entry can be made of comes with its fault. Blocks.
Result<BindingPreview> findRowOf(const Binding &binding, const QString &sourceUrl, BytesView key,
                                 const std::stop_token &stop);

} // namespace kvscope
