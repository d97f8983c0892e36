// WatchChanges: what jobs change where no script may be run: by WATCH, on a connection of their
// own.
//
//   WATCH keys · reads   →   decide by what was read   →   MULTI · commands · EXEC   (or UNWATCH)
//
// EXEC does nothing where one of the keys changed since WATCH; then all is read and decided anew.
// Two round trips each, one after the other: thousands a second where scripts do a hundred
// thousand.
#pragma once

#include "core/store/bulkaccess.h"
#include "core/store/redislinks.h"

namespace kvscope {

/// As the calls of BulkAccess of the same names. Any thread; `done` runs on the bulk io thread.
class WatchChanges
{
  public:
    explicit WatchChanges(std::shared_ptr<RedisLinks> links);

    void images(const KeyBatch &keys, Callback<BulkImages> done);
    void change(std::span<const BulkChange> changes, const BulkFence &fence,
                Callback<BulkChangeAnswers> done);
    void claim(const BulkClaim &claim, Callback<BulkGrant> done);
    void renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
               Callback<bool> done);
    void release(const BulkFence &fence, Callback<bool> done);

  private:
    std::shared_ptr<class WatchQueue> m_queue;
};

} // namespace kvscope
