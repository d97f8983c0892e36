// Scenario "recommend": lists from feature vectors, both kept in the store.
#include "core/scenario/livesession.h"
#include "core/source/demotaste.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>
#include <mutex>
#include <set>

namespace kvscope {
namespace {

std::vector<int> idsIn(const Bytes &list)
{
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(list));
    std::vector<int> ids;
    double last = std::numeric_limits<double>::infinity();
    for (const QJsonValue &value : json[QStringLiteral("items")].toArray()) {
        const QJsonObject item = value.toObject();
        EXPECT_FALSE(item[QStringLiteral("title")].toString().isEmpty());
        EXPECT_LE(item[QStringLiteral("score")].toDouble(), last) << "best first";
        last = item[QStringLiteral("score")].toDouble();
        ids.push_back(item[QStringLiteral("id")].toInt());
    }
    return ids;
}

TEST(DemoTaste, RecommendsTenDifferentItemsToEachUserAndTheSameOnEveryMachine)
{
    const DemoShop shop;
    std::set<std::vector<int>> lists;
    for (std::uint64_t user = 1; user <= 50; ++user) {
        const Bytes features = demoFeatures(user);
        ASSERT_TRUE(isDemoFeatures(features));
        const auto ids = idsIn(shop.recommend(user, features));
        EXPECT_EQ(std::set<int>(ids.begin(), ids.end()).size(), kDemoListLength);
        lists.insert(ids);
    }
    EXPECT_EQ(lists.size(), 50U);
    EXPECT_EQ(DemoShop().recommend(7, demoFeatures(7)), shop.recommend(7, demoFeatures(7)));
}

TEST(DemoTaste, MakesAListOfAnyBytesThatHaveTheFormOfAVector)
{
    const Bytes noNumbers(kDemoFeatures * sizeof(float), '\xFF');
    ASSERT_TRUE(isDemoFeatures(noNumbers));
    EXPECT_EQ(idsIn(DemoShop().recommend(1, noNumbers)).size(), kDemoListLength);
    EXPECT_FALSE(isDemoFeatures(Bytes()));
    EXPECT_FALSE(isDemoFeatures(noNumbers + '\0'));
}

class RecommendTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        auto made =
            factory.make(QStringLiteral("engine:?memory=64mb&policy=lru"), Access::ReadWrite);
        ASSERT_TRUE(made);
        store = std::move(*made);
        store->open();
    }
    static ScenarioOptions options()
    {
        return {.name = QString::fromLatin1(kRecommendScenario),
                .rate = 3000,
                .durationMs = 1200,
                .sourceLatencyMs = 20};
    }
    void runToEnd(ScenarioRunner &runner)
    {
        runner.start();
        ASSERT_TRUE(test::eventually([&] { return !runner.isActive(); }));
        ASSERT_EQ(runner.state().phase, ScenarioState::Phase::Finished);
    }
    std::vector<Bytes> keys(const Bytes &prefix)
    {
        std::mutex mutex;
        std::vector<Bytes> found;
        bool over = false;
        const auto scan = store->keySpace().scan({}, [&](Result<ScanPage> page) {
            const std::scoped_lock lock(mutex);
            for (std::size_t i = 0; i < page->keys.size(); ++i)
                if (Bytes(page->keys[i]).starts_with(prefix)) found.emplace_back(page->keys[i]);
            over = page->last;
        });
        EXPECT_TRUE(test::eventually([&] {
            const std::scoped_lock lock(mutex);
            return over;
        }));
        return found;
    }
    std::vector<Entry> entries(const Bytes &prefix)
    {
        auto read = test::await<std::vector<Entry>>(
            [&](auto done) { store->reader().read(keys(prefix), {}, done); });
        EXPECT_TRUE(read);
        return read ? std::move(*read) : std::vector<Entry>();
    }

    StoreFactory factory;
    std::unique_ptr<Store> store;
};

