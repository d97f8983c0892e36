// BlockSource: hashes and records.
#include "core/llm/blocksource.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace kvscope::llm {
namespace {

// As it lies in the record; no padding.
struct Header
{
    char magic[8] = {'K', 'V', 'B', 'L', 'O', 'C', 'K', '1'};
    std::uint64_t model = 0;
    BlockHash parent{};
    std::uint32_t bytes = 0;
    std::uint8_t type = 0;
    std::uint8_t rotation = 0;
    std::uint8_t keys = 0;
    std::uint8_t unused = 0;
    std::uint64_t checksum = 0;
    std::uint64_t reserved = 0;
    std::array<TokenId, kBlockTokens> tokens{};
    std::uint64_t end = 0;
};
static_assert(sizeof(Header) == kRecordHeaderBytes);

Header headerOf(const BlockId &id)
{
    Header header;
    header.model = id.model;
    header.parent = id.parent;
    header.bytes = static_cast<std::uint32_t>(id.bytes);
    header.type = static_cast<std::uint8_t>(id.format.type);
    header.rotation = static_cast<std::uint8_t>(id.format.rotation);
    header.keys = static_cast<std::uint8_t>(id.format.keys);
    header.tokens = id.tokens;
    return header;
}

BytesView bytesOf(const void *data, std::size_t size)
{
    return {static_cast<const char *>(data), size};
}

std::uint64_t checksumOf(const std::byte *block, std::size_t bytes)
{
    return hashBytes(bytesOf(block, bytes), 0);
}

// Hash and key follow from all the rest.
void identify(BlockId &id)
{
    const Header header = headerOf(id);
    id.hash = {hashBytes(bytesOf(&header, sizeof header), 1),
               hashBytes(bytesOf(&header, sizeof header), 2)};
    char text[32];
    std::snprintf(text, sizeof text, "%016llx%012llx", static_cast<unsigned long long>(id.hash[0]),
                  static_cast<unsigned long long>(id.hash[1] >> 16U));
    id.key = blockKeyPrefix(id.model) + text;
}

} // namespace

Bytes blockKeyPrefix(std::uint64_t model)
{
    char text[32];
    std::snprintf(text, sizeof text, "kv:%016llx:", static_cast<unsigned long long>(model));
    return text;
}

std::vector<BlockId> blockChain(std::uint64_t model, const KvLayout &layout,
                                std::span<const TokenId> tokens)
{
    std::vector<BlockId> chain(tokens.size() / kBlockTokens);
    BlockHash parent{};
    for (std::size_t b = 0; b < chain.size(); ++b) {
        BlockId &id = chain[b];
        id.parent = parent;
        id.model = model;
        id.format = layout.format();
        id.bytes = layout.blockBytes();
        std::copy_n(tokens.begin() + static_cast<std::ptrdiff_t>(b * kBlockTokens), kBlockTokens,
                    id.tokens.begin());
        identify(id);
        parent = id.hash;
    }
    return chain;
}

Bytes blockRecord(const BlockId &id, const std::byte *block)
{
    Header header = headerOf(id);
    header.checksum = checksumOf(block, id.bytes);
    Bytes record;
    record.reserve(sizeof header + id.bytes);
    record += bytesOf(&header, sizeof header);
    record += bytesOf(block, id.bytes);
    return record;
}

std::optional<BlockId> blockIdIn(BytesView record)
{
    Header found;
    if (record.size() < sizeof found) return std::nullopt;
    std::memcpy(&found, record.data(), sizeof found);
    if (std::memcmp(found.magic, Header().magic, sizeof found.magic) != 0) return std::nullopt;
    if (found.type > static_cast<std::uint8_t>(KvType::Kivi2) ||
        found.rotation > static_cast<std::uint8_t>(Rotation::Hadamard) ||
        found.keys > static_cast<std::uint8_t>(KeyForm::Raw))
        return std::nullopt;
    BlockId id;
    id.parent = found.parent;
    id.model = found.model;
    id.format = {static_cast<KvType>(found.type), static_cast<Rotation>(found.rotation),
                 static_cast<KeyForm>(found.keys)};
    id.bytes = found.bytes;
    id.tokens = found.tokens;
    identify(id);
    return id;
}

const std::byte *blockInRecord(const BlockId &id, BytesView record, RecordCheck check)
{
    Header found;
    if (record.size() != sizeof found + id.bytes) return nullptr;
    std::memcpy(&found, record.data(), sizeof found);
    Header wanted = headerOf(id);
    wanted.checksum = found.checksum;
    if (std::memcmp(&wanted, &found, sizeof found) != 0) return nullptr;
    const auto *block = reinterpret_cast<const std::byte *>(record.data()) + sizeof found;
    if (check == RecordCheck::Thorough && checksumOf(block, id.bytes) != found.checksum)
        return nullptr;
    return block;
}

std::vector<FoundBlock> MemoryBlocks::find(std::span<const BlockId> chain)
{
    std::vector<FoundBlock> found;
    for (const BlockId &id : chain) {
        const auto record = m_records.find(id.key);
        if (record == m_records.end()) break;
        const std::byte *block = blockInRecord(id, *record->second, RecordCheck::Thorough);
        if (block == nullptr) break;
        found.push_back({BlockRef::pinned(block, record->second), Origin::FirstLevel});
    }
    return found;
}

BlockRef MemoryBlocks::publish(const BlockId &id, const std::byte *block)
{
    auto record = std::make_shared<Bytes>(blockRecord(id, block));
    m_records[id.key] = record;
    return BlockRef::pinned(
        reinterpret_cast<const std::byte *>(record->data()) + kRecordHeaderBytes, record);
}

Bytes *MemoryBlocks::record(const Bytes &key)
{
    const auto found = m_records.find(key);
    return found == m_records.end() ? nullptr : found->second.get();
}

} // namespace kvscope::llm
