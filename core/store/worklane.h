// WorkLane: one thread that keeps calls in order, and the caller's own thread while it is idle.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kvscope {

/// Light work runs at once on the calling thread unless something heavy is still queued; then it
/// queues behind it. So a caller's works happen in the order it asked for them, and copying
/// megabytes (a page fault costs 23 µs here: 10 MB is 60 ms) never happens on the UI thread.
/// Thread-safe. Destroying it finishes the work in hand and drops the rest.
class WorkLane
{
  public:
    enum class Weight : std::uint8_t { Light, Heavy };
    /// Copies of more bytes than this are heavy.
    static constexpr std::size_t kHeavyBytes = 256UL * 1024;

    ~WorkLane();

    void run(Weight weight, std::function<void()> work);

  private:
    void serve(const std::stop_token &stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::function<void()>> m_queue; // guarded by m_mutex; the front is in hand
    std::jthread m_thread;                     // started by the first heavy work
};

} // namespace kvscope
