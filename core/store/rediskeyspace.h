// RedisKeySpace: SCAN, DBSIZE and the databases with their counts.
#pragma once

#include "core/redis/scanner.h"
#include "core/store/keyspace.h"
#include "core/store/redislinks.h"

#include <mutex>

namespace kvscope {

class RedisKeySpace final : public KeySpace
{
  public:
    explicit RedisKeySpace(std::shared_ptr<RedisLinks> links) : m_links(std::move(links)) {}

    /// A type is asked key by key: SCAN … TYPE counts a hit for every key it looks at without
    /// saying how many (measured on 7.0.15), and our own lookups must be known to be taken out of
    /// the ratio.
    std::unique_ptr<Scan> scan(ScanOptions options, ScanSink sink) override;
    void count(Callback<std::int64_t> done) override;
    /// INFO keyspace, and the empty ones where CONFIG may be read; without INFO the current one
    /// alone.
    void databases(Callback<std::vector<DatabaseInfo>> done) override;

    /// Of databases(): which one is selected.
    void setDatabase(int index);
    void cancelScans();

  private:
    class RunningScan;

    std::shared_ptr<RedisLinks> m_links;
    std::mutex m_mutex;
    int m_database = 0;                             // guarded by m_mutex
    std::vector<std::weak_ptr<Scanner>> m_scanners; // guarded by m_mutex
};

} // namespace kvscope
