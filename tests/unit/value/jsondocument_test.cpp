// Edits change what they name and not a byte more.
#include "core/value/jsondocument.h"
#include "tests/unit/value/randomjson.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

using Node = JsonDocument::Node;

Bytes afterSet(const Bytes &text, const Bytes &pointer, const Bytes &json)
{
    const auto result = setInJson(text, pointer, json);
    return result ? *result : "error: " + result.error().id().toStdString();
}

Bytes afterRemove(const Bytes &text, const Bytes &pointer)
{
    const auto document = JsonDocument::parse(text);
    const auto splice = document->remove(pointer);
    return splice ? splice->appliedTo(text) : "error: " + splice.error().id().toStdString();
}

TEST(JsonDocument, EditsTheSeedValueOfTheFoundingCase)
{
    Bytes text = R"({"name": "张三", "age": 30})";
    text = afterSet(text, "/name", "\"李四\"");
    text = afterSet(text, "/age", "35");
    EXPECT_EQ(text, R"({"name": "李四", "age": 35})");
}

TEST(JsonDocument, KeepsEveryDigitOfANumberItDoesNotTouch)
{
    const Bytes text =
        R"({ "id" : 12345678901234567890, "x":1.0,"e":1e400 ,"z":-0, "u": "\u5f20\ud83d\ude00\/" })";
    EXPECT_EQ(
        afterSet(text, "/x", "2.50"),
        R"({ "id" : 12345678901234567890, "x":2.50,"e":1e400 ,"z":-0, "u": "\u5f20\ud83d\ude00\/" })");
}

TEST(JsonDocument, ChangesTheLastOfDuplicateMembersOnly)
{
    EXPECT_EQ(afterSet(R"({"a":1,"b":2,"a":3})", "/a", "9"), R"({"a":1,"b":2,"a":9})");
}

TEST(JsonDocument, LeavesEverythingElseByteIdenticalInThousandsOfRandomEdits)
{
    for (unsigned seed = 0; seed < 4000; ++seed) {
        test::RandomJson random(seed);
        const Bytes text = random.document();
        const auto document = JsonDocument::parse(text);
        ASSERT_TRUE(document.has_value()) << text;
        const auto node =
            static_cast<Node>(random.below(static_cast<unsigned>(document->nodeCount())));
        const Bytes value = random.value(3);
        const auto splice = document->replaceNode(node, value);
        ASSERT_TRUE(splice.has_value());
        EXPECT_EQ(splice->offset, document->begin(node));
        EXPECT_EQ(splice->removed, document->text(node).size());
        const Bytes edited = splice->appliedTo(text);
        ASSERT_EQ(edited.substr(0, splice->offset), text.substr(0, splice->offset));
        ASSERT_EQ(edited.substr(splice->offset + value.size()), text.substr(document->end(node)));
        const auto again = JsonDocument::parse(edited);
        ASSERT_TRUE(again.has_value()) << edited;
        EXPECT_EQ(again->text(node), value);
        for (Node other = 0; other < node; ++other)
            EXPECT_EQ(again->keyText(other), document->keyText(other));
    }
}

TEST(JsonDocument, FindsEveryNodeByItsPointer)
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        const auto document = JsonDocument::parse(test::RandomJson(seed).document());
        ASSERT_TRUE(document.has_value());
        std::vector<bool> reachable(document->nodeCount(),
                                    true); // not beneath a shadowed duplicate
        for (Node node = 0; node < document->nodeCount(); ++node) {
            if (node != JsonDocument::kRoot && !reachable[document->parent(node)]) {
                reachable[node] = false;
                continue;
            }
            const auto found = document->find(document->pointer(node));
            ASSERT_TRUE(found.has_value()) << document->bytes();
            // A duplicate's pointer leads to the last of its name.
            EXPECT_EQ(document->pointer(*found), document->pointer(node));
            EXPECT_GE(*found, node);
            reachable[node] = *found == node;
        }
    }
}

TEST(JsonDocument, KnowsTheNodeUnderEveryByte)
{
    const Bytes text = R"({ "a" : [ 10, {"bc": true} ], "d": "x" })";
    const auto document = JsonDocument::parse(text);
    const auto at = [&](const char *what) {
        return document->pointer(document->nodeAt(text.find(what)));
    };
    EXPECT_EQ(at("{"), "");
    EXPECT_EQ(at("\"a"), "/a");
    EXPECT_EQ(at("["), "/a");
    EXPECT_EQ(at("10"), "/a/0");
    EXPECT_EQ(at("{\"bc"), "/a/1");
    EXPECT_EQ(at("bc"), "/a/1/bc");
    EXPECT_EQ(at("rue"), "/a/1/bc");
    EXPECT_EQ(at("\"x"), "/d");
    EXPECT_EQ(document->nodeAt(text.size() + 5), JsonDocument::kRoot);
}

