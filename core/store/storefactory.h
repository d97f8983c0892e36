// StoreFactory: from a store URL (contract, Store URLs) to a Store.
#pragma once

#include "core/store/store.h"

#include <memory>

namespace kvscope {

namespace engine {
class Engine;
}
class RedisThreads;
struct EngineLanes;

enum class Access : std::uint8_t { ReadWrite, ReadOnly };

/// Owns what stores share: the two io threads and the built-in engine (made on first use).
/// Requires: outlives every store it made.
class StoreFactory
{
  public:
    StoreFactory();
    ~StoreFactory();
    StoreFactory(const StoreFactory &) = delete;
    StoreFactory &operator=(const StoreFactory &) = delete;

    /// A store that is Idle until open(). InvalidUrl for what is not a store URL. `password`, if
    /// not empty, is used where the URL has none (KVSCOPE_PASSWORD, the keyring, a prompt). Returns
    /// at once: a smaller budget for a full engine is reached later.
    Result<std::unique_ptr<Store>> make(const QString &url, Access access,
                                        const QString &password = {});

    /// Why `url` is not a store URL (InvalidUrl); nothing where make() would take it.
    static std::optional<Error> faultOf(const QString &url);

    /// The engine behind `engine:`, one per process; empty when it is first asked for.
    engine::Engine &localEngine();

  private:
    std::unique_ptr<RedisThreads> m_threads;
    std::unique_ptr<engine::Engine> m_engine;
    std::shared_ptr<EngineLanes> m_lanes; // behind the engine: ends first
};

} // namespace kvscope
