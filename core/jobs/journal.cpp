// Journal: three tables. Write-ahead log with full synchronisation, so that a change is on the disk
// before the store is touched.
#include "core/jobs/journal.h"

#include "core/jobs/byteio.h"

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
    "CREATE TABLE IF NOT EXISTS image(run TEXT, number INTEGER, place INTEGER, key BLOB, "
    "kind INTEGER, payload BLOB, expires_ms INTEGER, did INTEGER, wrote BLOB, "
    "wrote_expires_ms INTEGER, PRIMARY KEY(run, number)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS item(run TEXT, bytes BLOB);"
    "CREATE INDEX IF NOT EXISTS item_by_run ON item(run);";

constexpr std::size_t kChangeBytes = 32U << 20U; // of values, handed out at once

constexpr BytesView kRunColumns =
    "SELECT id, kind, binding_name, binding, source, store, started_ms, ended_ms, state, options, "
    "result, checkpoint, pid, (SELECT count(*) FROM image WHERE image.run = run.id) FROM run ";

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

Bytes wroteOf(const ChangeRecord &change)
{
    if (change.did != ChangeRecord::Did::PutHash) return change.wrote;
    Bytes bytes;
    for (const Bytes &text : change.wroteFields) byteio::putText(bytes, text);
    return bytes;
}

void setWrote(ChangeRecord &change, BytesView bytes)
{
    if (change.did != ChangeRecord::Did::PutHash) {
        change.wrote = Bytes(bytes);
        return;
    }
    byteio::Reader reader{bytes};
    while (reader.good && !reader.rest.empty()) change.wroteFields.push_back(reader.text());
}

