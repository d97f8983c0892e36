// Window: the batches of a job that are under way, answered in the order they were sent.
#pragma once

#include "core/async/result.h"

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace kvscope {

/// A ring of kDepth slots. The job's thread claims a slot, fills it, hands answerFor() to a store
/// and takes the oldest answer when the ring is full; answers come on any thread. Four in flight
/// keep a server busy; more only make everybody else wait. Slots are reused with their memory.
template<class Slot, class Answer>
class Window
{
  public:
    static constexpr std::size_t kDepth = 4;

    bool isFull() const { return m_count == kDepth; }
    bool isEmpty() const { return m_count == 0; }

    /// The next free slot. Requires: not full. It is under way once it was sent.
    Slot &next() { return m_slots[(m_first + m_count) % kDepth]; }

    /// Marks next() as sent and gives what its answer goes to.
    Callback<Answer> send()
    {
        const std::size_t index = (m_first + m_count++) % kDepth;
        m_answers->each[index].reset();
        return [answers = m_answers, index](Result<Answer> answer) {
            const std::lock_guard lock(answers->mutex);
            answers->each[index].emplace(std::move(answer));
            answers->came.notify_one();
        };
    }

    struct Taken
    {
        Slot &slot; ///< valid until it is claimed again
        Result<Answer> answer;
    };
    /// Waits for the oldest answer; stores promise that every call is answered. Requires: not
    /// empty.
    Taken take()
    {
        const std::size_t index = m_first;
        std::unique_lock lock(m_answers->mutex);
        m_answers->came.wait(lock, [&] { return m_answers->each[index].has_value(); });
        Result<Answer> answer = std::move(*m_answers->each[index]);
        m_answers->each[index].reset();
        m_first = (m_first + 1) % kDepth;
        --m_count;
        return {m_slots[index], std::move(answer)};
    }

  private:
    // Kept by the callbacks, so that an answer after the job's end finds a place.
    struct Answers
    {
        std::mutex mutex;
        std::condition_variable came;
        std::array<std::optional<Result<Answer>>, kDepth> each; // guarded by mutex
    };
    std::array<Slot, kDepth> m_slots;
    std::shared_ptr<Answers> m_answers = std::make_shared<Answers>();
    std::size_t m_first = 0;
    std::size_t m_count = 0;
};

/// One call, waited for on a job's thread: `auto page = answerOf<BulkPage>([&](auto done) { … });`
template<class Answer, class Start>
Result<Answer> answerOf(Start start)
{
    struct None
    {};
    Window<None, Answer> window;
    start(window.send());
    return window.take().answer;
}

} // namespace kvscope
