// CallQueue: the calls of one connection, first in, first out, each answered exactly once.
//
//   push → [ waiting … ] → takeNextToSend → [ sent … ] → head gets the next replies → finishHead
//
// A sent call that is cancelled or timed out is answered at once and keeps its place as a ghost:
// its replies still come and belong to nobody else.
#pragma once

#include "core/redis/client.h"

#include <chrono>
#include <deque>
#include <vector>

namespace kvscope {

struct Call
{
    using Instant = std::chrono::steady_clock::time_point;

    RedisClient::CallId id = 0;
    Batch batch;
    CallOptions options;
    RepliesCallback done;              ///< empty: answered
    Instant deadline = Instant::max(); ///< of options.timeoutMs
    std::size_t received = 0;          ///< replies so far
    bool selects = false; ///< our own SELECT of `database`: nothing is sent before its answer
    int database = 0;

    /// Exactly once; later ones do nothing.
    void answer(Result<Replies> result);
    bool answered() const { return !done; }
};

/// One io thread. Callbacks run inside answer…() and cancel(); they may push.
class CallQueue
{
  public:
    /// Requires: not full.
    void push(Call call);
    bool full() const { return m_waiting.size() + m_sent.size() >= RedisClient::kMaxOpenCalls; }
    std::size_t waitingBytes() const { return m_waitingBytes; }

    /// The next waiting call, now counted as sent; null when none waits. Valid until finishHead().
    Call *takeNextToSend();
    /// The call whose replies come next; null: none is expected.
    Call *head() { return m_sent.empty() ? nullptr : &m_sent.front(); }
    Call takeHead();

    /// Waiting: it goes. Sent: it becomes a ghost.
    void cancel(RedisClient::CallId id, const Error &error);
    /// Ends every call whose deadline has passed in TimedOut, or in `unsent` where it still waits
    /// and that says why; returns the next deadline.
    Call::Instant expire(Call::Instant now, const std::optional<Error> &unsent = {});
    /// Ends the waiting calls before the next SELECT in `error`; true when there is such a SELECT.
    bool endWaitingUntilSelect(const Error &error);
    void endAll(const Error &error);

    bool idle() const { return m_waiting.empty() && m_sent.empty(); }

  private:
    std::deque<Call> m_waiting;
    std::deque<Call> m_sent;
    std::size_t m_waitingBytes = 0;
};

} // namespace kvscope