TEST(JsonDocument, FollowsTheEscapesOfRfc6901)
{
    const auto document = JsonDocument::parse(
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,"\u00e9":9})");
    ASSERT_TRUE(document.has_value());
    const std::pair<const char *, const char *> cases[] = {
        {"/foo/0", "\"bar\""}, {"/", "0"},     {"/a~1b", "1"}, {"/c%d", "2"},
        {"/e^f", "3"},         {"/g|h", "4"},  {"/i\\j", "5"}, {"/k\"l", "6"},
        {"/ ", "7"},           {"/m~0n", "8"}, {"/é", "9"}};
    for (const auto &[pointer, value] : cases) {
        const auto node = document->find(pointer);
        ASSERT_TRUE(node.has_value()) << pointer;
        EXPECT_EQ(document->text(*node), value);
    }
    for (const char *pointer :
         {"foo", "/foo/00", "/foo/-1", "/foo/2", "/foo/01", "/foo/x", "/foo/-", "/foo/0/x", "/m~n",
          "/m~2n", "/m~", "//", "/foo/4294967296"}) {
        EXPECT_FALSE(document->find(pointer).has_value()) << pointer;
    }
}

TEST(JsonDocument, RefusesAPlaceThatDoesNotExistAndAValueThatIsNotJson)
{
    EXPECT_EQ(afterSet("[1]", "/1", "2"), "error: pointer_not_found");
    EXPECT_EQ(afterSet("[1]", "/a", "2"), "error: pointer_not_found");
    EXPECT_EQ(afterSet("{}", "/a/b", "2"), "error: pointer_not_found");
    EXPECT_EQ(afterSet("{\"a\":1}", "/a/b", "2"), "error: pointer_not_found");
    EXPECT_EQ(afterSet("{}", "a", "2"), "error: pointer_not_found");
    EXPECT_EQ(afterSet("{\"a\":1}", "/a", "zhang"), "error: invalid_json");
    EXPECT_EQ(afterSet("{\"a\":1}", "/a", ""), "error: invalid_json");
    EXPECT_EQ(afterSet("{a:1}", "/a", "2"), "error: invalid_json");
    EXPECT_EQ(afterSet("{}", "/\xFF", "2"), "error: pointer_not_found");
}

struct Added
{
    const char *text;
    const char *pointer;
    const char *json;
    const char *expected;
};

TEST(JsonDocument, AddsInTheStyleOfItsNeighbours)
{
    const Added cases[] = {
        {R"({"a":1,"b":2})", "/c", "3", R"({"a":1,"b":2,"c":3})"},
        {R"({"a": 1, "b": 2})", "/c", "3", R"({"a": 1, "b": 2, "c": 3})"},
        {R"({"a": 1})", "/b", "2", R"({"a": 1, "b": 2})"},
        {R"({"a":1})", "/b", "2", R"({"a":1,"b":2})"},
        {R"({ "a" : 1 })", "/b", "2", R"({ "a" : 1, "b" : 2 })"},
        {"{\n  \"a\": 1\n}", "/b", "2", "{\n  \"a\": 1,\n  \"b\": 2\n}"},
        {"{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}", "/c", "3",
         "{\r\n\t\"a\": 1,\r\n\t\"b\": 2,\r\n\t\"c\": 3\r\n}"},
        {"{\n  \"a\": 1\n, \"b\": 2\n}", "/c", "3", "{\n  \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}"},
        {"[1,2]", "/-", "3", "[1,2,3]"},
        {"[1, 2]", "/-", "3", "[1, 2, 3]"},
        {"[\n  1\n]", "/-", "2", "[\n  1,\n  2\n]"},
        {"[]", "/-", "1", "[1]"},
        {"{}", "/a", " 1 ", R"({"a":1})"},
        {"{ }", "/a", "1", R"({"a":1})"},
        {R"({"x": {}, "y": 1})", "/x/a", "1", R"({"x": {"a": 1}, "y": 1})"},
        {"{\n  \"x\": {}\n}", "/x/a", "1", "{\n  \"x\": {\n    \"a\": 1\n  }\n}"},
        {"{\n    \"x\": [\n    ]\n}", "/x/-", "1", "{\n    \"x\": [\n        1\n    ]\n}"},
        {"{\n}", "/a", "1", "{\n  \"a\": 1\n}"},
        {R"({"a":[1,2]})", "/a/-", R"({"b":1})", R"({"a":[1,2,{"b":1}]})"},
        {R"({"a":1})", "/x~1y~0", "2", R"({"a":1,"x/y~":2})"},
        {"7", "", "[1]", "[1]"},
        {" {\"a\":1}\n", "", "2", " 2\n"},
    };
    for (const Added &c : cases)
        EXPECT_EQ(afterSet(c.text, c.pointer, c.json), c.expected) << c.text;
}

