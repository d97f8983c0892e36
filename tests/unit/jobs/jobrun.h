// JobRun: a warm-up or a check run to its end on the test's own thread.
#pragma once

#include "core/config/paths.h"
#include "core/jobs/checkjob.h"
#include "core/jobs/undojob.h"
#include "core/jobs/warmupjob.h"
#include "tests/unit/jobs/sqlitefile.h"

namespace kvscope::test {

/// `users`, JSON of name and age; `more` are further members, with a comma in front.
inline Binding
usersBinding(const QString &source, const Bytes &more = {},
             const Bytes &value = "{\"type\":\"json\",\"fields\":[\"name\",\"age\"]}")
{
    const auto binding =
        Binding::parse("{\"name\":\"users\",\"source\":\"" + source.toStdString() +
                       "\",\"rows\":\"SELECT id, name, age, ver FROM users\",\"order\":[\"id\"],"
                       "\"key\":\"user:{id}\",\"value\":" +
                       value + more + "}");
    EXPECT_TRUE(binding) << (binding ? Bytes()
                                     : binding.error().parameters().join(u' ').toStdString());
    return *binding;
}

/// A table of that shape with rows 1 … count.
inline Bytes usersTable(int count)
{
    return "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, ver INTEGER);"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
           std::to_string(count) + ") INSERT INTO users SELECT i, 'name ' || i, i % 90, 10 FROM n;";
}

struct Warmed
{
    std::optional<Error> error;
    WarmupReport report;
};

inline Warmed warm(Store &store, WarmupOptions options)
{
    auto journal = Journal::open(stateFolder());
    EXPECT_TRUE(journal);
    JobControl control;
    WarmupJob job(store, *journal, control, std::move(options), {});
    Warmed warmed;
    warmed.error = job.run();
    warmed.report = job.report();
    return warmed;
}

struct Checked
{
    std::optional<Error> error;
    CheckReport report;
    std::vector<Difference> differences;
    std::vector<QString> remarks;
    std::vector<Bytes> leftAlone;
    QString run; ///< in the journal, where it repairs

    std::int64_t count(EntryClass of) const { return report.counts[of]; }
    /// Keys that were told as `of`, sorted.
    std::vector<Bytes> keys(EntryClass of) const
    {
        std::vector<Bytes> found;
        for (const Difference &difference : differences)
            if (difference.what == of) found.push_back(difference.key);
        std::sort(found.begin(), found.end());
        return found;
    }
};

inline Checked check(Store &store, CheckOptions options)
{
    auto journal = Journal::open(stateFolder());
    EXPECT_TRUE(journal);
    if (options.repair != Repair::None) {
        RunRecord record;
        record.kind = QStringLiteral("check");
        const auto begun = journal->begin(record);
        EXPECT_TRUE(begun);
        options.run = begun->id;
    }
    JobControl control;
    Checked checked;
    checked.run = options.run;
    CheckJob::Sinks sinks;
    sinks.difference = [&](const Difference &difference) {
        checked.differences.push_back(difference);
    };
    sinks.remark = [&](const QString &remark) { checked.remarks.push_back(remark); };
    sinks.leftAlone = [&](const Bytes &key, const QString &) { checked.leftAlone.push_back(key); };
    CheckJob job(store, *journal, control, std::move(options), sinks);
    checked.error = job.run();
    checked.report = job.report();
    return checked;
}

struct Undone
{
    std::optional<Error> error;
    UndoReport report;
    std::vector<Bytes> kept;
};

inline Undone undo(Store &store, const QString &run)
{
    auto journal = Journal::open(stateFolder());
    EXPECT_TRUE(journal);
    JobControl control;
    Undone undone;
    UndoJob::Sinks sinks;
    sinks.kept = [&](const Bytes &key) { undone.kept.push_back(key); };
    UndoJob job(store, *journal, control, run, sinks);
    undone.error = job.run();
    undone.report = job.report();
    return undone;
}

/// Looks again at once, so that tests don't wait.
inline CheckOptions atOnce(Binding binding)
{
    CheckOptions options;
    options.binding = std::move(binding);
    options.recheck = {std::chrono::milliseconds(0)};
    return options;
}

} // namespace kvscope::test
