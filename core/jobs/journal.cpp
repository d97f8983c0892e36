// Journal: two tables. Write-ahead log with full synchronisation, so that a change is on the disk
// before the store is touched.
#include "core/jobs/journal.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <csignal>

namespace kvscope {
namespace {

constexpr const char *kTables =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS run(id TEXT PRIMARY KEY, kind TEXT, binding_name TEXT, "
    "binding TEXT, source TEXT, store TEXT, started_ms INTEGER, ended_ms INTEGER, state INTEGER, "
    "options TEXT, result TEXT, checkpoint BLOB, pid INTEGER) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS run_by_start ON run(started_ms);"
    "CREATE TABLE IF NOT EXISTS change(run TEXT, number INTEGER, key BLOB, was INTEGER, "
    "before BLOB, before_ttl_ms INTEGER, did INTEGER, wrote BLOB, wrote_ttl_ms INTEGER, "
    "PRIMARY KEY(run, number)) WITHOUT ROWID;";

constexpr BytesView kRunColumns =
    "SELECT id, kind, binding_name, binding, source, store, started_ms, ended_ms, state, options, "
    "result, checkpoint, pid, (SELECT count(*) FROM change WHERE change.run = run.id) FROM run ";

Bytes jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

QJsonObject objectOf(BytesView json)
{
    return QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size())))
        .object();
}

QString textOf(BytesView bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

// Sorts by time, and two that start in the same second differ.
QString newRunId(std::int64_t nowMs)
{
    const QString time =
        QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(QStringLiteral("yyyyMMdd-hhmmss"));
    const auto random = QRandomGenerator::system()->bounded(0x10000U);
    return time + QStringLiteral("-%1").arg(random, 4, 16, QLatin1Char('0'));
}

void bindOptional(SqliteStatement &statement, int parameter, std::optional<std::int64_t> value)
{
    if (value)
        statement.bind(parameter, *value);
    else
        statement.bindNull(parameter);
}

std::optional<std::int64_t> optionalAt(const SqliteStatement &row, int column)
{
    if (row.isNull(column)) return std::nullopt;
    return row.integer(column);
}

} // namespace

QString runStateName(RunRecord::State state)
{
    switch (state) {
    case RunRecord::State::Running:
        return QStringLiteral("running");
    case RunRecord::State::Done:
        return QStringLiteral("done");
    case RunRecord::State::Failed:
        return QStringLiteral("failed");
    case RunRecord::State::Cancelled:
        return QStringLiteral("cancelled");
    case RunRecord::State::Interrupted:
        break;
    }
    return QStringLiteral("interrupted");
}

Result<Journal> Journal::open(const QString &folder)
{
    const QString file = QDir(folder).filePath(QStringLiteral("journal.sqlite"));
    auto database = Sqlite::open(file, Sqlite::Access::ReadWrite);
    if (!database) return failure(database.error());
    // It holds values of caches.
    QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (const auto made = database->execute(kTables); !made) return failure(made.error());
    Journal journal;
    journal.m_database = std::move(*database);
    return journal;
}

Result<bool> Journal::run(SqliteStatement &statement)
{
    const auto row = statement.step();
    if (!row) return failure(row.error());
    statement.reset();
    return true;
}

Result<RunRecord> Journal::begin(RunRecord record)
{
    record.startedMs = QDateTime::currentMSecsSinceEpoch();
    record.id = newRunId(record.startedMs);
    record.state = RunRecord::State::Running;
    auto insert = m_database.prepare(
        "INSERT INTO run(id, kind, binding_name, binding, source, store, started_ms, ended_ms, "
        "state, options, result, pid) VALUES(?, ?, ?, ?, ?, ?, ?, 0, 0, ?, '{}', ?)");
    if (!insert) return failure(insert.error());
    insert->bindText(1, record.id.toStdString());
    insert->bindText(2, record.kind.toStdString());
    insert->bindText(3, record.bindingName.toStdString());
    insert->bindText(4, record.binding);
    insert->bindText(5, record.source.toStdString());
    insert->bindText(6, record.store.toStdString());
    insert->bind(7, record.startedMs);
    insert->bindText(8, jsonOf(record.options));
    insert->bind(9, std::int64_t{QCoreApplication::applicationPid()});
    if (const auto done = run(*insert); !done) return failure(done.error());
    return record;
}

Result<bool> Journal::reopen(const QString &id)
{
    auto update =
        m_database.prepare("UPDATE run SET state = 0, ended_ms = 0, pid = ? WHERE id = ?");
    if (!update) return failure(update.error());
    update->bind(1, std::int64_t{QCoreApplication::applicationPid()});
    update->bindText(2, id.toStdString());
    return run(*update);
}

Result<bool> Journal::saveCheckpoint(const QString &id, const Checkpoint &checkpoint)
{
    auto update = m_database.prepare("UPDATE run SET checkpoint = ? WHERE id = ?");
    if (!update) return failure(update.error());
    update->bindBlob(1, checkpoint.encoded());
    update->bindText(2, id.toStdString());
    return run(*update);
}

Result<bool> Journal::finish(const QString &id, RunRecord::State state, const QJsonObject &result)
{
    auto update =
        m_database.prepare("UPDATE run SET state = ?, ended_ms = ?, result = ? WHERE id = ?");
    if (!update) return failure(update.error());
    update->bind(1, static_cast<std::int64_t>(state));
    update->bind(2, std::int64_t{QDateTime::currentMSecsSinceEpoch()});
    update->bindText(3, jsonOf(result));
    update->bindText(4, id.toStdString());
    return run(*update);
}

