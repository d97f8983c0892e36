// The engine against a std::map: random operations with the same outcome, step by step.
#include "core/engine/engine.h"
#include "tests/support/manualclock.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

using namespace kvscope;
using namespace kvscope::engine;

namespace {

struct Modelled
{
    Bytes value;
    std::uint64_t version;
    std::int64_t expiresAtMs;
};

// What the engine promises, written as plainly as can be; large enough a budget that nothing is
// evicted.
class Model
{
  public:
    explicit Model(const Clock &clock) : m_clock(clock) {}

    const Modelled *find(const Bytes &key)
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end()) return nullptr;
        if (found->second.expiresAtMs != 0 && found->second.expiresAtMs <= m_clock.wallMs()) {
            m_entries.erase(found);
            return nullptr;
        }
        return &found->second;
    }
    WriteStatus check(const Bytes &key, const Expected &expected)
    {
        const Modelled *entry = find(key);
        switch (expected.kind) {
        case Expected::Kind::Any:
            return WriteStatus::Applied;
        case Expected::Kind::Absent:
            return entry == nullptr ? WriteStatus::Applied : WriteStatus::Conflict;
        case Expected::Kind::Bytes:
            if (entry == nullptr) return WriteStatus::Missing;
            return entry->value == expected.bytes ? WriteStatus::Applied : WriteStatus::Conflict;
        case Expected::Kind::Version:
            if (entry == nullptr) return WriteStatus::Missing;
            return entry->version == expected.version ? WriteStatus::Applied
                                                      : WriteStatus::Conflict;
        }
        return WriteStatus::Conflict;
    }
    std::int64_t expiry(const Bytes &key, Expiry expiry)
    {
        const Modelled *entry = find(key);
        if (expiry.kind == Expiry::Kind::Keep) return entry == nullptr ? 0 : entry->expiresAtMs;
        return expiry.kind == Expiry::Kind::At ? expiry.atMs : 0;
    }
    std::map<Bytes, Modelled> &entries() { return m_entries; }

  private:
    const Clock &m_clock;
    std::map<Bytes, Modelled> m_entries;
};

struct Random
{
    std::mt19937 engine;

    unsigned below(unsigned n) { return static_cast<unsigned>(engine() % n); }
    Bytes key() { return Bytes("k\0", 2) + std::to_string(below(150)); }
    Bytes value()
    {
        return Bytes(below(8) == 0 ? below(9000) : below(60), static_cast<char>('a' + below(3)));
    }
    Expected expected(const Modelled *entry, const Bytes &other)
    {
        Expected result;
        result.kind = static_cast<Expected::Kind>(below(4));
        const bool right = entry != nullptr && below(3) != 0;
        result.bytes = right ? BytesView(entry->value) : BytesView(other);
        result.version = right ? entry->version : below(100);
        return result;
    }
    Expiry expiry(std::int64_t nowMs)
    {
        return {static_cast<Expiry::Kind>(below(3)), nowMs + 1 + std::int64_t{below(500)}};
    }
};

} // namespace

TEST(EngineModel, RandomOperationsEndAsInAMap)
{
    for (unsigned seed = 1; seed <= 6; ++seed) {
        test::ManualClock clock;
        Engine engine({.memoryBytes = 64U << 20U, .shards = 4, .clock = &clock, .hashSeed = seed});
        Model model(clock);
        Random random{std::mt19937(seed)};
        std::vector<std::pair<Handle, Bytes>> held;
        std::uint64_t lastVersion = 0;
        const auto checkVersion = [&](std::uint64_t version) {
            ASSERT_GT(version, lastVersion);
            lastVersion = version;
        };

        for (int step = 0; step < 20000; ++step) {
            const Bytes key = random.key();
            const Modelled *now = model.find(key);
            const Bytes other = random.value();
            switch (random.below(10)) {
            case 0:
            case 1:
            case 2: {
                const Bytes value = random.value();
                const Expected expected = random.expected(now, other);
                const Expiry expiry = random.expiry(clock.wallMs());
                const WriteStatus status = model.check(key, expected);
                const std::int64_t at = model.expiry(key, expiry);
                const WriteResult result = engine.set(key, value, expected, expiry);
                ASSERT_EQ(result.status, status);
                if (status == WriteStatus::Applied) {
                    checkVersion(result.version);
                    model.entries()[key] = {value, result.version, at};
                } else {
                    ASSERT_EQ(result.version, now == nullptr ? 0 : now->version);
                }
                break;
            }
            case 3: {
                const Expected expected = random.expected(now, other);
                WriteStatus status = model.check(key, expected);
                if (status == WriteStatus::Applied && now == nullptr) status = WriteStatus::Missing;
                ASSERT_EQ(engine.erase(key, expected).status, status);
                if (status == WriteStatus::Applied) model.entries().erase(key);
                break;
            }
            case 4: {
                const Expiry expiry = random.expiry(clock.wallMs());
                const std::int64_t at = model.expiry(key, expiry);
                ASSERT_EQ(engine.setExpiry(key, expiry).status,
                          now == nullptr ? WriteStatus::Missing : WriteStatus::Applied);
                if (now != nullptr) model.entries()[key].expiresAtMs = at;
                break;
            }
            case 5: {
                const Bytes to = random.key();
                const bool taken = model.find(to) != nullptr;
                const WriteResult result = engine.rename(key, to);
                ASSERT_EQ(result.status, now == nullptr ? WriteStatus::Missing
                                         : taken        ? WriteStatus::Conflict
                                                        : WriteStatus::Applied);
                if (result.status == WriteStatus::Applied) {
                    checkVersion(result.version);
                    Modelled moved = *now;
                    moved.version = result.version;
                    model.entries().erase(key);
                    model.entries()[to] = moved;
                }
                break;
            }
            case 6: {
                if (Handle handle = engine.peek(key))
                    held.emplace_back(std::move(handle), now->value);
                if (held.size() > 40) held.erase(held.begin() + random.below(40));
                break;
            }
            case 7:
                clock.advance(std::chrono::milliseconds(random.below(20)));
                break;
            case 8:
                if (random.below(50) == 0)
                    engine.setPolicy(engine.policy() == PolicyKind::Lru ? PolicyKind::Lfu
                                                                        : PolicyKind::Lru);
                break;
            default: {
                const Handle handle = engine.get(key);
                ASSERT_EQ(static_cast<bool>(handle), now != nullptr);
                if (now == nullptr) break;
                ASSERT_EQ(handle.value(), now->value);
                ASSERT_EQ(handle.version(), now->version);
                ASSERT_EQ(handle.expiresAtMs(), now->expiresAtMs);
            }
            }
        }

        for (const auto &[handle, value] : held)
            ASSERT_EQ(handle.value(), value) << "held bytes never change";
        std::set<Bytes> scanned;
        std::uint64_t cursor = 0;
        do
            cursor = engine.scan(cursor, 7, [&](BytesView key, BytesView value) {
                const Modelled *entry = model.find(Bytes(key));
                ASSERT_NE(entry, nullptr) << escapeBytes(key);
                EXPECT_EQ(value, entry->value);
                scanned.insert(Bytes(key));
            });
        while (cursor != 0);
        std::size_t live = 0;
        for (int i = 0; i < 150; ++i)
            live += model.find(Bytes("k\0", 2) + std::to_string(i)) != nullptr ? 1 : 0;
        EXPECT_EQ(scanned.size(), live);
        EXPECT_EQ(engine.counters().evictions, 0U);
        held.clear();
        EXPECT_EQ(engine.counters().pinnedBytes, 0U);
    }
}
