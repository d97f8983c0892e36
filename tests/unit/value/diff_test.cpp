// Diffs rebuild the text they lead to, and stay short.
#include "core/value/diff.h"

#include <gtest/gtest.h>

#include <random>

namespace kvscope {
namespace {

std::vector<BytesView> letters(BytesView text)
{
    std::vector<BytesView> items;
    for (std::size_t i = 0; i < text.size(); ++i) items.push_back(text.substr(i, 1));
    return items;
}

std::size_t cost(const std::vector<EditRun> &runs)
{
    std::size_t edits = 0;
    for (const EditRun &run : runs) edits += run.beforeCount + run.afterCount;
    return edits;
}

// The textbook distance, by dynamic programming.
std::size_t distance(BytesView a, BytesView b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t up = row[j];
            row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + std::min(up, row[j - 1]);
            diagonal = up;
        }
    }
    return row[b.size()];
}

TEST(ShortestEdit, IsAsShortAsDynamicProgrammingFinds)
{
    std::mt19937 random(7);
    const auto text = [&] {
        Bytes bytes(random() % 40, ' ');
        for (char &c : bytes) c = static_cast<char>('a' + random() % 4);
        return bytes;
    };
    for (int round = 0; round < 3000; ++round) {
        const Bytes a = text();
        const Bytes b = text();
        const auto runs = shortestEdit(letters(a), letters(b));
        EXPECT_EQ(cost(runs), distance(a, b)) << a << " " << b;
        Bytes rebuilt;
        std::size_t at = 0;
        for (const EditRun &run : runs) {
            rebuilt.append(a, at, run.before - at).append(b, run.after, run.afterCount);
            at = run.before + run.beforeCount;
        }
        EXPECT_EQ(rebuilt.append(a, at), b);
    }
}

