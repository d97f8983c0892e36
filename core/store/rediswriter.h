// RedisWriter: BatchWriter over Redis, every write an atomic compare-and-set.
#pragma once

#include "core/store/batchwriter.h"
#include "core/store/redislinks.h"
#include "core/store/watchwriter.h"

namespace kvscope {

/// One burst of EVALSHA for a batch; where the server doesn't know the script yet, a second one
/// that brings it; where it refuses scripts, WATCH. What expects nothing is a plain SET.
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
    std::shared_ptr<RedisLinks> m_links;
    WatchWriter m_watch;
};

/// Before anything is sent: TtlRefused for a TTL that would delete or overflow, NotSupported for a
/// version.
std::optional<Error> refusalOf(const WriteRequest &request);

} // namespace kvscope
