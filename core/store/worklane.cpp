// WorkLane: a locked deque whose front stays in it until it has run, so that "idle" means empty.
#include "core/store/worklane.h"

namespace kvscope {

WorkLane::~WorkLane()
{
    m_thread.request_stop();
    m_wake.notify_all();
}

void WorkLane::run(Weight weight, std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (weight == Weight::Heavy || !m_queue.empty()) {
            m_queue.push_back(std::move(work));
            if (!m_thread.joinable())
                m_thread = std::jthread([this](const std::stop_token &stop) { serve(stop); });
            m_wake.notify_all();
            return;
        }
    }
    work();
}

void WorkLane::serve(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        if (stop.stop_requested()) return;
        const std::function<void()> &work = m_queue.front(); // stays where it is while others queue
        lock.unlock();
        work();
        lock.lock();
        m_queue.pop_front();
    }
}

} // namespace kvscope
