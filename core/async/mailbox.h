// Mailbox: how work reaches a thread. Posts from any thread, one wake of the event loop per burst.
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace kvscope {

/// One per thread with an event loop. Functions run in the order they were posted, in slices of at
/// most 4 ms, so that a flood of results can't freeze a window.
/// Owned by shared pointers: a post after the thread ended is dropped with its captures.
class Mailbox : public std::enable_shared_from_this<Mailbox>
{
  public:
    using Function = std::function<void()>;

    /// The calling thread's mailbox, made on first use. The thread needs an event loop to be
    /// served.
    static std::shared_ptr<Mailbox> current();

    ~Mailbox();

    /// Any thread. Runs `function` on the mailbox's thread later, never at once.
    void post(Function function);

  private:
    class Receiver;

    Mailbox();
    void drain();
    void close();

    std::mutex m_mutex;
    std::vector<Function> m_waiting; // guarded by m_mutex
    bool m_wakePosted = false;       // guarded by m_mutex
    bool m_closed = false;           // guarded by m_mutex
    std::vector<Function> m_running; // the mailbox's thread only
    std::size_t m_next = 0;          // the mailbox's thread only
    Receiver *m_receiver = nullptr;  // lives on the mailbox's thread

    friend struct ThreadMailbox;
};

} // namespace kvscope
