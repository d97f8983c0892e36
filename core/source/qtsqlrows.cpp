// QtSqlRows: the same statements in three dialects.
#include "core/source/qtsqlrows.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>
#include <QSqlRecord>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

namespace kvscope {
namespace {

constexpr std::size_t kTuplesAtOnce = 250; // of one IN list
constexpr int kConnectSeconds = 10;
constexpr int kCountSeconds = 2;

} // namespace

QtSqlRows::QtSqlRows(Dialect dialect, QString url)
    : m_dialect(dialect), m_url(std::move(url)),
      m_connection(QStringLiteral("rows-") + QUuid::createUuid().toString(QUuid::Id128))
{}

QtSqlRows::~QtSqlRows()
{
    m_page = QSqlQuery();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Error QtSqlRows::errorOf(const QSqlError &error) const
{
    QString text = error.databaseText().trimmed();
    if (text.isEmpty()) text = error.driverText();
    return Error(ErrorCode::SourceFailed, {productName(m_dialect), text});
}

Result<bool> QtSqlRows::run(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql)) return failure(errorOf(query.lastError()));
    return true;
}

Result<bool> QtSqlRows::open()
{
    const QString driver = QLatin1String(driverName(m_dialect));
    if (!QSqlDatabase::isDriverAvailable(driver))
        return failure(ErrorCode::DriverMissing,
                       {productName(m_dialect), QLatin1String(driverPackage(m_dialect))});
    m_database = QSqlDatabase::addDatabase(driver, m_connection);
    if (m_dialect == Dialect::Odbc) {
        m_database.setDatabaseName(m_url);
        m_database.setConnectOptions(QStringLiteral("SQL_ATTR_ACCESS_MODE=SQL_MODE_READ_ONLY;"
                                                    "SQL_ATTR_LOGIN_TIMEOUT=%1")
                                         .arg(kConnectSeconds));
    } else {
        const QUrl url(m_url);
        QUrlQuery options(url);
        m_database.setHostName(
            options.hasQueryItem(QStringLiteral("host"))
                ? options.queryItemValue(QStringLiteral("host"), QUrl::FullyDecoded)
                : url.host());
        options.removeAllQueryItems(QStringLiteral("host"));
        if (url.port() > 0) m_database.setPort(url.port());
        m_database.setUserName(url.userName());
        m_database.setPassword(url.password());
        m_database.setDatabaseName(url.path().mid(1));
        QStringList connect;
        for (const auto &[name, value] : options.queryItems(QUrl::FullyDecoded))
            connect << name + QLatin1Char('=') + value;
        connect << (m_dialect == Dialect::PostgreSql
                        ? QStringLiteral("connect_timeout=%1")
                        : QStringLiteral("MYSQL_OPT_CONNECT_TIMEOUT=%1"))
                       .arg(kConnectSeconds);
        m_database.setConnectOptions(connect.join(QLatin1Char(';')));
    }
    if (!m_database.open()) return failure(errorOf(m_database.lastError()));
    m_database.setNumericalPrecisionPolicy(QSql::HighPrecision);
    return configureSession();
}

