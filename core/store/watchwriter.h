// WatchWriter: compare-and-set by WATCH, where the server refuses scripts.
#pragma once

#include "core/async/result.h"
#include "core/store/batchwriter.h"
#include "core/store/redislinks.h"

#include <memory>
#include <vector>

namespace kvscope {

/// Carries out requests one after another on the watching connection, three round trips each:
///
///   WATCH key · TYPE · GET · PTTL   →   compare   →   MULTI · SET … · EXEC   (or UNWATCH)
///
/// EXEC does nothing when the key changed since WATCH; then it is looked at and compared anew.
/// Requests of different callers take turns, since a connection has one set of watched keys.
class WatchWriter
{
  public:
    explicit WatchWriter(std::shared_ptr<RedisLinks> links);

    /// One result a request, in order, on the io thread; leftUndone() for those that another
    /// database than `generation`'s was selected before. Any thread.
    void write(std::vector<WriteRequest> requests, std::uint64_t generation,
               std::function<void(std::vector<Result<WriteOutcome>>)> done);

  private:
    class Queue;
    std::shared_ptr<Queue> m_queue;
};

/// What becomes of a request that another database was selected before: DatabaseChanged where it
/// names its own, else Cancelled.
Error leftUndone(const WriteRequest &request);

} // namespace kvscope
