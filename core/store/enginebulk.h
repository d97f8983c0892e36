// EngineBulk: BulkAccess over the built-in engine. It holds strings only.
#pragma once

#include "core/base/clock.h"
#include "core/engine/engine.h"
#include "core/store/bulkaccess.h"
#include "core/store/storefactory.h"

namespace kvscope {

/// Works within the call. Requires: the engine and the clock outlive it.
class EngineBulk final : public BulkAccess
{
  public:
    EngineBulk(engine::Engine &engine, Access access, const Clock &clock)
        : m_engine(engine), m_access(access), m_clock(clock)
    {}

    void read(const KeyBatch &keys, const BulkReadOptions &options,
              Callback<BulkPage> done) override;
    void write(std::span<const BulkItem> items, const BulkWriteOptions &options,
               Callback<BulkWritten> done) override;
    void images(const KeyBatch &keys, Callback<BulkImages> done) override;
    /// Of two steps both are looked at first; then they are carried out one after the other.
    void change(std::span<const BulkChange> changes, const BulkFence &fence,
                Callback<BulkChangeAnswers> done) override;
    /// Always granted: the engine is in this process, and so is who works on it.
    void claim(const BulkClaim &claim, Callback<BulkGrant> done) override;
    void renew(const BulkFence &fence, std::chrono::milliseconds time, FencedBy by,
               Callback<bool> done) override;
    void release(const BulkFence &fence, Callback<bool> done) override;
    /// None: the engine has no replicas.
    void awaitReplicas(int replicas, std::chrono::milliseconds time, Callback<int> done) override;
    /// Always 0: nobody queues for the engine.
    void probe(Callback<std::int64_t> done) override;
    /// Nothing: the engine counts no commands.
    void foreignCommands(Callback<std::optional<std::int64_t>> done) override;

  private:
    BulkOutcome writeAbsent(const BulkItem &item);
    BulkChanged applyStep(const BulkStep &step);
    bool holds(const BulkStep &step, const engine::Handle &handle) const;

    engine::Engine &m_engine;
    Access m_access;
    const Clock &m_clock;
};

} // namespace kvscope
