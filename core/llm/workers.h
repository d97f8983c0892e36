// Workers: a few threads that share one loop at a time.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace kvscope::llm {

/// Splits [0, count) among the calling thread and its helpers in contiguous, equal ranges. Which
/// thread gets which range never changes a result: ranges write to places of their own.
///
/// Helpers yield for a moment and then sleep: on shared cores a spinning barrier falls to a
/// thirtieth of its speed. A loop costs some microseconds, so one thread is best below about 50 MB
/// of weights.
class Workers
{
  public:
    using Body = std::function<void(std::size_t begin, std::size_t end, std::size_t worker)>;

    explicit Workers(std::size_t threads);
    ~Workers();
    Workers(const Workers &) = delete;
    Workers &operator=(const Workers &) = delete;

    std::size_t threads() const { return m_threads.size() + 1; }
    /// Returns when all of it is done. One caller at a time.
    void run(std::size_t count, const Body &body);

  private:
    void serve(std::size_t worker);
    void part(std::size_t worker) const;

    const Body *m_body = nullptr;
    std::size_t m_count = 0;
    std::atomic<std::uint32_t> m_round{0};
    std::atomic<std::size_t> m_left{0};
    std::atomic<bool> m_ending{false};
    std::vector<std::jthread> m_threads;
};

} // namespace kvscope::llm
