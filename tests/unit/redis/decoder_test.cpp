// The decoder: flat replies from any cut of the stream, and hostile streams.
#include "core/redis/decoder.h"

#include <gtest/gtest.h>

namespace kvscope {
using namespace std::string_literals;

namespace {

constexpr std::size_t kAmple = 64U << 20U;

/// A reply as text that shows its whole structure.
std::string shown(const ReplyView &reply)
{
    switch (reply.type()) {
    case ReplyType::Nil:
        return "nil";
    case ReplyType::Integer:
        return std::to_string(reply.integer());
    case ReplyType::Status:
        return "+" + Bytes(reply.bytes());
    case ReplyType::Error:
        return "-" + Bytes(reply.bytes());
    case ReplyType::String:
        return "'" + escapeBytes(reply.bytes()) + "'";
    case ReplyType::Array:
        break;
    }
    std::string text = "[";
    for (const ReplyView element : reply) text += (text.size() > 1 ? "," : "") + shown(element);
    return text + "]";
}

Replies decodeAll(Decoder &decoder, const std::vector<BytesView> &pieces)
{
    decoder.expect(1, kAmple);
    for (const BytesView piece : pieces) {
        decoder.feed(piece);
        while (decoder.next() == Decoder::Step::Reply) continue;
    }
    return decoder.take();
}

std::vector<std::string> shownAll(const Replies &replies)
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < replies.size(); ++i) all.push_back(shown(replies[i]));
    return all;
}

const Bytes kStream = "+OK\r\n-WRONGTYPE no\r\n:-9223372036854775808\r\n$-1\r\n$0\r\n\r\n"
                      "$6\r\na\r\nb\0\xff\r\n"
                      "*-1\r\n*0\r\n*3\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n*1\r\n:7\r\n$1\r\nz\r\n"
                      "*2\r\n*0\r\n*2\r\n*0\r\n+in\r\n"s;

const std::vector<std::string> kShown{"+OK",
                                      "-WRONGTYPE no",
                                      "-9223372036854775808",
                                      "nil",
                                      "''",
                                      "'a\\x0D\\x0Ab\\x00\\xFF'",
                                      "nil",
                                      "[]",
                                      "['0',['a',[7]],'z']",
                                      "[[],[[],+in]]"};

TEST(Decoder, ReadsTheSameRepliesWhereverTheStreamIsCut)
{
    for (std::size_t cut = 0; cut <= kStream.size(); ++cut) {
        Decoder decoder;
        const BytesView stream = kStream;
        ASSERT_EQ(shownAll(decodeAll(decoder, {stream.substr(0, cut), stream.substr(cut)})), kShown)
            << "cut at " << cut;
    }
}

TEST(Decoder, ReadsAStreamThatComesByteByByte)
{
    Decoder decoder;
    std::vector<BytesView> pieces;
    for (std::size_t i = 0; i < kStream.size(); ++i)
        pieces.push_back(BytesView(kStream).substr(i, 1));
    EXPECT_EQ(shownAll(decodeAll(decoder, pieces)), kShown);
}

TEST(Decoder, FindsElementsBehindInnerArraysByIndex)
{
    Decoder decoder;
    const Replies replies =
        decodeAll(decoder, {"*4\r\n*2\r\n:1\r\n*1\r\n:2\r\n$1\r\nb\r\n*1\r\n:3\r\n$1\r\nd\r\n"});
    const ReplyView reply = replies[0];
    ASSERT_EQ(reply.size(), 4U);
    EXPECT_EQ(reply[0][1][0].integer(), 2);
    EXPECT_EQ(reply[1].bytes(), "b");
    EXPECT_EQ(reply[2][0].integer(), 3);
    EXPECT_EQ(reply[3].bytes(), "d");
}

TEST(Decoder, GivesNilForWhatIsNotThere)
{
    Decoder decoder;
    const Replies replies = decodeAll(decoder, {"*1\r\n:1\r\n"});
    EXPECT_TRUE(replies[0][1].isNil());
    EXPECT_TRUE(replies[0][5][2].isNil());
    EXPECT_TRUE(replies[9].isNil());
    EXPECT_TRUE(ReplyView().isNil());
    EXPECT_EQ(replies[0][0].bytes(), "");
    EXPECT_EQ(replies[0].integer(-3), -3);
}

