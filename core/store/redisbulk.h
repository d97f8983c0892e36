// RedisBulk: BulkAccess over Redis, one burst a call.
#pragma once

#include "core/store/bulkaccess.h"
#include "core/store/redislinks.h"
#include "core/store/watchchanges.h"

#include <atomic>

namespace kvscope {

class RedisBulk final : public BulkAccess
{
  public:
    explicit RedisBulk(std::shared_ptr<RedisLinks> links)
        : m_links(std::move(links)), m_watched(m_links)
    {}

    void read(const KeyBatch &keys, const BulkReadOptions &options,
              Callback<BulkPage> done) override;
    void write(std::span<const BulkItem> items, const BulkWriteOptions &options,
               Callback<BulkWritten> done) override;
    /// These go by script, and by WATCH where the server or the user has none.
    void images(const KeyBatch &keys, Callback<BulkImages> done) override;
    void change(std::span<const BulkChange> changes, const BulkFence &fence,
                Callback<BulkChangeAnswers> done) override;
    void claim(const BulkClaim &claim, Callback<BulkGrant> done) override;
    void renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
               Callback<bool> done) override;
    void release(const BulkFence &fence, Callback<bool> done) override;
    void awaitReplicas(int replicas, std::chrono::milliseconds time, Callback<int> done) override;
    void probe(Callback<std::int64_t> done) override;
    void foreignCommands(Callback<std::optional<std::int64_t>> done) override;

  private:
    class ImagesCall;
    /// Sends it and makes an answer of the last reply.
    template<class T, class Take>
    void ask(Batch batch, Callback<T> done, Take take);

    std::shared_ptr<RedisLinks> m_links;
    WatchChanges m_watched;
    /// Scripts the server is known to have. Shared with calls under way.
    std::shared_ptr<std::atomic<bool>> m_scriptsLoaded = std::make_shared<std::atomic<bool>>(false);
    /// Commands of ours that the server has answered, those inside scripts too. Grows on the bulk
    /// thread in the order of the calls, so what foreignCommands() subtracts is exact.
    std::shared_ptr<std::atomic<std::int64_t>> m_answered =
        std::make_shared<std::atomic<std::int64_t>>(0);
};

} // namespace kvscope
