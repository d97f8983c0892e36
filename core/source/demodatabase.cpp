// DemoDatabase: schema, rows and full-text index.
#include "core/source/demodatabase.h"

#include "core/source/demotext.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <cstdio>

namespace kvscope {
namespace {

// Rows in one INSERT: each statement costs Qt a few µs of its own. SQLite allows 999 parameters.
constexpr int kRowsPerInsert = 50;
static_assert(kDemoDocuments % kRowsPerInsert == 0);

tl::unexpected<Error> sqlFailure(const QSqlError &error)
{
    return failure(ErrorCode::SourceFailed, {QStringLiteral("SQLite"), error.text()});
}

Result<bool> execute(QSqlDatabase &database, const QStringList &statements)
{
    QSqlQuery query(database);
    for (const QString &statement : statements) {
        if (!query.exec(statement)) return sqlFailure(query.lastError());
    }
    return true;
}

QString repeated(const QString &head, const QString &row)
{
    QStringList rows;
    for (int i = 0; i < kRowsPerInsert; ++i) rows << row;
    return head + rows.join(QLatin1Char(','));
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

Result<bool> insertDocuments(QSqlDatabase &database, const std::function<void(double)> &progress,
                             const std::stop_token &stop)
{
    QSqlQuery documents(database);
    QSqlQuery index(database);
    if (!documents.prepare(repeated(QStringLiteral("INSERT INTO document VALUES "),
                                    QStringLiteral("(?,?,?,?,?,?)"))))
        return sqlFailure(documents.lastError());
    if (!index.prepare(
            repeated(QStringLiteral("INSERT INTO document_terms(rowid, title, tags) VALUES "),
                     QStringLiteral("(?,?,?)"))))
        return sqlFailure(index.lastError());

    for (int first = 1; first <= kDemoDocuments; first += kRowsPerInsert) {
        if (stop.stop_requested()) return failure(ErrorCode::Cancelled);
        int d = 0;
        int t = 0;
        for (int id = first; id < first + kRowsPerInsert; ++id) {
            const DemoDocument document = demoDocument(id);
            const QString title = text(document.title);
            const QString tags = text(document.tags);
            documents.bindValue(d++, id);
            documents.bindValue(d++, title);
            documents.bindValue(d++, text(document.body));
            documents.bindValue(d++, tags);
            documents.bindValue(d++, document.year);
            documents.bindValue(d++, document.ratingTenths / 10.0);
            index.bindValue(t++, id);
            index.bindValue(t++, title);
            index.bindValue(t++, tags);
        }
        if (!documents.exec()) return sqlFailure(documents.lastError());
        if (!index.exec()) return sqlFailure(index.lastError());
        if (first % 5000 == 1) progress(static_cast<double>(first) / kDemoDocuments);
    }
    return true;
}

Result<bool> fill(QSqlDatabase &database, const std::function<void(double)> &progress,
                  const std::stop_token &stop)
{
    // The file counts only once it is renamed, so SQLite's own safety nets would be paid for
    // nothing.
    auto prepared = execute(
        database,
        {QStringLiteral("PRAGMA journal_mode=OFF"), QStringLiteral("PRAGMA synchronous=OFF"),
         QStringLiteral("PRAGMA locking_mode=EXCLUSIVE"),
         QStringLiteral("PRAGMA cache_size=-32000"), QStringLiteral("BEGIN"),
         QStringLiteral("CREATE TABLE document(id INTEGER PRIMARY KEY, title TEXT NOT NULL, "
                        "body TEXT NOT NULL, tags TEXT NOT NULL, year INTEGER NOT NULL, rating "
                        "REAL NOT NULL)"),
         // Only which documents hold a word: no positions, no copies of the text.
         QStringLiteral("CREATE VIRTUAL TABLE document_terms USING fts5(title, tags, content='', "
                        "columnsize=0, detail=none)"),
         QStringLiteral(
             "INSERT INTO document_terms(document_terms, rank) VALUES('automerge', 0)")});
    if (!prepared) return prepared;
    if (auto inserted = insertDocuments(database, progress, stop); !inserted) return inserted;
    return execute(database, {QStringLiteral("PRAGMA user_version=%1").arg(kDemoDatabaseVersion),
                              QStringLiteral("COMMIT")});
}

} // namespace

bool isCompleteDemoDatabase(QSqlDatabase &database)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next()) return false;
    if (query.value(0).toInt() != kDemoDatabaseVersion) return false;
    if (!query.exec(QStringLiteral("SELECT max(id) FROM document")) || !query.next()) return false;
    return query.value(0).toInt() == kDemoDocuments;
}

Result<bool> makeDemoDatabase(const QString &file, const std::function<void(double)> &progress,
                              const std::stop_token &stop)
{
    const QString part = file + QStringLiteral(".part");
    QFile::remove(part);
    const QString connection =
        QStringLiteral("make-demo-") + QUuid::createUuid().toString(QUuid::Id128);
    Result<bool> made = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(part);
        made = database.open() ? fill(database, progress, stop)
                               : Result<bool>(sqlFailure(database.lastError()));
        database.close();
    }
    QSqlDatabase::removeDatabase(connection);
    if (made &&
        std::rename(QFile::encodeName(part).constData(), QFile::encodeName(file).constData()) != 0)
        made = failure(ErrorCode::FileUnwritable,
                       {file, QString::fromLocal8Bit(std::strerror(errno))});
    if (!made) QFile::remove(part);
    return made;
}

} // namespace kvscope
