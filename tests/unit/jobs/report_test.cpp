// A run's report: every difference once, however often its run was cut off.
#include "core/jobs/runreport.h"
#include "core/store/enginestore.h"
#include "tests/unit/jobs/jobrun.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <set>

namespace kvscope {
namespace {

using namespace test;

std::vector<Bytes> keysIn(const QString &folder, const QString &run)
{
    std::vector<Bytes> keys;
    const auto found = loadRunReport(folder, run, ValueRule::Type::Json);
    EXPECT_TRUE(found);
    if (!found) return keys;
    for (const Difference &one : found->some) keys.push_back(one.key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

Difference differenceAt(const Bytes &key)
{
    Difference difference;
    difference.what = EntryClass::Missing;
    difference.key = key;
    return difference;
}

TEST(RunReport, ForgetsWhatWasToldBehindACheckpoint)
{
    const QTemporaryDir folder;
    const QString run = QStringLiteral("r");
    std::int64_t mark = 0;
    {
        RunReportWriter report(folder.path(), run);
        report.add(differenceAt("a"));
        mark = report.mark();
        report.add(differenceAt("b"));
        ASSERT_TRUE(report.finish());
    }
    RunReportWriter again(folder.path(), run);
    again.cutTo(mark);
    again.add(differenceAt("c"));
    EXPECT_GT(again.mark(), mark);
    EXPECT_EQ(keysIn(folder.path(), run), (std::vector<Bytes>{"a", "c"}));
    again.cutTo(1'000'000); // it never was as long: nothing is made up
    again.add(differenceAt("d"));
    ASSERT_TRUE(again.finish());
    EXPECT_EQ(keysIn(folder.path(), run), (std::vector<Bytes>{"a", "c", "d"}));
}

TEST(RunReport, SaysHowManyDifferencesItDoesNotList)
{
    const QTemporaryDir folder;
    RunRecord record;
    record.id = QStringLiteral("r");
    record.kind = QStringLiteral("check");
    record.result = {{QStringLiteral("counts"),
                      QJsonObject{{QStringLiteral("match"), 10}, {QStringLiteral("missing"), 5}}}};
    RunReportWriter report(folder.path(), record.id);
    report.add(differenceAt("a"));
    report.add(differenceAt("b"));
    ASSERT_TRUE(report.finish());
    const auto exported = [&](ReportFormat format) {
        const QString path = folder.filePath(QStringLiteral("out"));
        EXPECT_TRUE(exportRunReport(folder.path(), record, path, format));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    };
    const QJsonObject json = QJsonDocument::fromJson(exported(ReportFormat::Json)).object();
    EXPECT_EQ(json[QStringLiteral("differences")].toArray().size(), 2);
    EXPECT_EQ(json[QStringLiteral("differences_not_listed")].toInt(-1), 3);
    EXPECT_TRUE(exported(ReportFormat::Markdown).contains("3 more were counted"));
    record.result = {{QStringLiteral("counts"), QJsonObject{{QStringLiteral("missing"), 2}}}};
    EXPECT_FALSE(exported(ReportFormat::Markdown).contains("more were counted"));
}

TEST(RunReport, ListsEachDifferenceOnceWhereAReportIsCutOffAmongItsVerdicts)
{
    const QTemporaryDir folder;
    SqliteFile file(usersTable(2000));
    engine::Engine engine{{}};
    EngineStore store{engine, Access::ReadWrite};
    store.open();
    auto journal = Journal::open(folder.path());
    ASSERT_TRUE(journal);
    RunRecord record;
    record.kind = QStringLiteral("check");
    const auto begun = journal->begin(record);
    ASSERT_TRUE(begun);
    int told = 0;
    const auto part = [&](std::optional<Checkpoint> resume, int cancelAfter) {
        RunReportWriter report(folder.path(), begun->id);
        JobControl control;
        CheckJob::Sinks sinks;
        sinks.difference = [&](const Difference &difference) {
            report.add(difference);
            if (++told == cancelAfter) control.cancel();
        };
        sinks.reportMark = [&] { return report.mark(); };
        sinks.cutReport = [&](std::int64_t mark) { report.cutTo(mark); };
        CheckOptions options = atOnce(usersBinding(file.url()));
        options.run = begun->id;
        options.resume = std::move(resume);
        CheckJob job(store, *journal, control, std::move(options), sinks);
        const auto error = job.run();
        EXPECT_TRUE(report.finish());
        return error;
    };
    const auto cut = part({}, 30);
    ASSERT_TRUE(cut);
    EXPECT_EQ(cut->code(), ErrorCode::Cancelled);
    const auto found = journal->find(begun->id);
    ASSERT_TRUE(found && found->checkpoint);
    EXPECT_FALSE(part(found->checkpoint, 0));
    EXPECT_GT(told, 2000); // some were told twice
    const std::vector<Bytes> keys = keysIn(folder.path(), begun->id);
    EXPECT_EQ(keys.size(), 2000U);
    EXPECT_EQ(std::set<Bytes>(keys.begin(), keys.end()).size(), 2000U);
}

} // namespace
} // namespace kvscope
