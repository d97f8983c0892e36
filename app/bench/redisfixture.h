// RedisFixture: a scratch redis-server for a measurement, seeded in random key order.
#pragma once

#include "core/async/result.h"
#include "core/base/bytes.h"

#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

struct redisContext;

namespace kvscope::bench {

/// Runs from start() to destruction, on a free port of the loopback and in a folder of its own; no
/// persistence. It dies with this process, however that ends. Blocks: for measurements alone.
class RedisFixture
{
  public:
    /// SourceFailed where redis-server can't be run.
    static Result<std::unique_ptr<RedisFixture>> start(const QStringList &options = {});
    ~RedisFixture();
    RedisFixture(const RedisFixture &) = delete;
    RedisFixture &operator=(const RedisFixture &) = delete;

    int port() const { return m_port; }
    QString url() const { return QStringLiteral("redis://127.0.0.1:%1/0").arg(m_port); }

    /// A blocking hiredis connection, the reference's; null when refused.
    struct Closer
    {
        void operator()(redisContext *context) const;
    };
    using Connection = std::unique_ptr<redisContext, Closer>;
    Connection connect() const;

    using Namer = std::function<Bytes(std::size_t)>;
    /// Writes entries 0 … count-1, named by `key`, with benchValue(i, valueBytes), in an order that
    /// has nothing to do with their names. Empties the database first.
    Result<bool> seed(std::size_t count, const Namer &key, std::size_t valueBytes);

  private:
    RedisFixture() = default;

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

/// "user:0001234": what cases name their keys unless they need namespaces.
Bytes benchKey(std::size_t i);
/// `bytes` long and telling `i`, so that a wrong answer shows.
Bytes benchValue(std::size_t i, std::size_t bytes);
/// 0 … count-1 in a random order that is the same for the same seed.
std::vector<std::uint32_t> shuffled(std::size_t count, std::uint32_t seed = 42);

} // namespace kvscope::bench
