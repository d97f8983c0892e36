// The lab's thread: what it does with a model file that it can't use.
#include "core/labrun/labrun.h"
#include "tests/unit/llm/modelwriter.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

using SnapshotPtr = std::shared_ptr<const LabSnapshot>;

struct LabRunTest : testing::Test
{
    llm::test::TemporaryFile file{llm::test::RandomModel{}.write()};
    std::mutex mutex;
    std::condition_variable changed;
    SnapshotPtr last = std::make_shared<LabSnapshot>();
    LabRun run{[this](SnapshotPtr snapshot) {
        const std::lock_guard lock(mutex);
        last = std::move(snapshot);
        run.taken();
        changed.notify_all();
    }};

    template<class Condition>
    SnapshotPtr until(Condition condition)
    {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, std::chrono::seconds(60), [&] { return condition(*last); });
        EXPECT_TRUE(condition(*last));
        return last;
    }
    /// A text that waits for its next step.
    SnapshotPtr begin()
    {
        run.setPace(LabPace::Step);
        run.load(file.path());
        until([](const LabSnapshot &now) { return now.phase == LabPhase::Idle; });
        LabPlan plan;
        plan.prompt = "the whale went down";
        plan.tokens = 50;
        run.start(plan);
        return until([](const LabSnapshot &now) { return now.phase == LabPhase::Waiting; });
    }
};

TEST_F(LabRunTest, AFileThatIsRefusedLeavesTheTextWhereItWasAndTheReasonStays)
{
    const SnapshotPtr before = begin();
    const llm::test::TemporaryFile bad("this is no model");
    run.load(bad.path());
    const SnapshotPtr refused =
        until([](const LabSnapshot &now) { return now.error && now.phase != LabPhase::Loading; });
    EXPECT_EQ(refused->error->code(), ErrorCode::ModelUnusable);
    EXPECT_EQ(refused->phase, LabPhase::Waiting);
    EXPECT_EQ(refused->model, before->model);
    EXPECT_EQ(refused->run, before->run);
    ASSERT_EQ(refused->tokens.size(), before->tokens.size());
    run.step();
    const SnapshotPtr after = until([&](const LabSnapshot &now) {
        return now.tokens.size() == before->tokens.size() + 1 && now.phase == LabPhase::Waiting;
    });
    EXPECT_TRUE(after->error) << "it is said for as long as nothing else is begun";
}

TEST_F(LabRunTest, WhatWasEvictedBeforeACacheWasSavedIsNotCalledComputedHere)
{
    LabPlan plan;
    plan.prompt = "the whale went down and came up again, and the ship sailed on";
    plan.tokens = 4;
    plan.session.policy = {.kind = llm::PolicyKind::Window, .budget = 16};
    run.setPace(LabPace::Full);
    run.load(file.path());
    run.start(plan);
    const SnapshotPtr written =
        until([](const LabSnapshot &now) { return now.phase == LabPhase::Done; });
    ASSERT_GT(written->tokens.size(), 16U);
    const llm::test::TemporaryFile saved;
    run.save(saved.path(), [](const std::optional<Error> &error) { EXPECT_FALSE(error); });
    run.restore(saved.path(), plan, [](const std::optional<Error> &error) { EXPECT_FALSE(error); });
    const SnapshotPtr restored = until([&](const LabSnapshot &now) {
        return now.run > written->run && now.phase == LabPhase::Stopped;
    });
    ASSERT_EQ(restored->tokens.size(), written->tokens.size());
    EXPECT_TRUE(restored->tokens[0].isEvicted);
    for (const LabToken &token : restored->tokens) EXPECT_EQ(token.origin, llm::Origin::File);
}

TEST_F(LabRunTest, AFileThatIsRefusedBeforeThereIsAModelLeavesNone)
{
    const llm::test::TemporaryFile bad("this is no model");
    run.load(bad.path());
    const SnapshotPtr refused =
        until([](const LabSnapshot &now) { return now.error && now.phase != LabPhase::Loading; });
    EXPECT_EQ(refused->phase, LabPhase::Empty);
    EXPECT_FALSE(refused->model);
}

} // namespace
} // namespace kvscope
