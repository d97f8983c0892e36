// Buckets of one cache line, chained when full, moved one at a time when the array is resized.
#include "core/engine/table.h"

#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

namespace kvscope::engine {
namespace {

static_assert(std::endian::native == std::endian::little,
              "matchingTags numbers bytes from the low end");

constexpr std::uint64_t kEveryByte = 0x0101010101010101ULL;
constexpr std::uint64_t kTagBytes = 0x0080808080808080ULL; // the top bit of each of the seven tags

std::uint64_t reverseBits(std::uint64_t v)
{
    v = ((v >> 1U) & 0x5555555555555555ULL) | ((v & 0x5555555555555555ULL) << 1U);
    v = ((v >> 2U) & 0x3333333333333333ULL) | ((v & 0x3333333333333333ULL) << 2U);
    v = ((v >> 4U) & 0x0F0F0F0F0F0F0F0FULL) | ((v & 0x0F0F0F0F0F0F0F0FULL) << 4U);
    v = ((v >> 8U) & 0x00FF00FF00FF00FFULL) | ((v & 0x00FF00FF00FF00FFULL) << 8U);
    v = ((v >> 16U) & 0x0000FFFF0000FFFFULL) | ((v & 0x0000FFFF0000FFFFULL) << 16U);
    return (v >> 32U) | (v << 32U);
}

// A set top bit for each byte of `word` equal to `tag`; now and then for one above an equal byte
// too, which the comparison of the whole hash then refuses.
std::uint64_t matchingTags(std::uint64_t word, std::uint8_t tag)
{
    const std::uint64_t zeroWhereEqual = word ^ (kEveryByte * tag);
    return (zeroWhereEqual - kEveryByte) & ~zeroWhereEqual & kTagBytes;
}

} // namespace

std::uint64_t nextCursor(std::uint64_t cursor, std::uint64_t mask)
{
    return reverseBits(reverseBits(cursor | ~mask) + 1);
}

Table::Table()
{
    m_now = allocate(1);
}

Table::~Table()
{
    release(m_now);
    release(m_old);
}

// calloc, because a large block comes from fresh pages, which are zero until touched: clearing them
// here would fault in the whole array under the shard's lock.
Table::Array Table::allocate(std::size_t buckets)
{
    Array array;
    array.block = std::calloc(buckets + 1, sizeof(Bucket));
    if (array.block == nullptr) throw std::bad_alloc();
    const auto address = reinterpret_cast<std::uintptr_t>(array.block);
    const std::uintptr_t padding = (sizeof(Bucket) - address % sizeof(Bucket)) % sizeof(Bucket);
    array.buckets = reinterpret_cast<Bucket *>(static_cast<char *>(array.block) + padding);
    array.mask = buckets - 1;
    m_bytes += allocatedBytes(array.block);
    return array;
}

void Table::release(Array &array)
{
    for (std::size_t i = 0; i < array.count(); ++i) {
        Bucket *next = nextOf(array.buckets[i]);
        while (next != nullptr) {
            Bucket *gone = next;
            next = nextOf(*gone);
            m_bytes -= allocatedBytes(gone);
            std::free(gone);
        }
    }
    if (array.block != nullptr) {
        m_bytes -= allocatedBytes(array.block);
        std::free(array.block);
    }
    array = {};
}

Entry *Table::findIn(Bucket &first, std::uint64_t hash, BytesView key)
{
    for (const Bucket *bucket = &first; bucket != nullptr; bucket = nextOf(*bucket)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bucket, sizeof(word));
        for (std::uint64_t hits = matchingTags(word, tagOf(hash)); hits != 0; hits &= hits - 1) {
            const auto slot = static_cast<std::size_t>(std::countr_zero(hits)) / 8;
            if ((bucket->state & (1U << slot)) == 0) continue;
            Entry *entry = entryIn(*bucket, slot);
            if (entry->hash == hash && entry->key() == key) return entry;
        }
    }
    return nullptr;
}

Entry *Table::find(std::uint64_t hash, BytesView key) const
{
    if (isMoving() && (hash & m_old.mask) >= m_moved)
        if (Entry *entry = findIn(m_old.buckets[hash & m_old.mask], hash, key)) return entry;
    return findIn(m_now.buckets[hash & m_now.mask], hash, key);
}

Table::Place Table::placeIn(Bucket &first, const Entry &entry)
{
    for (Bucket *bucket = &first; bucket != nullptr; bucket = nextOf(*bucket))
        for (std::size_t slot = 0; slot < kSlots; ++slot)
            if ((bucket->state & 0x7FU & (1U << slot)) != 0 && entryIn(*bucket, slot) == &entry)
                return {bucket, slot};
    return {};
}

