// EngineCalls: what a store asks of the engine, key by key, in the words of the seams.
#pragma once

#include "core/base/clock.h"
#include "core/engine/engine.h"
#include "core/store/batchreader.h"
#include "core/store/batchwriter.h"
#include "core/store/snapshot.h"

namespace kvscope {

/// Works on the calling thread; any thread. Held by the work under way, so that a store need not
/// wait for it when it goes. Requires: the engine and the clock outlive it.
class EngineCalls
{
  public:
    EngineCalls(engine::Engine &engine, const Clock &clock) : m_engine(engine), m_clock(clock) {}

    Entry read(const Bytes &key, const ReadOptions &options) const;
    /// KeyNotFound; TooLarge above `limit` bytes.
    Result<Entry> readWhole(const Bytes &key, std::int64_t limit) const;
    Result<WriteOutcome> write(const WriteRequest &request) const;
    BeforeImage image(const Bytes &key) const;
    Result<bool> restore(const BeforeImage &image, Snapshot::IfPresent ifPresent) const;

  private:
    WriteOutcome outcomeNow(const Bytes &key, WriteOutcome::Status status) const;
    std::optional<std::int64_t> ttlOf(std::int64_t expiresAtMs) const;

    engine::Engine &m_engine;
    const Clock &m_clock;
};

} // namespace kvscope
