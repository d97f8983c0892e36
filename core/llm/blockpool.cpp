// BlockPool: slabs, a free list and counts.
#include "core/llm/blockpool.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace kvscope::llm {

struct BlockRef::Block
{
    std::byte *data = nullptr;
    std::atomic<std::uint32_t> references{0};
    BlockPool *pool = nullptr;         // none: pinned
    std::shared_ptr<const void> owner; // of a pinned block's memory
};

BlockRef::BlockRef(const BlockRef &other) : m_block(other.m_block)
{
    if (m_block != nullptr) m_block->references.fetch_add(1, std::memory_order_relaxed);
}

BlockRef::BlockRef(BlockRef &&other) noexcept : m_block(std::exchange(other.m_block, nullptr))
{}

BlockRef &BlockRef::operator=(BlockRef other) noexcept
{
    std::swap(m_block, other.m_block);
    return *this;
}

BlockRef::~BlockRef()
{
    if (m_block == nullptr || m_block->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    if (m_block->pool != nullptr)
        m_block->pool->free(m_block);
    else
        delete m_block;
}

BlockRef BlockRef::pinned(const std::byte *data, std::shared_ptr<const void> owner)
{
    auto *block = new Block;
    block->data = const_cast<std::byte *>(data); // isWritable() is false for it, always
    block->references = 1;
    block->owner = std::move(owner);
    return BlockRef(block);
}

const std::byte *BlockRef::data() const
{
    return m_block->data;
}

std::byte *BlockRef::writableData()
{
    return m_block->data;
}

bool BlockRef::isWritable() const
{
    return m_block->pool != nullptr && m_block->references.load(std::memory_order_acquire) == 1;
}

bool BlockRef::isShared() const
{
    return m_block->pool == nullptr || m_block->references.load(std::memory_order_relaxed) > 1;
}

bool BlockRef::isPinned() const
{
    return m_block->pool == nullptr;
}

BlockPool::BlockPool(KvLayout layout, Placement placement)
    : m_layout(layout), m_placement(placement)
{}

BlockPool::~BlockPool() = default;

bool BlockPool::grow()
{
    // A slab of some megabytes, so that it can be huge pages; the next ones grow with the pool.
    constexpr std::size_t kSlabBytes = 4U << 20U;
    const std::size_t size = m_layout.blockBytes();
    const std::size_t count = std::max<std::size_t>({1, kSlabBytes / size, m_reserved / 2});
    HugeMemory slab(count * size);
    if (slab.size() == 0) return false;
    auto headers = std::make_unique<BlockRef::Block[]>(count);
    for (std::size_t i = count; i-- > 0;) {
        headers[i].data = slab.data() + i * size;
        headers[i].pool = this;
        m_free.push_back(&headers[i]);
    }
    if (m_placement == Placement::Scattered)
        std::shuffle(m_free.begin(), m_free.end(), std::mt19937_64(m_reserved + 1));
    m_reserved += count;
    m_slabs.push_back(std::move(slab));
    m_headers.push_back(std::move(headers));
    return true;
}

BlockRef BlockPool::allocate()
{
    const std::lock_guard lock(m_mutex);
    if (m_free.empty() && !grow()) return {};
    BlockRef::Block *block = m_free.back();
    m_free.pop_back();
    block->references.store(1, std::memory_order_relaxed);
    m_inUse.fetch_add(1, std::memory_order_relaxed);
    return BlockRef(block);
}

BlockRef BlockPool::writable(BlockRef block)
{
    if (block.isWritable()) return block;
    BlockRef copy = allocate();
    if (copy) std::memcpy(copy.writableData(), block.data(), m_layout.blockBytes());
    return copy;
}

void BlockPool::free(BlockRef::Block *block)
{
    const std::lock_guard lock(m_mutex);
    m_free.push_back(block);
    m_inUse.fetch_sub(1, std::memory_order_relaxed);
}

std::size_t BlockPool::blocksReserved() const
{
    const std::lock_guard lock(m_mutex);
    return m_reserved;
}

} // namespace kvscope::llm
