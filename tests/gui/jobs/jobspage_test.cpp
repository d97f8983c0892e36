// The Jobs page: check, warm up, repair, undo, pause, resume, export.
#include "tests/gui/jobs/jobsfixture.h"
#include "tests/support/redisserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>

namespace kvscope::test {
namespace {

class FirstStartTest : public JobsPageTest
{
  protected:
    FirstStartTest() { m_ownBinding = false; }
};

TEST_F(FirstStartTest, OffersABindingOfTheDemoDatabaseThatCanBeCheckedAtOnce)
{
    openJobs({.url = QStringLiteral("engine:?memory=8mb")});
    ASSERT_TRUE(eventually(
        [&] { return find<QLabel>("bindingName")->text() == QStringLiteral("documents"); }));
    checkAtOnce();
    ASSERT_FALSE(lastJob().error);
    EXPECT_EQ(figure("card_missing"), QStringLiteral("5,000"));
    EXPECT_EQ(figure("card_match"), QStringLiteral("0"));
}

TEST_F(JobsPageTest, WarmsUpAndThenFindsThatAllAgree)
{
    openUsers();
    warmUp();
    EXPECT_EQ(valueOf("user:7"), R"({"name":"name 7","age":7})");
    EXPECT_TRUE(listsRun(QStringLiteral("warm"), RunRecord::State::Done));
    checkAtOnce();
    EXPECT_EQ(figure("card_match"), QStringLiteral("300"));
    EXPECT_EQ(figure("card_nines"), QStringLiteral("all agree"));
    EXPECT_TRUE(find<QLabel>("differencesEmpty")->isVisible());
}

TEST_F(JobsPageTest, ADryRunWritesNothing)
{
    openUsers();
    clickButton("dryRunButton");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(lastJob().result.value(QLatin1String("written")).toInt(), 300);
    EXPECT_EQ(valueOf("user:7"), "");
}

TEST_F(JobsPageTest, ListsWhatDiffersWithTheStretchesThatDo)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    put("user:999", "{}");
    checkAtOnce();
    EXPECT_EQ(figure("card_stale"), QStringLiteral("1"));
    EXPECT_EQ(figure("card_orphan"), QStringLiteral("1"));
    EXPECT_EQ(figure("card_match"), QStringLiteral("299"));
    ASSERT_EQ(differences().rowCount(), 2);
    const QModelIndex first = differences().index(0, 0);
    EXPECT_EQ(differences().difference(first)->key, "user:5");
    const ComparedLines lines = differences().lines(first);
    ASSERT_EQ(lines.cacheChanged.size(), 1U);
    EXPECT_EQ(lines.cache.mid(lines.cacheChanged[0].begin, lines.cacheChanged[0].length),
              QStringLiteral("99"));
    EXPECT_EQ(lines.source.mid(lines.sourceChanged[0].begin, lines.sourceChanged[0].length),
              QStringLiteral("5"));
    // The version is a time, so the age is known.
    EXPECT_GE(differences().difference(first)->ageMs.value_or(0), 14'000);
    // A card filters.
    click(find<ClassCard>("card_orphan"));
    ASSERT_EQ(differences().rowCount(), 1);
    EXPECT_EQ(differences().difference(differences().index(0, 0))->key, "user:999");
}

TEST_F(JobsPageTest, RepairsOneEntryByKeysAndUndoesIt)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    checkAtOnce();
    auto *table = find<QTableView>("differenceTable");
    table->setFocus();
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Return);
    ASSERT_TRUE(shown<QDialog>("repairDialog"));
    clickButton("repairRefill");
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(valueOf("user:5"), R"({"name":"name 5","age":5})");
    EXPECT_TRUE(eventually([&] { return differences().isRepaired(differences().index(0, 0)); }));
    auto *again = find<QPushButton>("repairSelected");
    EXPECT_TRUE(table->selectionModel()->isRowSelected(0));
    EXPECT_FALSE(again->isEnabled()) << "nothing is left to repair";

    ASSERT_TRUE(listsRun(QStringLiteral("repair"), RunRecord::State::Done));
    auto *list = find<QTableView>("runTable");
    const auto deeds = runs().deeds(runs().index(0, 0));
    ASSERT_NE(std::find(deeds.begin(), deeds.end(), RunModel::Deed::Undo), deeds.end());
    list->setFocus();
    list->setCurrentIndex(runs().index(0, 0));
    emit list->customContextMenuRequested(list->visualRect(runs().index(0, 0)).center());
    auto *menu = shown<QMenu>("runMenu");
    ASSERT_TRUE(menu);
    for (QAction *action : menu->actions())
        if (action->text() == deedName(RunModel::Deed::Undo)) action->trigger();
    ASSERT_TRUE(shown<QDialog>("confirmUndo"));
    clickButton("confirmButton");
    ASSERT_TRUE(listsRun(QStringLiteral("undo"), RunRecord::State::Done));
    EXPECT_EQ(valueOf("user:5"), R"({"name":"name 5","age":99})");
    EXPECT_FALSE(differences().isRepaired(differences().index(0, 0))) << "it differs again";
    EXPECT_TRUE(table->selectionModel()->isRowSelected(0));
    EXPECT_TRUE(again->isEnabled());
}

