// SqlSession: one connection through Qt SQL that only reads, with a time limit and a way out.
#pragma once

#include "core/source/sqldialect.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QUrl>

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

class QSqlError;

namespace kvscope {

/// A database's URL as written in a binding; invalid where it can't be read.
QUrl databaseUrl(const QString &text);

/// Ends what runs on a connection once a stop is requested: from a thread and a connection of its
/// own, for a client library can't be interrupted. Costs nothing until then.
class StatementCanceller
{
  public:
    /// `cancel` runs on the other thread, now and again until the canceller goes.
    StatementCanceller(const std::stop_token &stop,
                       std::function<void(const std::function<bool()> &wait)> cancel);

  private:
    void run(const std::stop_token &ended);

    std::function<void(const std::function<bool()> &)> m_cancel;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;                                // made once a stop is requested
    std::stop_callback<std::function<void()>> m_callback; // last: its end is waited for first
};

/// Blocking; made, used and destroyed on one thread.
class SqlSession
{
  public:
    /// `url`: postgresql://…, mysql://…, or for ODBC what stands behind `odbc:`.
    SqlSession(SqlProduct product, QString url);
    ~SqlSession();
    SqlSession(const SqlSession &) = delete;
    SqlSession &operator=(const SqlSession &) = delete;

    /// DriverMissing, SourceFailed. A stop ends running statements with Cancelled (not for ODBC,
    /// whose drivers are asked between rows only).
    Result<bool> open(std::chrono::milliseconds timeLimit, const std::stop_token &stop);

    /// Forward-only; row by row as they arrive, but Qt's MySQL driver holds all rows of a
    /// statement before it hands out the first. TimedOut, Cancelled, SourceFailed.
    Result<QSqlQuery> run(const QString &sql);
    /// True: a row is there; false: all were read. An end that a lost connection or an error
    /// brought about is an error.
    Result<bool> next(QSqlQuery &query);
    Result<bool> setTimeLimit(std::chrono::milliseconds limit);

    /// What a failure on this connection means: TimedOut, Cancelled, SourceFailed. `code`: the
    /// server's own.
    Error errorOf(const QString &code, const QString &words);

    const SqlDialect &dialect() const { return m_dialect; }
    QSqlDatabase &database() { return m_database; }
    /// `22P02`, `1525`, … of the last failure.
    const QString &failureCode() const { return m_failureCode; }

  private:
    Result<bool> connectTo(QSqlDatabase &database) const;
    Result<bool> configure();
    Result<bool> first(const QStringList &alternatives);
    Result<Bytes> value(const QString &sql);
    Error errorOf(const QSqlError &error);
    void watch(const std::stop_token &stop);

    SqlDialect m_dialect;
    QString m_url;
    QString m_connection;
    QSqlDatabase m_database;
    QString m_failureCode;
    std::stop_token m_stop;
    std::chrono::milliseconds m_timeLimit{0};
    std::unique_ptr<StatementCanceller> m_canceller;
};

} // namespace kvscope
