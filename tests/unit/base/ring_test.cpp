// Ring: the newest values, oldest first.
#include "core/base/ring.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <vector>

using namespace kvscope;

TEST(Ring, KeepsTheNewestValuesInOrder)
{
    Ring<int> ring(4);
    std::deque<int> expected;
    for (int i = 0; i < 25; ++i) {
        ring.push(i);
        expected.push_back(i);
        if (expected.size() > 4) expected.pop_front();
        ASSERT_EQ(ring.size(), expected.size());
        for (std::size_t k = 0; k < expected.size(); ++k) ASSERT_EQ(ring[k], expected[k]);
        EXPECT_EQ(ring.oldest(), expected.front());
        EXPECT_EQ(ring.newest(), expected.back());
        EXPECT_EQ(std::vector<int>(expected.begin(), expected.end()), [&] {
            std::vector<int> seen;
            for (const int value : ring) seen.push_back(value);
            return seen;
        }());
    }
    EXPECT_TRUE(ring.full());
}

TEST(Ring, StartsAgainEmptyAfterClear)
{
    Ring<int> ring(3);
    for (int i = 0; i < 5; ++i) ring.push(i);
    ring.clear();
    EXPECT_TRUE(ring.empty());
    ring.push(9);
    EXPECT_EQ(ring.size(), 1U);
    EXPECT_EQ(ring[0], 9);
    EXPECT_EQ(ring.capacity(), 3U);
}

TEST(Ring, HoldsWhatCanOnlyBeMoved)
{
    Ring<std::unique_ptr<int>> ring(2);
    for (int i = 0; i < 3; ++i) ring.push(std::make_unique<int>(i));
    EXPECT_EQ(*ring[0], 1);
    EXPECT_EQ(*ring[1], 2);
}
