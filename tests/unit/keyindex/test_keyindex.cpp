// How the index changes: passes, single keys, refresh, clearing, against a plain model.
#include "indexfixture.h"

#include <fstream>
#include <random>
#include <thread>

namespace kvscope::keyindex {
namespace {

using Lines = std::vector<Bytes>;

std::size_t residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    statm >> total >> resident;
    return resident * 4096;
}

TEST(KeyIndex, AgreesWithAPlainSetThroughThousandsOfRandomChanges)
{
    std::mt19937 random(20240607);
    const auto pick = [&](unsigned n) {
        return std::uniform_int_distribution<unsigned>(0, n - 1)(random);
    };
    const auto randomKey = [&] {
        Bytes key;
        for (unsigned segments = pick(3); segments != 0; --segments)
            key += "ns" + std::to_string(pick(4)) + ':';
        return key + (pick(2) != 0 ? "k" : "") + std::to_string(pick(40));
    };
    const Lines paths{"ns0:", "ns1:", "ns2:", "ns0:ns1:", "ns2:ns3:", "ns3:ns3:"};
    WaitedIndex index;
    std::set<Bytes> model;
    std::set<Bytes> expanded;
    for (int step = 0; step < 3000; ++step) {
        switch (pick(6)) {
        case 0:
        case 1:
        case 2: {
            const Bytes key = randomKey();
            model.insert(key);
            index->add(key);
            break;
        }
        case 3: {
            std::vector<Bytes> gone;
            for (unsigned n = pick(5); n != 0; --n) gone.push_back(randomKey());
            for (const Bytes &key : gone) model.erase(key);
            index->remove(gone);
            break;
        }
        case 4: {
            const Bytes &path = paths[pick(static_cast<unsigned>(paths.size()))];
            const bool open = pick(2) != 0;
            open ? (void)expanded.insert(path) : (void)expanded.erase(path);
            index->setExpanded(path, open);
            break;
        }
        default:
            break;
        }
        if (step % 20 != 0) continue;
        const auto tree = index.settled();
        ASSERT_EQ(lines(*tree), ModelTree(model, expanded).lines()) << "after step " << step;
        ASSERT_EQ(tree->figures().keys, model.size());
    }
}

TEST(KeyIndex, DropsWhatARefreshNoLongerBringsAndKeepsTheRestInPlace)
{
    WaitedIndex index;
    index->setExpanded("u:", true);
    index.pass(Lines{"u:1", "u:2", "u:3", "old:1", "x"});
    const auto tree = index.pass(Lines{"u:2", "u:4", "x", "new:1"}, KeyIndex::PassMode::Refresh);
    EXPECT_EQ(lines(*tree), (Lines{"new: 1", "u: 2", "  u:2", "  u:4", "x"}));
    const auto back = index.pass(Lines{"u:1", "old:1"}, KeyIndex::PassMode::Refresh);
    EXPECT_EQ(lines(*back), (Lines{"old: 1", "u: 1", "  u:1"}));
}

TEST(KeyIndex, KeepsEverythingWhenARefreshIsStopped)
{
    WaitedIndex index;
    index.pass(Lines{"a", "b"});
    const PassId pass = index->beginPass(KeyIndex::PassMode::Refresh);
    KeyBatch page;
    page.append("c");
    index->append(pass, page);
    index->endPass(pass, KeyIndex::PassEnd::Stopped);
    EXPECT_EQ(lines(*index.until([](const KeyTree &t) { return t.rowCount() == 3; })),
              (Lines{"a", "b", "c"}));
}

TEST(KeyIndex, IgnoresPagesOfAPassThatIsOver)
{
    WaitedIndex index;
    const PassId first = index->beginPass(KeyIndex::PassMode::Replace);
    index->beginPass(KeyIndex::PassMode::Replace);
    KeyBatch page;
    page.append("late");
    index->append(first, page);
    EXPECT_EQ(index.settled()->rowCount(), 0U);
}

TEST(KeyIndex, DoesNotBringADeletedKeyBackFromALatePage)
{
    WaitedIndex index;
    index.pass(Lines{"a", "b"});
    const PassId pass = index->beginPass(KeyIndex::PassMode::Refresh);
    index->remove({"a"});
    index.settled();
    KeyBatch page;
    page.append("a");
    page.append("b");
    index->append(pass, page);
    index->endPass(pass, KeyIndex::PassEnd::Complete);
    const auto tree = index.until([](const KeyTree &t) { return !t.figures().passRunning; });
    EXPECT_EQ(lines(*tree), (Lines{"b"}));
}

TEST(KeyIndex, PacksItselfAnewWhenMostKeysAreGone)
{
    Lines many;
    for (int i = 0; i < 150'000; ++i) many.push_back("k:" + std::to_string(i));
    WaitedIndex index;
    index->setExpanded("k:", true);
    index.pass(many, KeyIndex::PassMode::Replace, 1000);
    const auto tree = index.pass(Lines{"k:7", "z"}, KeyIndex::PassMode::Refresh);
    EXPECT_EQ(lines(*tree), (Lines{"k: 1", "  k:7", "z"}));
    EXPECT_EQ(tree->figures().keyBytes, 4U);
}

TEST(KeyIndex, TakesFewAndManyNewKeysIntoALongListInOrder)
{
    Lines keys;
    for (int i = 0; i < 20'000; ++i) keys.push_back("k:" + std::to_string(2 * (i * 7919 % 20'000)));
    WaitedIndex index;
    index->setExpanded("k:", true);
    index.pass(keys, KeyIndex::PassMode::Replace, 1000);
    const auto expectInOrder = [&](const Lines &more) {
        keys.insert(keys.end(), more.begin(), more.end());
        const auto tree = index.pass(keys, KeyIndex::PassMode::Refresh, 1000);
        std::set<Bytes, NaturalLess> model(keys.begin(), keys.end());
        ASSERT_EQ(tree->rowCount(), model.size() + 1);
        std::size_t row = 1;
        for (const Bytes &key : model) ASSERT_EQ(tree->row(row++).path, key);
    };
    expectInOrder({"k:1"});
    expectInOrder({"k:", "k:13", "k:11", "k:39999", "k:zebra"});
    Lines many;
    for (int i = 0; i < 9'000; ++i) many.push_back("k:" + std::to_string(2 * i + 30'001));
    expectInOrder(many);
    Lines before;
    for (int i = 0; i < 3'000; ++i) before.push_back("k:!" + std::to_string(i));
    expectInOrder(before);
}

