// What the engine behind the seams does beside them: versions, its controls, read-only.
#include "tests/live/storefixture.h"

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

class StoreOnEngine : public testing::Test
{
  protected:
    std::unique_ptr<Store> open(const char *url, Access access = Access::ReadWrite)
    {
        auto made = m_factory.make(QString::fromLatin1(url), access);
        EXPECT_TRUE(made);
        openAndWait(**made);
        return std::move(*made);
    }

    StoreFactory m_factory;
};

TEST_F(StoreOnEngine, ComparesVersions)
{
    const auto store = open("engine:");
    Calls calls(*store);
    const auto written = calls.put("k", "1");
    ASSERT_GT(written->version, 0U);
    EXPECT_EQ(calls.entry("k").version, written->version);
    ExpectedValue version;
    version.kind = ExpectedValue::Kind::Version;
    version.version = written->version;
    EXPECT_EQ(calls.put("k", "2", version)->status, WriteOutcome::Status::Applied);
    EXPECT_EQ(calls.put("k", "3", version)->status, WriteOutcome::Status::Conflict);
}

TEST_F(StoreOnEngine, SwitchesPolicyAndBudgetWhileItRuns)
{
    const auto store = open("engine:?memory=64mb&policy=lfu");
    EXPECT_TRUE(store->capabilities().policySwitch);
    EngineControl *control = store->engineControl();
    ASSERT_NE(control, nullptr);
    EXPECT_EQ(control->policy(), QStringLiteral("lfu"));
    EXPECT_EQ(control->memoryBytes(), 64U << 20U);
    EXPECT_TRUE(control->setPolicy(QStringLiteral("lru")));
    EXPECT_FALSE(control->setPolicy(QStringLiteral("nonsense")));
    EXPECT_EQ(control->policy(), QStringLiteral("lru"));
    EXPECT_EQ(control->policies().size(), 2U);

    Calls calls(*store);
    for (int i = 0; i < 200; ++i) calls.put(std::to_string(i), Bytes(100'000, 'x'));
    control->setMemoryBytes(8U << 20U);
    EXPECT_EQ(control->memoryBytes(), 8U << 20U);
    EXPECT_TRUE(eventually([&] {
        const auto sample = calls.sample();
        return sample->usedBytes.value_or(0) <= 8U << 20U && sample->evictions.value_or(0) > 0 &&
               sample->budgetBytes == 8U << 20U;
    }));
    EXPECT_EQ(control->memoryBytes(), 8U << 20U);
}

TEST_F(StoreOnEngine, TakesTheLastOfSeveralBudgets)
{
    const auto store = open("engine:?memory=64mb");
    EngineControl *control = store->engineControl();
    for (const std::size_t megabytes : {1U, 32U, 2U, 16U})
        control->setMemoryBytes(megabytes << 20U);
    EXPECT_EQ(control->memoryBytes(), 16U << 20U);
    Calls calls(*store);
    EXPECT_TRUE(eventually([&] { return calls.sample()->budgetBytes == 16U << 20U; }));
    EXPECT_EQ(control->memoryBytes(), 16U << 20U);
}

// Nobody waits for evictions: neither who asks for a smaller engine nor who lets go of the store.
TEST_F(StoreOnEngine, ShrinksAFullEngineAlsoWhenTheStoreThatAskedHasGone)
{
    const auto store = open("engine:?memory=64mb");
    for (int i = 0; i < 60'000; ++i)
        m_factory.localEngine().set("key" + std::to_string(i), Bytes(400, 'x'));
    const auto small = open("engine:?memory=4mb&policy=lfu");
    EXPECT_EQ(small->engineControl()->memoryBytes(), 4U << 20U);
    EXPECT_EQ(small->engineControl()->policy(), QStringLiteral("lfu"));
    open("engine:?memory=2mb").reset();
    EXPECT_TRUE(eventually([&] {
        const engine::Counters counters = m_factory.localEngine().counters();
        return counters.budgetBytes == 2U << 20U && counters.usedBytes <= 2U << 20U;
    }));
    EXPECT_TRUE(
        eventually([&] { return m_factory.localEngine().policy() == engine::PolicyKind::Lfu; }));
}

TEST_F(StoreOnEngine, AnswersAHeavyReadThoughTheStoreHasGone)
{
    auto store = open("engine:");
    const Bytes large(8'000'000, 'x');
    m_factory.localEngine().set("k", large);
    Lifetime lifetime;
    std::optional<std::size_t> read;
    for (int i = 0; i < 3; ++i)
        store->reader().readWhole("k", 1 << 30, lifetime.guard([&](const Result<Entry> &entry) {
            read = entry ? entry->value.size() : 0;
        }));
    store.reset();
    EXPECT_TRUE(eventually([&] { return read.has_value(); }));
    EXPECT_EQ(read, large.size());
}

TEST_F(StoreOnEngine, RefusesWritesWhenItIsOpenedReadOnly)
{
    open("engine:")->writer();
    const auto store = open("engine:", Access::ReadOnly);
    Calls calls(*store);
    EXPECT_TRUE(store->capabilities().readOnly);
    EXPECT_EQ(calls.put("k", "1").error().code(), ErrorCode::ReadOnlyRefused);
    EXPECT_EQ(calls.rename("k", "l").error().code(), ErrorCode::ReadOnlyRefused);
}

TEST_F(StoreOnEngine, KeepsTheOrderOfLargeAndSmallWrites)
{
    const auto store = open("engine:");
    Calls calls(*store);
    Lifetime lifetime;
    std::vector<WriteOutcome::Status> outcomes;
    const auto write = [&](const Bytes &value, ExpectedValue expected) {
        WriteRequest request;
        request.key = "k";
        request.value = value;
        request.expected = std::move(expected);
        store->writer().write(
            {request}, lifetime.guard([&](const Result<std::vector<Result<WriteOutcome>>> &r) {
                outcomes.push_back(r->front()->status);
            }));
    };
    const Bytes large(8U << 20U, 'x');
    write(large, ExpectedValue::absent());
    write("small", ExpectedValue::exactly(large));
    write("smaller", ExpectedValue::exactly("small"));
    EXPECT_TRUE(eventually([&] { return outcomes.size() == 3; }));
    EXPECT_EQ(outcomes, std::vector<WriteOutcome::Status>(3, WriteOutcome::Status::Applied));
    EXPECT_EQ(calls.entry("k").value, "smaller");
}

} // namespace
} // namespace kvscope::test