TEST_F(RecommendTest, KeepsEachUsersVectorAndListForTheirTimes)
{
    ScenarioRunner runner(*store, options());
    runToEnd(runner);
    const ScenarioSample sample = runner.sample();
    EXPECT_GT(sample.operations, 500U);
    EXPECT_GT(sample.hits, 0U);
    EXPECT_EQ(sample.operations, sample.hits + sample.misses);
    EXPECT_EQ(sample.operations, sample.total.count());
    EXPECT_EQ(sample.errors, 0U);

    const std::vector<Entry> lists = entries("recommend:");
    const std::vector<Entry> vectors = entries("features:");
    EXPECT_EQ(vectors.size(), sample.sourceQueries) << "a vector is asked for once";
    EXPECT_EQ(lists.size(), vectors.size());
    for (const Entry &entry : lists) {
        EXPECT_EQ(idsIn(entry.value).size(), kDemoListLength);
        ASSERT_TRUE(entry.ttlMs);
        EXPECT_LE(*entry.ttlMs, 33'000);
    }
    for (const Entry &entry : vectors) {
        const Bytes user = entry.key.substr(Bytes("features:").size());
        EXPECT_EQ(entry.value, demoFeatures(std::stoull(user)));
        ASSERT_TRUE(entry.ttlMs);
        EXPECT_GT(*entry.ttlMs, 33'000) << "a taste outlives a list";
    }
}

TEST_F(RecommendTest, MakesAListFromAKeptVectorWithoutTheSource)
{
    ScenarioRunner runner(*store, options());
    runToEnd(runner);
    const ScenarioSample before = runner.sample();
    std::vector<WriteRequest> removals;
    for (Bytes &key : keys("recommend:")) {
        removals.emplace_back();
        removals.back().action = WriteRequest::Action::Remove;
        removals.back().key = std::move(key);
    }
    const auto removed = test::await<std::vector<Result<WriteOutcome>>>(
        [&](auto done) { store->writer().write(std::move(removals), done); });
    ASSERT_TRUE(removed);

    const std::size_t vectors = keys("features:").size();
    runToEnd(runner); // the same seed: the same users come again
    const ScenarioSample after = runner.sample();
    const std::uint64_t asked = after.sourceQueries - before.sourceQueries;
    EXPECT_EQ(asked, keys("features:").size() - vectors) << "only for who was not seen before";
    EXPECT_LT(asked, after.misses - before.misses);
}

TEST_F(RecommendTest, TakesARunOverWhenItIsChosen)
{
    ScenarioOptions search;
    search.rate = 1000;
    ScenarioRunner runner(*store, search);
    const QString recommend = QString::fromLatin1(kRecommendScenario);
    runner.start();
    ASSERT_TRUE(test::eventually([&] { return runner.sample().operations > 20; }));
    runner.select(recommend);
    ASSERT_TRUE(test::eventually([&] {
        return runner.options().name == recommend &&
               runner.state().phase == ScenarioState::Phase::Running;
    }));
    const std::uint64_t operations = runner.sample().operations;
    ASSERT_TRUE(test::eventually([&] { return runner.sample().operations > operations + 20; }));
    EXPECT_FALSE(keys("recommend:").empty());

    runner.select(QString::fromLatin1(kSearchScenario));
    runner.stop();
    ASSERT_TRUE(test::eventually([&] { return !runner.isActive(); }));
    EXPECT_EQ(runner.options().name, QString::fromLatin1(kSearchScenario));
    EXPECT_EQ(runner.state().phase, ScenarioState::Phase::Finished) << "stopped, it stays so";
}

TEST_F(RecommendTest, IsNamedInTheLiveSessionsMarks)
{
    LiveSession session(*store, {.rate = 1000});
    session.scenario().select(QString::fromLatin1(kRecommendScenario));
    session.scenario().start();
    ASSERT_TRUE(test::eventually([&] { return !session.history().marks().empty(); }));
    EXPECT_EQ(session.history().marks().front().name, QStringLiteral("recommendations started"));
}

} // namespace
} // namespace kvscope
