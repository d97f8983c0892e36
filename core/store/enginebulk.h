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
    /// Always 0: nobody queues for the engine.
    void probe(Callback<std::int64_t> done) override;
    /// Nothing: the engine counts no commands.
    void foreignCommands(Callback<std::optional<std::int64_t>> done) override;

  private:
    BulkOutcome writeAbsent(const BulkItem &item);

    engine::Engine &m_engine;
    Access m_access;
    const Clock &m_clock;
};

} // namespace kvscope
