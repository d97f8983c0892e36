// LookupTally: hits and misses of our own reads at one server, over all the stores that are open
// there.
#pragma once

#include "core/base/bytes.h"
#include "core/redis/command.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace kvscope {

/// A server counts lookups for all its clients and databases together, and a job has connections
/// apart from the window's: what is to be taken out of the server's hit ratio is the sum over both.
/// Never falls: what a store looked up stays counted when it has gone. Thread-safe.
class LookupTally
{
  public:
    /// The one of a server, in this process. Lives while somebody holds it.
    static std::shared_ptr<LookupTally> at(QString place);
    /// The one of the server that goes by this run id, whatever place it was reached at: `here`, or
    /// one that was there before, which takes over what is counted `here` of stores that have gone.
    static std::shared_ptr<LookupTally> of(const Bytes &runId, std::shared_ptr<LookupTally> here);

    using Count = std::function<Lookups()>;
    /// `count` tells what this owner looked up so far, until leave().
    void join(const void *owner, Count count);
    void leave(const void *owner);
    /// What the owner looked up counts there from now on, and here no more.
    void move(const void *owner, LookupTally &to);
    Lookups sum() const;

  private:
    mutable std::mutex m_mutex;
    std::map<const void *, Count> m_counts; // guarded by m_mutex
    Lookups m_gone;                         // guarded by m_mutex
};

} // namespace kvscope
