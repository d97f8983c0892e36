// BindingPreview: the same reading and mapping as jobs do, for a handful of rows.
#include "core/binding/bindingpreview.h"

#include <algorithm>
#include <unordered_set>

namespace kvscope {
namespace {

// A person waits for it.
constexpr auto kPatience = std::chrono::seconds(8);
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
    query.statementTimeout = kPatience;
    auto columns = (*source)->prepare(query);
    if (!columns) return failure(columns.error());
    OpenSource open{std::move(*source), std::move(*columns), {}};
    if (const auto sought = open.source->seek({}); !sought) return failure(sought.error());
    if (const auto read = open.source->read(open.page, rows, kMostBytes); !read)
        return failure(read.error());
    return open;
}

BindingPreview previewOf(const OpenSource &open)
{
    BindingPreview preview{open.columns, {}};
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < open.columns.size(); ++i) all.push_back(i);
    for (std::size_t row = 0; row < open.page.rows(); ++row) {
        PreviewRow made;
        made.cells = open.page.tuple(row, all);
        made.fault = rowFaultOf(open.page.fault(row));
        preview.rows.push_back(std::move(made));
    }
    return preview;
}

bool isInteger(BytesView text)
{
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == BytesView::npos;
}

// A key does not tell a number from a text, and not every source's columns do: both are asked for.
std::vector<FieldTuple> tuplesOf(const KeyTemplate &key, const std::vector<Bytes> &columns,
                                 const std::vector<Bytes> &values)
{
    const std::vector<Bytes> named = key.columns();
    FieldTuple texts;
    FieldTuple numbers;
    for (const Bytes &column : columns) {
        const auto at = std::find(named.begin(), named.end(), column) - named.begin();
        const Bytes &value = values[static_cast<std::size_t>(at)];
        texts.push_back({CellKind::Text, value});
        numbers.push_back({isInteger(value) ? CellKind::Integer : CellKind::Text, value});
    }
    if (numbers == texts) return {texts};
    return {numbers, texts};
}

bool holdsKey(const KeyTemplate &key, const std::vector<Bytes> &values,
              const std::vector<SourceColumn> &columns, const PreviewRow &row)
{
    const std::vector<Bytes> named = key.columns();
    for (std::size_t i = 0; i < named.size(); ++i)
        for (std::size_t c = 0; c < columns.size(); ++c)
            if (columns[c].name == named[i] && row.cells[c].text != values[i]) return false;
    return true;
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

} // namespace

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
    return previewOf(*open);
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
    BindingPreview preview = previewOf(*open);
    fillIn(binding, batch, preview);
    return preview;
}

Result<BindingPreview> findRowOf(const Binding &binding, const QString &sourceUrl, BytesView key,
                                 const std::stop_token &stop)
{
    const bool own = sourceUrl.isEmpty();
    auto source =
        openSource(own ? binding.source : sourceUrl, own ? binding.folder : QString(), stop);
    if (!source) return failure(source.error());
    RowQuery query;
    query.rows = binding.rows;
    query.lookup = binding.lookup;
    query.needed = binding.columns();
    query.statementTimeout = kPatience;
    query.use = RowQuery::Use::Sample; // the order's own promises are not needed here
    auto columns = (*source)->prepare(query);
    if (!columns) return failure(columns.error());
    auto mapper = RowMapper::make(binding, *columns);
    if (!mapper) return failure(mapper.error());
    OpenSource open{std::move(*source), std::move(*columns), {}};
    open.page.reset(open.columns.size());
    const auto values = binding.key.match(key);
    if (!values) return previewOf(open);

    const std::vector<Bytes> names = mapper->keyColumns();
    const auto found = open.source->find(names, tuplesOf(binding.key, names, *values), open.page);
    if (!found) return failure(found.error());
    MappedBatch batch;
    mapper->map(open.page, 0, batch);
    BindingPreview preview = previewOf(open);
    fillIn(binding, batch, preview);
    // 07 finds the row of 7, whose key is another one; and one row may have been found twice.
    std::vector<PreviewRow> rows = std::move(preview.rows);
    preview.rows.clear();
    for (PreviewRow &row : rows) {
        const bool known =
            std::any_of(preview.rows.begin(), preview.rows.end(),
                        [&row](const PreviewRow &each) { return each.cells == row.cells; });
        if (!known && holdsKey(binding.key, *values, preview.columns, row))
            preview.rows.push_back(std::move(row));
    }
    return preview;
}

} // namespace kvscope
