// Experiments as jobs, and a serving trace replayed in the background.
#include "core/jobs/runreport.h"
#include "core/labrun/experimenttable.h"
#include "core/labrun/labjobspec.h"
#include "core/labrun/servingreplay.h"
#include "core/trace/servinggenerator.h"
#include "tests/support/await.h"
#include "tests/unit/llm/modelwriter.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope {
namespace {

struct ExperimentJobTest : testing::Test
{
    llm::test::TemporaryFile file{llm::test::RandomModel{}.write()};
    QTemporaryDir folder;
    JobQueue queue{folder.path()};

    ExperimentPlan plan() const
    {
        const auto model = llm::Model::load(file.path());
        EXPECT_TRUE(model);
        const ExperimentGrid grid{
            .policies = {llm::PolicyKind::Full, llm::PolicyKind::Window, llm::PolicyKind::Sinks},
            .budgets = {32},
            .formats = {{llm::KvType::F32}, {llm::KvType::Q8, llm::Rotation::Hadamard}}};
        Bytes passage;
        for (int i = 0; i < 60; ++i) passage += "the whale went down and came up again ";
        return {.model = *model,
                .rows = grid.rows(),
                .passage = passage,
                .window = 64,
                .windows = 2,
                .questions = 2,
                .wordsBetween = 5};
    }
    RunRecord recordOf(const QString &run) const
    {
        auto journal = Journal::open(folder.path());
        EXPECT_TRUE(journal);
        const auto record = journal->find(run);
        EXPECT_TRUE(record);
        return *record;
    }
};

TEST(ExperimentGrid, IsPolicyTimesBudgetTimesFormat)
{
    const ExperimentGrid grid{
        .policies = {llm::PolicyKind::Full, llm::PolicyKind::H2o, llm::PolicyKind::Sinks},
        .budgets = {64, 128},
        .formats = {{llm::KvType::F32}, {llm::KvType::Q4}}};
    const auto rows = grid.rows();
    ASSERT_EQ(rows.size(), (1 + 2 + 2) * 2U);
    EXPECT_EQ(rows[0].policy.text(), "full");
    EXPECT_EQ(rows[2].policy.text(), "h2o:64");
    EXPECT_EQ(rows.back().policy.text(), "sinks:4+124") << "sinks are part of the budget";
}

TEST_F(ExperimentJobTest, ItsTableStaysInTheJournalAndInItsReports)
{
    std::atomic<std::size_t> told{0};
    const int number =
        queue.start(experimentSpec(plan(), QStringLiteral("small.gguf"),
                                   [&](const std::shared_ptr<const ExperimentState> &) { ++told; }),
                    QStringLiteral("engine"), makeScratchStore());
    ASSERT_TRUE(test::eventually([&] { return !queue.find(number)->isActive(); }, 60'000));
    const JobState &job = *queue.find(number);
    EXPECT_FALSE(job.error);
    EXPECT_GT(told.load(), 6U);
    const RunRecord record = recordOf(job.run);
    EXPECT_EQ(record.kind, QString::fromLatin1(kExperimentJob));
    EXPECT_EQ(record.state, RunRecord::State::Done);
    const QJsonArray table = record.result[QLatin1String("table")].toArray();
    ASSERT_EQ(table.size(), 6);
    for (const QJsonValue &row : table) {
        EXPECT_GT(row[QLatin1String("perplexity")].toDouble(), 1);
        EXPECT_GT(row[QLatin1String("tokens_per_second")].toDouble(), 0);
        EXPECT_GT(row[QLatin1String("kv_bytes")].toInteger(), 0);
    }
    EXPECT_EQ(table[1][QLatin1String("rotation")].toString(), QStringLiteral("hadamard"));
    const QString path = folder.filePath(QStringLiteral("report.md"));
    ASSERT_TRUE(exportRunReport(folder.path(), record, path, ReportFormat::Markdown));
    QFile report(path);
    ASSERT_TRUE(report.open(QIODevice::ReadOnly));
    const QByteArray text = report.readAll();
    EXPECT_TRUE(text.contains("| kv | kv_bytes | perplexity | policy |")) << text.toStdString();
    EXPECT_TRUE(text.contains("window:32"));
}

TEST_F(ExperimentJobTest, IsPausedAndCancelled)
{
    ExperimentPlan endless = plan();
    endless.questions = 100'000;
    const int number = queue.start(experimentSpec(std::move(endless), QStringLiteral("small"), {}),
                                   QStringLiteral("engine"), makeScratchStore());
    ASSERT_TRUE(test::eventually([&] { return queue.find(number)->progress.done > 3; }, 60'000));
    queue.pause(number);
    EXPECT_TRUE(queue.find(number)->paused);
    queue.resume(number);
    queue.cancel(number);
    ASSERT_TRUE(test::eventually([&] { return !queue.find(number)->isActive(); }, 60'000));
    ASSERT_TRUE(queue.find(number)->error);
    EXPECT_EQ(queue.find(number)->error->code(), ErrorCode::Cancelled);
    EXPECT_EQ(recordOf(queue.find(number)->run).state, RunRecord::State::Cancelled);
}

TEST(ExperimentTable, HasOnlyWhatWasMeasured)
{
    ExperimentRow measured;
    measured.isMeasured = true;
    measured.perplexity = 6.5;
    measured.recall = 0.75;
    measured.tps = 1234;
    measured.bytes = 4096;
    const std::vector<ExperimentRow> rows{measured, {}};
    EXPECT_EQ(experimentMarkdown(rows),
              "| policy | KV | perplexity | fact recall | tokens/s | KV bytes |\n"
              "|---|---|---:|---:|---:|---:|\n"
              "| full | f32 | 6.50 | 0.75 | 1,234 | 4,096 |\n");
    EXPECT_EQ(experimentCsv(rows),
              "policy,kv,rotation,perplexity,recall,tokens_per_second,kv_bytes\n"
              "full,f32,none,6.5,0.75,1234,4096\n");
    EXPECT_EQ(experimentJson(rows).size(), 1);
}

TEST(ServingGenerator, MakesConversationsThatShareTheirBeginnings)
{
    const trace::ServingTrace made = trace::makeServingTrace();
    EXPECT_EQ(made.requests.size(), trace::ServingShape{}.requests);
    EXPECT_EQ(made.blocks, trace::makeServingTrace().blocks) << "the same every time";
    const auto all = trace::replayPrefixes(made, trace::PrefixPolicy::Lru, std::nullopt);
    ASSERT_TRUE(all);
    EXPECT_GT(all->hitRatio(), 0.5);
    EXPECT_EQ(all->references - all->hits, made.distinct) << "each block is new once";
}

TEST(ServingReplay, TellsACellForEverySizeAndPolicy)
{
    std::mutex mutex;
    std::shared_ptr<const ServingReplayState> last;
    {
        ServingReplay replay([&](const auto &state) {
            const std::scoped_lock lock(mutex);
            last = state;
        });
        replay.start({});
        ASSERT_TRUE(test::eventually(
            [&] {
                const std::scoped_lock lock(mutex);
                return last && !last->isRunning;
            },
            60'000));
    }
    EXPECT_FALSE(last->error);
    EXPECT_EQ(last->cells.size(), last->steps);
    const double bound = last->cells.front().result.hitRatio();
    for (const ReplayCell &cell : last->cells) {
        EXPECT_LE(cell.result.hitRatio(), bound);
        EXPECT_DOUBLE_EQ(cell.savedSeconds(1000),
                         static_cast<double>(cell.result.savedTokens) / 1000);
    }
}

TEST(ServingReplay, SaysWhatIsWrongWithAFile)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("trace.jsonl")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"input_length\": 5}\n");
    file.close();
    std::mutex mutex;
    std::shared_ptr<const ServingReplayState> last;
    ServingReplay replay([&](const auto &state) {
        const std::scoped_lock lock(mutex);
        last = state;
    });
    replay.start(file.fileName());
    ASSERT_TRUE(test::eventually([&] {
        const std::scoped_lock lock(mutex);
        return last && !last->isRunning;
    }));
    ASSERT_TRUE(last->error);
    EXPECT_EQ(last->error->code(), ErrorCode::FileUnreadable);
    EXPECT_TRUE(last->error->parameter(1).contains(QStringLiteral("line 1 has no hash_ids")));
}

TEST(ReplaySizes, AreRoundAscendingAndEndAtAll)
{
    const auto sizes = replaySizes(183'166, 14);
    EXPECT_TRUE(std::is_sorted(sizes.begin(), sizes.end()));
    EXPECT_EQ(sizes.front(), 200U);
    EXPECT_EQ(sizes.back(), 200'000U);
    EXPECT_EQ(replaySizes(1, 14), std::vector<std::size_t>{1});
}

} // namespace
} // namespace kvscope
