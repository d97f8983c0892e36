// RowFinder: the key taken apart, its row looked up, and looked at whether it makes that key.
#include "core/binding/rowfinder.h"

#include <algorithm>

namespace kvscope {
namespace {

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

bool isServer(const QString &url)
{
    return url.contains(QLatin1String("://")) || url.startsWith(QLatin1String("odbc:"));
}

bool isSame(const Binding &a, const Binding &b)
{
    return a.folder == b.folder && a.toJson() == b.toJson();
}

} // namespace

Result<std::unique_ptr<RowFinder::Kept>>
RowFinder::open(const Binding &binding, const QString &sourceUrl, const std::stop_token &stop)
{
    const bool own = sourceUrl.isEmpty();
    auto kept = std::make_unique<Kept>();
    kept->binding = binding;
    kept->url = own ? binding.source : sourceUrl;
    auto source = makeRowSource(kept->url, own ? binding.folder : QString());
    if (!source) return failure(source.error());
    kept->source = std::move(*source);
    kept->source->setStopToken(kept->stop.get_token());
    const std::stop_callback ends(stop, [raw = kept.get()] { raw->stop.request_stop(); });
    if (const auto opened = kept->source->open(); !opened) return failure(opened.error());
    RowQuery query;
    query.rows = binding.rows;
    query.lookup = binding.lookup;
    query.needed = binding.columns();
    query.statementTimeout = kPreviewPatience;
    query.use = RowQuery::Use::Sample; // the order's own promises are not needed here
    auto columns = kept->source->prepare(query);
    if (!columns) return failure(columns.error());
    kept->columns = std::move(*columns);
    auto mapper = RowMapper::make(binding, kept->columns);
    if (!mapper) return failure(mapper.error());
    kept->mapper.emplace(std::move(*mapper));
    return kept;
}

Result<BindingPreview> RowFinder::findIn(Kept &kept, BytesView key)
{
    const Binding &binding = kept.binding;
    RowPage page;
    page.reset(kept.columns.size());
    const auto values = binding.key.match(key);
    if (!values) return previewOf(kept.columns, page);
    const std::vector<Bytes> names = kept.mapper->keyColumns();
    const auto found = kept.source->find(names, tuplesOf(binding.key, names, *values), page);
    if (!found) return failure(found.error());
    MappedBatch batch;
    kept.mapper->map(page, 0, batch);
    BindingPreview preview = previewOf(kept.columns, page);
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

Result<BindingPreview> RowFinder::find(const Binding &binding, const QString &sourceUrl,
                                       BytesView key, const std::stop_token &stop)
{
    const QString url = sourceUrl.isEmpty() ? binding.source : sourceUrl;
    if (m_kept && (m_kept->url != url || !isSame(m_kept->binding, binding))) close();
    for (const bool reused : {m_kept != nullptr, false}) {
        if (!m_kept) {
            auto opened = open(binding, sourceUrl, stop);
            if (!opened) return failure(opened.error());
            m_kept = std::move(*opened);
        }
        auto found = [&] {
            const std::stop_callback ends(stop, [this] { m_kept->stop.request_stop(); });
            return findIn(*m_kept, key);
        }();
        const bool stays = found && !stop.stop_requested() && isServer(url);
        if (!stays) close();
        // A server may have closed it, or been started anew, since the last question.
        if (found || !reused || stop.stop_requested()) return found;
    }
    return failure(ErrorCode::Cancelled); // never reached
}

Result<BindingPreview> findRowOf(const Binding &binding, const QString &sourceUrl, BytesView key,
                                 const std::stop_token &stop)
{
    return RowFinder().find(binding, sourceUrl, key, stop);
}

} // namespace kvscope