TEST_F(JobsPageTest, PausesAndCancelsFromTheFootAndResumesWhereItStopped)
{
    openUsers();
    find<QToolButton>("bindingMenuButton")->menu()->actions().front()->trigger();
    auto *rate = shown<QLineEdit>("rateField");
    ASSERT_TRUE(rate);
    QTest::keyClicks(rate, QStringLiteral("40"));
    clickButton("startWarmup");
    ASSERT_TRUE(shown<QWidget>("jobStrip"));
    ASSERT_TRUE(eventually([&] { return lastJob().progress.done > 0; }));
    clickButton("jobPause");
    EXPECT_TRUE(lastJob().paused);
    EXPECT_TRUE(find<QLabel>("jobText")->text().contains(QStringLiteral("paused")));
    clickButton("jobCancel");
    ASSERT_TRUE(listsRun(QStringLiteral("warm"), RunRecord::State::Cancelled));
    EXPECT_TRUE(isGone("jobStrip"));
    EXPECT_EQ(valueOf("user:300"), "");

    ASSERT_TRUE(runs().run(runs().index(0, 0))->mayResume());
    auto *list = find<QTableView>("runTable");
    emit list->customContextMenuRequested(list->visualRect(runs().index(0, 0)).center());
    auto *menu = shown<QMenu>("runMenu");
    ASSERT_TRUE(menu);
    menu->actions().back()->trigger(); // Resume: as slow as it was asked to be
    ASSERT_TRUE(eventually([&] { return lastJob().phase == JobState::Phase::Running; }));
    EXPECT_EQ(runs().count(), 1);
    ASSERT_TRUE(listsRun(QStringLiteral("warm"), RunRecord::State::Done));
    EXPECT_EQ(valueOf("user:300"), R"({"name":"name 300","age":30})");
}

TEST_F(JobsPageTest, AReadOnlyStoreSaysWhyNothingCanBeWritten)
{
    openUsers({.url = QStringLiteral("engine:"), .readOnly = true});
    EXPECT_FALSE(find<QPushButton>("warmUpButton")->isEnabled());
    EXPECT_TRUE(find<QPushButton>("warmUpButton")
                    ->toolTip()
                    .contains(QStringLiteral("read-only"), Qt::CaseInsensitive));
    EXPECT_TRUE(find<QPushButton>("checkButton")->isEnabled());
}

TEST_F(JobsPageTest, AProductionStoreAsksBeforeItIsWrittenTo)
{
    openUsers({.url = QStringLiteral("engine:"), .production = true});
    clickButton("warmUpButton");
    ASSERT_TRUE(shown<QDialog>("confirmProduction"));
    EXPECT_FALSE(find<QPushButton>("confirmButton")->isEnabled()) << "the store's name comes first";
    clickButton("cancelButton");
    EXPECT_EQ(desk().queue().jobs().size(), 0U);
    EXPECT_EQ(valueOf("user:7"), "");
}

TEST_F(JobsPageTest, TakesAReportAlongAsJsonAndAsMarkdown)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    checkAtOnce();
    ASSERT_TRUE(listsRun(QStringLiteral("check"), RunRecord::State::Done));
    auto *list = find<QTableView>("runTable");
    list->setFocus();
    list->setCurrentIndex(runs().index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_TRUE(shown<QDialog>("reportDialog"));
    EXPECT_TRUE(shown<QPushButton>("closeButton")->hasFocus()) << "Return closes it";
    for (const auto &[button, file] :
         {std::pair("exportJson", "out.json"), std::pair("exportMarkdown", "out.md")}) {
        clickButton(button);
        auto *dialog = shown<QFileDialog>("fileDialog");
        ASSERT_TRUE(dialog);
        const QString path = m_state.filePath(QString::fromLatin1(file));
        emit dialog->fileSelected(path);
        dialog->reject();
        ASSERT_TRUE(eventually([&] { return QFile::exists(path); }));
        ASSERT_TRUE(isGone("fileDialog"));
    }
    const QJsonObject report =
        QJsonDocument::fromJson(fileText(m_state.filePath(QStringLiteral("out.json")))).object();
    EXPECT_EQ(report.value(QLatin1String("kind")).toString(), QStringLiteral("check"));
    EXPECT_EQ(
        report[QLatin1String("result")][QLatin1String("counts")][QLatin1String("stale")].toInt(),
        1);
    EXPECT_EQ(report[QLatin1String("differences")][0][QLatin1String("key")].toString(),
              QStringLiteral("user:5"));
    const QByteArray text = fileText(m_state.filePath(QStringLiteral("out.md")));
    EXPECT_TRUE(text.contains("| stale | 1 |")) << text.constData();
    EXPECT_TRUE(text.contains("user:5"));
}

