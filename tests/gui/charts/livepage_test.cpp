// LivePage: the real page over the built-in engine, driven by keys, clicks and the mouse.
#include "core/scenario/livesession.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "widgets/base/theme.h"
#include "widgets/charts/timechart.h"
#include "widgets/live/latencypanel.h"
#include "widgets/live/livepage.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

namespace kvscope {
namespace {

class LivePageTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        applyTheme(ThemeChoice::Dark);
        auto made = factory.make(QString::fromLatin1(kDemoEngineUrl), Access::ReadWrite);
        ASSERT_TRUE(made);
        store = std::move(*made);
        store->open();
        session = std::make_unique<LiveSession>(*store, ScenarioOptions{.rate = 2000});
        page.resize(1280, 800);
        page.setSession(session.get());
        page.show();
    }
    void TearDown() override { page.setSession(nullptr); }

    template<class T>
    T *child(const char *name)
    {
        T *found = page.findChild<T *>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    TimeChart *chart(const char *name) { return child<TimeChart>(name); }
    std::size_t samples() const { return session->history().series(Metric::Reads).size(); }
    bool waitForSamples(std::size_t count)
    {
        return test::eventually([&] { return samples() >= count; });
    }
    /// Moves the mouse over a chart, as Qt delivers it.
    void hover(TimeChart *over, QPoint position)
    {
        QMouseEvent move(QEvent::MouseMove, position, over->plot()->mapToGlobal(position),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(over->plot(), &move);
    }

    StoreFactory factory;
    std::unique_ptr<Store> store;
    std::unique_ptr<LiveSession> session;
    LivePage page;
};

constexpr std::array<const char *, 6> kCharts{"hitRatioChart", "latencyChart",   "operationsChart",
                                              "memoryChart",   "evictionsChart", "sourceChart"};

TEST_F(LivePageTest, FillsSixChartsFromScenarioTraffic)
{
    QTest::mouseClick(child<QPushButton>("scenarioToggle"), Qt::LeftButton);
    ASSERT_TRUE(test::eventually(
        [&] { return session->history().series(Metric::HitRatio).latest(2000).has_value(); }));
    ASSERT_TRUE(waitForSamples(4));
    for (const char *name : kCharts) EXPECT_GE(chart(name)->pointCount(0), 3) << name;
    EXPECT_TRUE(chart("hitRatioChart")->headline().endsWith(QStringLiteral(" %")))
        << chart("hitRatioChart")->headline().toStdString();
    EXPECT_TRUE(chart("operationsChart")->headline().contains(QStringLiteral("/s")));
    EXPECT_TRUE(child<QLabel>("scenarioNote")->text().contains(QStringLiteral("simulated: 10 ms")));
    EXPECT_EQ(child<QPushButton>("scenarioToggle")->text(), QStringLiteral("Stop"));
}

TEST_F(LivePageTest, HoldsTheViewOnSpaceWhileSamplingGoesOn)
{
    ASSERT_TRUE(waitForSamples(2));
    page.setFocus();
    QTest::keyClick(&page, Qt::Key_Space);
    EXPECT_TRUE(page.axis().isPaused());
    EXPECT_TRUE(child<QPushButton>("pause")->isChecked());
    const std::int64_t to = page.axis().toMs();
    const std::size_t before = samples();
    ASSERT_TRUE(waitForSamples(before + 2));
    EXPECT_EQ(page.axis().toMs(), to);
    QTest::mouseClick(child<QPushButton>("pause"), Qt::LeftButton);
    EXPECT_FALSE(page.axis().isPaused());
}

TEST_F(LivePageTest, ReadsEveryChartAtTheCursorOfOne)
{
    ASSERT_TRUE(waitForSamples(4));
    TimeChart *memory = chart("memoryChart");
    const Series &operations = session->history().series(Metric::Reads);
    const std::int64_t moment = operations[2].wallMs;
    const int x =
        static_cast<int>(memory->plot()->xAxis->coordToPixel(static_cast<double>(moment) / 1000));
    hover(memory, {x, memory->plot()->height() / 2});
    ASSERT_TRUE(page.axis().cursor());
    EXPECT_NEAR(static_cast<double>(*page.axis().cursor() - moment), 0, 1000);
    EXPECT_TRUE(child<QLabel>("times")->text().contains(QStringLiteral("cursor")));
    EXPECT_NE(chart("operationsChart")->headline(), QStringLiteral("—"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(memory->plot(), &leave);
    EXPECT_FALSE(page.axis().cursor());
}

TEST_F(LivePageTest, PansAllChartsTogetherAndFollowsAgainOnADoubleClick)
{
    ASSERT_TRUE(waitForSamples(2));
    QTest::keyClick(&page, Qt::Key_Left);
    EXPECT_FALSE(page.axis().isFollowing());
    for (const char *name : kCharts) {
        const QCPRange range = chart(name)->plot()->xAxis->range();
        EXPECT_NEAR(range.lower, static_cast<double>(page.axis().fromMs()) / 1000, 1e-6) << name;
    }
    EXPECT_TRUE(child<QPushButton>("follow")->isVisible());
    QTest::mouseDClick(chart("latencyChart")->plot(), Qt::LeftButton);
    EXPECT_TRUE(page.axis().isFollowing());
    EXPECT_FALSE(child<QPushButton>("follow")->isVisible());
}

TEST_F(LivePageTest, SwitchesThePolicyAtOnceAndMarksIt)
{
    auto *policy = child<QComboBox>("policy");
    ASSERT_GE(policy->count(), 2);
    ASSERT_EQ(store->engineControl()->policy(), QStringLiteral("lru"));
    policy->setFocus();
    QTest::keyClick(policy, Qt::Key_Down);
    EXPECT_EQ(store->engineControl()->policy(), QStringLiteral("lfu"));
    ASSERT_FALSE(session->history().marks().empty());
    EXPECT_EQ(session->history().marks().back().kind, EventMark::Kind::Engine);
    EXPECT_EQ(session->history().marks().back().name, QStringLiteral("policy LFU"));
}

TEST_F(LivePageTest, ChangesTheBudgetWhenTheSliderRests)
{
    auto *budget = child<QSlider>("budget");
    ASSERT_EQ(store->engineControl()->memoryBytes(), 8U << 20U);
    QTest::keyClick(budget, Qt::Key_Left);
    QTest::keyClick(budget, Qt::Key_Left);
    ASSERT_TRUE(
        test::eventually([&] { return store->engineControl()->memoryBytes() == 4U << 20U; }));
    ASSERT_EQ(session->history().marks().size(), 1U) << "one mark for one gesture";
    EXPECT_EQ(child<QLabel>("budgetText")->text(), QStringLiteral("4 MB"));
}

TEST_F(LivePageTest, SavesEverySampleAsCsv)
{
    ASSERT_TRUE(waitForSamples(3));
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("live.csv"));
    QString saved;
    QObject::connect(&page, &LivePage::exported, &page, [&](const QString &file) { saved = file; });
    const std::size_t count = samples();
    page.saveTable(path);
    ASSERT_TRUE(test::eventually([&] { return !saved.isEmpty(); }));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    EXPECT_EQ(static_cast<std::size_t>(lines.size()), count + 1);
    EXPECT_TRUE(lines[0].startsWith("time,hit_ratio,hit_ratio_raw,"));
    for (const QByteArray &line : lines) EXPECT_EQ(line.count(','), lines[0].count(','));
}

TEST_F(LivePageTest, SavesThePageAsAPicture)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("live.png"));
    QString saved;
    QObject::connect(&page, &LivePage::exported, &page, [&](const QString &file) { saved = file; });
    page.savePicture(path);
    ASSERT_TRUE(test::eventually([&] { return !saved.isEmpty(); }));
    const int above = child<QWidget>("liveToolbar")->height();
    const int figures = child<QScrollArea>("livePanels")->widget()->height();
    EXPECT_EQ(QImage(path).size(), QSize(page.width(), std::max(page.height() - above, figures)));

    auto *notice = child<QLabel>("savedNotice");
    EXPECT_TRUE(notice->isVisible());
    EXPECT_TRUE(notice->text().contains(path));
    auto *time = child<QTimer>("savedTime");
    ASSERT_TRUE(time->isActive());
    time->start(0);
    EXPECT_TRUE(test::eventually([&] { return !notice->isVisible(); }));
}

TEST_F(LivePageTest, APictureHasTheFiguresWholeWhereverTheyAreScrolledTo)
{
    page.resize(1024, 420);
    ASSERT_TRUE(waitForSamples(2));
    QTest::keyClick(&page, Qt::Key_Space); // figures that change would differ anyway
    auto *side = child<QScrollArea>("livePanels");
    QScrollBar *bar = side->verticalScrollBar();
    ASSERT_TRUE(test::eventually([&] { return bar->maximum() > 0; }));
    const QTemporaryDir folder;
    QString saved;
    QObject::connect(&page, &LivePage::exported, &page, [&](const QString &file) { saved = file; });
    const auto figures = [&](int scrolledTo) {
        bar->setValue(scrolledTo);
        saved.clear();
        const QString path = folder.filePath(QString::number(scrolledTo) + QLatin1String(".png"));
        page.savePicture(path);
        EXPECT_TRUE(test::eventually([&] { return !saved.isEmpty(); }));
        const QImage picture(path);
        return picture.copy(side->x(), 0, side->widget()->width(), picture.height());
    };
    const QImage top = figures(0);
    EXPECT_EQ(top.height(), side->widget()->height());
    EXPECT_EQ(top, figures(bar->maximum()));
    const auto *last = child<QWidget>("scenarioPanel");
    const QRect place(last->mapTo(side->widget(), QPoint()), last->size());
    EXPECT_TRUE(top.rect().contains(place));
}

TEST_F(LivePageTest, SaysSoWhereAFileCannotBeWritten)
{
    page.saveTable(QStringLiteral("/nowhere/at/all/live.csv"));
    EXPECT_TRUE(test::eventually([&] {
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() &&
                label->text().contains(QStringLiteral("/nowhere/at/all/live.csv")))
                return true;
        }
        return false;
    }));
}

