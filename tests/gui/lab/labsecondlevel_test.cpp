// The Lab page with a Redis behind the engine: the second level of the prefix cache.
#include "tests/gui/lab/labfixture.h"

#include "tests/support/redisserver.h"

#include <QCheckBox>
#include <QScrollArea>

namespace kvscope::test {

struct LabSecondLevelTest : LabPageTest
{
    RedisServer server;

    void SetUp() override
    {
        LabPageTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        m_window->openProfile({.url = server.url()});
        ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    }
    int storedBlocks() { return QString::fromStdString(server.run({"DBSIZE"})).toInt(); }
};

TEST_F(LabSecondLevelTest, NothingIsWrittenToRedisUnlessAskedFor)
{
    auto *box = shown<QCheckBox>("secondLevel");
    ASSERT_TRUE(box);
    EXPECT_FALSE(box->isChecked());
    generate(m_facts, 20);
    EXPECT_EQ(storedBlocks(), 0);
}

TEST_F(LabSecondLevelTest, ATextWhoseBeginningIsInRedisStartsThereAfterARestart)
{
    auto *box = shown<QCheckBox>("secondLevel");
    ASSERT_TRUE(box);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Space);
    generate(m_other, 20);
    const auto blocks = static_cast<int>(now().memory.cells / 16);
    ASSERT_GT(blocks, 2);
    ASSERT_TRUE(eventually([&] { return storedBlocks() >= blocks; }));

    // Another process's factory: its engine is empty.
    StoreFactory factory;
    auto store = factory.make(server.url(), Access::ReadWrite);
    ASSERT_TRUE(store);
    (*store)->open();
    Lab again(factory);
    again.offerSecondLevel(store->get(), QStringLiteral("redis"));
    again.setSecondLevel(Lab::SecondLevel::Used);
    again.open();
    ASSERT_TRUE(eventually([&] { return again.hasModel(); }));
    again.run().setPace(LabPace::Full);
    LabPlan plan;
    plan.prompt = m_other.toStdString();
    plan.tokens = 4;
    plan.session.kv = llm::KvType::Q8;
    again.start(plan);
    ASSERT_TRUE(eventually([&] { return again.snapshot()->phase == LabPhase::Done; }));
    EXPECT_GE(again.snapshot()->prefixHits, 16U);
    EXPECT_EQ(again.snapshot()->tokens[0].origin, llm::Origin::SecondLevel);
}

TEST_F(LabSecondLevelTest, ALongNameOfTheStoreDoesNotPushTheSideOutOfItsFrame)
{
    m_window->resize(1024, 700);
    auto *box = shown<QCheckBox>("secondLevel");
    ASSERT_TRUE(box);
    lab().offerSecondLevel(m_session->store(),
                           QStringLiteral("cache-01.eu-central.internal.example.com:6379/0"));
    EXPECT_TRUE(box->text().contains(QStringLiteral("…"))) << box->text().toStdString();
    EXPECT_TRUE(box->toolTip().contains(QStringLiteral("internal.example.com")));
    const auto *side = find<QScrollArea>("labSide");
    EXPECT_LE(find("labSideContent")->minimumSizeHint().width(), side->viewport()->width());
}

TEST_F(LabSecondLevelTest, AReadOnlyRedisIsNotOffered)
{
    m_window->openProfile({.url = server.url(), .readOnly = true});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(isGone("secondLevel"));
    EXPECT_TRUE(lab().secondLevelName().isEmpty());
}

} // namespace kvscope::test
