// SqlSession: connecting, and telling the ends of a statement apart.
#include "core/source/sqlsession.h"

#include <QCoreApplication>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrlQuery>
#include <QUuid>
#include <QVariant>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RowSource)
};

constexpr int kConnectSeconds = 10;
constexpr auto kCancelAgain = std::chrono::milliseconds(250);
// Beyond the server's own limit: only a server that says nothing at all is given up by it.
constexpr int kSilenceSeconds = 300;

QString newConnectionName()
{
    return QStringLiteral("rows-") + QUuid::createUuid().toString(QUuid::Id128);
}

QString odbcConnection(const QString &text)
{
    // Qt takes a name, or a text with DRIVER= or SERVER= in it.
    if (text.startsWith(QLatin1String("DSN="), Qt::CaseInsensitive)) return text.mid(4);
    return text;
}

void describePostgres(QSqlDatabase &database, const QUrl &url, QUrlQuery options)
{
    const QString hostItem = QStringLiteral("host");
    database.setHostName(options.hasQueryItem(hostItem)
                             ? options.queryItemValue(hostItem, QUrl::FullyDecoded)
                             : url.host());
    options.removeAllQueryItems(hostItem);
    if (url.port() > 0) database.setPort(url.port());
    QStringList connect;
    for (const auto &[name, value] : options.queryItems(QUrl::FullyDecoded))
        connect << name + QLatin1Char('=') + value;
    connect << QStringLiteral("connect_timeout=%1").arg(kConnectSeconds)
            << QStringLiteral("keepalives_idle=10") << QStringLiteral("keepalives_interval=5")
            << QStringLiteral("keepalives_count=3");
    database.setConnectOptions(connect.join(QLatin1Char(';')));
}

void describeMysql(QSqlDatabase &database, const QUrl &url, const QUrlQuery &options,
                   std::chrono::milliseconds timeLimit)
{
    QString host = url.host();
    // The client library takes the name localhost for “by socket”, whatever the port says.
    if (host == QLatin1String("localhost") && url.port() > 0) host = QStringLiteral("127.0.0.1");
    QStringList connect;
    for (const auto &[name, value] : options.queryItems(QUrl::FullyDecoded)) {
        if (name != QLatin1String("host"))
            connect << name + QLatin1Char('=') + value;
        else if (value.startsWith(QLatin1Char('/')))
            connect << QStringLiteral("UNIX_SOCKET=") + value;
        else
            host = value;
    }
    database.setHostName(host);
    if (url.port() > 0) database.setPort(url.port());
    const auto limit = std::chrono::duration_cast<std::chrono::seconds>(timeLimit).count();
    connect << QStringLiteral("MYSQL_OPT_CONNECT_TIMEOUT=%1").arg(kConnectSeconds)
            << QStringLiteral("MYSQL_OPT_READ_TIMEOUT=%1").arg(limit + kSilenceSeconds);
    database.setConnectOptions(connect.join(QLatin1Char(';')));
}

// The first line says what happened; the driver repeats itself, and a server quotes the query.
QString firstLine(QString text)
{
    text = text.section(QLatin1Char('\n'), 0, 0).trimmed();
    for (const char *prefix : {"ERROR:", "FATAL:"})
        if (text.startsWith(QLatin1String(prefix))) text = text.mid(6).trimmed();
    return text;
}

QString wordsOf(const QSqlError &error)
{
    const QString text = error.databaseText().trimmed();
    return firstLine(text.isEmpty() ? error.driverText().trimmed() : text);
}

SqlLimit limitOf(QSqlDriver::DbmsType dbms)
{
    switch (dbms) {
    case QSqlDriver::MSSqlServer:
    case QSqlDriver::Sybase:
        return SqlLimit::Top;
    case QSqlDriver::Oracle:
    case QSqlDriver::DB2:
        return SqlLimit::FetchFirst;
    default:
        return SqlLimit::Limit;
    }
}

} // namespace

QUrl databaseUrl(const QString &text)
{
    // A user without a host, as with a unix socket, is no URL to Qt.
    const qsizetype slashes = text.indexOf(QLatin1String("://"));
    const qsizetype path = text.indexOf(QLatin1Char('/'), slashes + 3);
    QString whole = text;
    if (slashes > 0 && path > slashes + 3 && text[path - 1] == QLatin1Char('@'))
        whole.insert(path, QLatin1String("localhost"));
    return QUrl(whole);
}

StatementCanceller::StatementCanceller(
    const std::stop_token &stop, std::function<void(const std::function<bool()> &wait)> cancel)
    : m_cancel(std::move(cancel)), m_callback(stop, [this] {
          m_thread = std::jthread([this](const std::stop_token &ended) { run(ended); });
      })
{}

void StatementCanceller::run(const std::stop_token &ended)
{
    m_cancel([this, ended] {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, ended, kCancelAgain, [] { return false; });
        return !ended.stop_requested();
    });
}

SqlSession::SqlSession(SqlProduct product, QString url)
    : m_dialect(SqlDialect::of(product)), m_url(std::move(url)), m_connection(newConnectionName())
{}

SqlSession::~SqlSession()
{
    m_canceller.reset(); // first: it speaks of this connection
    m_database = QSqlDatabase();
    if (QSqlDatabase::contains(m_connection)) QSqlDatabase::removeDatabase(m_connection);
}

