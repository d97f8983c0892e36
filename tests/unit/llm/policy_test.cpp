// Policies: who stays, at which position, and that a budget nobody reaches changes nothing.
#include "core/llm/session.h"
#include "tests/unit/llm/llmfixture.h"

#include <algorithm>
#include <set>

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

struct PolicyTest : testing::Test
{
    RandomModel random{.heads = 6, .kvHeads = 2, .headDim = 32};
    std::shared_ptr<const Model> model = loadModel(random.write());
    std::vector<TokenId> tokens = randomTokens(120, random.vocab);

    std::unique_ptr<Session> session(const std::string &policy, Session::Options options = {})
    {
        options.policy = *PolicySpec::parse(policy);
        auto made = Session::make(model, options);
        EXPECT_TRUE(made);
        return std::move(*made);
    }
    /// Logits after the prompt and after each of the following tokens.
    std::vector<float> trail(Session &s, std::size_t prompt)
    {
        std::vector<float> all;
        EXPECT_TRUE(s.feed(std::span(tokens).first(prompt)));
        all.insert(all.end(), s.logits().begin(), s.logits().end());
        for (std::size_t i = prompt; i < tokens.size(); ++i) {
            EXPECT_TRUE(s.accept(tokens[i]));
            all.insert(all.end(), s.logits().begin(), s.logits().end());
        }
        return all;
    }
    static std::set<int> held(const Session &s)
    {
        std::set<int> out;
        for (const CellPlace place : s.cache().places()) out.insert(s.cache().cell(place).index);
        return out;
    }
    static std::set<int> range(int from, int to)
    {
        std::set<int> out;
        for (int i = from; i < to; ++i) out.insert(i);
        return out;
    }
};

const char *const kAll[] = {"window", "sinks", "h2o", "snapkv", "keynorm", "random"};

std::string spec(const std::string &name, std::size_t budget)
{
    return name == "sinks" ? "sinks:4+" + std::to_string(budget - 4)
                           : name + ':' + std::to_string(budget);
}

} // namespace

TEST_F(PolicyTest, AnyPolicyWithABudgetOverTheLengthIsFullBitForBit)
{
    const std::vector<float> full = trail(*session("full"), 50);
    for (const char *name : kAll)
        EXPECT_TRUE(sameBits(trail(*session(spec(name, 121)), 50), full)) << name;
}

TEST_F(PolicyTest, EachHoldsItsBudgetAndNoMore)
{
    for (const char *name : kAll) {
        for (const KvType kv : {KvType::F32, KvType::Q4, KvType::Kivi2}) {
            const auto s = session(spec(name, 48), {.kv = kv});
            trail(*s, 30);
            EXPECT_EQ(s->cache().cells(), 48U) << name;
            EXPECT_TRUE(held(*s).contains(119)) << name;
            if (kv != KvType::Kivi2) {
                EXPECT_EQ(s->cache().table().size(), 3U) << name << ": freed cells are used again";
            }
            EXPECT_EQ(s->tokens(), tokens);
        }
    }
}

TEST_F(PolicyTest, AWindowHoldsTheLast)
{
    const auto s = session("window:32");
    trail(*s, 70);
    EXPECT_EQ(held(*s), range(88, 120));
    EXPECT_EQ(s->cache().nextPosition(), 120);
}

TEST_F(PolicyTest, SinksHoldTheFirstAndTheLastAndGiveThemTheirRanks)
{
    const auto s = session("sinks:4+20");
    trail(*s, 70);
    std::set<int> expected = range(0, 4);
    expected.merge(range(100, 120));
    EXPECT_EQ(held(*s), expected);
    std::vector<std::pair<int, int>> order;
    for (const CellPlace place : s->cache().places())
        order.emplace_back(s->cache().cell(place).index, s->cache().cell(place).position);
    std::ranges::sort(order);
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        EXPECT_EQ(order[rank].second, static_cast<int>(rank));
    EXPECT_EQ(s->cache().nextPosition(), 24);
}

