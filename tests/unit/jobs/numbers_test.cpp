// Bounds, fingerprints and checkpoints: the arithmetic under jobs.
#include "core/base/hashset.h"
#include "core/jobs/checkpoint.h"
#include "core/jobs/fingerprintset.h"
#include "core/jobs/nines.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

TEST(Nines, AreMinusTheLogarithmOfWhatDiffers)
{
    EXPECT_FALSE(nines(0, 1'000'000));
    EXPECT_NEAR(*nines(1, 1'000'000), 6.0, 1e-12);
    EXPECT_NEAR(*nines(20, 1'000), 1.69897, 1e-5);
    EXPECT_EQ(*nines(5, 5), 0.0);
}

// Against tables of the exact one-sided bound (R: binom.test(d, n, alternative = "less")).
TEST(Nines, HaveTheExactBoundBelow)
{
    EXPECT_NEAR(highestShare(0, 100), 0.029513, 1e-6);
    EXPECT_NEAR(highestShare(1, 100), 0.046560, 1e-6);
    EXPECT_NEAR(highestShare(5, 100), 0.102255, 1e-5);
    EXPECT_NEAR(ninesLow(0, 1'000'000), 5.52348, 1e-4);
    EXPECT_LT(ninesLow(2, 1'000'000), *nines(2, 1'000'000));
    EXPECT_EQ(ninesLow(0, 0), 0.0);
    EXPECT_EQ(ninesLow(3, 3), 0.0);
}

TEST(FingerprintSet, KnowsEveryKeyItWasGivenAndNoOther)
{
    FingerprintSet set;
    for (int i = 0; i < 200'000; ++i) set.add("user:" + std::to_string(i));
    EXPECT_LE(static_cast<double>(set.memoryBytes()) / 200'000, 10.0);
    set.add("user:7");
    set.add("user:8");
    EXPECT_EQ(set.seal(), 2U);
    EXPECT_EQ(set.size(), 200'000U);
    EXPECT_LE(static_cast<double>(set.memoryBytes()) / 200'000, 8.5);
    for (int i = 0; i < 200'000; ++i) ASSERT_TRUE(set.contains("user:" + std::to_string(i)));
    for (int i = 0; i < 200'000; ++i) ASSERT_FALSE(set.contains("usex:" + std::to_string(i)));
    EXPECT_FALSE(FingerprintSet().contains("anything"));
    KeyBatch keys;
    for (const char *key : {"user:1", "other:1", "user:199999", "user:200000", ""})
        keys.append(key);
    EXPECT_EQ(set.unknownIn(keys), (std::vector<std::size_t>{1, 3, 4}));
    EXPECT_EQ(FingerprintSet().unknownIn(keys).size(), keys.size());
}

TEST(Checkpoint, ReadsBackWhatItWrote)
{
    Checkpoint checkpoint;
    EXPECT_EQ(Checkpoint::decoded(checkpoint.encoded()), checkpoint);
    checkpoint.last = FieldTuple{{CellKind::Integer, "-5"}, {CellKind::Text, Bytes("a\0b", 3)}};
    checkpoint.storeRunId = "abc";
    checkpoint.counters = {{"rows", 12}, {"written", -1}};
    const Bytes bytes = checkpoint.encoded();
    EXPECT_EQ(Checkpoint::decoded(bytes), checkpoint);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        EXPECT_FALSE(Checkpoint::decoded(BytesView(bytes).substr(0, i))) << i;
    EXPECT_FALSE(Checkpoint::decoded(bytes + "x"));
}

TEST(HashSet, KnowsWhatItWasGiven)
{
    HashSet set;
    EXPECT_FALSE(set.contains(0));
    for (const std::uint64_t hash : {0ULL, 1ULL, 64ULL, 128ULL, ~0ULL}) {
        EXPECT_TRUE(set.insert(hash));
        EXPECT_FALSE(set.insert(hash));
        EXPECT_TRUE(set.contains(hash));
    }
    EXPECT_FALSE(set.contains(2));
    for (std::uint64_t i = 0; i < 100'000; ++i) set.insert(i * 64);
    EXPECT_EQ(set.size(), 100'002U);
    for (std::uint64_t i = 0; i < 100'000; ++i) EXPECT_TRUE(set.contains(i * 64));
    EXPECT_FALSE(set.contains(65));
    set.clear();
    EXPECT_FALSE(set.contains(64));
}

} // namespace
} // namespace kvscope