Result<bool> SqlSession::connectTo(QSqlDatabase &database) const
{
    if (m_dialect.product == SqlProduct::Odbc) {
        database.setDatabaseName(odbcConnection(m_url));
        database.setConnectOptions(QStringLiteral("SQL_ATTR_ACCESS_MODE=SQL_MODE_READ_ONLY;"
                                                  "SQL_ATTR_LOGIN_TIMEOUT=%1")
                                       .arg(kConnectSeconds));
    } else {
        const QUrl url = databaseUrl(m_url);
        if (!url.isValid())
            return failure(ErrorCode::SourceFailed,
                           {m_dialect.productName(),
                            Words::tr("its URL can't be read; special characters of a user or a "
                                      "password are written as %XX")});
        const QUrlQuery options(url);
        if (m_dialect.product == SqlProduct::PostgreSql)
            describePostgres(database, url, options);
        else
            describeMysql(database, url, options, m_timeLimit);
        database.setUserName(url.userName());
        database.setPassword(url.password());
        database.setDatabaseName(url.path().mid(1));
    }
    if (database.open()) return true;
    return failure(ErrorCode::SourceFailed,
                   {m_dialect.productName(), wordsOf(database.lastError())});
}

Result<bool> SqlSession::open(std::chrono::milliseconds timeLimit, const std::stop_token &stop)
{
    const QString driver = m_dialect.driverName();
    if (!QSqlDatabase::isDriverAvailable(driver))
        return failure(ErrorCode::DriverMissing,
                       {m_dialect.productName(), m_dialect.driverPackage()});
    m_stop = stop;
    m_timeLimit = timeLimit;
    m_database = QSqlDatabase::addDatabase(driver, m_connection);
    if (auto connected = connectTo(m_database); !connected) return connected;
    m_database.setNumericalPrecisionPolicy(QSql::HighPrecision);
    if (auto configured = configure(); !configured) return configured;
    watch(stop);
    return true;
}

Result<bool> SqlSession::configure()
{
    for (const QString &statement : m_dialect.sessionStatements())
        if (const auto done = run(statement); !done) return failure(done.error());
    if (auto limited = setTimeLimit(m_timeLimit); !limited) return limited;
    if (m_dialect.product == SqlProduct::PostgreSql) {
        const auto encoding = value(QStringLiteral("SHOW server_encoding"));
        if (!encoding) return failure(encoding.error());
        m_dialect.rawText = *encoding == "SQL_ASCII";
    }
    if (m_dialect.product == SqlProduct::Odbc) {
        const QSqlDriver *driver = m_database.driver();
        const QString name = driver->escapeIdentifier(QStringLiteral("a"), QSqlDriver::FieldName);
        if (name.size() == 3) m_dialect.quote = name[0];
        m_dialect.limit = limitOf(driver->dbmsType());
        m_dialect.backslashes = driver->dbmsType() == QSqlDriver::MySqlServer;
    }
    return true;
}

Result<bool> SqlSession::first(const QStringList &alternatives)
{
    Result<bool> done = true;
    for (const QString &statement : alternatives) {
        const auto ran = run(statement);
        if (ran) return true;
        done = failure(ran.error());
    }
    return done;
}

Result<bool> SqlSession::setTimeLimit(std::chrono::milliseconds limit)
{
    m_timeLimit = limit;
    return first(m_dialect.timeLimitStatements(limit));
}

Result<Bytes> SqlSession::value(const QString &sql)
{
    auto query = run(sql);
    if (!query) return failure(query.error());
    const auto row = next(*query);
    if (!row) return failure(row.error());
    return *row ? query->value(0).toString().toStdString() : Bytes();
}

// A client library blocks while a statement runs; only the server can be asked to end it.
void SqlSession::watch(const std::stop_token &stop)
{
    if (m_dialect.product == SqlProduct::Odbc || !stop.stop_possible()) return;
    const bool postgres = m_dialect.product == SqlProduct::PostgreSql;
    const auto id = value(postgres ? QStringLiteral("SELECT pg_backend_pid()")
                                   : QStringLiteral("SELECT CONNECTION_ID()"));
    if (!id || id->empty()) return;
    const QString cancel = (postgres ? QStringLiteral("SELECT pg_cancel_backend(%1)")
                                     : QStringLiteral("KILL QUERY %1"))
                               .arg(QString::fromStdString(*id));
    m_canceller = std::make_unique<StatementCanceller>(
        stop, [this, cancel](const std::function<bool()> &wait) {
            const QString name = newConnectionName();
            {
                QSqlDatabase other = QSqlDatabase::addDatabase(m_dialect.driverName(), name);
                if (connectTo(other)) {
                    do {
                        QSqlQuery query(other);
                        query.exec(cancel);
                    } while (wait());
                }
            }
            QSqlDatabase::removeDatabase(name);
        });
}

Error SqlSession::errorOf(const QSqlError &error)
{
    return errorOf(error.nativeErrorCode(), wordsOf(error));
}

Error SqlSession::errorOf(const QString &code, const QString &words)
{
    m_failureCode = code;
    if (m_stop.stop_requested()) return Error(ErrorCode::Cancelled);
    static const QStringList timeouts{QStringLiteral("57014"), QStringLiteral("1969"),
                                      QStringLiteral("3024")};
    if (timeouts.contains(m_failureCode))
        return Error(ErrorCode::TimedOut,
                     {m_dialect.productName(), QString::number(m_timeLimit.count())});
    return Error(ErrorCode::SourceFailed, {m_dialect.productName(), firstLine(words)});
}

Result<QSqlQuery> SqlSession::run(const QString &sql)
{
    if (!m_database.isOpen())
        return failure(m_stop.stop_requested() ? Error(ErrorCode::Cancelled)
                                               : Error(ErrorCode::SourceFailed,
                                                       {m_dialect.productName(),
                                                        Words::tr("the connection was lost")}));
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql)) return failure(errorOf(query.lastError()));
    return query;
}

Result<bool> SqlSession::next(QSqlQuery &query)
{
    if (query.next()) return true;
    if (query.lastError().isValid()) return failure(errorOf(query.lastError()));
    return false;
}

} // namespace kvscope
