// Table: the shard's index, a hash table that grows without a pause and can be walked meanwhile.
//
// Idea. One bucket is one cache line: seven entries with an 8-bit tag each, so that a lookup costs
// one miss for the bucket and one for the entry, and a wrong entry is touched once in 256 times.
//
//     bucket  ┌ tag0 … tag6 │ state ┐┌ slot0 ┐┌ slot1 ┐ … ┌ slot6 ┐      8 × 8 bytes
//             state: a bit for each slot in use; the top bit says that slot6 holds not an entry but
//             the next bucket of the chain, made when an eighth entry falls into the same bucket
//
// Growing. grow() allocates a second array; every later call to step() moves one bucket over, so
// no single write pays for all. Meanwhile inserts go to the new array, and lookups try the old one
// only where the bucket has not moved yet.
//
// Walking. The cursor counts with its bits reversed (Pieter Noordhuis' scheme in Redis' dict.c):
// the bits that pick the bucket change from the top down. Buckets that a table of another size
// splits one into, or joins it with, are neighbours in that order, so a cursor stays good across
// any resize: everything present throughout is visited at least once. While two arrays exist, a
// step visits the bucket of the smaller and all buckets of the larger that it maps to.
//
//     4 buckets, order of visits: 00 10 01 11      8 buckets: 000 100 010 110 001 101 011 111
//
// Invariants. An entry is in exactly one bucket, of the new array if its old bucket has moved.
// Bytes counts both arrays and all chained buckets, as allocated. Never shrinks below one bucket.
//
// Complexity. O(1) expected for all. Filled to five entries a bucket before it grows, 13–26 bytes
// an entry; at five, 13 % of buckets overflow (Poisson). When growing does not fit the budget a
// shard waits until twice that, so a full cache does not evict a sixteenth of itself for a larger
// index that it then has too few entries for.
//
// Sources. The bucket: B. Fan, D. Andersen, M. Kaminsky, MemC3, NSDI 2013 (tags), and Valkey 8.1's
// hashtable (seven slots and a chain in a line). The cursor: antirez/redis#579, 2012.
#pragma once

#include "core/engine/entry.h"

#include <functional>

namespace kvscope::engine {

/// Not thread-safe. Owns its buckets, not the entries.
class Table
{
  public:
    static constexpr std::size_t kSlots = 7;
    static constexpr std::size_t kFill = 5;      ///< entries a bucket when it would like to grow
    static constexpr std::size_t kFillMost = 10; ///< and when it must

    Table();
    ~Table();
    Table(const Table &) = delete;
    Table &operator=(const Table &) = delete;

    Entry *find(std::uint64_t hash, BytesView key) const;
    /// Requires: no entry with this key.
    void insert(Entry &entry);
    /// Requires: `old` is in the table; `fresh` has its key and hash.
    void replace(const Entry &old, Entry &fresh);
    /// Requires: the entry is in the table.
    void remove(const Entry &entry);
    /// Forgets every entry and starts again with one bucket; `each` gets them first.
    void clear(const std::function<void(Entry &)> &each);

    std::size_t size() const { return m_size; }
    std::size_t memoryBytes() const { return m_bytes; }

    enum class Growth : std::uint8_t { None, Wanted, Due };
    /// Whether one more entry asks for a larger array. None while a resize is under way.
    Growth growth() const;
    std::size_t growthBytes() const;
    /// Starts moving to twice as many buckets. Requires: growth() was not None.
    void grow();
    /// Starts moving to fewer buckets if far too many are empty.
    void shrinkIfSparse();
    bool isMoving() const { return m_old.buckets != nullptr; }
    /// Moves at most `buckets` buckets of a resize under way.
    void step(std::size_t buckets);

    /// Visits the buckets of one cursor position; returns the next, 0 after the last. `visit` must
    /// not change the table.
    template<class Visit>
    std::uint64_t scan(std::uint64_t cursor, Visit visit) const
    {
        return scanBuckets(cursor, [&](const Bucket &bucket) { eachIn(bucket, visit); });
    }

  private:
    struct Bucket
    {
        std::array<std::uint8_t, kSlots> tags;
        std::uint8_t state;
        std::array<void *, kSlots> slots;
    };
    static_assert(sizeof(Bucket) == 64);
    static constexpr std::uint8_t kChained = 0x80;

    struct Array
    {
        Bucket *buckets = nullptr;
        void *block = nullptr; // as calloc gave it; buckets is aligned to 64 within
        std::size_t mask = 0;

        std::size_t count() const { return buckets == nullptr ? 0 : mask + 1; }
    };

    struct Place
    {
        Bucket *bucket = nullptr;
        std::size_t slot = 0;
    };

    static std::uint8_t tagOf(std::uint64_t hash) { return static_cast<std::uint8_t>(hash >> 40U); }
    static Entry *entryIn(const Bucket &bucket, std::size_t slot)
    {
        return static_cast<Entry *>(bucket.slots[slot]);
    }
    static Bucket *nextOf(const Bucket &bucket)
    {
        return (bucket.state & kChained) != 0 ? static_cast<Bucket *>(bucket.slots[kSlots - 1])
                                              : nullptr;
    }
    template<class Visit>
    static void eachIn(const Bucket &first, Visit &visit)
    {
        for (const Bucket *bucket = &first; bucket != nullptr; bucket = nextOf(*bucket))
            for (std::size_t slot = 0; slot < kSlots; ++slot)
                if ((bucket->state & 0x7FU & (1U << slot)) != 0) visit(*entryIn(*bucket, slot));
    }
    template<class Visit>
    std::uint64_t scanBuckets(std::uint64_t cursor, Visit visit) const;

    Array allocate(std::size_t buckets);
    void release(Array &array);
    void resizeTo(std::size_t buckets);
    void moveBucket(Bucket &bucket);
    void insertInto(Bucket &first, Entry &entry);
    Place placeOf(const Entry &entry) const;
    static Entry *findIn(Bucket &first, std::uint64_t hash, BytesView key);
    static Place placeIn(Bucket &first, const Entry &entry);

    Array m_now;
    Array m_old;             // while moving: the array moved from
    std::size_t m_moved = 0; // its buckets below this are empty
    std::size_t m_size = 0;
    std::size_t m_bytes = 0;
};

std::uint64_t nextCursor(std::uint64_t cursor, std::uint64_t mask);

template<class Visit>
std::uint64_t Table::scanBuckets(std::uint64_t cursor, Visit visit) const
{
    if (!isMoving()) {
        visit(m_now.buckets[cursor & m_now.mask]);
        return nextCursor(cursor, m_now.mask);
    }
    const bool growing = m_now.mask > m_old.mask;
    const Array &small = growing ? m_old : m_now;
    const Array &large = growing ? m_now : m_old;
    visit(small.buckets[cursor & small.mask]);
    do {
        visit(large.buckets[cursor & large.mask]);
        cursor = nextCursor(cursor, large.mask);
    } while ((cursor & (small.mask ^ large.mask)) != 0);
    return cursor;
}

} // namespace kvscope::engine