TEST(ShortestEdit, FallsBackToWholeStretchesWhenTextsHaveNothingInCommon)
{
    std::vector<Bytes> store;
    for (int i = 0; i < 60'000; ++i) store.push_back(std::to_string(i));
    const std::vector<BytesView> before(store.begin(), store.begin() + 30'000);
    const std::vector<BytesView> after(store.begin() + 30'000, store.end());
    const auto runs = shortestEdit(before, after);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0], (EditRun{0, 30'000, 0, 30'000}));
}

TEST(DiffLines, PairsARemovedLineWithTheOneThatTookItsPlace)
{
    const Bytes before = "{\n  \"name\": \"张三\",\n  \"age\": 30,\n  \"x\": 1\n}";
    const Bytes after = "{\n  \"name\": \"李四\",\n  \"age\": 35,\n  \"x\": 1\n}";
    const auto lines = diffLines(before, after);
    ASSERT_EQ(lines.size(), 7U);
    EXPECT_EQ(lines[1].kind, DiffLine::Kind::Removed);
    EXPECT_EQ(lines[2].kind, DiffLine::Kind::Added);
    EXPECT_EQ(lines[3].text, "  \"age\": 30,");
    ASSERT_EQ(lines[1].changed.size(), 1U);
    EXPECT_EQ(lines[1].text.substr(lines[1].changed[0].begin,
                                   lines[1].changed[0].end - lines[1].changed[0].begin),
              "张三");
    EXPECT_EQ(lines[4].after, 3);
    EXPECT_EQ(lines[6].kind, DiffLine::Kind::Same);
}

TEST(DiffLines, ShowsALineThatDiffersInItsBreakOnly)
{
    EXPECT_EQ(diffLines("a\n", "a\r\n").size(), 2U);
    EXPECT_EQ(diffLines("a", "a\n").size(), 2U);
    EXPECT_EQ(diffLines("", "").size(), 0U);
    EXPECT_EQ(diffLines("", "a").size(), 1U);
}

TEST(DiffLines, TellsOnlyWhatIsNearAChangeWhenAskedTo)
{
    std::mt19937 random(5);
    const auto text = [&] {
        Bytes bytes;
        for (unsigned i = random() % 40; i > 0; --i)
            bytes +=
                Bytes(1, static_cast<char>('a' + random() % 3)) + (random() % 9 ? "\n" : "\r\n");
        return bytes;
    };
    for (int round = 0; round < 2000; ++round) {
        const Bytes before = text();
        Bytes after = before;
        if (!after.empty())
            after.replace(random() % after.size(), random() % 4, text().substr(0, random() % 6));
        const auto all = diffLines(before, after);
        const auto near = diffLines(before, after, 2);
        int last = 0;
        for (const DiffLine &line : near) {
            if (line.kind == DiffLine::Kind::Removed) continue;
            EXPECT_GT(line.after, last);
            EXPECT_EQ(line.text, withoutBreak(splitLines(after)[std::size_t(line.after - 1)]));
            last = line.after;
        }
        const auto changes = [](const std::vector<DiffLine> &lines) {
            return std::count_if(lines.begin(), lines.end(), [](const DiffLine &line) {
                return line.kind != DiffLine::Kind::Same;
            });
        };
        EXPECT_EQ(changes(near), changes(all));
    }
}

TEST(DiffLines, NeverSplitsACharacterInALongLine)
{
    const Bytes pad(9000, 'x');
    const auto lines = diffLines(pad + "\xE5\xBC\xA0", pad + "\xE5\xBC\xA1");
    ASSERT_EQ(lines[0].changed.size(), 1U);
    EXPECT_EQ(lines[0].changed[0].begin, 9000U);
    EXPECT_EQ(lines[0].changed[0].end, 9003U);
}

TEST(UnifiedDiff, PrintsWhatDiffPrints)
{
    Bytes before;
    for (int i = 1; i <= 20; ++i) before += std::to_string(i) + "\n";
    Bytes after = before;
    after.replace(after.find("3\n"), 2, "three\n");
    after.replace(after.find("18\n"), 3, "");
    EXPECT_EQ(unifiedDiff(before, after, "a", "b", 2),
              "--- a\n+++ b\n"
              "@@ -1,5 +1,5 @@\n 1\n 2\n-3\n+three\n 4\n 5\n"
              "@@ -16,5 +16,4 @@\n 16\n 17\n-18\n 19\n 20\n");
    EXPECT_EQ(unifiedDiff("same", "same", "a", "b"), "");
    EXPECT_EQ(unifiedDiff("x", "y", "a", "b"),
              "--- a\n+++ b\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n"
              "+y\n\\ No newline at end of file\n");
    EXPECT_EQ(unifiedDiff("", "y\n", "a", "b"), "--- a\n+++ b\n@@ -0,0 +1 @@\n+y\n");
}

TEST(ThreeWays, AlignsBothSidesAlongTheBase)
{
    const auto rows = alignThreeWays("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nb\nc\nnew\nd\n");
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_TRUE(rows[1].theirsChanged);
    EXPECT_FALSE(rows[1].mineChanged);
    EXPECT_EQ(rows[3].base, 0);
    EXPECT_EQ(rows[3].mine, 4);
    EXPECT_EQ(rows[3].theirs, 0);
    EXPECT_EQ(rows[4].base, 4);
    EXPECT_EQ(rows[4].theirs, 4);
    EXPECT_EQ(rows[4].mine, 5);
}

TEST(ThreeWays, ShowsEveryLineOfEachTextOnceAndInOrder)
{
    std::mt19937 random(3);
    const auto text = [&] {
        Bytes bytes;
        for (unsigned i = random() % 12; i > 0; --i)
            bytes += Bytes(1, static_cast<char>('a' + random() % 3)) + "\n";
        return bytes;
    };
    for (int round = 0; round < 2000; ++round) {
        const Bytes base = text(), theirs = text(), mine = text();
        int b = 0, t = 0, m = 0;
        for (const ThreeWayRow &row : alignThreeWays(base, theirs, mine)) {
            if (row.base != 0) {
                EXPECT_EQ(row.base, ++b);
            }
            if (row.theirs != 0) {
                EXPECT_EQ(row.theirs, ++t);
            }
            if (row.mine != 0) {
                EXPECT_EQ(row.mine, ++m);
            }
        }
        EXPECT_EQ(std::size_t(b), splitLines(base).size());
        EXPECT_EQ(std::size_t(t), splitLines(theirs).size());
        EXPECT_EQ(std::size_t(m), splitLines(mine).size());
    }
}

} // namespace
} // namespace kvscope
