// JobLease: only one at a time repairs by a binding, wherever its operators sit.
//
//   a lease of 15 s, kept up every 5 s      in the store, or in etcd where one is configured
//   a token that only grows                 one more than the store's fence key holds, or
//                                           etcd's revision
//   the fence                               each change checks, in its own atomic step, that the
//                                           store's fence key still holds this holder's token
//
// The lease keeps two apart; the fence stops one that was suspended for longer than the lease and
// does not know it yet (Kleppmann, How to do distributed locking, 2016).
#pragma once

#include "core/jobs/etcdlease.h"
#include "core/store/store.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace kvscope {

/// Held from take() to the destructor, which gives it back. A thread of its own keeps it up.
/// Requires: the store outlives it.
class JobLease
{
  public:
    struct Options
    {
        Bytes name;     ///< of the binding
        Bytes work;     ///< the run: one that goes on after a crash succeeds itself at once
        QString etcd{}; ///< URL of an etcd's HTTP gateway; empty: the store keeps the lease
        std::chrono::milliseconds time{15'000};
    };
    /// LeaseHeld. Blocks.
    static Result<std::unique_ptr<JobLease>> take(Store &store, Options options);
    ~JobLease();
    JobLease(const JobLease &) = delete;
    JobLease &operator=(const JobLease &) = delete;

    const BulkFence &fence() const { return m_fence; }
    /// LeaseLost: somebody else has it by now. NoPermission: it may not be kept up.
    std::optional<Error> whyLost() const;

  private:
    JobLease(Store &store, Options options) : m_store(store), m_options(std::move(options)) {}
    std::optional<Error> take();
    void keepUp(const std::stop_token &stop);
    std::optional<Error> renew();

    Store &m_store;
    Options m_options;
    BulkFence m_fence;
    std::unique_ptr<EtcdLease> m_etcd; // used by one thread at a time: take(), keepUp(), the end
    mutable std::mutex m_mutex;
    std::optional<Error> m_lost; // guarded by m_mutex
    std::condition_variable_any m_wake;
    std::jthread m_keeper; // last: ends first
};

} // namespace kvscope
