// A laid-out document says the same, and an edit in it comes back to the original's own spacing.
#include "core/value/jsonlayout.h"
#include "tests/unit/value/randomjson.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

using Node = JsonDocument::Node;

TEST(JsonLayout, IsTokenForTokenTheSameDocument)
{
    for (unsigned seed = 0; seed < 1000; ++seed) {
        const auto document = JsonDocument::parse(test::RandomJson(seed).document());
        const auto laidOut = JsonDocument::parse(layOutJson(*document));
        ASSERT_TRUE(laidOut.has_value()) << document->bytes();
        ASSERT_EQ(laidOut->nodeCount(), document->nodeCount());
        for (Node node = 0; node < document->nodeCount(); ++node) {
            EXPECT_EQ(laidOut->parent(node), document->parent(node));
            EXPECT_EQ(laidOut->keyText(node), document->keyText(node));
            if (!document->isContainer(node)) {
                EXPECT_EQ(laidOut->text(node), document->text(node));
            }
        }
    }
}

TEST(JsonLayout, PutsShortArraysOfScalarsOnOneLine)
{
    const auto document =
        JsonDocument::parse(R"({"id":1,"tags":["vip","beta"],"o":{},"a":[],"m":[[1],{"x":null}]})");
    EXPECT_EQ(layOutJson(*document), "{\n"
                                     "  \"id\": 1,\n"
                                     "  \"tags\": [\"vip\", \"beta\"],\n"
                                     "  \"o\": {},\n"
                                     "  \"a\": [],\n"
                                     "  \"m\": [\n"
                                     "    [1],\n"
                                     "    {\n"
                                     "      \"x\": null\n"
                                     "    }\n"
                                     "  ]\n"
                                     "}");
}

TEST(JsonLayout, StaysSmallHoweverDeepTheNesting)
{
    const std::size_t depth = 100'000;
    const auto document = JsonDocument::parse(Bytes(depth, '[') + Bytes(depth, ']'));
    EXPECT_LT(layOutJson(*document).size(), depth * 10);
}

TEST(JsonLayout, AsksForLayoutOfLongSingleLinesOnly)
{
    EXPECT_FALSE(wantsLayout(R"({"name": "张三", "age": 30})"));
    EXPECT_TRUE(wantsLayout("[" + Bytes(100, '1') + "]\n"));
    EXPECT_FALSE(wantsLayout("[\n" + Bytes(100, '1') + "]"));
}

TEST(JsonLayout, GivesTheOriginalBackWhenNothingWasEdited)
{
    for (unsigned seed = 0; seed < 1000; ++seed) {
        const Bytes original = test::RandomJson(seed).document();
        EXPECT_EQ(rebaseJson(original, layOutJson(*JsonDocument::parse(original))), original);
    }
}

TEST(JsonLayout, BringsAnEditOfTheLayoutBackToTheOriginalSpacing)
{
    for (unsigned seed = 0; seed < 3000; ++seed) {
        test::RandomJson random(seed);
        const Bytes original = random.document();
        const auto document = JsonDocument::parse(original);
        const auto display = JsonDocument::parse(layOutJson(*document));
        const auto node =
            static_cast<Node>(random.below(static_cast<unsigned>(document->nodeCount())));
        if (document->isContainer(node)) continue;
        const Bytes edited =
            display->replaceNode(node, "\"never seen before\"")->appliedTo(display->bytes());
        const Bytes expected =
            document->replaceNode(node, "\"never seen before\"")->appliedTo(original);
        EXPECT_EQ(rebaseJson(original, edited), expected);
    }
}

struct Rebased
{
    const char *original;
    const char *edited;
    const char *expected;
};

TEST(JsonLayout, SpacesNewTokensLikeTheirKind)
{
    const Rebased cases[] = {
        {R"({"a":1,"b":2})", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}",
         R"({"a":1,"b":2,"c":3})"},
        {R"({"a": 1, "b": 2})", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}",
         R"({"a": 1, "b": 2, "c": 3})"},
        {R"({"a": 1, "b": 2})", "{\n  \"x\": 0,\n  \"a\": 1,\n  \"b\": 2\n}",
         R"({"x": 0, "a": 1, "b": 2})"},
        {R"({"a": 1, "b": 2, "c": 3})", "{\n  \"a\": 1,\n  \"c\": 3\n}", R"({"a": 1, "c": 3})"},
        {R"({"a": 1, "b": 2})", "{\n  \"b\": 2\n}", R"({"b": 2})"},
        {"[1, 2, 3]\n", "[\n 1,\n 2,\n 5,\n 3\n]", "[1, 2, 5, 3]\n"},
        {" {\"a\":1} ", "{\n  \"a\": [\n 1, 2]\n}", " {\"a\":[1,2]} "},
        {"[1,2]", "[]", "[]"},
        {"[]", "[\n  1\n]", "[1]"},
        {R"({"a":1})", "{\n  \"a\": tru e\n", R"({"a":tru e)"},
    };
    for (const Rebased &c : cases)
        EXPECT_EQ(rebaseJson(c.original, c.edited), c.expected) << c.edited;
}

TEST(JsonLayout, KeepsTheMeaningOfAnyEdit)
{
    for (unsigned seed = 0; seed < 2000; ++seed) {
        test::RandomJson random(seed);
        const Bytes original = random.document();
        const Bytes edited = random.document();
        const auto merged = JsonDocument::parse(rebaseJson(original, edited));
        ASSERT_TRUE(merged.has_value()) << original << "\n" << edited;
        EXPECT_EQ(layOutJson(*merged), layOutJson(*JsonDocument::parse(edited)));
    }
}

TEST(JsonLayout, CountsWhatChanged)
{
    const JsonChange change =
        countChanges(R"({"name": "张三", "age": 30})", R"({"name": "李四", "age": 35})");
    EXPECT_EQ(change.changes, 2);
    EXPECT_EQ(change.bytes, 10U);
    EXPECT_EQ(countChanges("{}", "{}").changes, 0);
}

} // namespace
} // namespace kvscope