TEST(JsonDocument, RemovesAMemberWithItsCommaAlone)
{
    EXPECT_EQ(afterRemove(R"({"a": 1, "b": 2, "c": 3})", "/a"), R"({"b": 2, "c": 3})");
    EXPECT_EQ(afterRemove(R"({"a": 1, "b": 2, "c": 3})", "/b"), R"({"a": 1, "c": 3})");
    EXPECT_EQ(afterRemove(R"({"a": 1, "b": 2, "c": 3})", "/c"), R"({"a": 1, "b": 2})");
    EXPECT_EQ(afterRemove("{\n  \"a\": 1,\n  \"b\": 2\n}", "/b"), "{\n  \"a\": 1\n}");
    EXPECT_EQ(afterRemove("{\n  \"a\": 1,\n  \"b\": 2\n}", "/a"), "{\n  \"b\": 2\n}");
    EXPECT_EQ(afterRemove("{ \"a\": 1 }", "/a"), "{}");
    EXPECT_EQ(afterRemove("[1, [2, 3], 4]", "/1/0"), "[1, [3], 4]");
    EXPECT_EQ(afterRemove("[1]", ""), "error: pointer_not_found");
}

TEST(JsonDocument, StaysJsonWhicheverNodeIsRemovedOrRenamedOrAddedTo)
{
    for (unsigned seed = 0; seed < 2000; ++seed) {
        test::RandomJson random(seed);
        const auto document = JsonDocument::parse(random.document());
        ASSERT_TRUE(document.has_value());
        const auto node =
            static_cast<Node>(random.below(static_cast<unsigned>(document->nodeCount())));
        std::vector<Result<JsonSplice>> splices;
        if (node != JsonDocument::kRoot) splices.push_back(document->removeNode(node));
        if (document->isMember(node))
            splices.push_back(document->renameNode(node, "never \"used\" before"));
        if (document->isContainer(node))
            splices.push_back(document->append(node, "a new one", random.value(3)));
        for (const auto &splice : splices) {
            ASSERT_TRUE(splice.has_value());
            const Bytes edited = splice->appliedTo(document->bytes());
            EXPECT_TRUE(JsonDocument::parse(edited).has_value()) << document->bytes() << "\n"
                                                                 << edited;
        }
    }
}

TEST(JsonDocument, RenamesAMemberInItsPlace)
{
    const Bytes text = R"({"a" :1, "b":2})";
    const auto document = JsonDocument::parse(text);
    EXPECT_EQ(document->rename("/a", "张\"")->appliedTo(text), R"({"张\"" :1, "b":2})");
    EXPECT_EQ(document->rename("/a", "a")->appliedTo(text), text);
    EXPECT_EQ(document->rename("/a", "b").error().code(), ErrorCode::KeyExists);
    EXPECT_EQ(document->rename("/c", "d").error().code(), ErrorCode::PointerNotFound);
}

TEST(JsonDocument, UnquotesWhatItQuotes)
{
    const Bytes text("quote \" slash \\ / tab \t nul \0 bell \x07 张 \xF0\x9F\x98\x80", 42);
    EXPECT_EQ(unquoteJson(quoteJson(text)), text);
    EXPECT_EQ(unquoteJson(R"("\ud83d\ude00\u5f20\/")"), "\xF0\x9F\x98\x80张/");
    EXPECT_EQ(unquoteJson(R"("\ud800x")"), "\xED\xA0\x80x");
    EXPECT_EQ(unquoteJson(R"("\ud800\ud83d\ude00")"), "\xED\xA0\x80\xF0\x9F\x98\x80");
}

} // namespace
} // namespace kvscope
