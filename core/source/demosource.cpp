// DemoSource: the thread that owns the connection, and the answer to a search.
#include "core/source/demosource.h"

#include "core/source/demodatabase.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace kvscope {

/// The open connection; made, used and closed on the source's thread.
class DemoSource::Session
{
  public:
    explicit Session(QString file)
        : m_file(std::move(file)),
          m_connection(QStringLiteral("demo-") + QUuid::createUuid().toString(QUuid::Id128))
    {}
    ~Session()
    {
        m_search.reset();
        if (m_added) QSqlDatabase::removeDatabase(m_connection);
    }

    Result<bool> open(const std::function<void(double)> &progress, const std::stop_token &stop)
    {
        if (tryOpen()) return true;
        // Two programs may start at once: the second waits and finds the first one's file.
        QLockFile lock(m_file + QStringLiteral(".lock"));
        while (!lock.tryLock(50)) {
            if (stop.stop_requested()) return failure(ErrorCode::Cancelled);
            if (lock.error() != QLockFile::LockFailedError)
                return failure(ErrorCode::FileUnwritable,
                               {m_file, QStringLiteral("no lock file can be made beside it")});
        }
        if (tryOpen()) return true;
        if (auto made = makeDemoDatabase(m_file, progress, stop); !made) return made;
        if (tryOpen()) return true;
        return failure(ErrorCode::SourceFailed, {QStringLiteral("SQLite"), m_problem});
    }

    Result<Bytes> search(const Bytes &query)
    {
        const QString text = QString::fromStdString(query);
        const QStringList words = wordsOf(text);
        QJsonArray results;
        if (!words.isEmpty()) {
            if (auto found = collect(words, results); !found) return failure(found.error());
        }
        const QJsonObject answer{{QStringLiteral("query"), text},
                                 {QStringLiteral("results"), results}};
        return QJsonDocument(answer).toJson(QJsonDocument::Compact).toStdString();
    }

  private:
    /// Letters and digits only, each word quoted: what people type is never query syntax.
    static QStringList wordsOf(const QString &text)
    {
        QString plain = text;
        for (QChar &c : plain) {
            if (!c.isLetterOrNumber()) c = QLatin1Char(' ');
        }
        QStringList words = plain.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (QString &word : words) word = QLatin1Char('"') + word + QLatin1Char('"');
        return words;
    }

    Result<bool> collect(const QStringList &words, QJsonArray &results)
    {
        m_search->bindValue(0, words.join(QLatin1Char(' ')));
        m_search->bindValue(1, kPageSize);
        if (!m_search->exec())
            return failure(ErrorCode::SourceFailed,
                           {QStringLiteral("SQLite"), m_search->lastError().text()});
        while (m_search->next()) {
            results.append(QJsonObject{
                {QStringLiteral("id"), m_search->value(0).toInt()},
                {QStringLiteral("title"), m_search->value(1).toString()},
                {QStringLiteral("snippet"), m_search->value(2).toString()},
                {QStringLiteral("tags"),
                 QJsonArray::fromStringList(m_search->value(3).toString().split(QLatin1Char(' ')))},
                {QStringLiteral("year"), m_search->value(4).toInt()},
                {QStringLiteral("rating"), m_search->value(5).toDouble()}});
        }
        m_search->finish();
        return true;
    }

    bool tryOpen()
    {
        m_search.reset();
        if (m_added)
            QSqlDatabase::removeDatabase(
                std::exchange(m_connection, m_connection + QLatin1Char('+')));
        m_added = false;
        if (!QFileInfo::exists(m_file)) return false;
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
        m_added = true;
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
        database.setDatabaseName(m_file);
        if (!database.open() || !isCompleteDemoDatabase(database)) {
            m_problem = database.lastError().text();
            return false;
        }
        m_search.emplace(database);
        m_search->setForwardOnly(true);
        // Documents are numbered by rank, so the first matches are the best ones and nothing is
        // sorted.
        if (m_search->prepare(
                QStringLiteral("SELECT d.id, d.title, d.body, d.tags, d.year, d.rating "
                               "FROM document_terms t JOIN document d ON d.id = t.rowid "
                               "WHERE document_terms MATCH ? ORDER BY t.rowid LIMIT ?")))
            return true;
        m_problem = m_search->lastError().text();
        return false;
    }

    QString m_file;
    QString m_connection;
    QString m_problem;
    bool m_added = false;
    std::optional<QSqlQuery> m_search;
};

DemoSource::DemoSource(QString file) : m_file(std::move(file))
{}

DemoSource::~DemoSource()
{
    m_thread.request_stop();
    if (m_thread.joinable()) m_thread.join();
    for (const Question &question : m_questions) question.done(failure(ErrorCode::Cancelled));
}

void DemoSource::open(std::function<void(double)> progress, Callback<bool> done)
{
    m_thread = std::jthread([this, progress = std::move(progress), done = std::move(done)](
                                const std::stop_token &stop) { serve(stop, progress, done); });
}

void DemoSource::find(Bytes query, Callback<Bytes> done)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_questions.push_back({std::move(query), std::move(done)});
    }
    m_wake.notify_one();
}

void DemoSource::serve(const std::stop_token &stop, const std::function<void(double)> &progress,
                       const Callback<bool> &done)
{
    Session session(m_file);
    const Result<bool> opened = session.open(progress, stop);
    done(opened);
    while (true) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, stop, [this] { return !m_questions.empty(); })) return;
        if (stop.stop_requested()) return;
        const Question question = std::move(m_questions.front());
        m_questions.pop_front();
        lock.unlock();
        question.done(opened ? session.search(question.query)
                             : Result<Bytes>(failure(opened.error())));
    }
}

} // namespace kvscope
