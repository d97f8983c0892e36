// Escapes, UTF-8 and globs: bytes survive, patterns match what Redis would.
#include "core/base/bytes.h"

#include <gtest/gtest.h>

#include <random>

using namespace kvscope;

namespace {

Bytes everyByte()
{
    Bytes bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    return bytes;
}

struct GlobCase
{
    BytesView pattern;
    BytesView text;
    bool matches;
};

} // namespace

TEST(Bytes, EveryByteValueSurvivesEscaping)
{
    for (int i = 0; i < 256; ++i) {
        const Bytes one(1, static_cast<char>(i));
        EXPECT_EQ(unescapeBytes(escapeBytes(one)), one) << i;
    }
    EXPECT_EQ(unescapeBytes(escapeBytes(everyByte())), everyByte());
}

TEST(Bytes, RandomBytesSurviveEscapingAndTheTextIsPrintableUtf8)
{
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        Bytes bytes(random() % 40, '\0');
        for (char &c : bytes) c = static_cast<char>(random());
        const std::string text = escapeBytes(bytes);
        EXPECT_TRUE(isValidUtf8(text));
        EXPECT_EQ(text.find('\n'), std::string::npos);
        ASSERT_EQ(unescapeBytes(text), bytes);
    }
}

TEST(Bytes, PrintableTextIsShownAsItIsAndTheRestAsHex)
{
    EXPECT_EQ(escapeBytes("user:张三 🙂"), "user:张三 🙂");
    EXPECT_EQ(escapeBytes("a\\b"), "a\\\\b");
    EXPECT_EQ(escapeBytes(BytesView("\0\n\xFF", 3)), "\\x00\\x0A\\xFF");
    EXPECT_EQ(escapeBytes("\xE2\x80\xAE"), "\\xE2\\x80\\xAE")
        << "a right-to-left override would disguise a key";
    EXPECT_EQ(escapeBytes("\xEF\xBB\xBF"), "\\xEF\\xBB\\xBF") << "a byte-order mark can't be seen";
    EXPECT_EQ(escapeBytes("caf\xC3"), "caf\\xC3") << "cut in the middle of a character";
}

TEST(Bytes, ABackslashThatStartsNoEscapeIsRefused)
{
    for (const char *text : {"\\", "\\x", "\\x4", "\\xg0", "\\n", "a\\", "\\\\\\"})
        EXPECT_FALSE(unescapeBytes(text)) << text;
    EXPECT_EQ(unescapeBytes("\\x4a\\x4A"), "JJ");
    EXPECT_EQ(unescapeBytes(""), "");
}

TEST(Bytes, Utf8IsJudgedByRfc3629)
{
    for (const char *good :
         {"", "a", "é", "张", "🙂", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"})
        EXPECT_TRUE(isValidUtf8(good)) << escapeBytes(good);
    for (const char *bad :
         {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xED\xBF\xBF",
          "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE5\xBC", "a\xC3"})
        EXPECT_FALSE(isValidUtf8(bad)) << escapeBytes(bad);
    EXPECT_TRUE(isValidUtf8(BytesView("a\0b", 3)));
}

TEST(Glob, MatchesAsRedisDoes)
{
    const GlobCase cases[] = {
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"*", "anything", true},
        {"user:*", "user:1", true},
        {"user:*", "session:1", false},
        {"*:1", "user:1", true},
        {"*:1", "user:12", false},
        {"u*r:?", "user:1", true},
        {"u*r:?", "user:", false},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {"[abc]", "b", true},
        {"[abc]", "d", false},
        {"[a-c]x", "bx", true},
        {"[c-a]x", "bx", true},
        {"[^a-c]", "d", true},
        {"[^a-c]", "b", false},
        {"[\\]]", "]", true},
        {"[\\-a]", "-", true},
        {"[\\^]", "^", true},
        {"h[ae]llo", "hello", true},
        {"h[ae]llo", "hillo", false},
        {"[", "[", false},
        {"[abc", "a", true},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"\\?\\[\\\\", "?[\\", true},
        {"\\", "\\", true},
        {"a*b*c", "a1b2c", true},
        {"a*b*c", "a1c2b", false},
        {"**a**", "xxaxx", true},
        {"[]", "a", false},
        {"[^]", "a", true},
        {"*\xFF", "a\xFF", true},
        {"[\x80-\xFF]", "\xE5", true},
    };
    for (const GlobCase &c : cases)
        EXPECT_EQ(matchesGlob(c.pattern, c.text), c.matches)
            << escapeBytes(c.pattern) << " | " << escapeBytes(c.text);
}

TEST(Glob, AnEscapedNameMatchesThatNameOnly)
{
    const Bytes names[] = {"*",  "user:*", "a?b", "[x]",       "[^x]", "back\\slash",
                           "\\", "]",      "^",   everyByte(), ""};
    for (const Bytes &name : names) {
        EXPECT_TRUE(matchesGlob(escapeGlob(name), name)) << escapeBytes(name);
        EXPECT_FALSE(matchesGlob(escapeGlob(name), name + "x")) << escapeBytes(name);
        for (const Bytes &other : names) {
            EXPECT_EQ(matchesGlob(escapeGlob(name), other), name == other) << escapeBytes(name);
        }
    }
}

TEST(Glob, AHostilePatternEnds)
{
    // Backtracking into every star would take longer than the sun lasts.
    Bytes pattern;
    for (int i = 0; i < 40; ++i) pattern += "*a";
    EXPECT_FALSE(matchesGlob(pattern + "b", Bytes(2000, 'a')));
    Bytes text(2000, 'a');
    text += 'b';
    EXPECT_TRUE(matchesGlob(pattern + "*b", text));
}