TEST_F(PolicyTest, AWindowsNumbersAreThoseOfASequenceThatSawOnlyTheWindowInTheFirstLayer)
{
    // One layer: keys and values depend on their own token and position alone.
    RandomModel shallow{.layers = 1, .heads = 4, .kvHeads = 2, .headDim = 16};
    model = loadModel(shallow.write());
    const auto windowed = session("window:10");
    ASSERT_TRUE(windowed->feed(std::span(tokens).first(30)));
    const auto full = session("full");
    ASSERT_TRUE(full->feed(std::span(tokens).first(29)));
    for (int i = 0; i < 20; ++i) {
        const auto places = full->cache().places();
        const auto oldest = std::ranges::min_element(
            places, {}, [&](CellPlace p) { return full->cache().cell(p).index; });
        full->cache().evict(*oldest);
    }
    ASSERT_TRUE(full->accept(tokens[29]));
    EXPECT_LT(nmse(std::vector<float>(windowed->logits().begin(), windowed->logits().end()),
                   std::vector<float>(full->logits().begin(), full->logits().end())),
              1e-10);
}

TEST_F(PolicyTest, HeavyHittersStayAndTheLeastAttendedGo)
{
    const auto s = session("h2o:40");
    ASSERT_TRUE(s->feed(std::span(tokens).first(40)));
    float least = 1e30F;
    int leastIndex = -1;
    for (const CellPlace place : s->cache().places()) {
        const Cell &cell = s->cache().cell(place);
        EXPECT_GT(cell.mass, 0.0F);
        if (cell.index < 20 && cell.mass < least) {
            least = cell.mass;
            leastIndex = cell.index;
        }
    }
    // Twenty are recent; with the next token the youngest candidate is number 20.
    ASSERT_TRUE(s->accept(tokens[40]));
    const std::set<int> left = held(*s);
    EXPECT_EQ(left.size(), 40U);
    EXPECT_FALSE(left.contains(leastIndex));
    EXPECT_TRUE(std::ranges::includes(left, range(21, 41)));
}

TEST_F(PolicyTest, SnapKvComputesAPromptWholeAndThenKeepsItsBudget)
{
    const auto full = session("full");
    const auto snap = session("snapkv:48");
    ASSERT_TRUE(full->feed(std::span(tokens).first(100)));
    ASSERT_TRUE(snap->feed(std::span(tokens).first(100)));
    EXPECT_TRUE(sameBits({snap->logits().begin(), snap->logits().end()},
                         {full->logits().begin(), full->logits().end()}));
    EXPECT_EQ(snap->cache().cells(), 48U);
    EXPECT_TRUE(std::ranges::includes(held(*snap), range(84, 100)));
    ASSERT_TRUE(snap->accept(tokens[100]));
    EXPECT_EQ(snap->cache().cells(), 48U);
}

TEST_F(PolicyTest, TheSameSeedGivesUpTheSameCells)
{
    const auto run = [&](std::uint64_t seed) {
        Session::Options options;
        options.policy = *PolicySpec::parse("random:40");
        options.policy.seed = seed;
        auto s = std::move(*Session::make(model, options));
        trail(*s, 60);
        return held(*s);
    };
    EXPECT_EQ(run(1), run(1));
    EXPECT_NE(run(1), run(2));
}

TEST_F(PolicyTest, WhatAHandHoldsNoPolicyGivesUp)
{
    const auto s = session("window:20");
    ASSERT_TRUE(s->feed(std::span(tokens).first(18)));
    s->cache().hold({0, 2}, true);
    for (std::size_t i = 18; i < 80; ++i) ASSERT_TRUE(s->accept(tokens[i]));
    EXPECT_TRUE(held(*s).contains(2));
    EXPECT_EQ(s->cache().cells(), 20U);
}

