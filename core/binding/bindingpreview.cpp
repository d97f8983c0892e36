// BindingPreview: the same reading and mapping as jobs do, for a handful of rows.
#include "core/binding/bindingpreview.h"

#include <algorithm>
#include <unordered_set>

namespace kvscope {
namespace {

constexpr std::size_t kMostBytes = 4U << 20U;
constexpr std::size_t kMostSamples = 200; // one page of the source

struct OpenSource
{
    std::unique_ptr<RowSource> source;
    std::vector<SourceColumn> columns;
    RowPage page;
};

Result<std::unique_ptr<RowSource>> openSource(const QString &url, const QString &folder,
                                              const std::stop_token &stop)
{
    auto source = makeRowSource(url, folder);
    if (!source) return source;
    (*source)->setStopToken(stop);
    if (const auto opened = (*source)->open(); !opened) return failure(opened.error());
    return source;
}

Result<OpenSource> readFirst(const QString &url, const QString &folder, RowQuery query,
                             std::size_t rows, const std::stop_token &stop)
{
    auto source = openSource(url, folder, stop);
    if (!source) return failure(source.error());
    query.statementTimeout = kPreviewPatience;
    auto columns = (*source)->prepare(query);
    if (!columns) return failure(columns.error());
    OpenSource open{std::move(*source), std::move(*columns), {}};
    if (const auto sought = open.source->seek({}); !sought) return failure(sought.error());
    if (const auto read = open.source->read(open.page, rows, kMostBytes); !read)
        return failure(read.error());
    return open;
}

} // namespace

BindingPreview previewOf(const std::vector<SourceColumn> &columns, const RowPage &page)
{
    BindingPreview preview{columns, {}};
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < columns.size(); ++i) all.push_back(i);
    for (std::size_t row = 0; row < page.rows(); ++row) {
        PreviewRow made;
        made.cells = page.tuple(row, all);
        made.fault = rowFaultOf(page.fault(row));
        preview.rows.push_back(std::move(made));
    }
    return preview;
}

void fillIn(const Binding &binding, const MappedBatch &batch, BindingPreview &preview)
{
    std::unordered_set<Bytes> keys;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const MappedBatch::Entry &entry = batch.entries[i];
        PreviewRow &row = preview.rows[entry.row];
        row.key = Bytes(batch.keys[i]);
        row.value = Bytes(batch.text(entry.value));
        row.version = Bytes(batch.text(entry.version));
        for (std::uint32_t f = 0; f < entry.fieldCount; f += 2)
            row.fields.emplace_back(batch.text(batch.fields[entry.firstField + f]),
                                    batch.text(batch.fields[entry.firstField + f + 1]));
        if (binding.ttl) row.ttlMs = binding.ttl->msFor(row.key);
        row.repeatsKey = !keys.insert(row.key).second;
    }
    for (const MappedBatch::Fault &fault : batch.faults)
        preview.rows[fault.row].fault = fault.fault;
}

Result<SourceSketch> sketchSource(const QString &url, const QString &folder,
                                  const std::stop_token &stop)
{
    const auto source = openSource(url, folder, stop);
    if (!source) return failure(source.error());
    auto tables = (*source)->tables();
    if (!tables) return failure(tables.error());
    return SourceSketch{sourceName(url), std::move(*tables)};
}

Result<BindingPreview> sampleRows(const QString &url, const QString &folder,
                                  const SourceTable &table, std::size_t rows,
                                  const std::stop_token &stop)
{
    RowQuery query;
    if (!table.sqlName.isEmpty()) {
        query.rows = QStringLiteral("SELECT * FROM ") + table.sqlName;
        query.order = table.primaryKey;
        query.use = RowQuery::Use::Sample;
    }
    const auto open = readFirst(url, folder, query, std::min(rows, kMostSamples), stop);
    if (!open) return failure(open.error());
    return previewOf(open->columns, open->page);
}

Result<BindingPreview> previewBinding(const Binding &binding, const QString &sourceUrl,
                                      std::size_t rows, const std::stop_token &stop)
{
    RowQuery query;
    query.rows = binding.rows;
    query.order = binding.order;
    query.lookup = binding.lookup;
    query.needed = binding.columns();
    const bool own = sourceUrl.isEmpty();
    const auto open = readFirst(own ? binding.source : sourceUrl, own ? binding.folder : QString(),
                                query, rows, stop);
    if (!open) return failure(open.error());
    auto mapper = RowMapper::make(binding, open->columns);
    if (!mapper) return failure(mapper.error());
    MappedBatch batch;
    mapper->map(open->page, 0, batch);
    BindingPreview preview = previewOf(open->columns, open->page);
    fillIn(binding, batch, preview);
    return preview;
}

Result<bool> tryBinding(const Binding &binding, const std::stop_token &stop)
{
    auto source = openSource(binding.source, binding.folder, stop);
    if (!source) return failure(source.error());
    RowQuery query;
    query.rows = binding.rows;
    query.order = binding.order;
    query.lookup = binding.lookup;
    query.needed = binding.columns();
    query.statementTimeout = kPreviewPatience;
    query.use = RowQuery::Use::Sample;
    const auto columns = (*source)->prepare(query);
    if (!columns) return failure(columns.error());
    const auto mapper = RowMapper::make(binding, *columns);
    if (!mapper) return failure(mapper.error());
    return true;
}

} // namespace kvscope
