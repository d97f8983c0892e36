// BarePostgres: the bare loop of a check over rows of PostgreSQL.
#pragma once

#include "app/bench/bindingrows.h"
#include "app/bench/postgresfixture.h"

namespace kvscope::bench {

class RedisFixture;

/// libpq's COPY, MGET and memcmp.
class BarePostgres
{
  public:
    /// False where libpq was not there to build with.
    static bool isThere();

    BarePostgres(const RedisFixture &server, const PostgresFixture &postgres)
        : m_server(server), m_postgres(postgres)
    {}

    /// Makes the table of keys and ready-made values.
    Result<bool> fill(const BindingRows &rows) const;
    /// False: something differed, or was not there.
    bool compare(std::size_t expected) const;

  private:
    const RedisFixture &m_server;
    const PostgresFixture &m_postgres;
};

} // namespace kvscope::bench