ChangeRecord changeOf(const SqliteStatement &row)
{
    ChangeRecord change;
    change.number = row.integer(0);
    change.place = static_cast<ChangeRecord::Place>(row.integer(1));
    change.key = Bytes(row.bytes(2));
    change.before.kind = static_cast<BulkImage::Kind>(row.integer(3));
    change.before.payload = Bytes(row.bytes(4));
    change.before.expiresAtMs = row.integer(5);
    change.did = static_cast<ChangeRecord::Did>(row.integer(6));
    setWrote(change, row.bytes(7));
    change.wroteExpiresAtMs = row.integer(8);
    return change;
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

// A database's complaint about our own file is a file that can't be written.
template<class T>
Result<T> Journal::checked(Result<T> result) const
{
    if (result || result.error().code() != ErrorCode::SourceFailed) return result;
    return failure(ErrorCode::FileUnwritable, {m_file, result.error().parameter(1)});
}

Result<Journal> Journal::open(const QString &folder)
{
    Journal journal;
    journal.m_file = QDir(folder).filePath(QStringLiteral("journal.sqlite"));
    auto database = Sqlite::open(journal.m_file, Sqlite::Access::ReadWrite);
    if (!database) return failure(database.error());
    // It holds values of caches.
    QFile::setPermissions(journal.m_file, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (const auto made = journal.checked(database->execute(kTables)); !made)
        return failure(made.error());
    journal.m_database = std::move(*database);
    return journal;
}

Result<bool> Journal::run(SqliteStatement &statement)
{
    const auto row = checked(statement.step());
    if (!row) return failure(row.error());
    statement.reset();
    return true;
}

// All of `work` or nothing.
template<class Work>
Result<bool> Journal::transaction(Work work)
{
    if (auto begun = checked(m_database.execute("BEGIN IMMEDIATE")); !begun) return begun;
    Result<bool> outcome = work();
    if (outcome) outcome = checked(m_database.execute("COMMIT"));
    if (!outcome) (void)m_database.execute("ROLLBACK");
    return outcome;
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

Result<bool> Journal::noteOptions(const QString &id, const QJsonObject &options)
{
    auto update = m_database.prepare("UPDATE run SET options = ? WHERE id = ?");
    if (!update) return failure(update.error());
    update->bindText(1, jsonOf(options));
    update->bindText(2, id.toStdString());
    return run(*update);
}

Result<bool> Journal::saveCheckpoint(const QString &id, const Checkpoint &checkpoint,
                                     const std::vector<Bytes> &items, Items which)
{
    const Bytes name = id.toStdString();
    auto update = m_database.prepare("UPDATE run SET checkpoint = ? WHERE id = ?");
    if (!update) return failure(update.error());
    update->bindBlob(1, checkpoint.encoded());
    update->bindText(2, name);
    if (items.empty() && which == Items::Added) return run(*update);
    auto remove = m_database.prepare("DELETE FROM item WHERE run = ?");
    auto insert = m_database.prepare("INSERT INTO item VALUES(?, ?)");
    if (!remove) return failure(remove.error());
    if (!insert) return failure(insert.error());
    remove->bindText(1, name);
    return transaction([&]() -> Result<bool> {
        if (auto updated = run(*update); !updated) return updated;
        if (which == Items::All)
            if (auto removed = run(*remove); !removed) return removed;
        for (const Bytes &item : items) {
            insert->bindText(1, name);
            insert->bindBlob(2, item);
            if (auto inserted = run(*insert); !inserted) return inserted;
        }
        return true;
    });
}

Result<std::vector<Bytes>> Journal::checkpointItems(const QString &id)
{
    auto select = m_database.prepare("SELECT bytes FROM item WHERE run = ? ORDER BY rowid");
    if (!select) return failure(select.error());
    select->bindText(1, id.toStdString());
    std::vector<Bytes> items;
    while (true) {
        const auto row = select->step();
        if (!row) return failure(row.error());
        if (!*row) return items;
        items.emplace_back(select->bytes(0));
    }
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
    if (auto updated = run(*update); !updated) return updated;
    if (state != RunRecord::State::Done) return true;
    // Nobody goes on with it: what only a resumed run needs can go.
    auto remove = m_database.prepare("DELETE FROM item WHERE run = ?");
    if (!remove) return failure(remove.error());
    remove->bindText(1, id.toStdString());
    return run(*remove);
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
    auto highest = m_database.prepare("SELECT ifnull(max(number), 0) FROM image WHERE run = ?");
    auto insert = m_database.prepare("INSERT INTO image VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!highest) return failure(highest.error());
    if (!insert) return failure(insert.error());
    highest->bindText(1, name);
    return transaction([&]() -> Result<bool> {
        if (auto row = checked(highest->step()); !row) return row;
        std::int64_t number = highest->integer(0);
        highest->reset();
        for (ChangeRecord &change : changes) {
            change.number = ++number;
            insert->bindText(1, name);
            insert->bind(2, change.number);
            insert->bind(3, static_cast<std::int64_t>(change.place));
            insert->bindBlob(4, change.key);
            insert->bind(5, static_cast<std::int64_t>(change.before.kind));
            insert->bindBlob(6, change.before.payload);
            insert->bind(7, change.before.expiresAtMs);
            insert->bind(8, static_cast<std::int64_t>(change.did));
            insert->bindBlob(9, wroteOf(change));
            insert->bind(10, change.wroteExpiresAtMs);
            if (auto inserted = run(*insert); !inserted) return inserted;
        }
        return true;
    });
}

Result<std::vector<ChangeRecord>> Journal::changes(const QString &id, std::int64_t after, int limit)
{
    auto select = m_database.prepare(
        "SELECT number, place, key, kind, payload, expires_ms, did, wrote, wrote_expires_ms "
        "FROM image WHERE run = ? AND number > ? ORDER BY number");
    if (!select) return failure(select.error());
    select->bindText(1, id.toStdString());
    select->bind(2, after);
    std::vector<ChangeRecord> found;
    std::size_t bytes = 0;
    while (true) {
        const auto row = select->step();
        if (!row) return failure(row.error());
        if (!*row) return found;
        ChangeRecord change = changeOf(*select);
        const bool enough = found.size() >= static_cast<std::size_t>(limit) || bytes > kChangeBytes;
        if (enough && change.place == ChangeRecord::Place::First) return found;
        bytes += change.before.payload.size() + select->bytes(7).size();
        found.push_back(std::move(change));
    }
}

Result<bool> Journal::forget(const QString &id, const std::vector<std::int64_t> &numbers)
{
    if (numbers.empty()) return true;
    auto remove = m_database.prepare("DELETE FROM image WHERE run = ? AND number = ?");
    if (!remove) return failure(remove.error());
    return transaction([&]() -> Result<bool> {
        for (const std::int64_t number : numbers) {
            remove->bindText(1, id.toStdString());
            remove->bind(2, number);
            if (auto removed = run(*remove); !removed) return removed;
        }
        return true;
    });
}

} // namespace kvscope
