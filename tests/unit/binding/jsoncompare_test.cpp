// JSON is the same when its values are, whatever it looks like.
#include "core/binding/jsoncompare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

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

// A value of its own for each seed, written in two ways.
class Writer
{
  public:
    explicit Writer(unsigned seed) : m_random(seed) {}

    // `other` is the same value with other spellings.
    void value(int depth, Bytes &one, Bytes &other)
    {
        switch (m_random() % (depth > 0 ? 6U : 4U)) {
        case 0:
            one += "null";
            other += "null";
            return;
        case 1:
            number(one, other);
            return;
        case 2:
            string(one, other);
            return;
        case 3:
            one += m_random() % 2 == 0 ? "true" : "false";
            other += one.ends_with("true") ? "true" : "false";
            return;
        case 4:
            array(depth - 1, one, other);
            return;
        default:
            object(depth - 1, one, other);
        }
    }

    void object(int depth, Bytes &one, Bytes &other)
    {
        std::vector<std::pair<Bytes, Bytes>> members;
        const unsigned count = m_random() % 5;
        for (unsigned i = 0; i < count; ++i) {
            const Bytes name = "\"m" + std::to_string(i) + "\":";
            Bytes a;
            Bytes b;
            value(depth, a, b);
            members.emplace_back(name + a, name + b);
            // An earlier one by the same name does not count.
            if (m_random() % 8 == 0) members.back().second = name + "17," + members.back().second;
        }
        one += '{';
        for (unsigned i = 0; i < count; ++i) one += (i > 0 ? "," : "") + members[i].first;
        one += '}';
        std::shuffle(members.begin(), members.end(), m_random);
        other += "{ ";
        for (unsigned i = 0; i < count; ++i) other += (i > 0 ? " ,\n" : "") + members[i].second;
        other += "\t}";
    }

  private:
    void number(Bytes &one, Bytes &other)
    {
        const Bytes digits = std::to_string(1 + m_random() % 100'000) + "9007199254740993";
        const Bytes sign = m_random() % 2 == 0 ? "-" : "";
        one += sign + digits;
        switch (m_random() % 3) {
        case 0:
            other += sign + digits + ".00";
            return;
        case 1:
            other += sign + digits + "000e-3";
            return;
        default:
            other += sign + digits.substr(0, 1) + "." + digits.substr(1) + "E+" +
                     std::to_string(digits.size() - 1);
        }
    }

    void string(Bytes &one, Bytes &other)
    {
        one += '"';
        other += '"';
        const unsigned count = m_random() % 6;
        for (unsigned i = 0; i < count; ++i) {
            const char c = static_cast<char>('a' + m_random() % 26);
            one += c;
            constexpr char kHex[] = "0123456789abcdef";
            if (m_random() % 2 == 0)
                other += Bytes("\\u00") + kHex[c >> 4] + kHex[c & 15];
            else
                other += c;
        }
        one += '"';
        other += '"';
    }

    void array(int depth, Bytes &one, Bytes &other)
    {
        one += '[';
        other += "[ ";
        const unsigned count = m_random() % 4;
        for (unsigned i = 0; i < count; ++i) {
            if (i > 0) one += ',';
            if (i > 0) other += " , ";
            value(depth, one, other);
        }
        one += ']';
        other += ']';
    }

    std::mt19937 m_random;
};

TEST(JsonCompare, SeesOneValueInEverySpellingAndAnyChangeOfIt)
{
    for (unsigned seed = 0; seed < 5000; ++seed) {
        Bytes one;
        Bytes other;
        Writer(seed).object(3, one, other);
        ASSERT_EQ(compareJson(one, other), kSame) << one << " / " << other;
        ASSERT_EQ(compareJson(other, one), kSame) << one << " / " << other;
        // One more member, one less character.
        Bytes more = other;
        more.insert(1, one == "{}" ? "\"new\":0" : "\"new\":0,");
        ASSERT_EQ(compareJson(one, more), kDifferent) << one << " / " << more;
        ASSERT_EQ(compareJson(one, one.substr(0, one.size() - 1)), kNotJson) << one;
        // Another digit anywhere is another value.
        const std::size_t digit = one.find("9007199254740993");
        if (digit == Bytes::npos) continue;
        Bytes changed = one;
        changed[digit + 15] = '2';
        ASSERT_EQ(compareJson(changed, other), kDifferent) << changed << " / " << other;
    }
}

TEST(JsonCompare, ReadsATextWholeWhereverItsSpecialBytesStand)
{
    for (std::size_t length = 0; length < 40; ++length) {
        const Bytes plain(length, 'x');
        for (std::size_t at = 0; at <= length; ++at) {
            const auto object = [&](const Bytes &special) {
                return "{\"a\":1,\"b\":\"" + plain.substr(0, at) + special + plain.substr(at) +
                       "\"}";
            };
            const auto turned = [&](const Bytes &special) {
                return "{ \"b\" : \"" + plain.substr(0, at) + special + plain.substr(at) +
                       "\", \"a\":1.0}";
            };
            for (const Bytes special : {"\\\"", "\\\\", "\\u0041", "\xC3\xA9", "}", ","}) {
                ASSERT_EQ(compareJson(object(special), turned(special)), kSame) << object(special);
                ASSERT_EQ(compareJson(object(special), turned("y")), kDifferent) << special;
            }
            ASSERT_EQ(compareJson(object("y"), turned("\x1F")), kNotJson) << length << ' ' << at;
            ASSERT_EQ(compareJson(object("y"), turned("\"")), kNotJson) << length << ' ' << at;
        }
    }
}

} // namespace
} // namespace kvscope
