// SqliteFile: a database in a folder of its own, for tests.
#pragma once

#include "core/source/sqlite.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope::test {

class SqliteFile
{
  public:
    explicit SqliteFile(const Bytes &sql = {}) { run(sql); }

    QString path() const { return m_folder.filePath(QStringLiteral("source.db")); }
    QString url() const { return QStringLiteral("sqlite:") + path(); }

    void run(const Bytes &sql)
    {
        if (!m_database.handle()) {
            auto opened = Sqlite::open(path(), Sqlite::Access::ReadWrite);
            ASSERT_TRUE(opened);
            m_database = std::move(*opened);
        }
        const auto done = m_database.execute(sql);
        ASSERT_TRUE(done) << done.error().parameters().join(u' ').toStdString();
    }

  private:
    QTemporaryDir m_folder;
    Sqlite m_database;
};

} // namespace kvscope::test
