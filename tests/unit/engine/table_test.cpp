// Table: found is what was inserted, and a walk misses nothing whatever the table does meanwhile.
#include "core/base/hash.h"
#include "core/engine/table.h"

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <random>
#include <set>

using namespace kvscope;
using namespace kvscope::engine;

namespace {

// A table with its entries, grown and shrunk as a shard does it.
struct Shelf
{
    Table table;
    std::map<Bytes, Entry *> entries;

    ~Shelf()
    {
        for (auto &[key, entry] : entries) Entry::free(entry);
    }
    static std::uint64_t hashOf(const Bytes &key) { return hashBytes(key, 1); }
    void add(const Bytes &key)
    {
        Entry *entry = Entry::make(hashOf(key), key, "v");
        if (table.growth() != Table::Growth::None) table.grow();
        table.insert(*entry);
        entries[key] = entry;
        table.step(1);
    }
    void drop(const Bytes &key)
    {
        Entry *entry = entries.at(key);
        table.remove(*entry);
        entries.erase(key);
        Entry::free(entry);
        table.shrinkIfSparse();
        table.step(1);
    }
};

Bytes name(std::size_t i)
{
    return "key:" + std::to_string(i);
}

} // namespace

TEST(Table, FindsExactlyWhatIsInItThroughRandomGrowthAndShrinking)
{
    Shelf shelf;
    std::mt19937 random(21);
    for (int round = 0; round < 60000; ++round) {
        // Two long waves of growth and decline.
        const bool growing = round / 15000 % 2 == 0;
        const Bytes key = name(random() % 8000);
        const bool present = shelf.entries.count(key) != 0;
        if (growing && !present) shelf.add(key);
        if (!growing && present) shelf.drop(key);
        const Bytes probe = name(random() % 8000);
        const auto expected = shelf.entries.find(probe);
        ASSERT_EQ(shelf.table.find(Shelf::hashOf(probe), probe),
                  expected == shelf.entries.end() ? nullptr : expected->second);
        ASSERT_EQ(shelf.table.size(), shelf.entries.size());
    }
}

TEST(Table, EntriesWithTheSameHashAreToldApartByTheirKeys)
{
    Table table;
    std::vector<Entry *> entries;
    for (std::size_t i = 0; i < 50; ++i) {
        entries.push_back(Entry::make(42, name(i), "v"));
        table.insert(*entries.back());
    }
    for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(table.find(42, name(i)), entries[i]);
    for (std::size_t i = 0; i < 50; i += 2) table.remove(*entries[i]);
    for (std::size_t i = 0; i < 50; ++i)
        EXPECT_EQ(table.find(42, name(i)), i % 2 == 0 ? nullptr : entries[i]);
    for (Entry *entry : entries) Entry::free(entry);
}

TEST(Table, AWalkOfAnUnchangedTableVisitsEveryEntryOnce)
{
    Shelf shelf;
    for (std::size_t i = 0; i < 3000; ++i) shelf.add(name(i));
    std::map<Bytes, int> visits;
    std::uint64_t cursor = 0;
    do cursor = shelf.table.scan(cursor, [&](const Entry &entry) { ++visits[Bytes(entry.key())]; });
    while (cursor != 0);
    EXPECT_EQ(visits.size(), 3000U);
    for (const auto &[key, count] : visits) EXPECT_EQ(count, 1) << key;
}

TEST(Table, AWalkDuringResizesVisitsAllThatStayThroughout)
{
    for (unsigned seed = 0; seed < 12; ++seed) {
        Shelf shelf;
        std::mt19937 random(seed);
        std::set<Bytes> staying;
        for (std::size_t i = 0; i < 300; ++i)
            shelf.add("stays:" + std::to_string(i)), staying.insert("stays:" + std::to_string(i));
        // The table breathes between 300 and thousands of entries while it is walked.
        std::size_t next = 0;
        std::size_t first = 0;
        bool growing = random() % 2 == 0;
        if (!growing)
            while (next < 6000) shelf.add(name(next++));
        std::set<Bytes> visited;
        std::uint64_t cursor = 0;
        do {
            cursor = shelf.table.scan(
                cursor, [&](const Entry &entry) { visited.insert(Bytes(entry.key())); });
            for (unsigned i = random() % 400; i > 0; --i) {
                if (growing)
                    shelf.add(name(next++));
                else if (first < next)
                    shelf.drop(name(first++));
            }
            if (random() % 12 == 0 || (!growing && first == next)) growing = !growing;
            if (next - first > 8000) growing = false;
        } while (cursor != 0);
        for (const Bytes &key : staying) ASSERT_TRUE(visited.count(key)) << key << " seed " << seed;
    }
}

TEST(Table, CountsItsOwnMemory)
{
    Shelf shelf;
    const std::size_t empty = shelf.table.memoryBytes();
    for (std::size_t i = 0; i < 20000; ++i) shelf.add(name(i));
    shelf.table.step(100000);
    const double perEntry = static_cast<double>(shelf.table.memoryBytes()) / 20000;
    EXPECT_GT(perEntry, 9.0);
    EXPECT_LT(perEntry, 30.0);
    for (std::size_t i = 0; i < 20000; ++i) shelf.drop(name(i));
    for (int i = 0; i < 10; ++i) {
        shelf.table.step(100000);
        shelf.table.shrinkIfSparse();
    }
    EXPECT_LT(shelf.table.memoryBytes(), empty + 4096) << "chains and arrays went with the entries";
}

TEST(Hash, SpreadsSimilarKeysOverEveryPartOfItsBits)
{
    // Shards, tags and buckets take different bits: each must be even by itself.
    constexpr int kKeys = 64 * 1000;
    for (const unsigned shift : {0U, 8U, 16U, 40U, 48U, 58U}) {
        std::array<int, 64> count{};
        for (int i = 0; i < kKeys; ++i)
            ++count[(hashBytes("user:" + std::to_string(i), 0) >> shift) & 63U];
        double chiSquare = 0;
        for (const int n : count) chiSquare += (n - 1000.0) * (n - 1000.0) / 1000.0;
        EXPECT_LT(chiSquare, 130) << shift; // 63 degrees of freedom: 1 in 1,000,000 by chance
    }
}

TEST(Hash, EveryByteAndTheLengthCount)
{
    for (const std::size_t length : {1U, 7U, 8U, 9U, 15U, 16U, 17U, 31U, 33U, 100U}) {
        const Bytes zeros(length, '\0');
        std::set<std::uint64_t> hashes{hashBytes(zeros, 5), hashBytes(zeros + Bytes(1, '\0'), 5),
                                       hashBytes(zeros, 6)};
        for (std::size_t i = 0; i < length; ++i) {
            Bytes changed = zeros;
            changed[i] = 1;
            hashes.insert(hashBytes(changed, 5));
        }
        EXPECT_EQ(hashes.size(), length + 3);
    }
}
