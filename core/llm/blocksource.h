// BlockSource: where full KV blocks are kept beyond one sequence: the prefix cache's seam.
//
// A block of sixteen tokens is identified by everything its numbers depend on: the tokens before it
// (through its parent's hash), its own tokens, the model and the number format. Only sequences
// under the policy "full" take and give blocks: after an eviction later layers' keys and values
// differ.
//
//     hash(b) = H(hash(b − 1), tokens 16b … 16b+15, model, format)        key = "kv:<model>:<hash>"
//
// A record is a header of 128 bytes and the block's bytes. The header repeats all that went into
// the hash, and a hit counts only where every word of it agrees: 112 bits of hash make a collision
// unlikely, the comparison makes it harmless.
#pragma once

#include "core/llm/blockpool.h"
#include "core/llm/kvcache.h"

#include <optional>

namespace kvscope::llm {

using BlockHash = std::array<std::uint64_t, 2>;

struct BlockId
{
    Bytes key; ///< "kv:<16 hex digits>:<28 hex digits>"
    BlockHash hash{};
    BlockHash parent{}; ///< zero: it is a sequence's first
    std::uint64_t model = 0;
    KvFormat format;
    std::size_t bytes = 0; ///< of the block
    std::array<TokenId, kBlockTokens> tokens{};
};

/// The full blocks of a sequence, the first first.
std::vector<BlockId> blockChain(std::uint64_t model, const KvLayout &layout,
                                std::span<const TokenId> tokens);

/// "kv:<model>:" of every block of one model.
Bytes blockKeyPrefix(std::uint64_t model);

// ── records ──────────────────────────────────────────────────────────────────────────────────
constexpr std::size_t kRecordHeaderBytes = 128;
Bytes blockRecord(const BlockId &id, const std::byte *block);
/// What a record says it holds, hash and key computed anew; its first kRecordHeaderBytes suffice.
/// Nothing where they are no block's.
std::optional<BlockId> blockIdIn(BytesView record);
/// The block's bytes inside `record`; nothing unless it is exactly the block that `id` means.
/// With Thorough the bytes' checksum is compared too: for records from outside this process.
enum class RecordCheck : std::uint8_t { Header, Thorough };
const std::byte *blockInRecord(const BlockId &id, BytesView record, RecordCheck check);

struct FoundBlock
{
    BlockRef block; ///< pinned where it lies
    Origin origin = Origin::FirstLevel;
};

class BlockSource
{
  public:
    virtual ~BlockSource() = default;

    /// The longest beginning of the chain that is there, pinned. Verified.
    virtual std::vector<FoundBlock> find(std::span<const BlockId> chain) = 0;
    /// Keeps a block. Returns it where it now lies, to use instead of the caller's own copy; empty
    /// when there was no room.
    virtual BlockRef publish(const BlockId &id, const std::byte *block) = 0;
};

/// Blocks in a table without a limit: for tests and for a single process without an engine.
class MemoryBlocks final : public BlockSource
{
  public:
    std::vector<FoundBlock> find(std::span<const BlockId> chain) override;
    BlockRef publish(const BlockId &id, const std::byte *block) override;

    std::size_t size() const { return m_records.size(); }
    /// The record's bytes, to look at or to damage.
    Bytes *record(const Bytes &key);
    void erase(const Bytes &key) { m_records.erase(key); }

  private:
    std::unordered_map<Bytes, std::shared_ptr<Bytes>> m_records;
};

} // namespace kvscope::llm
