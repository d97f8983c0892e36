// Binding files say what is wrong with them, and keys can be read both ways.
#include "core/binding/binding.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

const Bytes kUsers =
    "{\"name\":\"users\",\"source\":\"sqlite:demo.db\",\"rows\":\"SELECT * FROM users\","
    "\"order\":[\"id\"],\"key\":\"user:{id}\",\"value\":{\"type\":\"json\",\"fields\":[\"name\","
    "\"age\"]},\"version\":\"updated_at\",\"ttl\":{\"seconds\":3600,\"jitter\":0.1}}";

Bytes replaced(Bytes text, const Bytes &what, const Bytes &with)
{
    const std::size_t at = text.find(what);
    EXPECT_NE(at, Bytes::npos) << what;
    return text.replace(at, what.size(), with);
}

// The member that parse() blames.
Bytes blamed(const Bytes &json)
{
    const auto binding = Binding::parse(json);
    if (binding) return "nothing";
    if (binding.error().code() != ErrorCode::InvalidBinding)
        return binding.error().id().toStdString();
    return binding.error().parameter(0).toStdString();
}

TEST(Binding, ReadsTheFileOfTheContract)
{
    const auto binding = Binding::parse(kUsers);
    ASSERT_TRUE(binding);
    EXPECT_EQ(binding->name, QStringLiteral("users"));
    EXPECT_EQ(binding->order, std::vector<Bytes>{"id"});
    EXPECT_EQ(binding->value.columns, (std::vector<Bytes>{"name", "age"}));
    EXPECT_EQ(binding->ttl->longestMs(), 3'960'000);
    EXPECT_EQ(binding->columns(), (std::vector<Bytes>{"id", "name", "age", "updated_at"}));
    const auto again = Binding::parse(binding->toJson());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->toJson(), binding->toJson());
}

TEST(Binding, NamesTheMemberThatIsWrong)
{
    EXPECT_EQ(blamed(replaced(kUsers, "\"name\":\"users\",", "")), "name");
    EXPECT_EQ(blamed(replaced(kUsers, "\"order\":[\"id\"]", "\"order\":[]")), "order");
    EXPECT_EQ(blamed(replaced(kUsers, "\"order\":[\"id\"]", "\"order\":[\"id\",\"id\"]")), "order");
    EXPECT_EQ(blamed(replaced(kUsers, "user:{id}", "user:1")), "key");
    EXPECT_EQ(blamed(replaced(kUsers, "user:{id}", "user:{id")), "key");
    EXPECT_EQ(blamed(replaced(kUsers, "\"json\"", "\"yaml\"")), "value.type");
    EXPECT_EQ(blamed(replaced(kUsers, "\"fields\":[\"name\",\"age\"]", "\"fields\":\"name\"")),
              "value.fields");
    EXPECT_EQ(blamed(replaced(kUsers, "3600", "-1")), "ttl.seconds");
    EXPECT_EQ(blamed(replaced(kUsers, "0.1", "\"a bit\"")), "ttl.jitter");
    EXPECT_EQ(blamed(replaced(kUsers, "\"version\":", "\"verison\":")), "verison");
    EXPECT_EQ(blamed(replaced(kUsers, "\"version\":\"updated_at\"", "\"version_field\":\"_v\"")),
              "version_field");
    EXPECT_EQ(blamed(replaced(kUsers, "\"rows\":\"SELECT * FROM users\",", "")), "rows");
    EXPECT_EQ(blamed("{\"name\":}"), "{}");
    EXPECT_EQ(blamed("[]"), "{}");
}

TEST(Binding, OfAFileNeedsNeitherRowsNorOrder)
{
    Bytes file = replaced(kUsers, "sqlite:demo.db", "jsonl:users.jsonl");
    file = replaced(file, "\"rows\":\"SELECT * FROM users\",", "");
    file = replaced(file, "\"order\":[\"id\"],", "");
    const auto binding = Binding::parse(file);
    ASSERT_TRUE(binding);
    EXPECT_EQ(binding->order, (std::vector<Bytes>{"#line", "#offset"}));
    EXPECT_EQ(binding->toJson().find("order"), Bytes::npos);
    EXPECT_EQ(blamed(replaced(kUsers, "\"order\":[\"id\"],", "")), "order");
}

