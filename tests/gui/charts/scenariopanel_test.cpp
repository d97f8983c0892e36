// ScenarioPanel: another scenario is chosen, told of and run.
#include "core/scenario/livesession.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "widgets/live/scenariopanel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

namespace kvscope {
namespace {

TEST(ScenarioPanel, RunsTheScenarioThatIsChosenByKey)
{
    StoreFactory factory;
    auto made = factory.make(QString::fromLatin1(kDemoEngineUrl), Access::ReadWrite);
    ASSERT_TRUE(made);
    const std::unique_ptr<Store> store = std::move(*made);
    store->open();
    LiveSession session(*store, ScenarioOptions{.rate = 1000});
    ScenarioPanel panel;
    panel.setSession(&session);
    panel.show();
    auto *name = panel.findChild<QComboBox *>(QStringLiteral("scenarioName"));
    auto *note = panel.findChild<QLabel *>(QStringLiteral("scenarioNote"));
    ASSERT_TRUE(name && note);
    EXPECT_EQ(name->currentText(), QStringLiteral("Search"));
    EXPECT_TRUE(note->text().contains(QStringLiteral("search:")));

    name->setFocus();
    QTest::keyClick(name, Qt::Key_Down);
    EXPECT_EQ(name->currentText(), QStringLiteral("Chatbot"));
    EXPECT_TRUE(note->text().contains(QStringLiteral("kv:")));
    EXPECT_EQ(panel.findChild<QComboBox *>(QStringLiteral("scenarioRate"))->currentData(), 10.0);
    QTest::keyClick(name, Qt::Key_Down);
    EXPECT_EQ(name->currentText(), QStringLiteral("Recommendations"));
    EXPECT_EQ(panel.findChild<QComboBox *>(QStringLiteral("scenarioRate"))->currentData(), 2000.0);
    EXPECT_EQ(session.scenario().options().name, QString::fromLatin1(kRecommendScenario));
    EXPECT_TRUE(note->text().contains(QStringLiteral("features:")));
    EXPECT_TRUE(note->text().contains(QStringLiteral("simulated: 10 ms")));

    QTest::mouseClick(panel.findChild<QPushButton *>(QStringLiteral("scenarioToggle")),
                      Qt::LeftButton);
    ASSERT_TRUE(test::eventually([&] { return session.scenario().sample().hits > 0; }));

    // Also while it runs: the other one takes over.
    name->setCurrentIndex(1);
    QTest::keyClick(name, Qt::Key_Up);
    ASSERT_TRUE(test::eventually([&] {
        return session.scenario().options().name == QString::fromLatin1(kSearchScenario) &&
               session.scenario().state().phase == ScenarioState::Phase::Running;
    }));
    EXPECT_TRUE(note->text().contains(QStringLiteral("search:")));
    panel.setSession(nullptr);
}

} // namespace
} // namespace kvscope
