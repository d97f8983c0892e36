// The queue of calls: each answered once, each in its place.
#include "core/redis/callqueue.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

using namespace std::chrono_literals;

struct Answers
{
    std::vector<std::pair<RedisClient::CallId, std::optional<Error>>> given;

    Call call(RedisClient::CallId id, Call::Instant deadline = Call::Instant::max())
    {
        Call call;
        call.id = id;
        call.batch = Batch({"PING"});
        call.deadline = deadline;
        call.done = [this, id](Result<Replies> r) {
            given.emplace_back(id, r ? std::optional<Error>() : r.error());
        };
        return call;
    }
};

const Error kCancelled(ErrorCode::Cancelled);

TEST(CallQueue, AnswersACancelledCallOnceAndKeepsItsPlace)
{
    Answers answers;
    CallQueue queue;
    for (RedisClient::CallId id : {1, 2, 3}) queue.push(answers.call(id));
    while (queue.takeNextToSend()) continue;
    queue.cancel(2, kCancelled);
    queue.cancel(2, kCancelled);
    ASSERT_EQ(answers.given.size(), 1U);

    EXPECT_EQ(queue.head()->id, 1U);
    queue.takeHead().answer(Replies());
    EXPECT_EQ(queue.head()->id, 2U) << "its replies are still on their way";
    EXPECT_TRUE(queue.head()->answered());
    queue.takeHead().answer(Replies());
    queue.takeHead().answer(Replies());
    ASSERT_EQ(answers.given.size(), 3U);
    EXPECT_EQ(answers.given[1].first, 1U);
    EXPECT_EQ(answers.given[2].first, 3U);
}

TEST(CallQueue, NeverSendsACallThatWasCancelledWhileItWaited)
{
    Answers answers;
    CallQueue queue;
    queue.push(answers.call(1));
    queue.push(answers.call(2));
    const std::size_t both = queue.waitingBytes();
    queue.cancel(1, kCancelled);
    EXPECT_EQ(queue.waitingBytes(), both / 2);
    EXPECT_EQ(queue.takeNextToSend()->id, 2U);
    EXPECT_EQ(queue.takeNextToSend(), nullptr);
}

TEST(CallQueue, TimesOutWhatIsLateAndTellsTheNextDeadline)
{
    Answers answers;
    CallQueue queue;
    const Call::Instant start{};
    queue.push(answers.call(1, start + 10ms));
    queue.push(answers.call(2, start + 30ms));
    queue.push(answers.call(3));
    queue.takeNextToSend();
    EXPECT_EQ(queue.expire(start + 5ms), start + 10ms);
    EXPECT_TRUE(answers.given.empty());
    EXPECT_EQ(queue.expire(start + 10ms), start + 30ms);
    ASSERT_EQ(answers.given.size(), 1U);
    EXPECT_EQ(answers.given[0].second->code(), ErrorCode::TimedOut);
    EXPECT_EQ(answers.given[0].second->parameter(0), QStringLiteral("PING"));
    EXPECT_EQ(queue.expire(start + 1s), Call::Instant::max());
    ASSERT_EQ(answers.given.size(), 2U);
    EXPECT_EQ(queue.takeNextToSend()->id, 3U) << "the second was never sent";
}

TEST(CallQueue, EndsWhatWaitsForARefusedDatabaseButNotWhatWaitsForTheNext)
{
    Answers answers;
    CallQueue queue;
    queue.push(answers.call(1));
    queue.push(answers.call(2));
    Call select = answers.call(3);
    select.selects = true;
    queue.push(std::move(select));
    queue.push(answers.call(4));
    EXPECT_TRUE(queue.endWaitingUntilSelect(kCancelled));
    EXPECT_EQ(answers.given.size(), 2U);
    EXPECT_EQ(queue.takeNextToSend()->id, 3U);
    EXPECT_EQ(queue.takeNextToSend()->id, 4U);
    EXPECT_EQ(queue.waitingBytes(), 0U);
    EXPECT_FALSE(queue.endWaitingUntilSelect(kCancelled));
}

TEST(CallQueue, EndsEveryCallOnceAlsoWhenACallbackPushesAnother)
{
    Answers answers;
    CallQueue queue;
    queue.push(answers.call(1));
    queue.push(answers.call(2));
    queue.takeNextToSend();
    Call pushing = answers.call(3);
    pushing.done = [&](Result<Replies>) { queue.push(answers.call(4)); };
    queue.push(std::move(pushing));
    queue.endAll(kCancelled);
    EXPECT_EQ(answers.given.size(), 2U);
    EXPECT_EQ(queue.head(), nullptr);
    EXPECT_EQ(queue.takeNextToSend()->id, 4U);
}

} // namespace
} // namespace kvscope