TEST(TtlRule, SpreadsExpiriesWithinItsJitterAndAlwaysTheSameWay)
{
    TtlRule rule;
    rule.seconds = 100;
    rule.jitter = 0.2;
    std::int64_t lowest = 1 << 30;
    std::int64_t highest = 0;
    for (int i = 0; i < 1000; ++i) {
        const Bytes key = "user:" + std::to_string(i);
        const std::int64_t ms = rule.msFor(key);
        EXPECT_EQ(ms, rule.msFor(key));
        lowest = std::min(lowest, ms);
        highest = std::max(highest, ms);
    }
    EXPECT_GE(lowest, 80'000);
    EXPECT_LE(highest, rule.longestMs());
    EXPECT_LT(lowest, 85'000);
    EXPECT_GT(highest, 115'000);
}

std::vector<Bytes> cut(const Bytes &text, const Bytes &key)
{
    const auto parsed = KeyTemplate::parse(text);
    if (!parsed) return {"not a template"};
    return parsed->match(key).value_or(std::vector<Bytes>{"no"});
}

TEST(KeyTemplate, MakesKeysAndReadsThemBack)
{
    const auto key = KeyTemplate::parse("u:{{{id}}}:{name}!");
    ASSERT_TRUE(key);
    EXPECT_EQ(key->columns(), (std::vector<Bytes>{"id", "name"}));
    EXPECT_EQ(key->expand({"7", "li"}), "u:{7}:li!");
    EXPECT_EQ(cut("u:{{{id}}}:{name}!", "u:{7}:li!"), (std::vector<Bytes>{"7", "li"}));
    EXPECT_EQ(cut("user:{id}", "user:42"), std::vector<Bytes>{"42"});
    EXPECT_EQ(cut("user:{id}", "user:"), std::vector<Bytes>{""});
    EXPECT_EQ(cut("user:{id}", "other:42"), std::vector<Bytes>{"no"});
    EXPECT_EQ(cut("{a}:{b}:x", "1:2:x"), (std::vector<Bytes>{"1", "2"}));
    EXPECT_EQ(cut("{a}-{a}", "5-5"), (std::vector<Bytes>{"5", "5"}));
}

TEST(KeyTemplate, RefusesToGuess)
{
    EXPECT_EQ(cut("{a}:{b}", "1:2:3"), std::vector<Bytes>{"no"});
    EXPECT_EQ(cut("{a}{b}", "12"), std::vector<Bytes>{"no"});
    EXPECT_EQ(cut("{a}-{a}", "5-6"), std::vector<Bytes>{"no"});
    EXPECT_EQ(cut("{a}:x", "x"), std::vector<Bytes>{"no"});
    EXPECT_FALSE(KeyTemplate::parse("{a}{b}")->isInvertible());
}

TEST(KeyTemplate, ScansForItsKeysAlone)
{
    EXPECT_EQ(KeyTemplate::parse("a*b:{id}:c")->glob(), "a\\*b:*:c");
    EXPECT_FALSE(KeyTemplate::parse("a}b{id}"));
    EXPECT_FALSE(KeyTemplate::parse("a{}"));
}

TEST(Binding, IsShownWithoutItsPassword)
{
    const auto binding = Binding::parse(
        "{\"name\":\"u\",\"source\":\"postgresql://me:secret@db/shop\",\"rows\":\"SELECT 1 AS "
        "id\",\"order\":[\"id\"],\"key\":\"u:{id}\",\"value\":{\"type\":\"string\",\"column\":"
        "\"id\"}}");
    ASSERT_TRUE(binding);
    EXPECT_NE(binding->toJson().find("secret"), Bytes::npos);
    const Bytes shown = binding->publicJson();
    EXPECT_EQ(shown.find("secret"), Bytes::npos);
    EXPECT_NE(shown.find("me@db/shop"), Bytes::npos);
    EXPECT_TRUE(Binding::parse(shown));
}

} // namespace
} // namespace kvscope
