// What is JSON and what is not, and where it breaks.
#include "core/value/jsondocument.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

struct Invalid
{
    const char *name;
    Bytes text;
    std::int64_t line;
    std::int64_t column;
    JsonFault fault;
};

class JsonFaults : public testing::TestWithParam<Invalid>
{};

TEST_P(JsonFaults, AreFoundAtTheirPlace)
{
    const Invalid &expected = GetParam();
    const auto document = JsonDocument::parse(expected.text);
    ASSERT_FALSE(document.has_value()) << escapeBytes(expected.text);
    EXPECT_EQ(document.error().line, expected.line) << escapeBytes(expected.text);
    EXPECT_EQ(document.error().column, expected.column) << escapeBytes(expected.text);
    EXPECT_EQ(document.error().fault, expected.fault) << document.error().reason().toStdString();
    EXPECT_FALSE(document.error().reason().isEmpty());
    EXPECT_EQ(document.error().toError().code(), ErrorCode::InvalidJson);
}

const Invalid kInvalid[] = {
    {"Nothing", "", 1, 1, JsonFault::Empty},
    {"WhiteSpace", " \n\t ", 1, 1, JsonFault::Empty},
    {"ByteOrderMark", "\xEF\xBB\xBF{}", 1, 1, JsonFault::ByteOrderMark},
    {"OpenObject", "{", 1, 2, JsonFault::UnexpectedEnd},
    {"OpenArray", "[1,", 1, 4, JsonFault::UnexpectedEnd},
    {"OpenMember", "{\"a\"", 1, 5, JsonFault::UnexpectedEnd},
    {"OpenColon", "{\"a\":", 1, 6, JsonFault::UnexpectedEnd},
    {"TrailingCommaInArray", "[1,\n 2,\n]", 3, 1, JsonFault::TrailingComma},
    {"TrailingCommaInObject", "{\"a\": 1,}", 1, 9, JsonFault::TrailingComma},
    {"LeadingComma", "[,1]", 1, 2, JsonFault::ValueExpected},
    {"DoubleComma", "[1,,2]", 1, 4, JsonFault::ValueExpected},
    {"MissingComma", "[1 2]", 1, 4, JsonFault::CommaOrBracket},
    {"MissingCommaInObject", "{\"a\":1 \"b\":2}", 1, 8, JsonFault::CommaOrBrace},
    {"MissingColon", "{\"a\" 1}", 1, 6, JsonFault::ColonExpected},
    {"ColonInArray", "[\"a\":1]", 1, 5, JsonFault::CommaOrBracket},
    {"NumberAsName", "{1:1}", 1, 2, JsonFault::MemberExpected},
    {"BareName", "{a:1}", 1, 2, JsonFault::MemberExpected},
    {"WrongCloser", "[1}", 1, 3, JsonFault::CommaOrBracket},
    {"StrayCloser", "]", 1, 1, JsonFault::ValueExpected},
    {"SingleQuotes", "{'a':1}", 1, 2, JsonFault::SingleQuote},
    {"Comment", "[1, // one\n2]", 1, 5, JsonFault::Comment},
    {"BlockComment", "{/* */}", 1, 2, JsonFault::Comment},
    {"UnclosedString", "[\"abc", 1, 2, JsonFault::UnclosedString},
    {"UnclosedEscape", "\"abc\\", 1, 1, JsonFault::UnclosedString},
    {"UnclosedUnicode", "\"abc\\u12", 1, 1, JsonFault::UnclosedString},
    {"NewlineInString", "\"a\nb\"", 1, 3, JsonFault::ControlInString},
    {"TabInString", "\"\t\"", 1, 2, JsonFault::ControlInString},
    {"NulInString", Bytes("\"\0\"", 3), 1, 2, JsonFault::ControlInString},
    {"BadEscape", "\"\\x41\"", 1, 2, JsonFault::BadEscape},
    {"BadUnicode", "\"\\u12g4\"", 1, 2, JsonFault::BadUnicodeEscape},
    {"LeadingZero", "[012]", 1, 3, JsonFault::LeadingZero},
    {"NegativeLeadingZero", "-012", 1, 3, JsonFault::LeadingZero},
    {"PlusSign", "+1", 1, 1, JsonFault::ValueExpected},
    {"LonePoint", ".5", 1, 1, JsonFault::ValueExpected},
    {"PointWithoutDigits", "1.", 1, 3, JsonFault::BadNumber},
    {"PointThenExponent", "1.e5", 1, 3, JsonFault::BadNumber},
    {"ExponentWithoutDigits", "1e+", 1, 4, JsonFault::BadNumber},
    {"LoneMinus", "[-]", 1, 3, JsonFault::BadNumber},
    {"Hexadecimal", "0x1F", 1, 2, JsonFault::TextBehindEnd},
    {"NotANumber", "[NaN]", 1, 2, JsonFault::BadLiteral},
    {"Infinity", "-Infinity", 1, 2, JsonFault::BadNumber},
    {"Capitals", "True", 1, 1, JsonFault::BadLiteral},
    {"ShortLiteral", "tru", 1, 1, JsonFault::BadLiteral},
    {"LongLiteral", "nulls", 1, 1, JsonFault::BadLiteral},
    {"TwoValues", "{} {}", 1, 4, JsonFault::TextBehindEnd},
    {"TextBehind", "1 x", 1, 3, JsonFault::TextBehindEnd},
    {"NulBehind", Bytes("{}\0", 3), 1, 3, JsonFault::TextBehindEnd},
    {"FormFeed", "[\f1]", 1, 2, JsonFault::ValueExpected},
    {"NoBreakSpace", "[\xC2\xA0\x31]", 1, 2, JsonFault::ValueExpected},
    {"OverlongSlash", "\"\xC0\xAF\"", 1, 2, JsonFault::InvalidUtf8},
    {"OverlongThree", "\"\xE0\x80\xAF\"", 1, 2, JsonFault::InvalidUtf8},
    {"EncodedSurrogate", "\"\xED\xA0\x80\"", 1, 2, JsonFault::InvalidUtf8},
    {"BeyondUnicode", "\"\xF4\x90\x80\x80\"", 1, 2, JsonFault::InvalidUtf8},
    {"StrayContinuation", "\"a\x80\"", 1, 3, JsonFault::InvalidUtf8},
    {"CutSequence", "\"\xE5\xBC\"", 1, 2, JsonFault::InvalidUtf8},
    {"CutAtTheEnd", "\"\xF0\x9F", 1, 2, JsonFault::InvalidUtf8},
    {"BadByteOutside", "[\xFF]", 1, 2, JsonFault::InvalidUtf8},
    {"ColumnsCountCharacters", "{\"张三\": \"李四\", x}", 1, 14, JsonFault::MemberExpected},
    {"LinesOfEveryBreak", "[\n1,\r\n2,\r3 4]", 4, 3, JsonFault::CommaOrBracket},
};

