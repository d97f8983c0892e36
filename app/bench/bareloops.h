// BareLoops: what a warm-up and a check are measured against: sqlite3's own interface and hiredis,
// on one thread, four batches of a thousand in flight, with keys and values ready-made in a table.
#pragma once

#include "app/bench/benchcase.h"

struct redisContext;

namespace kvscope::bench {

class RedisFixture;

class BareLoops
{
  public:
    /// `file` holds BindingRows' table `ready`. Requires: server outlives it.
    BareLoops(const RedisFixture &server, QString file) : m_server(server), m_file(std::move(file))
    {}

    /// SET key value NX PX.
    bool set() const;
    /// A script that writes where there is no higher version, EVALSHA for each.
    bool setGuarded() const;
    /// MGET and memcmp.
    bool compare() const;
    /// SCAN with COUNT 1000, each key looked at.
    bool scan(std::size_t expected) const;

    /// The commands of set() for `redis-cli --pipe`.
    bool writeCommands(const QString &path) const;
    bool pipe(const QString &path) const;

  private:
    const RedisFixture &m_server;
    QString m_file;
};

} // namespace kvscope::bench
