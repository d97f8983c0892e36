// Scenario "chatbot": a language model's KV blocks as entries of the store under test.
#include "core/scenario/chatscript.h"
#include "core/scenario/chatworker.h"
#include "core/scenario/livesession.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/unit/llm/modelwriter.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>

namespace kvscope {
namespace {

struct ChatbotTest : testing::Test
{
    llm::test::TemporaryFile file{llm::test::RandomModel{}.write()};
    StoreFactory factory;
    std::unique_ptr<Store> store;

    void SetUp() override
    {
        auto made =
            factory.make(QStringLiteral("engine:?memory=256mb&policy=lru"), Access::ReadWrite);
        ASSERT_TRUE(made);
        store = std::move(*made);
        store->open();
    }
    ScenarioOptions options() const
    {
        return {.name = QString::fromLatin1(kChatbotScenario),
                .rate = 0,
                .durationMs = 1500,
                .sourceFile = QString::fromStdString(file.path())};
    }
    void runToEnd(ScenarioRunner &runner)
    {
        runner.start();
        ASSERT_TRUE(test::eventually([&] { return !runner.isActive(); }, 30'000));
        ASSERT_EQ(runner.state().phase, ScenarioState::Phase::Finished);
    }
    std::vector<Entry> everything()
    {
        std::atomic<bool> isOver{false};
        std::mutex mutex;
        std::vector<Bytes> keys;
        const auto scan = store->keySpace().scan({}, [&](Result<ScanPage> page) {
            const std::scoped_lock lock(mutex);
            for (std::size_t i = 0; i < page->keys.size(); ++i) keys.emplace_back(page->keys[i]);
            if (page->last) isOver = true;
        });
        EXPECT_TRUE(test::eventually([&] { return isOver.load(); }));
        const auto entries = test::await<std::vector<Entry>>(
            [&](auto done) { store->reader().read(keys, {}, done); });
        return entries ? *entries : std::vector<Entry>();
    }
};

TEST_F(ChatbotTest, EveryLookupIsABlockAndTheStoreCountsTheSame)
{
    ScenarioRunner runner(*store, options());
    runToEnd(runner);
    const ScenarioSample sample = runner.sample();
    EXPECT_GT(sample.hits, 0U);
    EXPECT_GT(sample.misses, 0U);
    EXPECT_EQ(sample.operations, sample.hits + sample.misses);
    EXPECT_EQ(sample.operations, sample.total.count());
    EXPECT_EQ(sample.errors, 0U);
    EXPECT_EQ(sample.sourceQueries, sample.misses) << "each missing block is computed";
    EXPECT_EQ(sample.savedTokens, 16 * sample.hits);
    EXPECT_LT(sample.savedTokens, sample.promptTokens);
    EXPECT_GT(sample.turns(), 0U);
    const auto telemetry =
        test::await<TelemetrySample>([&](auto done) { store->telemetry().sample(done); });
    ASSERT_TRUE(telemetry);
    EXPECT_EQ(telemetry->hits, sample.hits);
    EXPECT_EQ(telemetry->misses, sample.misses);
    EXPECT_EQ(telemetry->ownHits + telemetry->ownMisses, 0U);
}

TEST_F(ChatbotTest, ItsBlocksAreEntriesThatExpire)
{
    ScenarioRunner runner(*store, options());
    runToEnd(runner);
    const std::vector<Entry> entries = everything();
    ASSERT_FALSE(entries.empty());
    for (const Entry &entry : entries) {
        EXPECT_EQ(entry.key.compare(0, 3, "kv:"), 0) << entry.key;
        ASSERT_TRUE(entry.ttlMs);
        EXPECT_LE(*entry.ttlMs, 132'000);
    }
}

TEST_F(ChatbotTest, ASecondRunFindsWhatTheFirstOneKept)
{
    {
        ScenarioRunner first(*store, options());
        runToEnd(first);
        EXPECT_GT(first.sample().coldFirstToken.count(), 0U);
    }
    ScenarioRunner again(*store, options());
    runToEnd(again);
    const ScenarioReport report = again.report();
    ASSERT_TRUE(report.turns);
    EXPECT_GT(report.hitRatio, 0.5) << "the same notebooks in the same order";
    EXPECT_EQ(report.turns->count, again.sample().turns());
    EXPECT_GT(report.turns->warmMs, 0);
    EXPECT_LE(report.turns->p50Ms, report.turns->p99Ms);
}

TEST_F(ChatbotTest, EndsWhenItIsToldTo)
{
    ScenarioOptions endless = options();
    endless.durationMs = 0;
    ScenarioRunner runner(*store, endless);
    runner.start();
    ASSERT_TRUE(test::eventually([&] { return runner.sample().operations > 0; }, 30'000));
    runner.stop();
    ASSERT_TRUE(test::eventually([&] { return !runner.isActive(); }));
    EXPECT_EQ(runner.state().phase, ScenarioState::Phase::Finished);
}

TEST_F(ChatbotTest, SaysWhyItCantBeginWithoutAModel)
{
    ScenarioOptions none = options();
    none.sourceFile = QStringLiteral("/nowhere/model.gguf");
    ScenarioRunner runner(*store, none);
    runner.start();
    ASSERT_TRUE(test::eventually([&] { return !runner.isActive(); }));
    EXPECT_EQ(runner.state().phase, ScenarioState::Phase::Failed);
    ASSERT_TRUE(runner.state().error);
    EXPECT_EQ(runner.state().error->code(), ErrorCode::FileUnreadable);
}

TEST_F(ChatbotTest, ChoosingItTakesTheRateThatAModelBears)
{
    ScenarioRunner runner(*store, {});
    EXPECT_EQ(runner.options().rate, 2000);
    runner.select(QString::fromLatin1(kChatbotScenario));
    EXPECT_EQ(runner.options().rate, usualRate(QString::fromLatin1(kChatbotScenario)));
    runner.setRate(3);
    runner.select(QString::fromLatin1(kSearchScenario));
    EXPECT_EQ(runner.options().rate, 2000);
}

struct ChatWorkerTest : ChatbotTest
{
    ChatWorker worker;
    ChatWorker::Model model;

    void SetUp() override
    {
        std::promise<ChatWorker::Model> loaded;
        worker.load(QString::fromStdString(file.path()),
                    [&](const Result<ChatWorker::Model> &got) { loaded.set_value(*got); });
        model = loaded.get_future().get();
    }
    ChatWorker::Answer ask(const std::vector<llm::TokenId> &tokens,
                           const std::shared_ptr<llm::CarriedBlocks> &blocks)
    {
        std::promise<ChatWorker::Answer> answered;
        worker.answer({tokens, blocks},
                      [&](const Result<ChatWorker::Answer> &got) { answered.set_value(*got); });
        return answered.get_future().get();
    }
};

TEST_F(ChatWorkerTest, CachedBlocksSpareComputingAndChangeNoWord)
{
    ChatScript script(model->tokenizer(), 1);
    const std::vector<llm::TokenId> tokens = script.next(3).tokens;
    const auto cold = std::make_shared<llm::CarriedBlocks>();
    const ChatWorker::Answer first = ask(tokens, cold);
    EXPECT_EQ(first.computed, tokens.size());
    const llm::KvLayout layout(model->shape(), {ChatWorker::kFormat});
    const auto chain =
        llm::blockChain(model->fingerprint(), layout, std::span(tokens).first(tokens.size() - 1));
    std::vector<Bytes> records;
    for (const auto &made : cold->takeMade()) records.push_back(*made.record);
    ASSERT_GE(records.size(), chain.size());
    const auto warm = std::make_shared<llm::CarriedBlocks>();
    EXPECT_EQ(warm->bring(chain, records), chain.size());
    const ChatWorker::Answer again = ask(tokens, warm);
    EXPECT_EQ(again.computed, tokens.size() - 16 * chain.size());
    EXPECT_EQ(again.said, first.said);

    records[2][200] = static_cast<char>(records[2][200] ^ 1);
    EXPECT_EQ(std::make_shared<llm::CarriedBlocks>()->bring(chain, records), 2U)
        << "a damaged block ends what is of use";
}

TEST_F(ChatWorkerTest, AConversationGoesOnBehindItsAnswer)
{
    ChatScript script(model->tokenizer(), 1);
    const ChatScript::Turn first = script.next(0);
    const std::vector<llm::TokenId> said{5, 6, 7};
    script.answered(first, said);
    std::vector<llm::TokenId> whole = first.tokens;
    whole.insert(whole.end(), said.begin(), said.end());
    bool goesOn = false;
    for (int i = 0; i < 40 && !goesOn; ++i) {
        const ChatScript::Turn turn = script.next(0);
        goesOn = turn.conversation == first.conversation;
        if (!goesOn) continue;
        EXPECT_TRUE(std::equal(whole.begin(), whole.end(), turn.tokens.begin()));
    }
    EXPECT_TRUE(goesOn);
    ChatScript same(model->tokenizer(), 1);
    EXPECT_EQ(same.next(0).tokens, first.tokens);
    EXPECT_NE(ChatScript(model->tokenizer(), 2).next(0).tokens, first.tokens);
}

} // namespace
} // namespace kvscope
