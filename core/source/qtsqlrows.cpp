// QtSqlRows: statements of the dialect, cells copied out as text.
#include "core/source/qtsqlrows.h"

#include "core/source/sqltables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QSqlRecord>
#include <QVariant>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RowSource)
};

constexpr std::size_t kTuplesAtOnce = 250; // of one IN list

Bytes odbcText(const QVariant &value)
{
    switch (value.metaType().id()) {
    case QMetaType::Double:
    case QMetaType::Float:
        return QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
            .toStdString();
    case QMetaType::QDateTime:
        return value.toDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")).toStdString();
    case QMetaType::Bool:
        return value.toBool() ? "true" : "false";
    case QMetaType::QByteArray:
        return value.toByteArray().toStdString();
    default:
        return value.toString().trimmed().toStdString();
    }
}

// Errors that speak of one literal: it is none of the column's type, so no row can hold it.
bool blamesALiteral(const SqlDialect &dialect, const QString &code)
{
    if (dialect.product == SqlProduct::PostgreSql) return code.startsWith(QLatin1String("22"));
    return code == QLatin1String("1525") || code == QLatin1String("1292");
}

} // namespace

Result<bool> QtSqlRows::open()
{
    auto opened = m_pages.open(query().statementTimeout, stopToken());
    if (opened && dialect().product == SqlProduct::PostgreSql)
        m_copy = PostgresCopy::over(m_pages.database().driver());
    return opened;
}

Result<bool> QtSqlRows::openLookups()
{
    if (m_lookupsOpen) return true;
    auto opened = m_lookups.open(query().statementTimeout, stopToken());
    m_lookupsOpen = opened.has_value();
    return opened;
}

Result<std::vector<SourceTable>> QtSqlRows::tables()
{
    return loadTables(m_pages);
}

QString QtSqlRows::rows() const
{
    return asSubquery(query().rows);
}

std::vector<TypedColumn> QtSqlRows::typed(const std::vector<Bytes> &names) const
{
    std::vector<TypedColumn> found;
    found.reserve(names.size());
    for (const Bytes &name : names) found.push_back(m_columns[columnIndex(name)]);
    return found;
}

Result<std::vector<SourceColumn>> QtSqlRows::describe()
{
    closePage();
    m_columns.clear();
    m_copied.clear();
    if (auto wrong = notOneQuery(QStringLiteral("rows"), query().rows, dialect().lexis()))
        return failure(std::move(*wrong));
    if (!query().lookup.isEmpty())
        if (auto wrong = notOneQuery(QStringLiteral("lookup"), query().lookup, dialect().lexis()))
            return failure(std::move(*wrong));
    if (const auto limited = m_pages.setTimeLimit(query().statementTimeout); !limited)
        return failure(limited.error());
    auto described = m_pages.run(dialect().everything(rows(), 0));
    if (!described) return failure(described.error());
    const QSqlRecord record = described->record();
    std::vector<SourceColumn> columns;
    for (int i = 0; i < record.count(); ++i) {
        const QSqlField field = record.field(i);
        const CellKind kind = dialect().kindOf(field);
        m_columns.push_back({field.name().toStdString(), kind});
        m_copied.push_back({field.name().toStdString(), kind, SqlDialect::printsAsText(field)});
        columns.push_back({field.name().toStdString(), {}, kind});
    }
    return columns;
}

Result<bool> QtSqlRows::begin()
{
    for (auto *list : {&m_columns, &m_copied})
        std::erase_if(*list, [this](const TypedColumn &column) {
            return columnIndex(column.name) == columns().size();
        });
    return true;
}

Result<bool> QtSqlRows::hasNull(const Bytes &column)
{
    auto found = m_pages.run(dialect().anyNull(rows(), column));
    if (!found) return failure(found.error());
    return m_pages.next(*found);
}

std::optional<std::int64_t> QtSqlRows::countRows(std::chrono::milliseconds patience)
{
    // No time limit can be set through ODBC (DetachedRows).
    if (dialect().product == SqlProduct::Odbc) return std::nullopt;
    // A connection that copies takes no other statement.
    if (m_copies && !openLookups()) return std::nullopt;
    SqlSession &session = m_copies ? m_lookups : m_pages;
    if (!session.setTimeLimit(patience)) return std::nullopt;
    std::optional<std::int64_t> count;
    {
        auto counted = session.run(QStringLiteral("SELECT count(*) FROM %1 kv_rows").arg(rows()));
        if (counted && session.next(*counted).value_or(false))
            count = counted->value(0).toLongLong();
    }
    (void)session.setTimeLimit(query().statementTimeout);
    return count;
}

Result<bool> QtSqlRows::openPage(const std::optional<FieldTuple> &after, std::size_t limit)
{
    closePage();
    if (m_copy) {
        const auto failed = copy(after, limit);
        if (m_copies) return true;
        if (failed) return failure(*failed);
    }
    auto opened =
        m_pages.run(dialect().page(rows(), m_columns, typed(query().order), after, limit));
    if (!opened) return failure(opened.error());
    m_page = std::move(*opened);
    return true;
}

