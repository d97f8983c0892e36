// EntryPreview: one short read, on a thread of the caller's choice.
#include "core/jobs/entrypreview.h"

#include "core/jobs/jobspec.h"

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;
constexpr auto kPatience = std::chrono::seconds(5);

bool holds(const std::vector<Bytes> &columns, const Bytes &column)
{
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

} // namespace

QString memberOf(const Error &error, const Binding *binding)
{
    switch (error.code()) {
    case ErrorCode::InvalidBinding:
        return error.parameter(0);
    case ErrorCode::ColumnMissing: {
        if (!binding) return QStringLiteral("rows");
        const Bytes column = error.parameter(0).toStdString();
        if (holds(binding->key.columns(), column)) return QStringLiteral("key");
        if (holds(binding->order, column)) return QStringLiteral("order");
        if (holds(binding->value.columns, column))
            return binding->value.type == ValueRule::Type::String ? QStringLiteral("value.column")
                                                                  : QStringLiteral("value.fields");
        return binding->version == column ? QStringLiteral("version") : QStringLiteral("rows");
    }
    case ErrorCode::OrderIsNull:
    case ErrorCode::OrderNotUnique:
        return QStringLiteral("order");
    case ErrorCode::FileUnreadable:
    case ErrorCode::DriverMissing:
        return QStringLiteral("source");
    default:
        return {};
    }
}

EntryPreview previewEntries(const Binding &binding, std::size_t count, const std::stop_token &stop)
{
    EntryPreview preview;
    const auto fail = [&](const Error &error, const char *otherwise) {
        QString member = memberOf(error, &binding);
        if (member.isEmpty()) member = QString::fromLatin1(otherwise);
        preview.problem = BindingProblem{std::move(member), error};
        return std::move(preview);
    };
    if (const auto made = makeDemoSourceFor(binding.source, {}, stop); !made)
        return fail(made.error(), "source");
    // First alone, to tell a source that can't be reached from a query that can't be run.
    auto source = makeRowSource(binding.source, binding.folder);
    if (!source) return fail(source.error(), "source");
    (*source)->setStopToken(stop);
    if (const auto opened = (*source)->open(); !opened) return fail(opened.error(), "source");
    RowQuery query;
    query.rows = binding.rows;
    query.order = binding.order;
    query.lookup = binding.lookup;
    query.needed = binding.columns();
    query.statementTimeout = kPatience;
    const auto columns = (*source)->prepare(query);
    if (!columns) return fail(columns.error(), "rows");
    auto mapper = RowMapper::make(binding, *columns);
    if (!mapper) return fail(mapper.error(), "rows");
    RowPage page;
    if (const auto sought = (*source)->seek({}); !sought) return fail(sought.error(), "rows");
    if (const auto read = (*source)->read(page, count, kMostBytes); !read)
        return fail(read.error(), "rows");
    mapper->map(page, 0, preview.rows);
    for (const MappedBatch::Fault &fault : preview.rows.faults)
        preview.faults << faultText(fault.fault, binding, page, fault.row, mapper->orderColumns());
    return preview;
}

} // namespace kvscope