TEST_F(PolicyTest, AContextShiftMovesTheRestDownAsIfTheDroppedHadNeverStoodThere)
{
    RandomModel shallow{.layers = 1, .heads = 4, .kvHeads = 2, .headDim = 16};
    model = loadModel(shallow.write());
    const auto s = session("full", {.atEnd = AtContextEnd::Shift, .context = 64, .keep = 4});
    ASSERT_TRUE(s->feed(std::span(tokens).first(60)));
    ASSERT_TRUE(s->shiftContext(4, 20));
    EXPECT_EQ(s->cache().nextPosition(), 40);
    std::vector<TokenId> left(tokens.begin(), tokens.begin() + 4);
    left.insert(left.end(), tokens.begin() + 24, tokens.begin() + 60);
    const auto fresh = session("full");
    ASSERT_TRUE(fresh->feed(left));
    ASSERT_TRUE(fresh->accept(tokens[60]));
    ASSERT_TRUE(s->accept(tokens[60]));
    EXPECT_LT(nmse(std::vector<float>(s->logits().begin(), s->logits().end()),
                   std::vector<float>(fresh->logits().begin(), fresh->logits().end())),
              1e-10);
}

TEST_F(PolicyTest, AFullContextGoesOnAsIfTheDroppedHadNeverBeenSaid)
{
    // In one layer keys and values depend on their own token alone, so that what a shift leaves is
    // what a fresh sequence computes of the tokens that are left.
    RandomModel shallow{.layers = 1, .heads = 4, .kvHeads = 2, .headDim = 16};
    model = loadModel(shallow.write());
    const auto s = session("full", {.atEnd = AtContextEnd::Shift, .context = 64, .keep = 4});
    ASSERT_TRUE(s->feed(std::span(tokens).first(64)));
    EXPECT_EQ(s->shifts(), 0U);
    ASSERT_TRUE(s->accept(tokens[64]));
    EXPECT_EQ(s->shifts(), 1U);
    // Of the sixty behind the first four, the older thirty are gone.
    std::vector<TokenId> left(tokens.begin(), tokens.begin() + 4);
    left.insert(left.end(), tokens.begin() + 34, tokens.begin() + 65);
    EXPECT_EQ(s->cache().cells(), left.size());
    EXPECT_EQ(s->cache().nextPosition(), static_cast<std::int32_t>(left.size()));
    const auto fresh = session("full", {.atEnd = AtContextEnd::Shift, .context = 64, .keep = 4});
    ASSERT_TRUE(fresh->feed(left));
    for (std::size_t i = 65; i < 80; ++i) {
        EXPECT_LT(nmse(std::vector<float>(s->logits().begin(), s->logits().end()),
                       std::vector<float>(fresh->logits().begin(), fresh->logits().end())),
                  1e-10)
            << i;
        ASSERT_TRUE(s->accept(tokens[i]));
        ASSERT_TRUE(fresh->accept(tokens[i]));
    }
}

TEST_F(PolicyTest, AtTheEndOfItsContextASessionShiftsOrStopsAsItWasTold)
{
    const auto shifting = session("full", {.atEnd = AtContextEnd::Shift, .context = 64, .keep = 4});
    trail(*shifting, 30);
    EXPECT_LE(shifting->cache().nextPosition(), 64);
    EXPECT_GE(shifting->shifts(), 1U);
    EXPECT_TRUE(std::ranges::includes(held(*shifting), range(0, 4)));
    const auto stopping = session("full", {.atEnd = AtContextEnd::Stop, .context = 64});
    ASSERT_TRUE(stopping->feed(std::span(tokens).first(64)));
    const auto refused = stopping->accept(1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FaultCode::ContextFull);
    EXPECT_EQ(stopping->tokens().size(), 64U);
    EXPECT_FALSE(stopping->shiftContext(4, 8)) << "its keys are turned already";
}

TEST(PolicySpec, ReadsWhatItWritesAndRefusesTheRest)
{
    for (const char *text : {"full", "window:256", "sinks:4+252", "sinks:0+8", "h2o:64",
                             "snapkv:128", "keynorm:9", "random:1"}) {
        const auto spec = PolicySpec::parse(text);
        ASSERT_TRUE(spec) << text;
        EXPECT_EQ(spec->text(), text);
    }
    for (const char *text :
         {"", "lru", "full:3", "window", "window:", "window:0", "window:-1", "window:5x", "sinks:4",
          "sinks:+4", "sinks:4+0", "h2o:99999999999999999999"})
        EXPECT_FALSE(PolicySpec::parse(text)) << text;
}
