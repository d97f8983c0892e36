// What the window keeps of jobs stays bounded.
#include "core/jobs/runreport.h"
#include "widgets/jobs/differencemodel.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

Difference differing(const Bytes &key, const Bytes &cache, const Bytes &source)
{
    Difference one;
    one.what = EntryClass::Stale;
    one.key = key;
    one.cache.there = true;
    one.cache.bytes = cache;
    one.source.there = true;
    one.source.bytes = source;
    return one;
}

TEST(FoundDifferencesTest, CountsAllButKeepsTheFirstHundredThousand)
{
    FoundDifferences found;
    for (std::size_t i = 0; i < FoundDifferences::kMost + 5; ++i)
        found.add(differing("k", "a", "b"));
    EXPECT_EQ(found.some.size(), FoundDifferences::kMost);
    EXPECT_EQ(found.counts[EntryClass::Stale],
              static_cast<std::int64_t>(FoundDifferences::kMost) + 5);
}

TEST(FoundDifferencesTest, KeepsOfLongValuesTheStretchThatDiffers)
{
    const Bytes same(5'000, 'x');
    const Difference kept = shortened(differing("k", same + "old", same + "new"), 512);
    EXPECT_LE(kept.cache.bytes.size(), 520U);
    EXPECT_NE(kept.cache.bytes.find("old"), Bytes::npos);
    EXPECT_NE(kept.source.bytes.find("new"), Bytes::npos);
}

TEST(RateHistoryTest, GrowsCoarserInsteadOfLonger)
{
    RateHistory rates;
    for (int i = 0; i < 100'000; ++i) rates.add({i, 10, i == 50'000});
    EXPECT_LT(rates.points().size(), RateHistory::kMost);
    EXPECT_GT(rates.points().size(), RateHistory::kMost / 4);
    bool slowed = false;
    for (const RateHistory::Point &point : rates.points()) slowed |= point.slowed;
    EXPECT_TRUE(slowed);
}

TEST(RateHistoryTest, KeepsTheWorsePercentileWhenItGrowsCoarser)
{
    RateHistory rates;
    for (int i = 0; i < 10'000; ++i) {
        RateHistory::Point point{i, 10};
        if (i == 777) point.probeUs = 5'000;
        if (i == 888) point.lagP99Ms = 70;
        rates.add(point);
    }
    std::optional<std::int64_t> probe;
    std::optional<std::int64_t> lag;
    for (const RateHistory::Point &point : rates.points()) {
        probe = std::max(probe, point.probeUs);
        lag = std::max(lag, point.lagP99Ms);
    }
    EXPECT_EQ(probe, 5'000);
    EXPECT_EQ(lag, 70);
}

TEST(JobStateTest, AStretchOfSlownessIsOneWhateverItsRateWas)
{
    JobState job;
    JobProgress now;
    for (int i = 0; i < 30; ++i) {
        now.slowedBy = QStringLiteral("others; %1 /s now").arg(i);
        job.take(now, i * 100);
    }
    ASSERT_TRUE(job.slowdown);
    EXPECT_EQ(job.slowdown->fromMs, 0);
    EXPECT_EQ(job.slowdown->toMs, 2'900);
    EXPECT_EQ(job.slowdown->reason, QStringLiteral("others; 29 /s now"));
    job.take(now, 9'000);
    EXPECT_EQ(job.slowdown->fromMs, 9'000) << "another stretch";
}

TEST(ChangedKeysTest, NamesTenThousandAndSaysThatThereAreOthers)
{
    ChangedKeys changed;
    for (std::size_t i = 0; i < ChangedKeys::kMost; ++i) changed.add("k");
    EXPECT_FALSE(changed.isCut);
    changed.add("k");
    EXPECT_TRUE(changed.isCut);
    EXPECT_EQ(changed.some.size(), ChangedKeys::kMost);
}

TEST(AgeHistogramTest, SortsAgesIntoWideningBins)
{
    AgeHistogram ages;
    ages.add(-5);
    ages.add(14'000);
    ages.add(9'000'000'000);
    EXPECT_EQ(ages.total(), 3);
    EXPECT_EQ(ages.count(0), 1);
    EXPECT_EQ(ages.count(4), 1);
    EXPECT_EQ(ages.count(AgeHistogram::kBins - 1), 1);
    EXPECT_EQ(ages.oldestMs(), 9'000'000'000);
}

TEST(DifferenceModelTest, MarksChangedWordsWholeAndCutsLongLinesToThem)
{
    const Difference name = differing("k", R"({"name":"Ann"})", R"({"name":"Anne"})");
    const ComparedLines lines = compareLines(name.cache, name.source, 400);
    ASSERT_EQ(lines.cacheChanged.size(), 1U);
    EXPECT_EQ(lines.cache.mid(lines.cacheChanged[0].begin, lines.cacheChanged[0].length),
              QStringLiteral("Ann"));
    const Bytes same(3'000, 'x');
    const Difference distant = differing("k", same + " 1", same + " 2");
    const ComparedLines cut = compareLines(distant.cache, distant.source, 100);
    EXPECT_LE(cut.cache.size(), 102);
    ASSERT_EQ(cut.cacheChanged.size(), 1U);
    EXPECT_EQ(cut.cache.mid(cut.cacheChanged[0].begin, cut.cacheChanged[0].length),
              QStringLiteral("1"));
}

TEST(RunReportTest, ReadsBackWhatItWroteWithBytesThatAreNoText)
{
    const QTemporaryDir folder;
    const Bytes binary("\xff\x00\x01", 3);
    RunReportWriter writer(folder.path(), QStringLiteral("run"));
    Difference one = differing(binary, binary, R"({"a":1})");
    one.ageMs = 14'000;
    writer.add(one);
    one.cache = ShownValue();
    one.cache.there = true;
    one.cache.isHash = true;
    one.cache.fields = {{"f", binary}, {"g", "text"}};
    writer.add(one);
    ASSERT_TRUE(writer.finish());
    const auto strings =
        loadRunReport(folder.path(), QStringLiteral("run"), ValueRule::Type::String);
    ASSERT_TRUE(strings);
    ASSERT_EQ(strings->some.size(), 2U);
    EXPECT_EQ(strings->some[0].key, binary);
    EXPECT_EQ(strings->some[0].cache.bytes, binary);
    EXPECT_EQ(strings->some[0].ageMs, 14'000);
    const auto hashes = loadRunReport(folder.path(), QStringLiteral("run"), ValueRule::Type::Hash);
    ASSERT_TRUE(hashes);
    ASSERT_EQ(hashes->some[1].cache.fields.size(), 2U);
    EXPECT_EQ(hashes->some[1].cache.fields[0].second, binary);
}

} // namespace
} // namespace kvscope::test
