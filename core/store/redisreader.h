// RedisReader: BatchReader over Redis, one burst a round, size before content.
#pragma once

#include "core/store/batchreader.h"
#include "core/store/redislinks.h"

namespace kvscope {

class RedisReader final : public BatchReader
{
  public:
    explicit RedisReader(std::shared_ptr<RedisLinks> links) : m_links(std::move(links)) {}

    /// Inspect and Job: TYPE (and PTTL) of all keys in one burst, what depends on the type in a
    /// second one. A key whose type changes in between is read again.
    void read(std::vector<Bytes> keys, ReadOptions options,
              Callback<std::vector<Entry>> done) override;
    void readWhole(Bytes key, std::int64_t limit, Callback<Entry> done) override;
    void readElements(Bytes key, ValueType type, Bytes cursor, int count,
                      Callback<ElementPage> done) override;

  private:
    std::shared_ptr<RedisLinks> m_links;
};

} // namespace kvscope