INSTANTIATE_TEST_SUITE_P(Table, JsonFaults, testing::ValuesIn(kInvalid),
                         [](const auto &fault) { return std::string(fault.param.name); });

TEST(JsonParser, TakesEveryKindOfValueAsARoot)
{
    for (const char *text : {"null", "true", " false ", "0", "-0", "-0.0", "1E5", "1e-5",
                             "123.456e+78", "\"\"", "[]", "{}", "\t[\r\n]\n", R"("\u0000")",
                             R"("\ud800")", R"({"":0})", R"({"a":1,"a":2})", "\"\x7F\""}) {
        EXPECT_TRUE(JsonDocument::parse(text).has_value()) << text;
    }
}

TEST(JsonParser, TakesEveryLengthOfUtf8)
{
    EXPECT_TRUE(JsonDocument::parse("\"a\xC3\xA9\xE5\xBC\xA0\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF\"")
                    .has_value());
}

TEST(JsonParser, NestsAHundredThousandDeepWithoutRecursion)
{
    for (const std::size_t depth : {1'000U, 100'000U}) {
        const Bytes arrays = Bytes(depth, '[') + Bytes(depth, ']');
        const auto document = JsonDocument::parse(arrays);
        ASSERT_TRUE(document.has_value());
        EXPECT_EQ(document->nodeCount(), depth);
        const auto innermost = static_cast<JsonDocument::Node>(depth - 1);
        EXPECT_EQ(document->pointer(innermost).size(), 2 * (depth - 1));
        EXPECT_EQ(document->text(innermost), "[]");
        EXPECT_FALSE(JsonDocument::parse(Bytes(depth, '[')).has_value());
        Bytes objects;
        for (std::size_t i = 0; i < depth; ++i) objects += "{\"a\":";
        EXPECT_TRUE(JsonDocument::parse(objects + "1" + Bytes(depth, '}')).has_value());
    }
}

TEST(JsonParser, RefusesNestingBeyondItsNamedLimit)
{
    const auto document = JsonDocument::parse(Bytes(JsonDocument::kMaxDepth + 1, '['));
    ASSERT_FALSE(document.has_value());
    EXPECT_EQ(document.error().fault, JsonFault::TooDeep);
}

} // namespace
} // namespace kvscope
