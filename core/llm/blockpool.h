// BlockPool: KV blocks with reference counts, after vLLM's PagedAttention (Kwon et al. 2023).
//
// A sequence holds a table of references to blocks; a block may stand in many tables. Whoever wants
// to write asks for a writable() reference: a block that stands in one table alone is written in
// place, a shared one is copied first (copy-on-write). Memory comes in slabs that are never moved
// or given back before the pool dies; freed blocks are used again, the last freed first.
#pragma once

#include "core/llm/hugememory.h"
#include "core/llm/kvlayout.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace kvscope::llm {

class BlockPool;

/// One reference to a block; empty by default. Copies count. References to one block may live on
/// different threads.
class BlockRef
{
  public:
    BlockRef() = default;
    BlockRef(const BlockRef &other);
    BlockRef(BlockRef &&other) noexcept;
    BlockRef &operator=(BlockRef other) noexcept;
    ~BlockRef();

    /// A block in memory that somebody else keeps, as long as `owner` lives: never written.
    static BlockRef pinned(const std::byte *data, std::shared_ptr<const void> owner);

    explicit operator bool() const { return m_block != nullptr; }
    const std::byte *data() const;
    /// Requires: isWritable().
    std::byte *writableData();
    bool isWritable() const; ///< the pool's, and nobody else's
    bool isShared() const;   ///< in several tables, or pinned
    bool isPinned() const;
    bool operator==(const BlockRef &other) const { return m_block == other.m_block; }

  private:
    friend class BlockPool;
    struct Block;
    explicit BlockRef(Block *block) : m_block(block) {} // takes over one count
    Block *m_block = nullptr;
};

/// Thread-safe. Must outlive every reference (sequences hold it by shared_ptr).
class BlockPool
{
  public:
    enum class Placement : std::uint8_t {
        InOrder, ///< neighbours in a sequence are neighbours in memory, as long as nothing is freed
        Scattered, ///< blocks are handed out in shuffled order; for tests and pictures
    };
    explicit BlockPool(KvLayout layout, Placement placement = Placement::InOrder);
    ~BlockPool();
    BlockPool(const BlockPool &) = delete;
    BlockPool &operator=(const BlockPool &) = delete;

    const KvLayout &layout() const { return m_layout; }
    /// Zeroed when new from the system; else with what it held before. Empty when out of memory.
    BlockRef allocate();
    /// `block` itself where it may be written, else a copy. Empty when out of memory.
    BlockRef writable(BlockRef block);

    std::size_t blocksInUse() const { return m_inUse.load(std::memory_order_relaxed); }
    std::size_t blocksReserved() const;

  private:
    friend class BlockRef;
    bool grow();
    void free(BlockRef::Block *block);

    KvLayout m_layout;
    Placement m_placement;
    mutable std::mutex m_mutex;
    std::vector<HugeMemory> m_slabs;
    std::vector<std::unique_ptr<BlockRef::Block[]>> m_headers;
    std::vector<BlockRef::Block *> m_free;
    std::size_t m_reserved = 0;
    std::atomic<std::size_t> m_inUse{0};
};

} // namespace kvscope::llm
