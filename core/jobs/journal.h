// Journal: what jobs did, kept in SQLite under the state folder: runs, checkpoints and
// before-images.
#pragma once

#include "core/jobs/checkpoint.h"
#include "core/source/sqlite.h"
#include "core/store/bulkchange.h"

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
    enum class Did : std::uint8_t { Removed, PutString, PutHash, SetExpiry };
    /// An entry and the key beside it were changed in one step: the second is joined to the first.
    enum class Place : std::uint8_t { First, Joined };

    std::int64_t number = 0; ///< within the run, from 1
    Place place = Place::First;
    Bytes key;
    BulkImage before;
    Did did = Did::Removed;
    Bytes wrote;                                       ///< PutString: the value
    std::vector<Bytes> wroteFields;                    ///< PutHash: names and values by turns
    std::int64_t wroteExpiresAtMs = BulkImage::kNever; ///< absolute
};

/// One connection, one thread at a time. Several processes may use the file at once. What a call
/// wrote has reached the disk when it returns; FileUnwritable where it can't (a full disk).
class Journal
{
  public:
    /// Opens or makes `journal.sqlite` in `folder`. FileUnreadable, FileUnwritable.
    static Result<Journal> open(const QString &folder);

    /// Fills in id, start and state.
    Result<RunRecord> begin(RunRecord run);
    /// The run goes on in this process.
    Result<bool> reopen(const QString &run);
    /// What it is asked from now on.
    Result<bool> noteOptions(const QString &run, const QJsonObject &options);

    /// What a checkpoint lists beside its counters, as bytes: a check's suspects.
    enum class Items : std::uint8_t {
        Added, ///< these, beside those that were saved before
        All,   ///< these alone
    };
    Result<bool> saveCheckpoint(const QString &run, const Checkpoint &checkpoint,
                                const std::vector<Bytes> &items = {}, Items which = Items::Added);
    Result<std::vector<Bytes>> checkpointItems(const QString &run);
    Result<bool> finish(const QString &run, RunRecord::State state, const QJsonObject &result);

    /// RunNotFound.
    Result<RunRecord> find(const QString &run);
    /// Newest first.
    Result<std::vector<RunRecord>> runs(int limit = 1'000);

    /// Must be kept before the store is touched. Numbers them.
    Result<bool> keep(const QString &run, std::vector<ChangeRecord> &changes);
    /// In the order they were kept, behind `after`: at most `limit`, fewer of large values, none
    /// only at the end. What was joined is never cut apart.
    Result<std::vector<ChangeRecord>> changes(const QString &run, std::int64_t after, int limit);
    /// Takes them out: they were put back, or never came to be.
    Result<bool> forget(const QString &run, const std::vector<std::int64_t> &numbers);

  private:
    Result<bool> run(SqliteStatement &statement);
    template<class Work>
    Result<bool> transaction(Work work);
    template<class T>
    Result<T> checked(Result<T> result) const;
    static RunRecord recordOf(const SqliteStatement &row);

    Sqlite m_database;
    QString m_file;
};

} // namespace kvscope
