// RedisSnapshot: before-images as DUMP makes them, of any type, with their expiry.
#pragma once

#include "core/store/redislinks.h"
#include "core/store/snapshot.h"

namespace kvscope {

class RedisSnapshot final : public Snapshot
{
  public:
    explicit RedisSnapshot(std::shared_ptr<RedisLinks> links) : m_links(std::move(links)) {}

    /// One burst of DUMP and PTTL on the bulk connection.
    void take(std::vector<Bytes> keys, Callback<std::vector<BeforeImage>> done) override;
    /// RESTORE; the image of a key that did not exist removes it.
    void restore(BeforeImage image, IfPresent ifPresent, Callback<bool> done) override;

  private:
    std::shared_ptr<RedisLinks> m_links;
};

} // namespace kvscope
