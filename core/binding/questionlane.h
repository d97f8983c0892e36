// QuestionLane: a queue of blocking questions and the thread that answers them.
#pragma once

#include "core/async/result.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <thread>

namespace kvscope {

/// One question after the other. Each is answered exactly once: by its answer or by its
/// cancellation, whichever comes first. A newer question of the same kind takes the place of an
/// older one, but for those that must not be given up. Any thread; put() is never called by two at
/// once with the destructor.
class QuestionLane
{
  public:
    enum class AtEnd : std::uint8_t {
        Finish, ///< waits for what must not be given up; for questions that end by themselves
        Leave,  ///< waits for nothing: the thread ends on its own once what it does lets it
    };
    struct Options
    {
        AtEnd atEnd = AtEnd::Finish;
        /// Called on the lane's thread once nothing was asked for `idleAfter`, and before it ends.
        std::function<void()> rest{};
        std::chrono::milliseconds idleAfter{std::chrono::hours(24)};
    };

    explicit QuestionLane(Options options);
    ~QuestionLane();
    QuestionLane(const QuestionLane &) = delete;
    QuestionLane &operator=(const QuestionLane &) = delete;

    enum class Keep : std::uint8_t { No, Always };

    /// `work` runs on the lane's thread; its stop token is told when nobody waits any more.
    template<class T>
    void ask(int kind, Keep keep, Callback<T> done,
             std::function<Result<T>(const std::stop_token &)> work)
    {
        const auto answer = std::make_shared<Answer<T>>(std::move(done));
        put({kind, keep,
             [answer, work = std::move(work)](const std::stop_token &stop) {
                 Result<T> result = work(stop);
                 // An answer that came all the same would show what is no longer asked for.
                 answer->give(stop.stop_requested() ? Result<T>(failure(ErrorCode::Cancelled))
                                                    : std::move(result));
             },
             [answer] { answer->give(failure(ErrorCode::Cancelled)); }});
    }

  private:
    struct Question
    {
        int kind;
        Keep keep;
        std::function<void(const std::stop_token &)> answer;
        std::function<void()> cancel;
    };
    template<class T>
    class Answer
    {
      public:
        explicit Answer(Callback<T> done) : m_done(std::move(done)) {}
        void give(Result<T> result)
        {
            if (!m_given.exchange(true)) m_done(std::move(result));
        }

      private:
        Callback<T> m_done;
        std::atomic<bool> m_given{false};
    };
    struct State;

    void put(Question question);
    static void work(const std::shared_ptr<State> &state);

    std::shared_ptr<State> m_state; // the thread's, too, which may live longer
    std::thread m_thread;
};

} // namespace kvscope
