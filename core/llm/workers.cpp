// Workers: rounds.
#include "core/llm/workers.h"

namespace kvscope::llm {
namespace {

constexpr int kYields = 64; // some ten microseconds

template<class T>
void await(const std::atomic<T> &value, T old)
{
    for (int i = 0; i < kYields; ++i) {
        if (value.load(std::memory_order_acquire) != old) return;
        std::this_thread::yield();
    }
    value.wait(old, std::memory_order_acquire);
}

} // namespace

Workers::Workers(std::size_t threads)
{
    for (std::size_t i = 1; i < threads; ++i) m_threads.emplace_back([this, i] { serve(i); });
}

Workers::~Workers()
{
    m_ending = true;
    m_round.fetch_add(1, std::memory_order_release);
    m_round.notify_all();
}

void Workers::part(std::size_t worker) const
{
    const std::size_t threads = m_threads.size() + 1;
    const std::size_t begin = m_count * worker / threads;
    const std::size_t end = m_count * (worker + 1) / threads;
    if (begin < end) (*m_body)(begin, end, worker);
}

void Workers::serve(std::size_t worker)
{
    for (std::uint32_t seen = 0;;) {
        await(m_round, seen);
        seen = m_round.load(std::memory_order_acquire);
        if (m_ending) return;
        part(worker);
        if (m_left.fetch_sub(1, std::memory_order_acq_rel) == 1) m_left.notify_one();
    }
}

void Workers::run(std::size_t count, const Body &body)
{
    if (m_threads.empty() || count < 2) {
        if (count > 0) body(0, count, 0);
        return;
    }
    m_body = &body;
    m_count = count;
    m_left.store(m_threads.size(), std::memory_order_relaxed);
    m_round.fetch_add(1, std::memory_order_release);
    m_round.notify_all();
    part(0);
    for (std::size_t left = m_left.load(std::memory_order_acquire); left != 0;
         left = m_left.load(std::memory_order_acquire))
        await(m_left, left);
}

} // namespace kvscope::llm
