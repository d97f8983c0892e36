// Predictor: what it picks from the past of a trace is asked for more than what was asked for last.
#include "core/trace/predictor.h"
#include "core/trace/tracegenerator.h"
#include "core/trace/tracereader.h"
#include "core/trace/warmsplit.h"
#include "tests/unit/trace/tracefiles.h"

#include <gtest/gtest.h>

namespace kvscope::trace {
namespace {

void observe(Predictor &predictor, const std::string &key)
{
    predictor.observe({key});
}

TEST(BoostedTrees, LearnWhereASimpleRuleIsWrong)
{
    std::vector<Sample> samples;
    for (int i = 0; i < 4'000; ++i) {
        Sample sample;
        sample.features[3] = static_cast<float>(i % 10);
        sample.prior = 2;
        sample.count = i % 10 < 5 ? 1 : 8;
        samples.push_back(sample);
    }
    BoostedTrees trees;
    EXPECT_FALSE(trees.isFitted());
    trees.fit(samples);
    ASSERT_TRUE(trees.isFitted());
    Features low{};
    low[3] = 2;
    Features high{};
    high[3] = 7;
    EXPECT_NEAR(trees.predict(low, 2), 1, 0.2);
    EXPECT_NEAR(trees.predict(high, 2), 8, 0.8);
    // The same rule with twice the prior is expected twice as often.
    EXPECT_NEAR(trees.predict(high, 4) / trees.predict(high, 2), 2, 1e-6);
}

TEST(BoostedTrees, StayWithThePriorWhereThereIsNothingToLearn)
{
    std::vector<Sample> samples(1'000);
    for (Sample &sample : samples) {
        sample.prior = 3;
        sample.count = 6;
    }
    BoostedTrees trees;
    trees.fit(samples);
    EXPECT_NEAR(trees.predict(Features{}, 3), 6, 0.1);
}

TEST(Predictor, RanksByTheLastWindowWhileThePastIsTooShortToLearnFrom)
{
    Predictor predictor({.window = 100});
    for (int i = 0; i < 5; ++i) observe(predictor, "often");
    observe(predictor, "once");
    observe(predictor, "last");
    const auto ranked = predictor.rank();
    ASSERT_EQ(ranked.size(), 3U);
    EXPECT_EQ(ranked[0].key, "often");
    EXPECT_EQ(ranked[0].lastWindow, 5);
    EXPECT_EQ(ranked[1].key, "last"); // as often as the other, and later
    EXPECT_EQ(predictor.rank(1).size(), 1U);
}

TEST(Predictor, ExpectsThoseThatComeBackRatherThanThoseThatPassed)
{
    // Of 100 keys a window each has one turn in four; in the last quarter of each window another
    // hundred is asked for twice each and never again.
    Predictor predictor({.window = 400});
    for (int window = 0; window < 40; ++window) {
        for (int i = 0; i < 100; ++i) observe(predictor, "back:" + std::to_string(i));
        for (int i = 0; i < 100; ++i) observe(predictor, "pad:" + std::to_string(window * 100 + i));
        for (int turn = 0; turn < 2; ++turn)
            for (int i = 0; i < 100; ++i)
                observe(predictor, "gone:" + std::to_string(window) + ':' + std::to_string(i));
    }
    const auto ranked = predictor.rank(100);
    int back = 0;
    for (const Ranked &each : ranked) back += each.key.starts_with("back:") ? 1 : 0;
    EXPECT_GE(back, 95);
    const auto last = predictor.rankByLastWindow(100);
    int lastBack = 0;
    for (const Ranked &each : last) lastBack += each.key.starts_with("back:") ? 1 : 0;
    EXPECT_EQ(lastBack, 0);
}

TEST(Predictor, ForgetsTheLongestIdleWhenThereAreTooManyKeys)
{
    Predictor predictor({.window = 400, .mostKeys = 1'000});
    for (int i = 0; i < 20'000; ++i) {
        observe(predictor, "once:" + std::to_string(i));
        observe(predictor, "kept:" + std::to_string(i % 50));
    }
    EXPECT_LE(predictor.keys(), 1'200U);
    const auto ranked = predictor.rank(50);
    ASSERT_EQ(ranked.size(), 50U);
    for (const Ranked &each : ranked) EXPECT_TRUE(each.key.starts_with("kept:")) << each.key;
}

TEST(Predictor, RemembersSizeAndCost)
{
    Predictor predictor({.window = 10});
    predictor.observe({"a", std::nullopt, 120, 2.5});
    predictor.observe({"a"});
    EXPECT_EQ(predictor.rank().front().bytes, 120U);
    EXPECT_EQ(predictor.rank().front().cost, 2.5F);
}

TEST(Predictor, BeatsLastWindowFrequencyOnAnInventedTrace)
{
    for (const std::uint32_t seed : {7U, 8U, 9U}) {
        const SplitResult result = compareOnSplit(generateTrace({.seed = seed}), {});
        ASSERT_EQ(result.cells.size(), 3U);
        EXPECT_GT(result.gain(), 1.05) << "seed " << seed;
        for (const SplitCell &cell : result.cells) EXPECT_LE(cell.learned, cell.best);
    }
}

TEST(Predictor, GivesTheSameAnswerTwice)
{
    const auto trace = generateTrace({.requests = 30'000});
    const SplitResult one = compareOnSplit(trace, {});
    const SplitResult two = compareOnSplit(trace, {});
    for (std::size_t i = 0; i < one.cells.size(); ++i)
        EXPECT_EQ(one.cells[i].learned, two.cells[i].learned);
}

#ifdef KVSCOPE_ZSTD
TEST(Predictor, BeatsLastWindowFrequencyOnRealTraces)
{
    const auto paths = test::sharedTraces();
    if (paths.empty()) GTEST_SKIP() << "../shared/traces is absent";
    for (const auto &path : paths) {
        std::optional<TraceError> error;
        const auto trace = readTrace(path, error);
        ASSERT_FALSE(error) << path;
        const SplitResult result = compareOnSplit(trace, {});
        EXPECT_GE(result.gain(), 1.0) << path;
    }
}
#endif

} // namespace
} // namespace kvscope::trace
