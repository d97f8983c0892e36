// First in, first out; ghosts keep their places.
#include "core/redis/callqueue.h"

namespace kvscope {
namespace {

Error timedOut(const Call &call)
{
    const QString what =
        call.batch.empty() ? QString() : QString::fromStdString(call.batch.name(0));
    return Error(ErrorCode::TimedOut, {what, QString::number(call.options.timeoutMs)});
}

} // namespace

void Call::answer(Result<Replies> result)
{
    if (!done) return;
    const RepliesCallback once = std::exchange(done, {});
    options.firstField = {};
    once(std::move(result));
}

void CallQueue::push(Call call)
{
    m_waitingBytes += call.batch.wire().size();
    m_waiting.push_back(std::move(call));
}

Call *CallQueue::takeNextToSend()
{
    if (m_waiting.empty()) return nullptr;
    m_waitingBytes -= m_waiting.front().batch.wire().size();
    m_sent.push_back(std::move(m_waiting.front()));
    m_waiting.pop_front();
    return &m_sent.back();
}

Call CallQueue::takeHead()
{
    Call call = std::move(m_sent.front());
    m_sent.pop_front();
    return call;
}

void CallQueue::cancel(RedisClient::CallId id, const Error &error)
{
    for (Call &call : m_sent) {
        if (call.id == id) return call.answer(failure(error));
    }
    for (auto it = m_waiting.begin(); it != m_waiting.end(); ++it) {
        if (it->id != id) continue;
        Call call = std::move(*it);
        m_waitingBytes -= call.batch.wire().size();
        m_waiting.erase(it);
        return call.answer(failure(error));
    }
}

Call::Instant CallQueue::expire(Call::Instant now, const std::optional<Error> &unsent)
{
    // Collected first: a callback may push into the queues that are walked here.
    std::vector<std::pair<RedisClient::CallId, Error>> expired;
    Call::Instant next = Call::Instant::max();
    for (const std::deque<Call> *queue : {&m_sent, &m_waiting}) {
        for (const Call &call : *queue) {
            if (call.answered()) continue;
            if (call.deadline <= now)
                expired.emplace_back(call.id,
                                     unsent && queue == &m_waiting ? *unsent : timedOut(call));
            else
                next = std::min(next, call.deadline);
        }
    }
    for (const auto &[id, error] : expired) cancel(id, error);
    return next;
}

bool CallQueue::endWaitingUntilSelect(const Error &error)
{
    std::vector<Call> ended;
    while (!m_waiting.empty() && !m_waiting.front().selects) {
        m_waitingBytes -= m_waiting.front().batch.wire().size();
        ended.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    const bool selects = !m_waiting.empty();
    for (Call &call : ended) call.answer(failure(error));
    return selects;
}

void CallQueue::endAll(const Error &error)
{
    std::deque<Call> sent = std::exchange(m_sent, {});
    std::deque<Call> waiting = std::exchange(m_waiting, {});
    m_waitingBytes = 0;
    for (Call &call : sent) call.answer(failure(error));
    for (Call &call : waiting) call.answer(failure(error));
}

} // namespace kvscope
