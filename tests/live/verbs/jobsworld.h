// JobsWorld: a table, a binding file, a Redis and a state folder, for tests of the verbs that run
// jobs.
#pragma once

#include "tests/live/verbs/verbrun.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/sqlitefile.h"

#include <map>

namespace kvscope::test {

/// 200 ms of looking again would only make tests slow: `0s` unless a test says otherwise.
struct JobsWorld
{
    QTemporaryDir state;
    SqliteFile file;
    RedisServer server;
    QString binding;

    explicit JobsWorld(int rows, const QStringList &redisOptions = {},
                       const Bytes &more = ",\"version\":\"ver\",\"version_field\":\"_v\","
                                           "\"ttl\":{\"seconds\":100000,\"jitter\":0.1}")
        : file("PRAGMA journal_mode=WAL;"
               "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, ver INTEGER);"
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
               std::to_string(rows) +
               ") INSERT INTO users SELECT i, 'name ' || i, i % 90, 10 FROM n;"),
          server(redisOptions)
    {
        writeBinding(file.url().toStdString(), more);
    }

    void writeBinding(const Bytes &source, const Bytes &more)
    {
        binding = state.filePath(QStringLiteral("users.json"));
        QFile out(binding);
        EXPECT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(QByteArray::fromStdString(
            "{\"name\":\"users\",\"source\":\"" + source +
            "\",\"rows\":\"SELECT id, name, age, ver FROM users\",\"order\":[\"id\"],"
            "\"key\":\"user:{id}\",\"value\":{\"type\":\"json\",\"fields\":[\"name\",\"age\"]}" +
            more + "}"));
    }

    QStringList environment() const { return {QStringLiteral("KVSCOPE_STATE=") + state.path()}; }
    QStringList words(const QString &name, const QStringList &more) const
    {
        return QStringList{name, binding, QStringLiteral("--store"), server.url(),
                           QStringLiteral("--json")} +
               more;
    }
    VerbRun warm(const QStringList &more = {}) const
    {
        return verb(words(QStringLiteral("warm"), more), {}, environment());
    }
    VerbRun check(const QStringList &more = {}) const
    {
        return verb(words(QStringLiteral("check"), atOnce(more)), {}, environment());
    }
    static QStringList atOnce(QStringList more)
    {
        if (!more.contains(QStringLiteral("--recheck")))
            more << QStringLiteral("--recheck") << QStringLiteral("0s");
        return more;
    }
    VerbRun undo(const QString &run) const
    {
        return verb({QStringLiteral("undo"), run, QStringLiteral("--store"), server.url(),
                     QStringLiteral("--json")},
                    {}, environment());
    }
    VerbRun runs() const
    {
        return verb({QStringLiteral("runs"), QStringLiteral("--json")}, {}, environment());
    }
    /// The newest run in the journal; empty where there is none.
    QJsonObject lastRecord() const
    {
        const auto lines = runs().lines();
        const bool any = !lines.empty() &&
                         lines.front()[QStringLiteral("event")].toString() == QLatin1String("item");
        return any ? lines.front() : QJsonObject();
    }
    QString lastRun() const { return lastRecord()[QStringLiteral("run")].toString(); }
    bool lastIs(const QString &kind) const
    {
        return lastRecord()[QStringLiteral("kind")].toString() == kind;
    }
    bool lastIsDone() const
    {
        return lastRecord()[QStringLiteral("state")].toString() == QLatin1String("done");
    }

    /// Every entry with its DUMP and its absolute expiry.
    std::map<Bytes, std::pair<Bytes, Bytes>> everything() const
    {
        std::map<Bytes, std::pair<Bytes, Bytes>> all;
        // One script: a command for each key would take seconds.
        const Bytes text = server.run(
            {"EVAL",
             "local out = {} for _, k in ipairs(redis.call('KEYS', 'user:*')) do "
             "out[#out + 1] = k .. ' ' .. redis.sha1hex(redis.call('DUMP', k)) .. ' ' .. "
             "string.format('%.0f', redis.call('PEXPIRETIME', k)) end return out",
             "0"});
        for (const QByteArray &line : QByteArray::fromStdString(text).split('\n')) {
            const auto parts = line.split(' ');
            if (parts.size() == 3)
                all[parts[0].toStdString()] = {parts[1].toStdString(), parts[2].toStdString()};
        }
        return all;
    }
    std::int64_t count(const VerbRun &run, const char *name) const
    {
        return run.result()[QStringLiteral("counts")].toObject()[QLatin1String(name)].toInteger(-1);
    }
};

} // namespace kvscope::test