TEST_F(LivePageTest, ExplainsTheModelOnRequest)
{
    QTest::mouseClick(child<QWidget>("explainModel"), Qt::LeftButton);
    auto *explanation = child<QWidget>("modelExplanation");
    ASSERT_TRUE(explanation->isVisible());
    const QString text = explanation->findChild<QLabel *>()->text();
    EXPECT_TRUE(text.contains(QStringLiteral("T1 = C·P + (1−P)·T2")));
    EXPECT_TRUE(text.contains(QStringLiteral("10 ms to 10 ms")));
    explanation->close();
}

TEST_F(LivePageTest, NeverCallsTheEnginesTrafficSomebodyElses)
{
    const auto write = [&] {
        WriteRequest request;
        request.key = "somebody:1";
        request.value = "x";
        return test::await<std::vector<Result<WriteOutcome>>>(
            [&](auto done) { store->writer().write({request}, done); });
    };
    ASSERT_TRUE(write());
    ASSERT_TRUE(waitForSamples(1));
    ReadOptions options;
    options.purpose = ReadPurpose::Traffic;
    options.fields = ReadValue;
    ASSERT_TRUE(test::eventually([&] {
        const auto read = test::await<std::vector<Entry>>(
            [&](auto done) { store->reader().read({"somebody:1"}, options, done); });
        return read && session->latency().basis == LatencyEstimate::Basis::Foreign;
    }));
    EXPECT_FALSE(child<QWidget>("assumedTd")->isVisible());
    EXPECT_TRUE(child<QLabel>("modelBasis")->text().startsWith(QStringLiteral("Waiting for two")));
    EXPECT_EQ(child<QLabel>("modelMeasured")->text(), QStringLiteral("—"));
}