// Reading only, as the server sees it too, and no statement without an end.
Result<bool> QtSqlRows::configureSession()
{
    const qint64 timeout = query().statementTimeout.count();
    QStringList statements;
    if (m_dialect == Dialect::PostgreSql) {
        statements << QStringLiteral("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
                   << QStringLiteral("SET statement_timeout = %1").arg(timeout)
                   << QStringLiteral("SET extra_float_digits = 1")
                   << QStringLiteral("SET DateStyle = 'ISO, YMD'");
    } else if (m_dialect == Dialect::MySql) {
        statements << QStringLiteral("SET SESSION TRANSACTION READ ONLY");
    }
    for (const QString &statement : statements)
        if (const auto done = run(statement); !done) return done;
    // MariaDB counts in seconds, MySQL in milliseconds; each knows one of the two.
    if (m_dialect == Dialect::MySql && !run(QStringLiteral("SET SESSION max_statement_time = %1")
                                                .arg(static_cast<double>(timeout) / 1000)))
        (void)run(QStringLiteral("SET SESSION max_execution_time = %1").arg(timeout));
    return true;
}

Result<std::vector<SourceTable>> QtSqlRows::tables()
{
    std::vector<SourceTable> found;
    for (const QSql::TableType type : {QSql::Tables, QSql::Views}) {
        for (const QString &name : m_database.tables(type)) {
            SourceTable table;
            table.name = name;
            const QSqlRecord record = m_database.record(name);
            for (int i = 0; i < record.count(); ++i)
                table.columns.push_back({record.fieldName(i).toStdString(),
                                         QLatin1String(record.field(i).metaType().name()),
                                         {}});
            found.push_back(std::move(table));
        }
    }
    return found;
}

QString QtSqlRows::identifier(const Bytes &name) const
{
    return m_database.driver()->escapeIdentifier(QString::fromStdString(name),
                                                 QSqlDriver::FieldName);
}

// PostgreSQL takes a quoted text as whatever type it is compared with. The others compare a number
// with a text as doubles, so numbers stand as they are.
QString QtSqlRows::literal(const Field &field) const
{
    if (m_dialect != Dialect::PostgreSql && isPlainNumber(field))
        return QString::fromStdString(field.text);
    if (field.kind == CellKind::Blob) {
        QSqlField blob(QString(), QMetaType(QMetaType::QByteArray));
        blob.setValue(QByteArray::fromStdString(field.text));
        return m_database.driver()->formatValue(blob);
    }
    QSqlField text(QString(), QMetaType(QMetaType::QString));
    text.setValue(QString::fromStdString(field.text));
    return m_database.driver()->formatValue(text);
}

Result<std::vector<SourceColumn>> QtSqlRows::describe()
{
    QSqlQuery query(m_database);
    const QString sql =
        QStringLiteral("SELECT * FROM %1 kv_rows LIMIT 0").arg(asSubquery(this->query().rows));
    if (!query.exec(sql)) return failure(errorOf(query.lastError()));
    const QSqlRecord record = query.record();
    std::vector<SourceColumn> columns;
    m_kinds.clear();
    for (int i = 0; i < record.count(); ++i) {
        const QSqlField field = record.field(i);
        const CellKind kind = cellKindOf(m_dialect, field);
        m_kinds.push_back(kind);
        columns.push_back(
            {field.name().toStdString(), QLatin1String(field.metaType().name()), kind});
    }
    return columns;
}

Result<bool> QtSqlRows::hasNull(const Bytes &column)
{
    QSqlQuery query(m_database);
    const QString sql = QStringLiteral("SELECT 1 FROM %1 kv_rows WHERE %2 IS NULL LIMIT 1")
                            .arg(asSubquery(this->query().rows), identifier(column));
    if (!query.exec(sql)) return failure(errorOf(query.lastError()));
    return query.next();
}

std::optional<std::int64_t> QtSqlRows::countRows()
{
    const auto setTimeout = [this](qint64 ms) {
        if (m_dialect == Dialect::PostgreSql)
            (void)run(QStringLiteral("SET statement_timeout = %1").arg(ms));
        if (m_dialect == Dialect::MySql)
            (void)run(QStringLiteral("SET SESSION max_statement_time = %1")
                          .arg(static_cast<double>(ms) / 1000));
    };
    setTimeout(kCountSeconds * 1000);
    std::optional<std::int64_t> count;
    {
        QSqlQuery query(m_database);
        if (query.exec(QStringLiteral("SELECT count(*) FROM %1 kv_rows")
                           .arg(asSubquery(this->query().rows))) &&
            query.next())
            count = query.value(0).toLongLong();
    }
    setTimeout(query().statementTimeout.count());
    return count;
}

QString QtSqlRows::selection() const
{
    QStringList list;
    for (std::size_t i = 0; i < columns().size(); ++i) {
        const QString name = identifier(columns()[i].name);
        const bool asIs = m_dialect == Dialect::Odbc || m_kinds[i] == CellKind::Blob;
        if (asIs)
            list << QStringLiteral("kv_rows.") + name;
        else if (m_dialect == Dialect::PostgreSql)
            list << QStringLiteral("kv_rows.%1::text AS %1").arg(name);
        else if (m_kinds[i] == CellKind::Integer)
            // A BIT would be cast as its bytes.
            list << QStringLiteral("CAST(kv_rows.%1 + 0 AS CHAR) AS %1").arg(name);
        else
            list << QStringLiteral("CAST(kv_rows.%1 AS CHAR) AS %1").arg(name);
    }
    return list.join(QLatin1String(", "));
}

QString QtSqlRows::orderText() const
{
    QStringList list;
    for (const Bytes &name : query().order) list << QStringLiteral("kv_rows.") + identifier(name);
    return list.join(QLatin1String(", "));
}

// Row values, but spelt out for MySQL, which uses no index for them:
// a >= x AND (a > x OR (a = x AND b > y)).
QString QtSqlRows::behind(const FieldTuple &after) const
{
    QStringList names;
    QStringList values;
    for (std::size_t i = 0; i < after.size(); ++i) {
        names << QStringLiteral("kv_rows.") + identifier(query().order[i]);
        values << literal(after[i]);
    }
    if (names.size() == 1) return QStringLiteral("%1 > %2").arg(names[0], values[0]);
    if (m_dialect == Dialect::PostgreSql)
        return QStringLiteral("(%1) > (%2)")
            .arg(names.join(QLatin1String(", ")), values.join(QLatin1String(", ")));
    QString text = QStringLiteral("%1 > %2").arg(names.back(), values.back());
    for (qsizetype i = names.size() - 2; i >= 0; --i)
        text = QStringLiteral("(%1 > %2 OR (%1 = %2 AND %3))").arg(names[i], values[i], text);
    return QStringLiteral("%1 >= %2 AND %3").arg(names[0], values[0], text);
}

Result<bool> QtSqlRows::openPage(const std::optional<FieldTuple> &after, std::size_t limit)
{
    QString sql =
        QStringLiteral("SELECT %1 FROM %2 kv_rows").arg(selection(), asSubquery(query().rows));
    if (after) sql += QStringLiteral(" WHERE ") + behind(*after);
    sql += QStringLiteral(" ORDER BY %1 LIMIT %2").arg(orderText()).arg(limit);
    m_page = QSqlQuery(m_database);
    m_page.setForwardOnly(true);
    if (!m_page.exec(sql)) return failure(errorOf(m_page.lastError()));
    return true;
}

Result<bool> QtSqlRows::nextRow(RowPage &page)
{
    if (!m_page.next()) {
        if (m_page.lastError().isValid()) return failure(errorOf(m_page.lastError()));
        return false;
    }
    appendRow(m_page, page);
    return true;
}

void QtSqlRows::closePage()
{
    m_page = QSqlQuery();
}

void QtSqlRows::appendRow(const QSqlQuery &row, RowPage &page) const
{
    for (std::size_t i = 0; i < columns().size(); ++i) {
        const QVariant value = row.value(static_cast<int>(i));
        if (value.isNull()) {
            page.append(CellKind::Null, {});
        } else if (m_dialect == Dialect::Odbc) {
            page.append(m_kinds[i], odbcText(value));
        } else if (m_kinds[i] == CellKind::Blob) {
            const QByteArray bytes = value.toByteArray();
            page.append(CellKind::Blob,
                        {bytes.constData(), static_cast<std::size_t>(bytes.size())});
        } else {
            const QByteArray text = value.toString().toUtf8();
            page.append(m_kinds[i], {text.constData(), static_cast<std::size_t>(text.size())});
        }
    }
}

std::optional<QString> QtSqlRows::lookupFor(const std::vector<Bytes> &wanted,
                                            const FieldTuple &tuple) const
{
    const QString text = query().lookup;
    QString sql;
    bool quoted = false;
    bool any = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\'')) quoted = !quoted;
        const bool cast = c == QLatin1Char(':') && (text.mid(i + 1, 1) == QLatin1String(":") ||
                                                    (i > 0 && text[i - 1] == QLatin1Char(':')));
        if (quoted || cast || c != QLatin1Char(':')) {
            sql += c;
            continue;
        }
        qsizetype end = i + 1;
        while (end < text.size() && (text[end].isLetterOrNumber() || text[end] == QLatin1Char('_')))
            ++end;
        const Bytes name = text.mid(i + 1, end - i - 1).toStdString();
        const auto found = std::find(wanted.begin(), wanted.end(), name);
        if (found == wanted.end()) return std::nullopt;
        sql += literal(tuple[static_cast<std::size_t>(found - wanted.begin())]);
        any = true;
        i = end - 1;
    }
    return any ? std::optional(sql) : std::nullopt;
}

