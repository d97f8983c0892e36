// RedisWriter: BatchWriter over Redis, every write an atomic compare-and-set.
#pragma once

#include "core/store/batchwriter.h"
#include "core/store/redislinks.h"
#include "core/store/watchwriter.h"

#include <atomic>

namespace kvscope {

/// One burst of EVALSHA for a batch; where the server doesn't know the script yet, a second one
/// that brings it; where it refuses scripts, WATCH. What expects nothing is a plain SET. Large
/// batches are encoded on the bulk thread.
class RedisWriter final : public BatchWriter
{
  public:
    explicit RedisWriter(std::shared_ptr<RedisLinks> links)
        : m_links(links), m_watch(std::move(links))
    {}

    /// NotSupported where a version is expected: Redis has none.
    void write(std::vector<WriteRequest> requests,
               Callback<std::vector<Result<WriteOutcome>>> done) override;
    void rename(Bytes from, Bytes to, Callback<bool> done) override;

  private:
    static constexpr std::size_t kHeavyBytes = 256UL * 1024;

    std::shared_ptr<RedisLinks> m_links;
    WatchWriter m_watch;
    // Calls that are still to be encoded on another thread.
    std::shared_ptr<std::atomic<int>> m_queued = std::make_shared<std::atomic<int>>(0);
};

/// Before anything is sent: TtlRefused for a TTL that would delete or overflow, NotSupported for a
/// version.
std::optional<Error> refusalOf(const WriteRequest &request);

} // namespace kvscope
