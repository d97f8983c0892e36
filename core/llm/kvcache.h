// KvCache: the keys and values that one sequence holds: a table of blocks and what is in their
// cells.
//
//     table:   block 0        block 1        block 2
//     cells:   ################ ##.#########.### ######..........      # live   . free
//
// A cell is one token in all layers and heads. Its *index* is where the token stands in the text;
// its *position* is what RoPE turned its key by. They differ only after renumbering (context shift,
// and the policy "sinks", which gives cells their rank: Xiao et al., StreamingLLM, 2023), and that
// needs keys kept Raw. New tokens fill freed cells first, then the last block, then a new block; a
// block whose last cell goes is given back. Blocks may be shared with other sequences and with the
// prefix store: they are copied when written (blockpool.h).
//
// kivi2 keeps two kinds of blocks: f32 ones, and those that kResidual tokens have passed, which are
// quantised whole; cells of the latter are not filled again. That happens at positions that are
// multiples of sixteen alone, whatever the batches were.
//
// One thread at a time. Copying makes a fork that shares every block.
#pragma once

#include "core/llm/blockpool.h"
#include "core/llm/tokenizer.h"

#include <array>

namespace kvscope::llm {

/// Where a cell's numbers came from.
enum class Origin : std::uint8_t { Computed, FirstLevel, SecondLevel, File };

struct Cell
{
    TokenId token = 0;
    std::int32_t index = 0;    ///< in the text
    std::int32_t position = 0; ///< for RoPE
    Origin origin = Origin::Computed;
    bool isHeld = false; ///< by hand: no policy evicts it
    float mass = 0;      ///< attention it was given, as the policy counts it
    float keyNorm = 0;   ///< mean length of its keys over layers and heads
};

/// A place in the table. Valid until the next eviction.
struct CellPlace
{
    std::size_t block = 0;
    std::size_t slot = 0;
    bool operator==(const CellPlace &) const = default;
};

/// Bytes of the blocks in a sequence's table. total = payload + scales + slack.
struct KvMemory
{
    std::size_t payload = 0; ///< 2 · layers · kv_heads · head_dim · bits/8 · cells
    std::size_t scales = 0;
    std::size_t slack = 0; ///< cells that are free, and what kivi2's recent f32 takes beyond 2 bits
    std::size_t residual = 0; ///< of slack: kivi2's recent f32
    std::size_t total = 0;
    std::size_t shared = 0; ///< of total: in blocks that others refer to as well
    std::size_t cells = 0;
};

/// Told of keys and values as they were computed, before they are encoded. On the decoding thread.
class KvObserver
{
  public:
    virtual ~KvObserver() = default;
    /// One token in one layer: kv_heads · head_dim floats each; keys as the cache's KeyForm says.
    virtual void written(const Cell &cell, std::size_t layer, const float *keys,
                         const float *values) = 0;
};

class KvCache
{
  public:
    static constexpr std::size_t kResidual = 32; ///< tokens that kivi2 keeps in f32, at least

    struct TableBlock
    {
        BlockRef block;
        std::uint16_t live = 0;  ///< a bit for each cell
        bool isResidual = false; ///< kivi2: still f32
        std::int32_t lastPosition = -1;
        std::array<Cell, kBlockTokens> cells;
    };

    /// `residual` holds kivi2's recent blocks: residualFormat(). Requires: it is there for kivi2.
    explicit KvCache(std::shared_ptr<BlockPool> pool,
                     std::shared_ptr<BlockPool> residual = nullptr);
    static KvFormat residualFormat(KvFormat format)
    {
        return {KvType::F32, Rotation::None, format.keys};
    }

    const KvLayout &layout() const { return m_pool->layout(); }
    const KvLayout &layoutOf(const TableBlock &block) const
    {
        return block.isResidual ? m_residual->layout() : m_pool->layout();
    }
    BlockPool &pool() { return *m_pool; }
    const std::vector<TableBlock> &table() const { return m_table; }
    const Cell &cell(CellPlace place) const { return m_table[place.block].cells[place.slot]; }
    std::size_t cells() const { return m_cells; }
    std::int32_t nextPosition() const { return m_nextPosition; }
    std::int32_t nextIndex() const { return m_nextIndex; }
    /// True while nothing was ever evicted or renumbered: block b holds tokens 16b … 16b+15.
    bool isWhole() const { return m_isWhole; }
    KvMemory memory() const;
    /// Requires: it outlives the cache or is replaced; null: nobody.
    void setObserver(KvObserver *observer) { m_observer = observer; }

    // ── for the decoder ──────────────────────────────────────────────────────────────────────
    /// How many of `wanted` tokens may be computed together (kivi2 stops at multiples of sixteen).
    std::size_t batchLimit(std::size_t wanted) const;
    /// Gives each token a cell. OutOfMemory; then nothing was reserved.
    Expected<void> reserve(std::span<const TokenId> tokens, const Kernels &kernels);
    /// The cells of the last reserve().
    const std::vector<CellPlace> &batch() const { return m_batch; }
    /// Stores K and V of batch token `i`: kv_heads · head_dim floats each.
    void write(std::size_t layer, std::size_t i, const float *keys, const float *values);
    /// Cells of a block that a query at `position` may see.
    std::uint16_t visible(const TableBlock &block, std::int32_t position) const;
    void addMass(CellPlace place, float mass)
    {
        m_table[place.block].cells[place.slot].mass += mass;
    }
    void scaleMass(float factor);

    // ── for policies, hands and files ────────────────────────────────────────────────────────
    void evict(CellPlace place);
    void hold(CellPlace place, bool isHeld)
    {
        m_table[place.block].cells[place.slot].isHeld = isHeld;
    }
    /// Evicts every cell of index ≥ `index`, as if it had never been computed.
    void truncate(std::int32_t index);
    /// Evicts positions [keep, keep + drop) and moves later ones down. Requires: keys Raw.
    void shift(std::int32_t keep, std::int32_t drop);
    std::vector<CellPlace> places() const; ///< of live cells, in the order of the table
    /// Puts a full block in, behind what is there. Requires: isWhole(), cells() % 16 == 0.
    void adopt(BlockRef block, std::span<const TokenId> tokens, Origin origin);
    /// The same bytes, kept elsewhere. Requires: `block` holds what the table's block holds.
    void replace(std::size_t index, BlockRef block) { m_table[index].block = std::move(block); }
    void clear();

  private:
    friend class CacheFile;
    bool isRewritable(const TableBlock &block) const;
    std::optional<CellPlace> freeCell();
    bool makeWritable(TableBlock &block);
    bool quantisePassed(const Kernels &kernels);
    void dropEmpty();

    std::shared_ptr<BlockPool> m_pool;
    std::shared_ptr<BlockPool> m_residual;
    std::vector<TableBlock> m_table;
    std::vector<CellPlace> m_batch;
    KvObserver *m_observer = nullptr;
    std::size_t m_cells = 0;
    std::size_t m_holes = 0; // free cells that may be written, in blocks but the last
    std::int32_t m_nextPosition = 0;
    std::int32_t m_nextIndex = 0;
    bool m_isWhole = true;
};

} // namespace kvscope::llm
