// Journal: what jobs did, kept in SQLite under the state folder: runs, checkpoints and
// before-images.
#pragma once

#include "core/jobs/checkpoint.h"
#include "core/source/sqlite.h"

#include <QJsonObject>

#include <vector>

namespace kvscope {

struct RunRecord
{
    enum class State : std::uint8_t {
        Running,
        Done,
        Failed,
        Cancelled,
        Interrupted, ///< its process ended without a word
    };
    QString id;
    QString kind; ///< "warm", "check", "sync", "undo"
    QString bindingName;
    Bytes binding;  ///< the binding file's text
    QString source; ///< the source URL without a password
    QString store;  ///< the store's name
    std::int64_t startedMs = 0;
    std::int64_t endedMs = 0; ///< 0: not ended
    State state = State::Running;
    QJsonObject options;
    QJsonObject result;
    std::optional<Checkpoint> checkpoint;
    std::int64_t images = 0; ///< before-images kept

    bool mayResume() const { return state != State::Done && checkpoint.has_value(); }
};

/// "running", "done", …: for JSON output.
QString runStateName(RunRecord::State state);

/// One key before a run touched it, and what the run made of it.
struct ChangeRecord
{
    enum class Was : std::uint8_t { Absent, String, Dump };
    enum class Did : std::uint8_t { Removed, Put, SetExpiry };
    std::int64_t number = 0; ///< within the run, from 1
    Bytes key;
    Was was = Was::Absent;
    Bytes before;                            ///< the value, or DUMP's payload
    std::optional<std::int64_t> beforeTtlMs; ///< empty: no expiry
    Did did = Did::Removed;
    Bytes wrote; ///< with Put: the value
    std::optional<std::int64_t> wroteTtlMs;
};

/// One connection, one thread at a time. Several processes may use the file at once. What a call
/// wrote has reached the disk when it returns.
class Journal
{
  public:
    /// Opens or makes `journal.sqlite` in `folder`. FileUnreadable, SourceFailed.
    static Result<Journal> open(const QString &folder);

    /// Fills in id, start and state.
    Result<RunRecord> begin(RunRecord run);
    /// The run goes on in this process.
    Result<bool> reopen(const QString &run);
    Result<bool> saveCheckpoint(const QString &run, const Checkpoint &checkpoint);
    Result<bool> finish(const QString &run, RunRecord::State state, const QJsonObject &result);

    /// RunNotFound.
    Result<RunRecord> find(const QString &run);
    /// Newest first.
    Result<std::vector<RunRecord>> runs(int limit = 1'000);

    /// Must be kept before the store is touched. Numbers them.
    Result<bool> keep(const QString &run, std::vector<ChangeRecord> &changes);
    /// In the order they were kept, behind `after`.
    Result<std::vector<ChangeRecord>> changes(const QString &run, std::int64_t after, int limit);
    /// Takes them out: they were put back, or never came to be.
    Result<bool> forget(const QString &run, const std::vector<std::int64_t> &numbers);

  private:
    Result<bool> run(SqliteStatement &statement);
    static RunRecord recordOf(const SqliteStatement &row);

    Sqlite m_database;
};

} // namespace kvscope
