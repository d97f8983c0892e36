// Open keys against their rows, marks after changes, sync and resumed checks, through the window.
#include "tests/gui/jobs/jobsfixture.h"
#include "tests/support/redisserver.h"
#include "widgets/editor/freshnesschip.h"
#include "widgets/jobs/jobwords.h"

#include <QDir>
#include <QFile>
#include <QMenu>
#include <QTableWidget>

namespace kvscope::test {
namespace {

class FreshKeyTest : public JobsPageTest
{
  protected:
    void SetUp() override
    {
        JobsPageTest::SetUp();
        writeBinding(R"({"name": "users", "source": ")" + m_source.url().toStdString() + R"(",
            "rows": "SELECT id, name, age, updated_at FROM users",
            "lookup": "SELECT id, name, age, updated_at FROM users WHERE id = :id",
            "order": ["id"], "key": "user:{id}",
            "value": {"type": "json", "fields": ["name", "age"]}, "version": "updated_at"})");
    }

    /// Opens a key in the editor and waits for what its chip says.
    bool opensAs(const Bytes &key, const char *text)
    {
        m_window->navigator().open({.page = PageId::Browse, .key = key});
        return says(text);
    }
    FreshnessChip *chip() const
    {
        for (auto *each : m_window->findChildren<FreshnessChip *>())
            if (each->isVisible()) return each;
        return nullptr;
    }
    bool says(const char *text) const
    {
        return eventually(
            [&] { return chip() && chip()->text().startsWith(QString::fromUtf8(text)); });
    }
    bool hasMark(const Bytes &key) const { return desk().markOf(key).has_value(); }
    void runMenu(const QString &text)
    {
        auto *list = find<QTableView>("runTable");
        emit list->customContextMenuRequested(list->visualRect(runs().index(0, 0)).center());
        auto *menu = shown<QMenu>("runMenu");
        ASSERT_TRUE(menu);
        for (QAction *action : menu->actions())
            if (action->text() == text) return action->trigger();
        ADD_FAILURE() << text.toStdString();
    }
};

TEST_F(FreshKeyTest, AnOpenKeyTellsWhetherItSaysWhatItsRowSays)
{
    openUsers();
    warmUp();
    ASSERT_TRUE(opensAs("user:7", "fresh ✓"));
    m_source.run("UPDATE users SET age = 71 WHERE id = 7");
    ASSERT_TRUE(says("stale")); // it looks again by itself
    click(chip());
    ASSERT_TRUE(shown<QWidget>("sourcePanel"));
    auto *row = shown<QTableWidget>("sourceRow");
    ASSERT_TRUE(row);
    ASSERT_TRUE(eventually([&] { return row->rowCount() == 4; }));
    EXPECT_EQ(row->item(2, 0)->text(), QStringLiteral("age"));
    EXPECT_EQ(row->item(2, 1)->text(), QStringLiteral("71"));
    EXPECT_TRUE(shown<QWidget>("sourceDiff"));
    put("user:7", R"({"name":"name 7","age":71})");
    EXPECT_TRUE(says("fresh ✓"));
    m_source.run("DELETE FROM users WHERE id = 7");
    EXPECT_TRUE(says("no row"));
}

TEST_F(FreshKeyTest, AProductionStoresKeysTellWhatTheLastCheckSaidAndAskNothing)
{
    openUsers({.url = QStringLiteral("engine:?memory=256mb"), .production = true});
    put("user:7", R"({"name":"name 7","age":99})");
    ASSERT_TRUE(opensAs("user:7", "not checked"));
    press(Qt::Key_3);
    checkAtOnce();
    ASSERT_TRUE(eventually([&] { return hasMark("user:7"); }));
    ASSERT_TRUE(opensAs("user:7", "stale · "));
    m_source.run("UPDATE users SET age = 99 WHERE id = 7");
    chip()->noteChange();
    click(chip());
    ASSERT_TRUE(shown<QWidget>("sourcePanel"));
    EXPECT_TRUE(chip()->text().startsWith(QStringLiteral("stale · ")));
    EXPECT_TRUE(chip()->freshness()->row.empty());
}

TEST_F(FreshKeyTest, AMarkGoesOnceTheKeyIsChangedHere)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    put("user:6", R"({"name":"name 6","age":99})");
    checkAtOnce();
    ASSERT_TRUE(eventually([&] { return hasMark("user:5") && hasMark("user:6"); }));
    EXPECT_EQ(desk().markOf("user:5")->what, EntryClass::Stale);
    put("user:5", R"({"name":"name 5","age":5})");
    EXPECT_TRUE(eventually([&] { return !hasMark("user:5"); }));
    EXPECT_TRUE(hasMark("user:6"));
    EXPECT_TRUE(hasMark("user:7"));
}

