// Making, overwriting and freeing entries; what the allocator takes for them.
#include "core/engine/entry.h"

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

namespace kvscope::engine {
namespace {

constexpr std::size_t kChunkHeader = sizeof(std::size_t); // glibc: the size word before a block
constexpr std::size_t kChunkStep = 2 * sizeof(std::size_t);

void copyBytes(char *to, BytesView from)
{
    if (!from.empty()) std::memcpy(to, from.data(), from.size());
}

} // namespace

std::size_t allocatedBytes(const void *block)
{
    // malloc_usable_size takes a pointer to non-const, though it changes nothing.
    return malloc_usable_size(const_cast<void *>(block)) + kChunkHeader;
}

Entry *Entry::make(std::uint64_t hash, BytesView key, BytesView value)
{
    void *block = std::malloc(sizeof(Entry) + key.size() + value.size());
    if (block == nullptr) throw std::bad_alloc();
    auto *entry = new (block) Entry;
    entry->hash = hash;
    entry->cost = static_cast<std::uint32_t>(allocatedBytes(block));
    entry->keyBytes = static_cast<std::uint32_t>(key.size());
    entry->valueBytes = static_cast<std::uint32_t>(value.size());
    copyBytes(entry->bytes(), key);
    copyBytes(entry->bytes() + key.size(), value);
    return entry;
}

void Entry::free(Entry *entry)
{
    entry->~Entry();
    std::free(entry);
}

std::size_t Entry::costOf(std::size_t keyBytes, std::size_t valueBytes)
{
    const std::size_t chunk = sizeof(Entry) + keyBytes + valueBytes + kChunkHeader;
    return (chunk + kChunkStep - 1) / kChunkStep * kChunkStep;
}

bool Entry::canHold(std::size_t newValueBytes) const
{
    const std::size_t needed = sizeof(Entry) + keyBytes + newValueBytes + kChunkHeader;
    return needed <= cost && cost - needed <= kChunkStep + needed / 16;
}

void Entry::overwrite(BytesView value)
{
    copyBytes(bytes() + keyBytes, value);
    valueBytes = static_cast<std::uint32_t>(value.size());
}

} // namespace kvscope::engine
