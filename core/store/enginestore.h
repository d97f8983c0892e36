// EngineStore: the built-in engine behind the Store seams.
#pragma once

#include "core/async/lifetime.h"
#include "core/engine/engine.h"
#include "core/store/enginebulk.h"
#include "core/store/enginecalls.h"
#include "core/store/store.h"
#include "core/store/storefactory.h"
#include "core/store/worklane.h"

#include <atomic>

namespace kvscope {

/// The threads that do an engine's long work. Shared by the stores on one engine, so that letting
/// go of a store waits for none of it; destroying them does.
struct EngineLanes
{
    static constexpr int kNoPolicy = -1;

    /// What is still being changed; engine::PolicyKind as int.
    struct Wanted
    {
        std::atomic<std::size_t> bytes = 0; ///< 0: none
        std::atomic<int> policy = kNoPolicy;
    };
    std::shared_ptr<Wanted> wanted = std::make_shared<Wanted>();
    WorkLane calls;   ///< copies of megabytes
    WorkLane changes; ///< of policy and budget
};

/// Always Ready once opened. Small calls act on the engine within the call (its locks are held for
/// microseconds), copies of megabytes and scans on threads of their own; answers are always
/// delivered later. Requires: the engine outlives it and the lanes.
class EngineStore final : public Store,
                          private KeySpace,
                          private BatchReader,
                          private BatchWriter,
                          private Snapshot,
                          private Telemetry,
                          private EngineControl
{
    Q_OBJECT

  public:
    /// With lanes of its own: its destructor waits for what they have in hand.
    EngineStore(engine::Engine &engine, Access access, const Clock &clock = Clock::system());
    EngineStore(engine::Engine &engine, std::shared_ptr<EngineLanes> lanes, Access access,
                const Clock &clock = Clock::system());
    ~EngineStore() override;

    void open() override;
    StoreState state() const override { return m_state; }
    Capabilities capabilities() const override;
    QString name() const override { return QStringLiteral("engine"); }

    KeySpace &keySpace() override { return *this; }
    BatchReader &reader() override { return *this; }
    BatchWriter &writer() override { return *this; }
    Snapshot &snapshot() override { return *this; }
    Telemetry &telemetry() override { return *this; }
    BulkAccess &bulk() override { return m_bulk; }
    EngineControl *engineControl() override { return this; }

    int database() const override { return 0; }
    /// The engine has database 0 alone; another index changes nothing.
    void selectDatabase(int index) override;

  private:
    std::unique_ptr<Scan> scan(ScanOptions options, ScanSink sink) override;
    void count(Callback<std::int64_t> done) override;
    void databases(Callback<std::vector<DatabaseInfo>> done) override;

    void read(std::vector<Bytes> keys, ReadOptions options,
              Callback<std::vector<Entry>> done) override;
    void readWhole(Bytes key, std::int64_t limit, Callback<Entry> done) override;
    void readElements(Bytes key, ValueType type, Bytes cursor, int count,
                      Callback<ElementPage> done) override;

    void write(std::vector<WriteRequest> requests,
               Callback<std::vector<Result<WriteOutcome>>> done) override;
    void rename(Bytes from, Bytes to, Callback<bool> done) override;

    void take(std::vector<Bytes> keys, Callback<std::vector<BeforeImage>> done) override;
    void restore(BeforeImage image, IfPresent ifPresent, Callback<bool> done) override;

    void sample(Callback<TelemetrySample> done) override;

    std::vector<QString> policies() const override;
    QString policy() const override;
    bool setPolicy(const QString &name) override;
    std::size_t memoryBytes() const override;
    void setMemoryBytes(std::size_t bytes) override;

    void change(std::function<void()> work);

    engine::Engine &m_engine;
    Access m_access;
    const Clock &m_clock;
    StoreState m_state;
    std::function<void(std::vector<Bytes>)> m_announce; ///< keysChanged, from any thread
    std::shared_ptr<const EngineCalls> m_calls;
    std::shared_ptr<EngineLanes> m_lanes;
    EngineBulk m_bulk;
    Lifetime m_lifetime;
};

} // namespace kvscope
