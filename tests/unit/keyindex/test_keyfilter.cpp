// The filter against a plain search, and how a filtered tree opens.
#include "core/keyindex/keymatcher.h"
#include "indexfixture.h"

#include <random>

namespace kvscope::keyindex {
namespace {

using Lines = std::vector<Bytes>;

// A key with bytes behind it that may be read, as in the arena.
bool matches(const Bytes &text, const Bytes &key)
{
    const Bytes padded = key + Bytes(KeyArena::kPadding, 'x');
    return KeyMatcher(text).matches(BytesView(padded).substr(0, key.size()));
}

TEST(KeyMatcher, FindsTextAnywhereInAnyCase)
{
    EXPECT_TRUE(matches("SER:1", "user:10"));
    EXPECT_TRUE(matches("user", "USER:10"));
    EXPECT_FALSE(matches("xx", "use")) << "bytes behind the key are not the key's";
    EXPECT_TRUE(matches("", "anything"));
    EXPECT_TRUE(matches("[a]", "x[A]y")) << "only * and ? make a pattern";
    EXPECT_TRUE(matches("\xe6\x9d\x8e", "name:\xe6\x9d\x8e"));
    EXPECT_FALSE(matches("\xc3\xa4", "\xc3\x84")) << "bytes above 0x7F match themselves only";
}

TEST(KeyMatcher, TakesStarsAndQuestionMarksForThePatternOfAWholeKey)
{
    EXPECT_TRUE(matches("user:*", "USER:1"));
    EXPECT_FALSE(matches("user:*", "a user:1"));
    EXPECT_TRUE(matches("*:items", "cart:1:items"));
    EXPECT_TRUE(matches("*99*", "a99b"));
    EXPECT_FALSE(matches("*99*", "a9b9"));
    EXPECT_TRUE(matches("c?rt:*:items", "cart:7:items"));
    EXPECT_FALSE(matches("c?rt:*:items", "cart:7:item"));
    EXPECT_TRUE(matches("a\\*b*", "a*bc"));
    EXPECT_FALSE(matches("a\\*b*", "aabc"));
    EXPECT_TRUE(matches("**", ""));
}

TEST(KeyMatcher, AgreesWithAPlainSearchOnRandomBytes)
{
    std::mt19937 random(7);
    const auto randomBytes = [&](std::size_t most) {
        Bytes bytes(std::uniform_int_distribution<std::size_t>(0, most)(random), '\0');
        for (char &c : bytes) c = "aAbB\xc3:"[std::uniform_int_distribution<int>(0, 5)(random)];
        return bytes;
    };
    for (int i = 0; i < 20'000; ++i) {
        const Bytes key = randomBytes(60);
        const Bytes text = randomBytes(4);
        const bool expected = foldCase(key).find(foldCase(text)) != Bytes::npos;
        ASSERT_EQ(matches(text, key), expected) << '"' << text << "\" in \"" << key << '"';
    }
}

TEST(KeyFilter, ShowsMatchesWithTheirNamespacesOpenWhenTheyAreFew)
{
    WaitedIndex index;
    index.pass(Lines{"user:1", "user:12", "user:x:12", "cart:1", "note12"});
    EXPECT_EQ(lines(*index.filtered("12")),
              (Lines{"user: 2", "  user:x: 1", "    user:x:12", "  user:12", "note12"}));
    EXPECT_EQ(index->tree()->figures().matching, 3U);
    EXPECT_EQ(lines(*index.filtered("")), (Lines{"cart: 1", "user: 3", "note12"}));
}

TEST(KeyFilter, LetsANamespaceBeClosedAndOpenedAmongMatches)
{
    WaitedIndex index;
    index.pass(Lines{"a:1", "a:2", "b:1"});
    index.filtered("1");
    index->setExpanded("a:", false);
    EXPECT_EQ(lines(*index.settled()), (Lines{"a: 1", "  a:1", "b: 1", "  b:1"}))
        << "the same filter anew opens everything again";
    index->setExpanded("a:", false);
    const auto tree = index.until([](const KeyTree &t) { return t.rowCount() == 3; });
    EXPECT_EQ(lines(*tree), (Lines{"a: 1", "b: 1", "  b:1"}));
}

TEST(KeyFilter, AgreesWithAPlainSearchWhileKeysComeAndGo)
{
    std::mt19937 random(11);
    const auto pick = [&](unsigned n) {
        return std::uniform_int_distribution<unsigned>(0, n - 1)(random);
    };
    WaitedIndex index;
    std::set<Bytes> model;
    const Lines texts{"1", "12", "n", "N3:1", "zz", "*:1*", "?3:*", ""};
    for (int round = 0; round < 200; ++round) {
        for (int i = 0; i < 40; ++i) {
            const Bytes key = "n" + std::to_string(pick(6)) + ":" + std::to_string(pick(300));
            if (pick(3) == 0) {
                model.erase(key);
                index->remove({key});
            } else {
                model.insert(key);
                index->add(key);
            }
        }
        const Bytes &text = texts[pick(static_cast<unsigned>(texts.size()))];
        const auto tree = index.filtered(text);
        std::size_t expected = 0;
        for (const Bytes &key : model) expected += matches(text, key) ? 1 : 0;
        ASSERT_EQ(tree->figures().matching, expected) << text;
    }
}

TEST(KeyFilter, ShowsTheMatchesOfAnOpenNamespaceInOrderWhenTheyAreMany)
{
    Lines keys;
    for (int i = 0; i < 60'000; ++i) keys.push_back("big:" + std::to_string(i * 7 % 60'000));
    keys.push_back("other:1");
    WaitedIndex index;
    index->setExpanded("big:", true);
    index.pass(keys, KeyIndex::PassMode::Replace, 1000);
    const auto tree = index.filtered("BIG");
    ASSERT_EQ(tree->rowCount(), 60'001U);
    EXPECT_EQ(tree->row(0).keys, 60'000U);
    for (std::size_t i = 1; i <= 60'000; ++i) {
        ASSERT_EQ(tree->row(i).name, std::to_string(i - 1));
    }
}

TEST(KeyFilter, FindsNothingThatLiesOverTheBorderOfTwoKeys)
{
    // In memory a key's length stands before it: 101 is an "e", 97 an "a".
    Lines keys;
    for (int i = 0; i < 40; ++i) {
        keys.push_back("ys" + std::to_string(i) + "xs");
        keys.push_back(Bytes(98, 's') + '-' + std::to_string(10 + i));
        keys.push_back(Bytes(95, 'q') + std::to_string(10 + i));
    }
    keys.push_back(Bytes(300, 'w') + "the-end-of-a-very-long-name");
    WaitedIndex index;
    index.pass(keys);
    EXPECT_EQ(index.filtered("e")->figures().matching, 1U);
    EXPECT_EQ(index.filtered("se")->figures().matching, 0U);
    EXPECT_EQ(index.filtered("xses")->figures().matching, 0U);
    EXPECT_EQ(index.filtered("xs")->figures().matching, 40U);
    EXPECT_EQ(index.filtered("a")->figures().matching, 1U);
    EXPECT_EQ(index.filtered("THE-END-OF-A-VERY-long-name")->figures().matching, 1U);
    EXPECT_EQ(index.filtered("the-end-of-a-very-long-nome")->figures().matching, 0U);
    EXPECT_EQ(index.filtered("*a-very*")->figures().matching, 1U);
    EXPECT_EQ(index.filtered("?s*x?")->figures().matching, 40U);
}

TEST(KeyFilter, AgreesWithAPlainSearchWhateverTheKeysLengthsAndTheTexts)
{
    std::mt19937 random(5);
    const auto randomBytes = [&](std::size_t most) {
        Bytes bytes(std::uniform_int_distribution<std::size_t>(0, most)(random), '\0');
        for (char &c : bytes) c = "aAbB:"[std::uniform_int_distribution<int>(0, 4)(random)];
        return bytes;
    };
    std::set<Bytes> keys;
    for (int i = 0; i < 2'000; ++i) keys.insert(randomBytes(i % 100 == 0 ? 900 : 40));
    WaitedIndex index;
    index.pass(keys);
    for (int i = 0; i < 300; ++i) {
        const Bytes text = randomBytes(i % 10 == 0 ? 24 : 5);
        std::size_t expected = 0;
        for (const Bytes &key : keys) expected += matches(text, key) ? 1 : 0;
        ASSERT_EQ(index.filtered(text)->figures().matching, expected) << text;
        index.filtered("");
    }
}

TEST(KeyFilter, AppliesToKeysThatComeLater)
{
    WaitedIndex index;
    index.pass(Lines{"a1"});
    index.filtered("1");
    index->add("b1");
    index->add("b2");
    EXPECT_EQ(lines(*index.until([](const KeyTree &t) { return t.rowCount() == 2; })),
              (Lines{"a1", "b1"}));
}

} // namespace
} // namespace kvscope::keyindex