TEST_F(JobsPageTest, ASecondWindowShowsTheLastChecksFindings)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    checkAtOnce();
    m_window = std::make_unique<MainWindow>(*m_session, m_profiles, m_settings);
    m_window->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    openUsers();
    EXPECT_TRUE(eventually([&] { return differences().rowCount() == 1; }));
    EXPECT_EQ(figure("card_stale"), QStringLiteral("1"));
}

TEST_F(JobsPageTest, ChecksByTheScheduleWhileTheWindowRuns)
{
    openUsers();
    clickButton("scheduleButton");
    ASSERT_TRUE(shown<QDialog>("scheduleDialog"));
    clickButton("scheduleOn");
    EXPECT_TRUE(shown<QLabel>("scheduleChip"));
    const QString path = desk().bindings().items().front().path;
    const auto item = desk().schedule().find(path, desk().target().storeName);
    ASSERT_TRUE(item);
    desk().schedule().tick(item->nextMs - 1);
    EXPECT_EQ(desk().queue().activeCount(), 0);
    desk().schedule().tick(item->nextMs);
    EXPECT_EQ(desk().queue().activeCount(), 1);
    desk().queue().cancelAll();
    ASSERT_TRUE(jobsEnd());
}

TEST_F(JobsPageTest, KeysWearWhatTheLastCheckSaidOfThem)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    put("other", "1");
    checkAtOnce();
    ASSERT_TRUE(eventually([&] { return desk().markOf("user:5").has_value(); }));
    EXPECT_EQ(desk().markOf("user:5")->what, EntryClass::Stale);
    EXPECT_EQ(desk().markOf("user:6")->what, EntryClass::Match);
    EXPECT_FALSE(desk().markOf("other"));
    // Another store has said nothing yet.
    m_window->openProfile({.url = QStringLiteral("redis://localhost:1")});
    EXPECT_FALSE(desk().markOf("user:5"));
}

TEST_F(JobsPageTest, MarksItsRunsOnTheLiveCharts)
{
    openUsers();
    warmUp();
    bool marked = false;
    for (const EventMark &mark : m_session->live()->history().marks())
        marked |= mark.kind == EventMark::Kind::Job && mark.name.contains(QStringLiteral("users"));
    EXPECT_TRUE(marked);
}

TEST_F(JobsPageTest, ChecksAndRepairsARealRedis)
{
    RedisServer server;
    openUsers({.url = server.url()});
    warmUp();
    EXPECT_EQ(server.run({"GET", "user:7"}), R"({"name":"name 7","age":7})");
    server.run({"SET", "user:5", R"({"name":"name 5","age":99})"});
    server.run({"DEL", "user:6"});
    checkAtOnce();
    EXPECT_EQ(figure("card_stale"), QStringLiteral("1"));
    EXPECT_EQ(figure("card_missing"), QStringLiteral("1"));
    auto *table = find<QTableView>("differenceTable");
    table->setFocus();
    table->selectAll();
    clickButton("repairSelected");
    ASSERT_TRUE(shown<QDialog>("repairDialog"));
    clickButton("repairRefill");
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(server.run({"GET", "user:5"}), R"({"name":"name 5","age":5})");
    EXPECT_EQ(server.run({"GET", "user:6"}), R"({"name":"name 6","age":6})");
}

TEST_F(JobsPageTest, AJobGoesOnWhenTheWindowTurnsToAnotherStore)
{
    RedisServer server;
    openUsers({.url = server.url()});
    find<QToolButton>("bindingMenuButton")->menu()->actions().front()->trigger();
    auto *rate = shown<QLineEdit>("rateField");
    ASSERT_TRUE(rate);
    QTest::keyClicks(rate, QStringLiteral("200"));
    clickButton("startWarmup");
    ASSERT_TRUE(eventually([&] { return lastJob().progress.done > 0; }));
    m_window->openProfile({.url = QStringLiteral("engine:")});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    ASSERT_TRUE(jobsEnd());
    EXPECT_FALSE(lastJob().error);
    EXPECT_EQ(server.run({"DBSIZE"}), "300");
    EXPECT_EQ(valueOf("user:7"), "");
}

} // namespace
} // namespace kvscope::test
