// QuestionLane: the thread holds its state by itself, so that nobody has to wait for its end.
#include "core/binding/questionlane.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace kvscope {

struct QuestionLane::State
{
    explicit State(Options made) : options(std::move(made)) {}

    const Options options;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Question> questions;  // guarded by mutex
    std::optional<Question> running; // guarded by mutex
    std::stop_source stop;           // of the running one; guarded by mutex
    bool ending = false;             // guarded by mutex
};

QuestionLane::QuestionLane(Options options)
    : m_state(std::make_shared<State>(std::move(options))),
      m_thread([state = m_state] { work(state); })
{}

QuestionLane::~QuestionLane()
{
    const bool finishes = m_state->options.atEnd == AtEnd::Finish;
    std::vector<Question> dropped;
    std::stop_source stop;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->ending = true;
        const auto isKept = [finishes](const Question &one) {
            return finishes && one.keep == Keep::Always;
        };
        std::deque<Question> kept;
        for (Question &one : m_state->questions) {
            if (isKept(one))
                kept.push_back(std::move(one));
            else
                dropped.push_back(std::move(one));
        }
        m_state->questions = std::move(kept);
        if (m_state->running && !isKept(*m_state->running)) {
            dropped.push_back(*m_state->running);
            stop = m_state->stop;
        }
    }
    m_state->wake.notify_one();
    stop.request_stop();
    for (const Question &one : dropped) one.cancel();
    if (finishes)
        m_thread.join();
    else
        m_thread.detach();
}

void QuestionLane::put(Question question)
{
    std::vector<Question> replaced;
    std::optional<std::stop_source> stop;
    {
        const std::lock_guard lock(m_state->mutex);
        auto &questions = m_state->questions;
        if (question.keep == Keep::No) {
            for (auto it = questions.begin(); it != questions.end();) {
                if (it->kind != question.kind) {
                    ++it;
                    continue;
                }
                replaced.push_back(std::move(*it));
                it = questions.erase(it);
            }
            if (m_state->running && m_state->running->kind == question.kind) {
                replaced.push_back(*m_state->running);
                stop = m_state->stop;
            }
        }
        questions.push_back(std::move(question));
    }
    m_state->wake.notify_one();
    if (stop) stop->request_stop();
    for (const Question &old : replaced) old.cancel();
}

void QuestionLane::work(const std::shared_ptr<State> &state)
{
    const auto rest = [&state] {
        if (state->options.rest) state->options.rest();
    };
    std::unique_lock lock(state->mutex);
    while (true) {
        const bool woken = state->wake.wait_for(lock, state->options.idleAfter, [&state] {
            return state->ending || !state->questions.empty();
        });
        if (!woken) {
            lock.unlock();
            rest();
            lock.lock();
            continue;
        }
        if (state->questions.empty()) break;
        state->running = std::move(state->questions.front());
        state->questions.pop_front();
        state->stop = std::stop_source();
        const auto answer = state->running->answer;
        const std::stop_token stop = state->stop.get_token();
        lock.unlock();
        answer(stop);
        lock.lock();
        state->running.reset();
    }
    lock.unlock();
    rest();
}

} // namespace kvscope
