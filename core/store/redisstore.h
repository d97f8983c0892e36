// RedisStore: a Redis server, or one that speaks like it, behind the Store seams.
#pragma once

#include "core/async/lifetime.h"
#include "core/store/redisbulk.h"
#include "core/store/rediskeyspace.h"
#include "core/store/redisreader.h"
#include "core/store/redissnapshot.h"
#include "core/store/redistelemetry.h"
#include "core/store/rediswriter.h"
#include "core/store/store.h"

#include <QElapsedTimer>

namespace kvscope {

/// Ready once it is connected and has found out what it may do; keeps reconnecting after that.
/// Requires: the threads outlive it.
class RedisStore final : public Store
{
  public:
    RedisStore(RedisThreads &threads, Endpoint endpoint, Access access);
    ~RedisStore() override;

    /// Also, while it is Ready: finds out anew what it may do.
    void open() override;
    StoreState state() const override { return m_state; }
    Capabilities capabilities() const override { return m_links->capabilities(); }
    QString name() const override { return m_endpoint.displayName(); }

    KeySpace &keySpace() override { return m_keySpace; }
    BatchReader &reader() override { return m_reader; }
    BatchWriter &writer() override { return m_writer; }
    Snapshot &snapshot() override { return m_snapshot; }
    Telemetry &telemetry() override { return m_telemetry; }
    BulkAccess &bulk() override { return m_bulk; }

    int database() const override { return m_endpoint.database; }
    /// Where the server refuses, databaseChanged tells the one that stays.
    void selectDatabase(int index) override;

  private:
    void follow(const ConnectionState &state);
    void probe();
    void take(Capabilities capabilities);
    void askAgain();
    void setState(StoreState state);

    Endpoint m_endpoint; // its database is the selected one
    Access m_access;
    StoreState m_state;
    QElapsedTimer m_sinceProbe;
    bool m_probeDue = false; // in a while
    Lifetime
        m_lifetime; // before the links, which are made with its guard; all this is one thread's
    std::shared_ptr<RedisLinks> m_links;
    RedisKeySpace m_keySpace;
    RedisReader m_reader;
    RedisWriter m_writer;
    RedisSnapshot m_snapshot;
    RedisTelemetry m_telemetry;
    RedisBulk m_bulk;
};

} // namespace kvscope