Result<bool> QtSqlRows::findByLookup(const std::vector<Bytes> &wanted,
                                     const std::vector<FieldTuple> &tuples, RowPage &page)
{
    for (const FieldTuple &tuple : tuples) {
        QSqlQuery found(m_database);
        found.setForwardOnly(true);
        const QString sql = QStringLiteral("SELECT %1 FROM %2 kv_rows")
                                .arg(selection(), asSubquery(*lookupFor(wanted, tuple)));
        if (!found.exec(sql)) return failure(errorOf(found.lastError()));
        while (found.next()) appendRow(found, page);
    }
    return true;
}

Result<bool> QtSqlRows::findRows(const std::vector<Bytes> &wanted,
                                 const std::vector<FieldTuple> &tuples, RowPage &page)
{
    if (!query().lookup.isEmpty() && lookupFor(wanted, tuples.front()))
        return findByLookup(wanted, tuples, page);
    QStringList names;
    for (const Bytes &name : wanted) names << QStringLiteral("kv_rows.") + identifier(name);
    const bool single = names.size() == 1;
    for (std::size_t first = 0; first < tuples.size(); first += kTuplesAtOnce) {
        QStringList list;
        for (std::size_t i = first; i < std::min(first + kTuplesAtOnce, tuples.size()); ++i) {
            QStringList values;
            for (const Field &field : tuples[i]) values << literal(field);
            const QString joined = values.join(QLatin1String(", "));
            list << (single ? joined : QLatin1Char('(') + joined + QLatin1Char(')'));
        }
        const QString left = names.join(QLatin1String(", "));
        const QString sql = QStringLiteral("SELECT %1 FROM %2 kv_rows WHERE %3 IN (%4)")
                                .arg(selection(), asSubquery(query().rows),
                                     single ? left : QLatin1Char('(') + left + QLatin1Char(')'),
                                     list.join(QLatin1String(", ")));
        QSqlQuery found(m_database);
        found.setForwardOnly(true);
        if (!found.exec(sql)) return failure(errorOf(found.lastError()));
        while (found.next()) appendRow(found, page);
        if (found.lastError().isValid()) return failure(errorOf(found.lastError()));
    }
    return true;
}

} // namespace kvscope