Table::Place Table::placeOf(const Entry &entry) const
{
    if (isMoving() && (entry.hash & m_old.mask) >= m_moved)
        if (const Place place = placeIn(m_old.buckets[entry.hash & m_old.mask], entry);
            place.bucket != nullptr)
            return place;
    return placeIn(m_now.buckets[entry.hash & m_now.mask], entry);
}

void Table::insertInto(Bucket &first, Entry &entry)
{
    Bucket *bucket = &first;
    while (true) {
        const unsigned usable = (bucket->state & kChained) != 0 ? 0x3FU : 0x7FU;
        const unsigned vacant = ~static_cast<unsigned>(bucket->state) & usable;
        if (vacant != 0) {
            const auto slot = static_cast<std::size_t>(std::countr_zero(vacant));
            bucket->tags[slot] = tagOf(entry.hash);
            bucket->slots[slot] = &entry;
            bucket->state = static_cast<std::uint8_t>(bucket->state | (1U << slot));
            return;
        }
        if ((bucket->state & kChained) == 0) {
            auto *next = static_cast<Bucket *>(std::calloc(1, sizeof(Bucket)));
            if (next == nullptr) throw std::bad_alloc();
            m_bytes += allocatedBytes(next);
            next->tags[0] = bucket->tags[kSlots - 1];
            next->slots[0] = bucket->slots[kSlots - 1];
            next->state = 1;
            bucket->slots[kSlots - 1] = next;
            bucket->state = kChained | 0x3FU;
        }
        bucket = nextOf(*bucket);
    }
}

void Table::insert(Entry &entry)
{
    insertInto(m_now.buckets[entry.hash & m_now.mask], entry);
    ++m_size;
}

void Table::replace(const Entry &old, Entry &fresh)
{
    const Place place = placeOf(old);
    place.bucket->slots[place.slot] = &fresh;
}

void Table::remove(const Entry &entry)
{
    const Place place = placeOf(entry);
    place.bucket->state = static_cast<std::uint8_t>(place.bucket->state & ~(1U << place.slot));
    --m_size;
    // An emptied last bucket of a chain goes, so that a table that shrank is not full of empty
    // links.
    const bool moving = isMoving() && (entry.hash & m_old.mask) >= m_moved;
    for (Array *array : {&m_now, moving ? &m_old : nullptr}) {
        if (array == nullptr) continue;
        Bucket *before = &array->buckets[entry.hash & array->mask];
        for (Bucket *next = nextOf(*before); next != nullptr; next = nextOf(*before)) {
            if (next->state == 0) {
                before->state = static_cast<std::uint8_t>(before->state & ~kChained);
                m_bytes -= allocatedBytes(next);
                std::free(next);
                break;
            }
            before = next;
        }
    }
}

void Table::clear(const std::function<void(Entry &)> &each)
{
    for (const Array *array : {&m_old, &m_now})
        for (std::size_t i = 0; i < array->count(); ++i) eachIn(array->buckets[i], each);
    release(m_old);
    release(m_now);
    m_now = allocate(1);
    m_moved = 0;
    m_size = 0;
}

Table::Growth Table::growth() const
{
    if (isMoving() || m_size < m_now.count() * kFill) return Growth::None;
    return m_size < m_now.count() * kFillMost ? Growth::Wanted : Growth::Due;
}

std::size_t Table::growthBytes() const
{
    return (2 * m_now.count() + 1) * sizeof(Bucket);
}

void Table::grow()
{
    resizeTo(2 * m_now.count());
}

void Table::shrinkIfSparse()
{
    if (isMoving() || m_now.count() < 16 || m_size * 2 >= m_now.count()) return;
    // To half full, so that it neither grows nor shrinks again soon.
    resizeTo(std::bit_ceil(std::max<std::size_t>(1, 2 * m_size / kFill)));
}

void Table::resizeTo(std::size_t buckets)
{
    m_old = m_now;
    m_now = allocate(buckets);
    m_moved = 0;
}

void Table::step(std::size_t buckets)
{
    for (; isMoving() && buckets > 0; --buckets) {
        moveBucket(m_old.buckets[m_moved++]);
        if (m_moved == m_old.count()) {
            release(m_old);
            m_moved = 0;
        }
    }
}

void Table::moveBucket(Bucket &bucket)
{
    auto insert = [this](Entry &entry) {
        insertInto(m_now.buckets[entry.hash & m_now.mask], entry);
    };
    eachIn(bucket, insert);
    Bucket *next = nextOf(bucket);
    bucket.state = 0;
    while (next != nullptr) {
        Bucket *gone = next;
        next = nextOf(*gone);
        m_bytes -= allocatedBytes(gone);
        std::free(gone);
    }
}

} // namespace kvscope::engine