TEST(KeyIndex, TakesPagesWithEmptyAndHugeKeys)
{
    WaitedIndex index;
    index.pass(Lines{"", Bytes(400'000, 'h'), "a", Bytes(3, '\0'), Bytes(70'000, 'g'), ""},
               KeyIndex::PassMode::Replace, 4);
    const auto tree = index.settled();
    EXPECT_EQ(lines(*tree),
              (Lines{"", Bytes(3, '\0'), "a", Bytes(70'000, 'g'), Bytes(400'000, 'h')}));
}

TEST(KeyIndex, CollectsTheKeysThatWereSeenBeneathANamespaceAndOnlyThose)
{
    WaitedIndex index;
    index.pass(Lines{"u:1", "u:2", "u*", "user:1", "u:x:3"});
    const auto collected = [&](const Bytes &path) {
        std::mutex mutex;
        std::condition_variable done;
        std::optional<std::set<Bytes>> keys;
        index->collect(path, [&](KeyBatch batch) {
            const std::lock_guard lock(mutex);
            keys.emplace();
            for (std::size_t i = 0; i < batch.size(); ++i) keys->emplace(batch[i]);
            done.notify_all();
        });
        std::unique_lock lock(mutex);
        done.wait(lock, [&] { return keys.has_value(); });
        return *keys;
    };
    EXPECT_EQ(collected("u:"), (std::set<Bytes>{"u:1", "u:2", "u:x:3"}));
    EXPECT_EQ(collected("").size(), 5U);
    index.filtered("x");
    EXPECT_EQ(collected("u:"), (std::set<Bytes>{"u:x:3"}));
}

TEST(KeyIndex, TakesLessThan32BytesAKeyAndGivesThemBack)
{
    constexpr std::size_t kKeys = 600'000;
    WaitedIndex index;
    const std::size_t before = residentBytes();
    const PassId pass = index->beginPass(KeyIndex::PassMode::Replace);
    for (std::size_t i = 0; i < kKeys; i += 1000) {
        KeyBatch page;
        for (std::size_t k = i; k < i + 1000; ++k)
            page.append("session:" + std::to_string(k * 7919 % kKeys));
        index->append(pass, page);
    }
    index->endPass(pass, KeyIndex::PassEnd::Complete);
    auto tree = index.until(
        [&](const KeyTree &t) { return t.figures().pass == pass && !t.figures().passRunning; });
    EXPECT_EQ(tree->figures().keys, kKeys);
    EXPECT_LE(tree->figures().bytesUsed - tree->figures().keyBytes, kKeys * 32);
    tree.reset();
    index->clear();
    EXPECT_EQ(index->tree()->rowCount(), 0U);
    index.settled();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    EXPECT_LE(residentBytes(), before + (std::size_t{10} << 20U));
#else
    EXPECT_GT(residentBytes(), 0U);
    EXPECT_GT(before, 0U);
#endif
}

TEST(KeyIndex, ServesRowsWhilePagesComeIn)
{
    WaitedIndex index;
    index->setExpanded("n:", true);
    const PassId pass = index->beginPass(KeyIndex::PassMode::Replace);
    std::jthread feeder([&] {
        for (int i = 0; i < 200; ++i) {
            KeyBatch page;
            for (int k = 0; k < 500; ++k)
                page.append("n:" + std::to_string((i * 500 + k) * 31 % 100'000));
            index->append(pass, page);
        }
        index->endPass(pass, KeyIndex::PassEnd::Complete);
    });
    std::size_t rows = 0;
    while (rows < 100'001) {
        const auto tree = index->tree();
        rows = tree->rowCount();
        const std::vector<TreeRow> shown = tree->rows(rows / 2, 40);
        for (std::size_t i = 2; i < shown.size(); ++i) {
            ASSERT_LT(naturalCompare(shown[i - 1].name, shown[i].name), 0);
        }
    }
    EXPECT_EQ(index->tree()->row(0).keys, 100'000U);
}

} // namespace
} // namespace kvscope::keyindex
