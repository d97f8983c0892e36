// What the tree shows: namespaces with true counts, keys in order, rows by number.
#include "indexfixture.h"

namespace kvscope::keyindex {
namespace {

using Lines = std::vector<Bytes>;

TEST(KeyTree, CountsAKeyOnceHoweverOftenTheScanRepeatsIt)
{
    WaitedIndex index;
    const auto tree = index.pass(Lines{"user:1", "user:2", "user:1", "user:1", "cart:1", "user:2"});
    EXPECT_EQ(lines(*tree), (Lines{"cart: 1", "user: 2"}));
    EXPECT_EQ(tree->figures().keys, 3U);
    EXPECT_EQ(tree->figures().passKeys, 6U);
}

TEST(KeyTree, ShowsTheContentOfAnOpenNamespaceBehindItsRow)
{
    WaitedIndex index;
    index->setExpanded("user:", true);
    index->setExpanded("user:profile:", true);
    const auto tree = index.pass(
        Lines{"user:10", "user:9", "user:profile:1", "zoo", "cart:1:items", "user:profile:2"});
    EXPECT_EQ(lines(*tree), (Lines{"cart: 1", "user: 4", "  user:profile: 2", "    user:profile:1",
                                   "    user:profile:2", "  user:9", "  user:10", "zoo"}));
    EXPECT_EQ(tree->row(3).parentRow, 2U);
    EXPECT_EQ(tree->row(2).parentRow, 1U);
    EXPECT_EQ(tree->row(1).parentRow, TreeRow::kNoRow);
    EXPECT_TRUE(tree->row(1).expanded);
    EXPECT_FALSE(tree->row(0).expanded);
    EXPECT_EQ(tree->row(6).name, "10");
}

TEST(KeyTree, ShowsAKeyThatIsANamespaceAsBoth)
{
    WaitedIndex index;
    index->setExpanded("user:", true);
    const auto tree = index.pass(Lines{"user", "user:", "user:1"});
    EXPECT_EQ(lines(*tree), (Lines{"user: 2", "  user:", "  user:1", "user"}));
    EXPECT_EQ(tree->row(1).name, "") << "the key that ends in the delimiter has an empty name";
}

TEST(KeyTree, KeepsEmptySegmentsAndLeadingDelimiters)
{
    WaitedIndex index;
    for (const char *path : {"a:", "a::", ":", "::"}) index->setExpanded(path, true);
    const auto tree = index.pass(Lines{"a::b", ":x", "::", "a:b"});
    EXPECT_EQ(lines(*tree),
              (Lines{": 2", "  :: 1", "    ::", "  :x", "a: 2", "  a:: 1", "    a::b", "  a:b"}));
}

TEST(KeyTree, HoldsKeysOfAnyBytes)
{
    using namespace std::string_literals;
    const Bytes huge(65536, 'k');
    const Lines keys{"\x00\xff"s, "line\nbreak", huge, "*[?\\", "", "\xff\xfe:\x00"s, "a\0b"s, "a"};
    WaitedIndex index;
    index->setExpanded("\xff\xfe:", true);
    const auto tree = index.pass(keys);
    std::set<Bytes> shown;
    for (const TreeRow &row : tree->rows(0, tree->rowCount())) {
        if (row.kind == TreeRow::Kind::Key) shown.emplace(row.path);
    }
    EXPECT_EQ(shown, std::set<Bytes>(keys.begin(), keys.end()));
    for (const Bytes &key : keys) {
        const auto row = tree->rowOf(TreeRow::Kind::Key, key);
        ASSERT_TRUE(row.has_value());
        EXPECT_EQ(tree->row(*row).path, key);
    }
}

TEST(KeyTree, StopsAddingLevelsAtADepthThatAPersonCouldUse)
{
    WaitedIndex index;
    const Bytes hostile(65536, ':');
    for (std::size_t i = 1; i <= kMaxDepth; ++i) index->setExpanded(Bytes(i, ':'), true);
    const auto tree = index.pass(Lines{hostile, ":a"});
    EXPECT_EQ(tree->rowCount(), kMaxDepth + 2);
    const auto row = tree->rowOf(TreeRow::Kind::Key, hostile);
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(tree->row(*row).depth, static_cast<int>(kMaxDepth));
}

TEST(KeyTree, OrdersNumbersByTheirValueAndOtherBytesByTheirs)
{
    WaitedIndex index;
    const auto tree = index.pass(Lines{"k10", "k9", "k09", "K1", "k", "k1234567890123",
                                       "k123456789012", "k1a", "k1", "\xc3\xa4", "k0", "k00"});
    EXPECT_EQ(lines(*tree), (Lines{"K1", "k", "k0", "k00", "k1", "k1a", "k09", "k9", "k10",
                                   "k123456789012", "k1234567890123", "\xc3\xa4"}));
}

TEST(KeyTree, SortsByNameBackwardsOrByKeysFirst)
{
    WaitedIndex index;
    index->setExpanded("b:", true);
    index.pass(Lines{"a:1", "b:1", "b:2", "b:3", "c:1", "c:2", "x", "y"});
    index->setOrder(SortOrder::NameDescending);
    EXPECT_EQ(lines(*index.settled()),
              (Lines{"c: 2", "b: 3", "  b:3", "  b:2", "  b:1", "a: 1", "y", "x"}));
    index->setOrder(SortOrder::MostKeys);
    EXPECT_EQ(lines(*index.settled()),
              (Lines{"b: 3", "  b:1", "  b:2", "  b:3", "c: 2", "a: 1", "x", "y"}));
}

TEST(KeyTree, FindsTheRowOfEverythingItShowsInEveryOrder)
{
    WaitedIndex index;
    Lines keys;
    for (int i = 0; i < 300; ++i) {
        keys.push_back("n" + std::to_string(i % 7) + ":" + std::to_string(i % 5) + ":" +
                       std::to_string(i));
        keys.push_back("plain" + std::to_string(i));
    }
    for (const char *path : {"n1:", "n4:", "n4:2:", "n4:3:", "n6:", "n6:0:"}) {
        index->setExpanded(path, true);
    }
    index.pass(keys);
    for (const SortOrder order :
         {SortOrder::NameAscending, SortOrder::NameDescending, SortOrder::MostKeys}) {
        index->setOrder(order);
        const auto tree = index.settled();
        for (std::size_t i = 0; i < tree->rowCount(); ++i) {
            const TreeRow row = tree->row(i);
            EXPECT_EQ(tree->rowOf(row.kind, row.path), i);
        }
    }
    EXPECT_FALSE(index->tree()->rowOf(TreeRow::Kind::Key, "n2:1:1").has_value())
        << "it lies in a closed one";
    EXPECT_FALSE(index->tree()->rowOf(TreeRow::Kind::Namespace, "absent:").has_value());
}

TEST(KeyTree, SplitsByAnyDelimiterAndByNone)
{
    WaitedIndex index("->");
    index->setExpanded("a->", true);
    EXPECT_EQ(lines(*index.pass(Lines{"a->b", "a->c->d", "a-b"})),
              (Lines{"a-> 2", "  a->c-> 1", "  a->b", "a-b"}));
    index->setDelimiter("-");
    EXPECT_EQ(lines(*index.settled()), (Lines{"a- 3"}));
    index->setDelimiter("");
    EXPECT_EQ(lines(*index.settled()), (Lines{"a->b", "a->c->d", "a-b"}));
}

TEST(KeyTree, NamesTheNamespacesAroundAKey)
{
    WaitedIndex index;
    const auto tree = index.pass(Lines{"a:b:c"});
    EXPECT_EQ(tree->enclosing(TreeRow::Kind::Key, "a:b:c"), (Lines{"a:", "a:b:"}));
    EXPECT_EQ(tree->enclosing(TreeRow::Kind::Namespace, "a:b:"), (Lines{"a:"}));
}

} // namespace
} // namespace kvscope::keyindex