RunRecord Journal::recordOf(const SqliteStatement &row)
{
    RunRecord record;
    record.id = textOf(row.bytes(0));
    record.kind = textOf(row.bytes(1));
    record.bindingName = textOf(row.bytes(2));
    record.binding = Bytes(row.bytes(3));
    record.source = textOf(row.bytes(4));
    record.store = textOf(row.bytes(5));
    record.startedMs = row.integer(6);
    record.endedMs = row.integer(7);
    record.state = static_cast<RunRecord::State>(row.integer(8));
    record.options = objectOf(row.bytes(9));
    record.result = objectOf(row.bytes(10));
    record.checkpoint = Checkpoint::decoded(row.bytes(11));
    record.images = row.integer(13);
    // A process that is gone can't have left its run running.
    const auto pid = static_cast<pid_t>(row.integer(12));
    if (record.state == RunRecord::State::Running && ::kill(pid, 0) != 0 && errno == ESRCH)
        record.state = RunRecord::State::Interrupted;
    return record;
}

Result<RunRecord> Journal::find(const QString &id)
{
    auto select = m_database.prepare(Bytes(kRunColumns) + "WHERE id = ?");
    if (!select) return failure(select.error());
    select->bindText(1, id.toStdString());
    const auto row = select->step();
    if (!row) return failure(row.error());
    if (!*row) return failure(ErrorCode::RunNotFound, {id});
    return recordOf(*select);
}

Result<std::vector<RunRecord>> Journal::runs(int limit)
{
    auto select =
        m_database.prepare(Bytes(kRunColumns) + "ORDER BY started_ms DESC, id DESC LIMIT ?");
    if (!select) return failure(select.error());
    select->bind(1, std::int64_t{limit});
    std::vector<RunRecord> records;
    while (true) {
        const auto row = select->step();
        if (!row) return failure(row.error());
        if (!*row) return records;
        records.push_back(recordOf(*select));
    }
}

Result<bool> Journal::keep(const QString &id, std::vector<ChangeRecord> &changes)
{
    const Bytes name = id.toStdString();
    auto highest = m_database.prepare("SELECT ifnull(max(number), 0) FROM change WHERE run = ?");
    auto insert = m_database.prepare("INSERT INTO change VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!highest) return failure(highest.error());
    if (!insert) return failure(insert.error());
    if (const auto begun = m_database.execute("BEGIN IMMEDIATE"); !begun) return begun;
    highest->bindText(1, name);
    Result<bool> outcome = highest->step();
    std::int64_t number = outcome ? highest->integer(0) : 0;
    highest->reset();
    for (ChangeRecord &change : changes) {
        if (!outcome) break;
        change.number = ++number;
        insert->bindText(1, name);
        insert->bind(2, change.number);
        insert->bindBlob(3, change.key);
        insert->bind(4, static_cast<std::int64_t>(change.was));
        insert->bindBlob(5, change.before);
        bindOptional(*insert, 6, change.beforeTtlMs);
        insert->bind(7, static_cast<std::int64_t>(change.did));
        insert->bindBlob(8, change.wrote);
        bindOptional(*insert, 9, change.wroteTtlMs);
        outcome = run(*insert);
    }
    if (outcome) outcome = m_database.execute("COMMIT");
    if (!outcome) (void)m_database.execute("ROLLBACK");
    return outcome;
}

Result<std::vector<ChangeRecord>> Journal::changes(const QString &id, std::int64_t after, int limit)
{
    auto select = m_database.prepare(
        "SELECT number, key, was, before, before_ttl_ms, did, wrote, wrote_ttl_ms FROM change "
        "WHERE run = ? AND number > ? ORDER BY number LIMIT ?");
    if (!select) return failure(select.error());
    select->bindText(1, id.toStdString());
    select->bind(2, after);
    select->bind(3, std::int64_t{limit});
    std::vector<ChangeRecord> found;
    while (true) {
        const auto row = select->step();
        if (!row) return failure(row.error());
        if (!*row) return found;
        ChangeRecord change;
        change.number = select->integer(0);
        change.key = Bytes(select->bytes(1));
        change.was = static_cast<ChangeRecord::Was>(select->integer(2));
        change.before = Bytes(select->bytes(3));
        change.beforeTtlMs = optionalAt(*select, 4);
        change.did = static_cast<ChangeRecord::Did>(select->integer(5));
        change.wrote = Bytes(select->bytes(6));
        change.wroteTtlMs = optionalAt(*select, 7);
        found.push_back(std::move(change));
    }
}

Result<bool> Journal::forget(const QString &id, const std::vector<std::int64_t> &numbers)
{
    auto remove = m_database.prepare("DELETE FROM change WHERE run = ? AND number = ?");
    if (!remove) return failure(remove.error());
    if (const auto begun = m_database.execute("BEGIN IMMEDIATE"); !begun) return begun;
    Result<bool> outcome = true;
    for (const std::int64_t number : numbers) {
        if (!outcome) break;
        remove->bindText(1, id.toStdString());
        remove->bind(2, number);
        outcome = run(*remove);
    }
    if (outcome) outcome = m_database.execute("COMMIT");
    if (!outcome) (void)m_database.execute("ROLLBACK");
    return outcome;
}

} // namespace kvscope
