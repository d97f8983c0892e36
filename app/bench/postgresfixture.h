// PostgresFixture: a scratch PostgreSQL for a measurement.
#pragma once

#include "app/bench/bindingrows.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace kvscope::bench {

/// Runs from start() to destruction in a folder of its own, on a socket there; dies with this
/// process. Blocks: for measurements alone.
class PostgresFixture
{
  public:
    /// A sentence where PostgreSQL or Qt's driver for it is not installed; empty where both are.
    static QString missing();
    static Result<std::unique_ptr<PostgresFixture>> start();
    ~PostgresFixture();
    PostgresFixture(const PostgresFixture &) = delete;
    PostgresFixture &operator=(const PostgresFixture &) = delete;

    QString url() const;
    /// Where the server may read it.
    QString file(const QString &name) const { return m_folder.filePath(name); }
    /// Statements through psql.
    Result<bool> run(const Bytes &sql) const;

  private:
    PostgresFixture() = default;
    Result<bool> runProgram(const QString &program, const QStringList &arguments,
                            const QString &user) const;

    QTemporaryDir m_folder;
    QProcess m_process;
};

/// One that holds the rows' table `items`.
Result<std::unique_ptr<PostgresFixture>> startPostgres(const BindingRows &rows);

} // namespace kvscope::bench
