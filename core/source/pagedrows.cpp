// PagedRows: when a page ends, how large the next one is, and what two equal neighbours mean.
#include "core/source/pagedrows.h"

#include "core/base/shortbytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Binding)
};

constexpr auto kShortPage = std::chrono::milliseconds(250);
constexpr auto kGoodPage = std::chrono::milliseconds(375);
constexpr auto kLongPage = std::chrono::milliseconds(500);
// Some drivers hold a page whole, so its rows must not be large ones by the thousand.
constexpr std::size_t kPageBytes = 32U << 20U;

} // namespace

QString namesText(const std::vector<Bytes> &names)
{
    QStringList texts;
    for (const Bytes &name : names) texts << QString::fromStdString(name);
    return texts.join(QLatin1String(", "));
}

QString namesText(const std::vector<SourceColumn> &columns)
{
    std::vector<Bytes> names;
    names.reserve(columns.size());
    for (const SourceColumn &column : columns) names.push_back(column.name);
    return namesText(names);
}

std::optional<Error> missingColumn(const std::vector<SourceColumn> &columns,
                                   const std::vector<Bytes> &needed)
{
    for (const Bytes &name : needed) {
        const bool there = std::any_of(columns.begin(), columns.end(),
                                       [&](const SourceColumn &c) { return c.name == name; });
        if (!there)
            return Error(ErrorCode::ColumnMissing,
                         {QString::fromStdString(name), namesText(columns)});
    }
    return std::nullopt;
}

std::size_t PagedRows::columnIndex(const Bytes &name) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                    [&](const SourceColumn &c) { return c.name == name; });
    return static_cast<std::size_t>(found - m_columns.begin());
}

Result<std::vector<SourceColumn>> PagedRows::prepare(const RowQuery &query)
{
    endPage();
    const bool ordered = !query.order.empty() && !query.order.front().starts_with('#');
    if (!ordered && query.use == RowQuery::Use::Pass)
        return failure(ErrorCode::InvalidBinding,
                       {QStringLiteral("order"),
                        Words::tr("is missing: a database's rows have no order of their own")});
    m_query = query;
    m_last.reset();
    startWork();
    auto columns = describe();
    if (!columns) return columns;
    m_columns = *columns;
    if (auto missing = missingColumn(m_columns, query.order)) return failure(*missing);
    if (auto missing = missingColumn(m_columns, query.needed)) return failure(*missing);
    if (query.columns == RowQuery::Columns::Needed) dropUnneeded();
    m_orderColumns.clear();
    for (const Bytes &name : query.order) {
        m_orderColumns.push_back(columnIndex(name));
        if (query.use == RowQuery::Use::Sample) continue;
        const auto null = hasNull(name);
        if (!null) return failure(null.error());
        if (*null) return failure(ErrorCode::OrderIsNull, {QString::fromStdString(name)});
    }
    if (const auto begun = begin(); !begun) return failure(begun.error());
    return m_columns;
}

void PagedRows::dropUnneeded()
{
    const auto holds = [](const std::vector<Bytes> &names, const SourceColumn &column) {
        return std::find(names.begin(), names.end(), column.name) != names.end();
    };
    std::erase_if(m_columns, [&](const SourceColumn &column) {
        return !holds(m_query.needed, column) && !holds(m_query.order, column);
    });
}

Result<bool> PagedRows::seek(std::optional<FieldTuple> after)
{
    endPage();
    m_last = std::move(after);
    m_ended = false;
    return true;
}

Result<bool> PagedRows::beginPage()
{
    auto opened = openPage(m_last, m_limit + 1);
    if (!opened) return opened;
    m_open = true;
    m_inPage = 0;
    m_bytesInPage = 0;
    m_opened = Clock::now();
    return true;
}

// In proportion, so that no page overshoots the time: a driver that holds a page whole takes all of
// it before the first row. Four times as many at most, since the first ones are mostly set-up.
std::size_t PagedRows::fitting(Clock::duration took) const
{
    const double share = std::chrono::duration<double>(kGoodPage) / took;
    const double rows = static_cast<double>(m_limit) * std::clamp(share, 0.25, 4.0);
    return std::min(static_cast<std::size_t>(rows), kHighestLimit);
}

void PagedRows::endPage()
{
    if (!m_open) return;
    m_open = false;
    closePage();
    const auto took = Clock::now() - m_opened;
    if (took > kLongPage || (m_inPage >= m_limit && took < kShortPage)) m_limit = fitting(took);
    if (m_bytesInPage > 0) m_limit = std::min(m_limit, kPageBytes * m_inPage / m_bytesInPage);
    m_limit = std::max(m_limit, kLowestLimit);
}

Result<bool> PagedRows::readRow(RowPage &page)
{
    auto row = nextRow(page);
    if (row || m_inPage == 0 || row.error().code() == ErrorCode::Cancelled) return row;
    // A page that was held open for long (a paused job) may have run into the database's own
    // limits: what was read is whole, so it goes on behind it. A new page that fails says why.
    endPage();
    if (!page.empty()) m_last = page.tuple(page.rows() - 1, m_orderColumns);
    const auto opened = beginPage();
    return opened ? nextRow(page) : opened;
}

Result<bool> PagedRows::read(RowPage &page, std::size_t rows, std::size_t bytes)
{
    page.reset(m_columns.size());
    startWork();
    while (!m_ended && page.rows() < rows && page.bytes() < bytes) {
        if (stopToken().stop_requested()) return failure(ErrorCode::Cancelled);
        if (!m_open) {
            if (!page.empty()) m_last = page.tuple(page.rows() - 1, m_orderColumns);
            if (auto opened = beginPage(); !opened) return opened;
        }
        const std::size_t before = page.bytes();
        auto row = readRow(page);
        if (!row) return row;
        m_bytesInPage += page.bytes() - before;
        if (!*row) {
            m_ended = true;
            endPage();
            break;
        }
        if (sameOrderAsBefore(page)) return notUnique(page);
        if (++m_inPage > m_limit) {
            page.dropLast();
            endPage();
        }
    }
    if (!page.empty()) m_last = page.tuple(page.rows() - 1, m_orderColumns);
    return true;
}

bool PagedRows::sameOrderAsBefore(const RowPage &page) const
{
    const std::size_t row = page.rows() - 1;
    if (m_query.use == RowQuery::Use::Sample || (row == 0 && !m_last)) return false;
    for (std::size_t i = 0; i < m_orderColumns.size(); ++i) {
        const BytesView before =
            row == 0 ? BytesView((*m_last)[i].text) : page.text(row - 1, m_orderColumns[i]);
        const BytesView text = page.text(row, m_orderColumns[i]);
        if (text.size() != before.size() || !sameBytes(text.data(), before.data(), text.size()))
            return false;
    }
    return true;
}

tl::unexpected<Error> PagedRows::notUnique(const RowPage &page) const
{
    QStringList values;
    for (const std::size_t column : m_orderColumns) {
        const BytesView text = page.text(page.rows() - 1, column);
        values << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    return failure(ErrorCode::OrderNotUnique,
                   {namesText(m_query.order), values.join(QLatin1String(", "))});
}

Result<bool> PagedRows::find(const std::vector<Bytes> &columns,
                             const std::vector<FieldTuple> &tuples, RowPage &page)
{
    page.reset(m_columns.size());
    startWork();
    if (tuples.empty()) return true;
    return findRows(columns, tuples, page);
}

} // namespace kvscope
