// Lab: the language model's side of the window: its thread, its prefix cache, its last snapshot.
#pragma once

#include "core/async/lifetime.h"
#include "core/labrun/labrun.h"
#include "core/store/kvblocks.h"
#include "core/store/storefactory.h"

#include <QObject>

namespace kvscope {

/// KV blocks for the lab's thread, whose second level may be exchanged while it publishes.
class LabBlocks final : public llm::BlockSource
{
  public:
    /// Of the blocks' entries, unless the person says otherwise.
    static constexpr std::int64_t kTtlMs = 3'600'000;

    explicit LabBlocks(engine::Engine &engine) : m_blocks(engine, {.ttlMs = kTtlMs}) {}

    /// Waits for a publish under way (it queues a write, no more).
    void setSecondLevel(Store *store);
    KvBlocks &blocks() { return m_blocks; }

    std::vector<llm::FoundBlock> find(std::span<const llm::BlockId> chain) override;
    llm::BlockRef publish(const llm::BlockId &id, const std::byte *block) override;

  private:
    std::mutex m_mutex;
    KvBlocks m_blocks;
};

/// UI thread. Blocks of the prefix cache lie in the factory's engine (L1) and, while one is set, in
/// the second level's store. Requires: the factory outlives it.
class Lab : public QObject
{
    Q_OBJECT

  public:
    explicit Lab(StoreFactory &factory, QObject *parent = nullptr);
    ~Lab() override;

    /// A store that may be used, by `name`; null: none. It is not used before the person says so:
    /// blocks are written to it. Requires: it outlives the lab or is replaced before it dies.
    void offerSecondLevel(Store *store, const QString &name);
    enum class SecondLevel : std::uint8_t { Unused, Used };
    void setSecondLevel(SecondLevel use);
    /// Empty: none is offered.
    const QString &secondLevelName() const { return m_secondName; }
    SecondLevel secondLevel() const { return m_use; }

    /// A model file; without one the shipped model, if there is any.
    void open(const QString &path = {});
    bool hasModel() const { return m_snapshot && m_snapshot->model != nullptr; }

    /// Asks the second level for the prompt's blocks first, where there is one.
    void start(const LabPlan &plan);
    LabRun &run() { return *m_run; }

    /// Never null.
    const std::shared_ptr<const LabSnapshot> &snapshot() const { return m_snapshot; }
    KvBlocksCounters counters() const { return m_blocks->blocks().counters(); }

    void save(const QString &path);
    void restore(const QString &path, const LabPlan &plan);
    void verify();

    /// Of blocks written from now on; zero: none.
    void setBlockTtl(std::chrono::milliseconds ttl) { m_blocks->blocks().setTtlMs(ttl.count()); }
    std::chrono::milliseconds blockTtl() const
    {
        return std::chrono::milliseconds(m_blocks->blocks().ttlMs());
    }

  signals:
    void snapshotTaken();
    void secondLevelOffered();
    void saved(const QString &path, const std::optional<kvscope::Error> &error);
    void restored(const QString &path, const std::optional<kvscope::Error> &error);
    void verified(const std::optional<kvscope::Error> &error, qulonglong differingBlocks);

  private:
    void take(const std::shared_ptr<const LabSnapshot> &snapshot);

    std::shared_ptr<LabBlocks> m_blocks;
    Store *m_second = nullptr; // offered
    QString m_secondName;
    SecondLevel m_use = SecondLevel::Unused;
    std::shared_ptr<const LabSnapshot> m_snapshot = std::make_shared<LabSnapshot>();
    Lifetime m_lifetime;
    std::unique_ptr<LabRun> m_run; // last: its thread ends before the rest goes
};

} // namespace kvscope