TEST_F(LivePageTest, LetsThePersonSayTdWhereTrafficIsNotOurs)
{
    LatencyPanel panel;
    panel.setEstimate(foreignEstimate(0.9, 200.0, 50.0, {}));
    panel.show();
    std::optional<double> told;
    QObject::connect(&panel, &LatencyPanel::assumedTdChanged, &panel,
                     [&](std::optional<double> microseconds) { told = microseconds; });
    auto *td = panel.findChild<QWidget *>(QStringLiteral("assumedTd"));
    ASSERT_TRUE(td && td->isVisible());
    td->setFocus();
    QTest::keyClick(td, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(td, QStringLiteral("10"));
    QTest::keyClick(td, Qt::Key_Return);
    EXPECT_EQ(told, 10'000);
    const auto text = [&](const char *name) {
        return panel.findChild<QLabel *>(QString::fromLatin1(name))->text();
    };
    EXPECT_TRUE(text("modelBasis").contains(QStringLiteral("not ours")));
    EXPECT_EQ(text("modelMeasured"), QStringLiteral("—"));
}

TEST_F(LivePageTest, AsksForTdAlsoBeforeOthersSendAnything)
{
    LatencyPanel panel;
    panel.setTraffic(LatencyPanel::Traffic::OthersToo);
    panel.setEstimate({});
    panel.show();
    EXPECT_TRUE(panel.findChild<QWidget *>(QStringLiteral("assumedTd"))->isVisible());
}

TEST_F(LivePageTest, KeepsTheSizeOfTheModelWhenItsSentencesChange)
{
    LatencyPanel panel;
    panel.show();
    panel.setEstimate({});
    const int waiting = panel.heightForWidth(340);
    LatencyEstimate estimate;
    estimate.basis = LatencyEstimate::Basis::OurOwn;
    estimate.targetP99Us = 1000;
    estimate.neededHitRatio = 0.99;
    panel.setEstimate(estimate);
    EXPECT_EQ(panel.heightForWidth(340), waiting);

    panel.setTraffic(LatencyPanel::Traffic::OthersToo);
    panel.setEstimate({});
    const int quiet = panel.heightForWidth(340);
    panel.setEstimate(foreignEstimate(0.9, 200.0, 50.0, {}));
    EXPECT_EQ(panel.heightForWidth(340), quiet);
}

TEST_F(LivePageTest, KeepsTwoColumnsOfReadableChartsInASmallWindow)
{
    page.resize(968, 626);
    QTest::qWait(50);
    for (const char *name : kCharts) {
        EXPECT_GE(chart(name)->width(), 300) << name;
        EXPECT_GE(chart(name)->height(), 150) << name;
    }
    auto *panels = child<QWidget>("livePanels");
    for (const char *name : {"latencyPanel", "enginePanel", "scenarioPanel"})
        EXPECT_LE(child<QWidget>(name)->width(), panels->width()) << name;
}

TEST_F(LivePageTest, MarksALossAndAReturnOnceHoweverOftenItTries)
{
    test::RedisServer server;
    auto made = factory.make(server.url(), Access::ReadWrite);
    ASSERT_TRUE(made);
    page.setSession(nullptr);
    session.reset();
    store = std::move(*made);
    session = std::make_unique<LiveSession>(*store);
    store->open();
    const auto isReady = [&] { return store->state().phase == StoreState::Phase::Ready; };
    ASSERT_TRUE(test::eventually(isReady));
    server.kill();
    ASSERT_TRUE(test::eventually([&] { return store->state().attempt >= 3; }));
    server.start();
    ASSERT_TRUE(test::eventually(isReady));
    std::vector<QString> names;
    for (const EventMark &mark : session->history().marks()) names.push_back(mark.name);
    EXPECT_EQ(names, (std::vector<QString>{QStringLiteral("connection lost"),
                                           QStringLiteral("reconnected")}));
    session.reset();
}

TEST_F(LivePageTest, OutlivesItsSession)
{
    ASSERT_TRUE(waitForSamples(2));
    page.setSession(nullptr);
    session.reset();
    page.setSession(nullptr);
    EXPECT_EQ(chart("hitRatioChart")->headline(), QStringLiteral("—"));
    EXPECT_FALSE(child<QWidget>("enginePanel")->isVisible());
    page.grab();
}

} // namespace
} // namespace kvscope
