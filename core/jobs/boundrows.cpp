// BoundRows: opening, and what a binding means for a store.
#include "core/jobs/boundrows.h"

#include <algorithm>

namespace kvscope {

QString sourceUrlOf(const Binding &binding, const QString &sourceUrl)
{
    return sourceUrl.isEmpty() ? binding.source : sourceUrl;
}

Result<BoundRows> BoundRows::open(const Binding &binding, const QString &sourceUrl,
                                  std::stop_token stop, RowQuery::Columns read)
{
    const bool own = sourceUrl.isEmpty();
    auto source = makeRowSource(sourceUrlOf(binding, sourceUrl), own ? binding.folder : QString());
    if (!source) return failure(source.error());
    (*source)->setStopToken(std::move(stop));
    if (const auto opened = (*source)->open(); !opened) return failure(opened.error());
    RowQuery query;
    query.rows = binding.rows;
    query.order = binding.order;
    query.lookup = binding.lookup;
    query.needed = binding.columns();
    query.columns = read;
    auto columns = (*source)->prepare(query);
    if (!columns) return failure(columns.error());
    auto mapper = RowMapper::make(binding, *columns);
    if (!mapper) return failure(mapper.error());
    return BoundRows{std::move(*source), std::move(*columns), std::move(*mapper)};
}

BulkShape shapeOf(const Binding &binding)
{
    return binding.value.type == ValueRule::Type::Hash ? BulkShape::Hash : BulkShape::String;
}

std::vector<Bytes> hashFieldsOf(const Binding &binding)
{
    std::vector<Bytes> fields = binding.value.columns;
    if (binding.storesVersion() &&
        std::find(fields.begin(), fields.end(), binding.versionField) == fields.end())
        fields.push_back(binding.versionField);
    return fields;
}

BulkReadOptions readOptionsFor(const Binding &binding)
{
    BulkReadOptions options;
    options.shape = shapeOf(binding);
    if (options.shape == BulkShape::Hash) options.fields = hashFieldsOf(binding);
    options.ttl = binding.ttl.has_value();
    return options;
}

QString faultText(RowFault fault, const Binding &binding, const RowPage &page, std::size_t row,
                  const std::vector<std::size_t> &orderColumns)
{
    QStringList place;
    for (std::size_t i = 0; i < orderColumns.size(); ++i)
        place << QStringLiteral("%1 = %2").arg(
            QString::fromStdString(binding.order[i]),
            QString::fromStdString(escapeBytes(page.text(row, orderColumns[i]))));
    return QStringLiteral("%1: %2").arg(place.join(QLatin1String(", ")), rowFaultText(fault));
}

} // namespace kvscope
