// JSON is the same when its values are, whatever it looks like.
#include "core/binding/jsoncompare.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

constexpr JsonComparison kSame = JsonComparison::Same;
constexpr JsonComparison kDifferent = JsonComparison::Different;
constexpr JsonComparison kNotJson = JsonComparison::NotJson;

struct Case
{
    const char *expected;
    const char *actual;
    JsonComparison answer;
};

TEST(JsonCompare, LooksAtValuesOnly)
{
    const Case cases[] = {
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}", kSame},
        {"{\"a\":1,\"b\":2}", " { \"b\" : 2 ,\n \"a\" : 1.0 } ", kSame},
        {"{\"a\":1}", "{\"a\":1,\"b\":null}", kDifferent},
        {"{\"a\":1,\"b\":null}", "{\"a\":1}", kDifferent},
        {"{\"a\":1}", "{\"a\":\"1\"}", kDifferent},
        {"{\"a\":null}", "{\"a\":0}", kDifferent},
        {"{\"a\":true}", "{\"a\":false}", kDifferent},
        {"{}", "{ }", kSame},
        {"{}", "[]", kDifferent},
        {"{\"a\":1}", "1", kDifferent},
        {"{\"a\":9007199254740993}", "{\"a\":9007199254740992}", kDifferent},
        {"{\"a\":1e2}", "{\"a\":100.0}", kSame},
    };
    for (const Case &c : cases)
        EXPECT_EQ(compareJson(c.expected, c.actual), c.answer) << c.expected << " / " << c.actual;
}

TEST(JsonCompare, ComparesStringsUnescaped)
{
    EXPECT_EQ(compareJson("{\"a\":\"\\u00e9\"}", "{\"a\":\"\xC3\xA9\"}"), kSame);
    EXPECT_EQ(compareJson("{\"a\":\"x/y\"}", "{\"a\":\"x\\/y\"}"), kSame);
    EXPECT_EQ(compareJson("{\"a\":\"\xF0\x9F\x98\x80\"}", "{\"a\":\"\\ud83d\\ude00\"}"), kSame);
    EXPECT_EQ(compareJson("{\"a\":\"x\"}", "{\"\\u0061\":\"x\"}"), kSame);
    EXPECT_EQ(compareJson("{\"a\":\"x\"}", "{\"a\":\"X\"}"), kDifferent);
}

TEST(JsonCompare, TakesTheLastOfDuplicateMembers)
{
    EXPECT_EQ(compareJson("{\"a\":2}", "{\"a\":1,\"a\":2}"), kSame);
    EXPECT_EQ(compareJson("{\"a\":1}", "{\"a\":1,\"a\":2}"), kDifferent);
    EXPECT_EQ(compareJson("{\"a\":1,\"b\":2}", "{\"a\":1,\"a\":1}"), kDifferent);
}

TEST(JsonCompare, GoesIntoNestedValues)
{
    EXPECT_EQ(compareJson("{\"a\":{\"x\":[1,2.0,{}]}}", "{\"a\": {\"x\": [1.0, 2, {} ]}}"), kSame);
    EXPECT_EQ(compareJson("{\"a\":[1,2]}", "{\"a\":[2,1]}"), kDifferent);
    EXPECT_EQ(compareJson("{\"a\":[1,2]}", "{\"a\":[1,2,3]}"), kDifferent);
}

TEST(JsonCompare, SaysWhatIsNoJson)
{
    for (const char *bad : {"", "{", "{\"a\":1", "{\"a\":1}}", "{\"a\":01}", "{\"a\":1,}",
                            "{'a':1}", "{\"a\":nul}", "\xFF", "{\"a\":\"\xFF\"}", "plain text",
                            "{\"a\":+1}", "{\"a\":1} x", "{\"a\":\"\x01\"}"})
        EXPECT_EQ(compareJson("{\"a\":1}", bad), kNotJson) << bad;
    // A valid beginning that equals the expected one does not excuse the rest.
    EXPECT_EQ(compareJson("{\"a\":1}", "{\"a\":1}\xFF"), kNotJson);
}

} // namespace
} // namespace kvscope
