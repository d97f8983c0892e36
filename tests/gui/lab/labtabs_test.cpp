// The Lab page's other tabs: experiments and capacity.
#include "tests/gui/lab/labfixture.h"

#include "widgets/lab/capacityview.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/experimentview.h"
#include "widgets/lab/replaychart.h"
#include "widgets/lab/replayview.h"

#include "core/jobs/journal.h"

#include <QJsonArray>

#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

namespace kvscope::test {

struct LabTabsTest : LabPageTest
{
    void openExperiments()
    {
        stopExample();
        click(find("experimentTab"));
        ASSERT_TRUE(shown<QTableView>("experimentTable"));
    }
    /// Leaves only full and window, only f32, at 64 cells.
    void chooseFew()
    {
        for (const char *chip : {"policyChip2", "policyChip3", "policyChip4", "policyChip5",
                                 "policyChip6", "formatChip3"})
            click(find(chip));
        auto *budgets = find<QLineEdit>("budgets");
        budgets->setFocus();
        budgets->selectAll();
        QTest::keyClicks(budgets, QStringLiteral("64"));
    }
    ExperimentView &view() const { return page().experiments(); }
};

TEST_F(LabTabsTest, TheTableListsPolicyTimesBudgetTimesBits)
{
    openExperiments();
    EXPECT_EQ(view().model().rowCount(), 7 * 2);
    chooseFew();
    EXPECT_EQ(view().model().rowCount(), 2);
    auto *budgets = find<QLineEdit>("budgets");
    QTest::keyClicks(budgets, QStringLiteral(", 128"));
    EXPECT_EQ(view().model().rowCount(), 3);
    click(find("formatChip2"));
    EXPECT_EQ(view().model().rowCount(), 6);
}

TEST_F(LabTabsTest, WithNothingChosenThereIsNothingToMeasure)
{
    openExperiments();
    chooseFew();
    const auto *run = find<QPushButton>("runExperiment");
    EXPECT_TRUE(run->isEnabled());
    click(find("formatChip0"));
    EXPECT_EQ(view().model().rowCount(), 0);
    EXPECT_FALSE(run->isEnabled());
}

TEST_F(LabTabsTest, AnExperimentMeasuresEveryRowAndItsTableIsSaved)
{
    openExperiments();
    chooseFew();
    click(find("runExperiment"));
    ASSERT_TRUE(eventually([&] { return view().isRunning(); }));
    EXPECT_EQ(find<QPushButton>("runExperiment")->text(), QStringLiteral("Cancel"));
    ASSERT_TRUE(eventually([&] { return !view().isRunning(); }, 180'000));
    const std::vector<ExperimentRow> &rows = view().model().rows();
    ASSERT_EQ(rows.size(), 2U);
    for (const ExperimentRow &row : rows) {
        EXPECT_TRUE(row.isMeasured);
        EXPECT_GT(row.perplexity, 1);
        EXPECT_GE(row.recall, 0);
        EXPECT_LE(row.recall, 1);
        EXPECT_GT(row.tps, 0);
    }
    EXPECT_EQ(rows[0].bytes, 8 * rows[1].bytes) << "512 cells against 64";
    EXPECT_TRUE(text("experimentFinding").contains(QStringLiteral("of perplexity")));
    const QString path = m_state.filePath(QStringLiteral("experiments.csv"));
    trigger("labExport", "exportExperiments");
    answerFileDialog(path);
    ASSERT_TRUE(eventually([&] { return fileText(path).count('\n') == 3; }));
    EXPECT_TRUE(fileText(path).contains("window:64,f32,none,"));
}

TEST_F(LabTabsTest, AnExperimentIsCancelledByEscapeAndSaysSo)
{
    openExperiments();
    click(find("runExperiment"));
    ASSERT_TRUE(eventually([&] { return view().isRunning(); }));
    find("runExperiment")->setFocus();
    QTest::keyClick(find("runExperiment"), Qt::Key_Escape);
    ASSERT_TRUE(eventually([&] { return !view().isRunning(); }));
    EXPECT_TRUE(text("experimentStatus").startsWith(QStringLiteral("Cancelled after")));
}

TEST_F(LabTabsTest, AnExperimentGoesOnWhileAnotherPageIsInFrontAndLeavesARun)
{
    openExperiments();
    chooseFew();
    click(find("runExperiment"));
    ASSERT_TRUE(eventually([&] { return view().isRunning(); }));
    press(Qt::Key_3);
    // The page is built anew in another language; the work is not begun anew.
    applyLanguage(QStringLiteral("zh_CN"));
    applyLanguage(QStringLiteral("en"));
    press(Qt::Key_4);
    ASSERT_TRUE(shown<LabPage>("labPage"));
    click(find("experimentTab"));
    ASSERT_TRUE(eventually([&] { return !view().isRunning(); }, 180'000));
    EXPECT_TRUE(text("experimentStatus").startsWith(QStringLiteral("Took")));
    ASSERT_EQ(view().model().rowCount(), 2);
    EXPECT_TRUE(view().model().rows()[1].isMeasured);
    auto journal = Journal::open(m_state.path());
    ASSERT_TRUE(journal);
    const auto runs = journal->runs();
    ASSERT_TRUE(runs && !runs->empty());
    EXPECT_EQ(runs->front().kind, QStringLiteral("lab-experiment"));
    EXPECT_EQ(runs->front().result[QLatin1String("table")].toArray().size(), 2);
}

TEST_F(LabTabsTest, AnExperimentIsPausedAndGoesOn)
{
    openExperiments();
    chooseFew();
    click(find("runExperiment"));
    auto *pause = shown<QToolButton>("pauseExperiment");
    ASSERT_TRUE(pause);
    click(pause);
    ASSERT_TRUE(
        eventually([&] { return text("experimentStatus").startsWith(QStringLiteral("paused")); }));
    click(pause);
    ASSERT_TRUE(eventually([&] { return !view().isRunning(); }, 180'000));
    EXPECT_TRUE(view().model().rows()[1].isMeasured);
}

TEST_F(LabTabsTest, RotationAddsARowForEachQuantisedFormat)
{
    openExperiments();
    const int before = view().model().rowCount();
    click(find("rotatedChip"));
    EXPECT_EQ(view().model().rowCount(), before * 3 / 2) << "int4 twice, f32 once";
}

TEST_F(LabTabsTest, AServingTraceBecomesCurvesATableAndTimeSaved)
{
    stopExample();
    click(find("replayTab"));
    auto *replay = shown<ReplayView>("replayView");
    ASSERT_TRUE(replay);
    click(find("madeUpTrace"));
    ASSERT_TRUE(eventually(
        [&] {
            return !replay->isRunning() &&
                   text("traceSource").startsWith(QStringLiteral("A made-up trace: 6,000")) &&
                   replay->chart().pointCount(trace::PrefixPolicy::Lru) > 0;
        },
        60'000));
    for (const trace::PrefixPolicy policy : trace::prefixPolicies())
        ASSERT_GT(replay->chart().pointCount(policy), 8);
    auto *table = find<QTableWidget>("replayTable");
    EXPECT_EQ(table->rowCount(), replay->chart().pointCount(trace::PrefixPolicy::Lru) + 1);
    const QString slow = table->item(table->rowCount() - 1, 4)->text();
    type("prefillRate", 100'000);
    EXPECT_NE(table->item(table->rowCount() - 1, 4)->text(), slow);
    EXPECT_TRUE(text("replayFinding").contains(QStringLiteral("At 100,000 tokens/s")));
    table->setFocus();
    table->setCurrentCell(0, 0);
    EXPECT_TRUE(text("replayFinding")
                    .startsWith(QStringLiteral("With %1 blocks").arg(table->item(0, 0)->text())));
    const QString path = m_state.filePath(QStringLiteral("replay.csv"));
    page().saveTable(LabPage::Figure::Replay, path);
    ASSERT_TRUE(eventually([&] { return fileText(path).startsWith("policy,blocks,"); }));
}

TEST_F(LabTabsTest, CapacityFollowsTheModelAndEachMeasureAddsUsers)
{
    click(find("capacityTab"));
    auto *models = shown<QTableWidget>("capacityModels");
    ASSERT_TRUE(models);
    EXPECT_TRUE(text("capacitySource").startsWith(QStringLiteral("Llama 3.1 8B: config.json of")));
    const auto &steps = find<CapacityLadder>("capacityLadder")->steps();
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0].users, 57);
    EXPECT_GT(steps[1].users, steps[0].users);
    EXPECT_GT(steps[2].users, steps[1].users);
    EXPECT_GT(steps[3].users, steps[2].users);
    models->setFocus();
    QTest::keyClick(models, Qt::Key_Down);
    EXPECT_TRUE(text("capacitySource").startsWith(QStringLiteral("Llama 3.1 70B")));
    EXPECT_TRUE(text("capacityUsers").startsWith(QStringLiteral("The weights do not fit")));
    type("gpus", 4);
    EXPECT_TRUE(text("capacityUsers").endsWith(QStringLiteral("users on 4 GPUs")));
}

} // namespace kvscope::test