TEST(Decoder, ReadsIntegersFromDigitsButNotFromOtherText)
{
    Decoder decoder;
    const Replies replies = decodeAll(decoder, {"$2\r\n42\r\n$3\r\n42a\r\n$1\r\n1\r\n"});
    EXPECT_EQ(replies[0].integer(), 42);
    EXPECT_EQ(replies[1].integer(-1), -1);
    EXPECT_EQ(replies[2].integer(), 1);
}

TEST(Decoder, TellsTheFirstFieldBeforeTheReplyIsComplete)
{
    Decoder decoder;
    decoder.expect(1, kAmple);
    decoder.feed("*2\r\n$5\r\n8192");
    EXPECT_EQ(decoder.next(), Decoder::Step::NeedMore);
    EXPECT_TRUE(decoder.firstField().isNil());
    decoder.feed("3\r\n*2\r\n$1\r\na\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::NeedMore);
    EXPECT_EQ(decoder.firstField().bytes(), "81923");
    decoder.feed("$1\r\nb\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::Reply);
    EXPECT_EQ(shown(decoder.take()[0]), "['81923',['a','b']]");
}

TEST(Decoder, RefusesAnArrayHeaderThatWouldTakeGigabytes)
{
    Decoder decoder;
    decoder.expect(1, kAmple);
    decoder.feed("*2147483647\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::Broken);
    EXPECT_EQ(decoder.error().code(), ErrorCode::ReplyTooLarge);
    EXPECT_EQ(decoder.error().parameter(0), QStringLiteral("2147483647"));
}

TEST(Decoder, CallsNestingThatTheReaderCannotFollowAProtocolError)
{
    Decoder decoder;
    decoder.expect(1, kAmple);
    for (int depth = 0; depth < 12; ++depth) decoder.feed("*1\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::Broken);
    EXPECT_EQ(decoder.error().code(), ErrorCode::ProtocolError);
}

TEST(Decoder, CallsGarbageAProtocolError)
{
    for (const BytesView garbage :
         {BytesView("HTTP/1.1 400\r\n"), BytesView("?\r\n"), BytesView("\0\0\0\0", 4)}) {
        Decoder decoder;
        decoder.expect(1, kAmple);
        decoder.feed(garbage);
        EXPECT_EQ(decoder.next(), Decoder::Step::Broken) << escapeBytes(garbage);
        EXPECT_EQ(decoder.error().code(), ErrorCode::ProtocolError);
    }
}

TEST(Decoder, ThrowsAwayWhatExceedsTheLimitAndReadsTheNextReply)
{
    Decoder decoder;
    decoder.expect(1, 1000);
    Bytes large = "*100\r\n";
    for (int i = 0; i < 100; ++i) large += "$20\r\n01234567890123456789\r\n";
    decoder.feed(large);
    EXPECT_EQ(decoder.next(), Decoder::Step::Reply);
    EXPECT_TRUE(decoder.overflowed());
    EXPECT_TRUE(decoder.take().empty());
    decoder.expect(1, 1000);
    EXPECT_FALSE(decoder.overflowed());
    decoder.feed("+fine\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::Reply);
    EXPECT_EQ(decoder.take()[0].bytes(), "fine");
}

TEST(Decoder, StopsCollectingAStringThatIsLongerThanTheLimit)
{
    Decoder decoder;
    decoder.expect(1, 1000);
    decoder.feed("$500000000\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::NeedMore);
    decoder.feed(Bytes(2000, 'x'));
    EXPECT_EQ(decoder.next(), Decoder::Step::Broken);
    EXPECT_EQ(decoder.error().code(), ErrorCode::ReplyTooLarge);
}

TEST(Decoder, DiscardsARequestedReplyInItsMiddleAndStaysInStep)
{
    Decoder decoder;
    decoder.expect(1, kAmple);
    decoder.feed("*3\r\n$1\r\na\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::NeedMore);
    decoder.discard();
    decoder.feed("*1\r\n:1\r\n$1\r\nc\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::Reply);
    decoder.expect(1, kAmple);
    decoder.feed(":5\r\n");
    EXPECT_EQ(decoder.next(), Decoder::Step::Reply);
    EXPECT_EQ(shownAll(decoder.take()), std::vector<std::string>{"5"});
}

} // namespace
} // namespace kvscope
