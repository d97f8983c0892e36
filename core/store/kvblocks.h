// KvBlocks: the language model's KV blocks as entries of the engine (L1), and of a Store behind it
// (L2).
//
// A block is the entry "kv:<model>:<hash>", so it is browsed, expires and is evicted like any other
// (llm/blocksource.h has the record). A sequence reads a block where it lies: a pinned handle keeps
// its bytes in place and in the budget for as long as any sequence refers to them.
//
// A hit touches the last block first and the first block last. A chain is of use from its beginning
// only, so under LRU the ends of chains go before their beginnings and no suffix is ever stranded.
//
// L2 is reached by the Store's seams, which answer later: fetch() brings what L1 lacks of a chain
// into it; find() then finds it there. What is published goes to both; what L1 alone has of a chain
// (from before there was an L2, or L2 has lost it) fetch() gives to L2: a chain without its
// beginning is of no use there.
#pragma once

#include "core/engine/engine.h"
#include "core/llm/blocksource.h"
#include "core/store/store.h"

#include <atomic>
#include <mutex>
#include <set>

namespace kvscope {

struct KvBlocksCounters
{
    std::uint64_t hits = 0;            ///< blocks found in L1 that were made or found there
    std::uint64_t secondLevelHits = 0; ///< blocks found in L1 that fetch() had brought from L2
    std::uint64_t misses = 0;          ///< blocks that a sequence had to compute
    std::uint64_t published = 0;
    std::uint64_t refused = 0; ///< blocks that the engine had no room for
};

/// find() and publish() from any thread; the rest on the thread of its making.
/// Requires: engine and second level outlive it and every block it gave out.
class KvBlocks final : public llm::BlockSource
{
  public:
    struct Options
    {
        std::int64_t ttlMs = 0; ///< 0: none
    };
    explicit KvBlocks(engine::Engine &engine) : KvBlocks(engine, Options{}) {}
    KvBlocks(engine::Engine &engine, Options options);
    ~KvBlocks() override;

    /// Of what is kept from now on; 0: none. Any thread.
    void setTtlMs(std::int64_t ttlMs) { m_ttlMs = ttlMs; }
    std::int64_t ttlMs() const { return m_ttlMs; }

    /// From now on blocks go to `store` too. Null: no longer.
    void setSecondLevel(Store *store);
    /// Brings into L1 what it lacks of the chain, up to the first block that L2 lacks as well.
    /// Yields how many blocks came. Records that are not what they should be are left alone. What
    /// L2 lacks of the chain's beginning is written there meanwhile, as published blocks are.
    void fetch(std::vector<llm::BlockId> chain, Callback<int> done);
    /// Once everything published so far is in L2 (or was refused there).
    void whenWritten(Callback<bool> done);

    std::vector<llm::FoundBlock> find(std::span<const llm::BlockId> chain) override;
    llm::BlockRef publish(const llm::BlockId &id, const std::byte *block) override;

    KvBlocksCounters counters() const;

  private:
    llm::BlockRef pin(const llm::BlockId &id, engine::Handle handle) const;
    engine::Expiry expiry() const;
    WriteRequest requestFor(const Bytes &key, Bytes record, ExpectedValue expected) const;
    void writeBehind(std::vector<WriteRequest> requests);
    void completeSecondLevel(std::vector<llm::BlockId> held);
    void writeMissing(const std::vector<llm::BlockId> &held, const std::vector<Entry> &read);
    int keep(const std::vector<llm::BlockId> &chain, const std::vector<Entry> &read);

    engine::Engine &m_engine;
    std::atomic<std::int64_t> m_ttlMs;
    std::atomic<Store *> m_second{nullptr};

    struct Writes
    {
        void begin();
        void end(); ///< tells whoever waits, if it was the last

        std::mutex owning;         ///< held while an answer of L2 is used
        KvBlocks *owner = nullptr; ///< null once it has gone

        std::mutex mutex;
        int underWay = 0;
        std::vector<Callback<bool>> waiting;
    };
    std::shared_ptr<Writes> m_writes = std::make_shared<Writes>();
    mutable std::mutex m_mutex;
    std::set<Bytes> m_fromSecond; // keys that fetch() brought
    KvBlocksCounters m_counters;
};

} // namespace kvscope