TEST_F(FreshKeyTest, AMarkGoesOnceTheKeyIsRepairedAlsoForAWindowOpenedLater)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    put("user:6", R"({"name":"name 6","age":99})");
    checkAtOnce();
    ASSERT_TRUE(eventually([&] { return hasMark("user:5"); }));
    auto *table = find<QTableView>("differenceTable");
    table->setFocus();
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Return);
    ASSERT_TRUE(shown<QDialog>("repairDialog"));
    clickButton("repairRefill");
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    EXPECT_TRUE(eventually([&] { return !hasMark("user:5"); }));
    m_window = std::make_unique<MainWindow>(*m_session, m_profiles, m_settings);
    m_window->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    openUsers();
    ASSERT_TRUE(eventually([&] { return hasMark("user:6"); }));
    EXPECT_EQ(desk().markOf("user:6")->what, EntryClass::Stale);
    EXPECT_FALSE(hasMark("user:5"));
}

TEST_F(FreshKeyTest, KeepsAStoreInSyncAndTellsItsLag)
{
    RedisServer server;
    openUsers({.url = server.url()});
    warmUp();
    clickButton("syncButton");
    clickButton("startSync");
    // What changes from now on is followed.
    ASSERT_TRUE(
        eventually([&] { return lastJob().progress.phase.startsWith(QStringLiteral("In step")); }));
    m_source.run("UPDATE users SET age = 71, updated_at = datetime('now', '+1 second') "
                 "WHERE id = 7");
    ASSERT_TRUE(eventually([&] {
        return server.run({"GET", "user:7"}) == R"({"name":"name 7","age":71})";
    }));
    ASSERT_TRUE(eventually([&] { return lastJob().progress.lagMs.has_value(); }));
    const auto row = [&] { return runs().index(0, RunModel::Result).data().toString(); };
    EXPECT_TRUE(eventually([&] { return row().contains(QStringLiteral("lag ")); }))
        << row().toStdString();
    // Its curve stands where the ages were, with what was promised.
    EXPECT_TRUE(shown<QWidget>("lagPlot"));
    EXPECT_FALSE(find<QWidget>("ageChart")->isVisible());
    EXPECT_TRUE(find<QLabel>("lagP50")->text().startsWith(QStringLiteral("p50 ")));
    EXPECT_TRUE(find<QLabel>("lagP99")->text().startsWith(QStringLiteral("p99 ")));
    EXPECT_EQ(find<QLabel>("lagStated")->text(), QStringLiteral("stated 1 s"));
    desk().queue().cancelAll();
    ASSERT_TRUE(jobsEnd());
    ASSERT_TRUE(listsRun(QStringLiteral("sync"), RunRecord::State::Cancelled));
    EXPECT_TRUE(row().contains(QStringLiteral("(p99)"))) << row().toStdString();
}

TEST_F(FreshKeyTest, GoesOnWithACheckThatWasCancelled)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    clickButton("checkOptionsButton");
    auto *field = shown<QLineEdit>("recheckField");
    ASSERT_TRUE(field);
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("5s"));
    clickButton("startCheck");
    ASSERT_TRUE(eventually([&] {
        return lastJob().progress.phase == QStringLiteral("Looking again at what differed");
    }));
    clickButton("jobCancel"); // while it waits to look again
    ASSERT_TRUE(listsRun(QStringLiteral("check"), RunRecord::State::Cancelled));
    const int count = runs().count();
    runMenu(deedName(RunModel::Deed::Resume));
    ASSERT_TRUE(listsRun(QStringLiteral("check"), RunRecord::State::Done));
    EXPECT_EQ(runs().count(), count);
    const RunRecord &record = *runs().run(runs().index(0, 0));
    EXPECT_EQ(countsOf(record.result)[EntryClass::Stale], 1);
    EXPECT_EQ(countsOf(record.result)[EntryClass::Match], 299);
    EXPECT_TRUE(eventually([&] { return differences().rowCount() == 1; }));
}

TEST_F(FreshKeyTest, AJobsOwnReadsMoveNoHitRatio)
{
    RedisServer server;
    openUsers({.url = server.url()});
    warmUp();
    server.run({"DEL", "user:6"});
    const auto net = [&]() -> std::pair<std::int64_t, std::int64_t> {
        const auto sample = await<TelemetrySample>([&](Callback<TelemetrySample> done) {
            m_session->store()->telemetry().sample(std::move(done));
        });
        if (!sample || !sample->hits) return {-1, -1};
        return {std::int64_t(*sample->hits - sample->ownHits),
                std::int64_t(*sample->misses - sample->ownMisses)};
    };
    const auto before = net();
    ASSERT_NE(before.first, -1);
    const std::string hitsBefore = server.run({"INFO", "stats"});
    checkAtOnce();
    EXPECT_EQ(figure("card_match"), QStringLiteral("299"));
    EXPECT_NE(server.run({"INFO", "stats"}), hitsBefore);
    EXPECT_EQ(net(), before);
    server.run({"GET", "user:7"}); // somebody else's
    EXPECT_EQ(net(), std::make_pair(before.first + 1, before.second));
}

} // namespace
} // namespace kvscope::test
