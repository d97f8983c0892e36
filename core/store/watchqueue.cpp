// WatchQueue: WATCH and reads in one burst, MULTI to EXEC in the next.
#include "core/store/watchqueue.h"

namespace kvscope {

void WatchQueue::add(WatchedTry work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(work));
        if (m_busy) return;
        m_busy = true;
    }
    next();
}

void WatchQueue::next()
{
    {
        const std::lock_guard lock(m_mutex);
        m_now = WatchedTry();
        if (m_waiting.empty()) {
            m_busy = false;
            return;
        }
        m_now = std::move(m_waiting.front());
        m_waiting.pop_front();
    }
    m_attempt = 0;
    const auto phase = m_links->jobWatch().state().phase;
    if (phase == ConnectionState::Phase::Failed || phase == ConnectionState::Phase::Waiting)
        m_links->jobWatch().open();
    look();
}

void WatchQueue::look()
{
    std::vector<BytesView> watch{"WATCH"};
    watch.insert(watch.end(), m_now.keys.begin(), m_now.keys.end());
    Batch batch;
    batch.add(watch);
    m_now.addReads(batch);
    m_links->jobWatch().send(std::move(batch),
                             [self = shared_from_this()](const Result<Replies> &replies) {
                                 if (!replies) return self->settle(failure(replies.error()));
                                 self->decide(*replies);
                             });
}

void WatchQueue::decide(const Replies &replies)
{
    if (replies[0].isError()) return settle(failure(m_links->errorOf(replies[0], "WATCH")));
    Batch batch({"MULTI"});
    if (!m_now.decide(replies, batch)) {
        m_links->jobWatch().send(Batch({"UNWATCH"}), [](const Result<Replies> &) {});
        return settle(WatchedTry::End::Left);
    }
    batch.add({"EXEC"});
    m_links->jobWatch().send(std::move(batch),
                             [self = shared_from_this()](const Result<Replies> &answers) {
                                 if (!answers) return self->settle(failure(answers.error()));
                                 self->conclude(*answers);
                             });
}

void WatchQueue::conclude(const Replies &replies)
{
    const ReplyView exec = replies[replies.size() - 1];
    if (exec.isNil()) { // somebody else changed a key since WATCH
        if (++m_attempt < kMostAttempts) return look();
        return settle(WatchedTry::End::Conflict);
    }
    for (const ReplyView refusal : {replies.firstError(), exec.isArray() ? ReplyView() : exec})
        if (refusal.isError()) return settle(failure(m_links->errorOf(refusal, "EXEC")));
    std::optional<Error> refused;
    std::size_t errors = 0;
    for (const ReplyView each : exec) {
        if (!each.isError()) continue;
        if (++errors == 1) refused = m_links->errorOf(each, "EXEC");
    }
    if (errors == 0) return settle(WatchedTry::End::Done, exec);
    if (errors < exec.size()) return settle(WatchedTry::End::Partly, exec);
    settle(failure(*refused));
}

void WatchQueue::settle(Result<WatchedTry::End> end, const ReplyView &exec)
{
    // Taken out first: what it holds may be the last that holds this queue's store.
    const auto done = std::exchange(m_now.done, nullptr);
    done(std::move(end), exec);
    next();
}

} // namespace kvscope
