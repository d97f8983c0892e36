// RowSource: which kind of source a URL means.
#include "core/source/rowsource.h"

#include "core/source/detachedrows.h"
#include "core/source/filerows.h"
#include "core/source/qtsqlrows.h"
#include "core/source/sqliterows.h"
#include "core/source/sqlsession.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::RowSource)
};

QString resolved(const QString &file, const QString &folder)
{
    if (folder.isEmpty() || QDir::isAbsolutePath(file)) return file;
    const QString beside = QDir(folder).filePath(file);
    return QFileInfo::exists(beside) ? beside : file;
}

} // namespace

Result<std::unique_ptr<RowSource>> makeRowSource(const QString &url, const QString &folder)
{
    const qsizetype colon = url.indexOf(QLatin1Char(':'));
    const QString scheme = url.left(colon);
    const QString rest = url.mid(colon + 1);
    if (colon > 0 && !rest.isEmpty()) {
        if (scheme == QLatin1String("sqlite"))
            return std::make_unique<SqliteRows>(resolved(rest, folder));
        if (scheme == QLatin1String("postgresql") || scheme == QLatin1String("postgres"))
            return std::make_unique<QtSqlRows>(SqlProduct::PostgreSql, url);
        if (scheme == QLatin1String("mysql") || scheme == QLatin1String("mariadb"))
            return std::make_unique<QtSqlRows>(SqlProduct::MySql, url);
        if (scheme == QLatin1String("odbc"))
            return std::make_unique<DetachedRows>(QStringLiteral("ODBC"), [rest] {
                return std::make_unique<QtSqlRows>(SqlProduct::Odbc, rest);
            });
        if (scheme == QLatin1String("jsonl"))
            return std::make_unique<FileRows>(FileRows::Kind::JsonLines, resolved(rest, folder));
        if (scheme == QLatin1String("csv"))
            return std::make_unique<FileRows>(FileRows::Kind::Csv, resolved(rest, folder));
    }
    return failure(ErrorCode::SourceFailed,
                   {sourceName(url),
                    Words::tr("this is no source; write sqlite:FILE, postgresql://…, mysql://…, "
                              "odbc:DSN, jsonl:FILE or csv:FILE")});
}

QString sourceName(const QString &url)
{
    if (!url.contains(QLatin1String("://"))) {
        // odbc:DSN=…;UID=…;PWD=… may carry one too.
        QStringList parts = url.split(QLatin1Char(';'));
        parts.removeIf([](const QString &part) {
            return part.trimmed().startsWith(QLatin1String("pwd="), Qt::CaseInsensitive) ||
                   part.trimmed().startsWith(QLatin1String("password="), Qt::CaseInsensitive);
        });
        return parts.join(QLatin1Char(';'));
    }
    const QUrl whole = databaseUrl(url);
    if (!whole.isValid()) return url.section(QLatin1Char(':'), 0, 0) + QStringLiteral("://…");
    return whole.adjusted(QUrl::RemovePassword | QUrl::RemoveQuery).toString();
}

} // namespace kvscope