// Nothing, and no copy either: this server knows no COPY of a query, so it is asked without.
std::optional<Error> QtSqlRows::copy(const std::optional<FieldTuple> &after, std::size_t limit)
{
    std::vector<PostgresCopy::Column> printed;
    for (TypedColumn &column : m_copied) {
        // Bytes of any encoding are only handed out as a bytea.
        const bool raw = dialect().rawText && column.kind == CellKind::Text;
        if (raw) column.asItIs = false;
        printed.push_back({column.kind, raw || column.kind == CellKind::Blob});
    }
    const auto failed = m_copy->start(
        dialect().page(rows(), m_copied, typed(query().order), after, limit), std::move(printed));
    m_copies = !failed;
    if (m_copies) return std::nullopt;
    const Error error = m_pages.errorOf(failed->code, failed->words);
    const bool unknown = failed->code.startsWith(QLatin1String("42")) ||
                         failed->code.startsWith(QLatin1String("0A"));
    if (!unknown || error.code() != ErrorCode::SourceFailed) return error;
    m_copy.reset();
    return std::nullopt;
}

Result<bool> QtSqlRows::nextCopied(RowPage &page)
{
    if (!m_copy->isRunning())
        return failure(m_pages.errorOf({}, Words::tr("the connection was lost")));
    switch (m_copy->next(page)) {
    case PostgresCopy::Step::Row:
        return true;
    case PostgresCopy::Step::End:
        return false;
    case PostgresCopy::Step::Failed:
        break;
    }
    return failure(m_pages.errorOf(m_copy->failure().code, m_copy->failure().words));
}

Result<bool> QtSqlRows::nextRow(RowPage &page)
{
    if (m_copies) return nextCopied(page);
    auto row = m_pages.next(m_page);
    if (row && *row) appendRow(m_page, page);
    return row;
}

void QtSqlRows::closePage()
{
    if (std::exchange(m_copies, false)) m_copy->finish();
    m_page = QSqlQuery();
}

void QtSqlRows::appendRow(const QSqlQuery &row, RowPage &page) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const QVariant value = row.value(static_cast<int>(i));
        const CellKind kind = m_columns[i].kind;
        if (value.isNull()) {
            page.append(CellKind::Null, {});
        } else if (dialect().product == SqlProduct::Odbc) {
            page.append(kind, odbcText(value));
        } else if (value.metaType().id() == QMetaType::QByteArray) {
            const QByteArray bytes = value.toByteArray();
            page.append(kind, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
        } else {
            const QByteArray text = value.toString().toUtf8();
            page.append(kind, {text.constData(), static_cast<std::size_t>(text.size())});
        }
    }
}

std::optional<QString> QtSqlRows::lookupFor(const std::vector<TypedColumn> &wanted,
                                            const FieldTuple &tuple) const
{
    return withParameters(query().lookup, dialect().lexis(),
                          [&](const QString &name) -> std::optional<QString> {
                              const Bytes asked = name.toStdString();
                              for (std::size_t i = 0; i < wanted.size(); ++i)
                                  if (wanted[i].name == asked)
                                      return dialect().literal(tuple[i], wanted[i].kind);
                              return std::nullopt;
                          });
}

Result<bool> QtSqlRows::append(const QString &sql, RowPage &page)
{
    auto found = m_lookups.run(sql);
    if (!found) return failure(found.error());
    while (true) {
        auto row = m_lookups.next(*found);
        if (!row || !*row) return row;
        appendRow(*found, page);
    }
}

// A statement that fails for one of its literals is halved until that one stands alone.
Result<bool> QtSqlRows::findSome(const std::vector<TypedColumn> &wanted, const Tuples &tuples,
                                 RowPage &page)
{
    const bool byLookup = !query().lookup.isEmpty() && lookupFor(wanted, *tuples.front());
    const std::size_t atOnce = byLookup ? 1 : kTuplesAtOnce;
    if (tuples.size() > atOnce) {
        for (std::size_t first = 0; first < tuples.size(); first += atOnce) {
            const auto begin = tuples.begin() + static_cast<std::ptrdiff_t>(first);
            const auto count = static_cast<std::ptrdiff_t>(std::min(atOnce, tuples.size() - first));
            auto found = findSome(wanted, Tuples(begin, begin + count), page);
            if (!found) return found;
        }
        return true;
    }
    const QString sql =
        byLookup ? dialect().all(asSubquery(*lookupFor(wanted, *tuples.front())), m_columns)
                 : dialect().matching(rows(), m_columns, wanted, tuples);
    const std::size_t before = page.rows();
    auto found = append(sql, page);
    if (found || !blamesALiteral(dialect(), m_lookups.failureCode())) return found;
    while (page.rows() > before) page.dropLast();
    if (tuples.size() == 1) return true;
    const auto middle = tuples.begin() + static_cast<std::ptrdiff_t>(tuples.size() / 2);
    const auto left = findSome(wanted, Tuples(tuples.begin(), middle), page);
    return left ? findSome(wanted, Tuples(middle, tuples.end()), page) : left;
}

Result<bool> QtSqlRows::findRows(const std::vector<Bytes> &names,
                                 const std::vector<FieldTuple> &tuples, RowPage &page)
{
    if (auto opened = openLookups(); !opened) return opened;
    const std::vector<TypedColumn> wanted = typed(names);
    Tuples possible;
    for (const FieldTuple &tuple : tuples) {
        bool can = true;
        for (std::size_t i = 0; i < wanted.size(); ++i)
            can = can && dialect().canEqual(tuple[i], wanted[i].kind);
        if (can) possible.push_back(&tuple);
    }
    return possible.empty() ? Result<bool>(true) : findSome(wanted, possible, page);
}

} // namespace kvscope
