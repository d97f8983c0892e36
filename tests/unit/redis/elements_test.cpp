// Pages of typed values, from answers that a live server does not give on demand.
#include "core/redis/decoder.h"
#include "core/redis/types/elements.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

Replies decode(BytesView wire)
{
    Decoder decoder;
    decoder.expect(2, 1U << 20U);
    decoder.feed(wire);
    while (decoder.next() == Decoder::Step::Reply) continue;
    return decoder.take();
}

using Rows = std::vector<std::vector<Bytes>>;

TEST(Elements, CutWhatASmallHashBringsBeyondThePageAndGoOnWhereTheyCut)
{
    const ElementType *hash = ElementType::of(ValueType::Hash);
    const Replies replies =
        decode(":3\r\n*2\r\n$1\r\n0\r\n*6\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$1\r\n2\r\n"
               "$1\r\nc\r\n$1\r\n3\r\n");
    Result<ElementPage> page = hash->page(replies, 0, "", 2);
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->total, 3);
    EXPECT_EQ(page->rows, (Rows{{"a", "1"}, {"b", "2"}}));
    ASSERT_FALSE(page->next.empty());

    Batch batch;
    hash->addPage(batch, "k", page->next, 2);
    EXPECT_EQ(batch.wire(),
              Batch({"HLEN", "k"}).wire() + Batch({"HSCAN", "k", "0", "COUNT", "2"}).wire());
    page = hash->page(replies, 0, page->next, 2);
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->rows, (Rows{{"c", "3"}}));
    EXPECT_TRUE(page->next.empty());
}

TEST(Elements, FollowTheServersCursorOnceItsAnswerIsShown)
{
    const ElementType *set = ElementType::of(ValueType::Set);
    const Replies replies =
        decode(":9\r\n*2\r\n$2\r\n77\r\n*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n");
    Result<ElementPage> page = set->page(replies, 0, "5", 2);
    EXPECT_EQ(page->next, "5+2");
    page = set->page(replies, 0, page->next, 2);
    EXPECT_EQ(page->rows, Rows{{"c"}});
    EXPECT_EQ(page->next, "77");
}

TEST(Elements, TakeACursorThatMakesNoSenseForABeginning)
{
    const ElementType *set = ElementType::of(ValueType::Set);
    const Replies replies = decode(":1\r\n*2\r\n$1\r\n0\r\n*1\r\n$1\r\na\r\n");
    EXPECT_EQ(set->page(replies, 0, "0+99", 2)->rows, Rows{});
    EXPECT_EQ(set->page(replies, 0, "+", 2)->rows, Rows{{"a"}});
}

TEST(Elements, TurnAnErrorReplyIntoAnError)
{
    for (const ValueType type : {ValueType::String, ValueType::Hash, ValueType::List,
                                 ValueType::Set, ValueType::SortedSet, ValueType::Stream}) {
        const auto page =
            ElementType::of(type)->page(decode("-WRONGTYPE x\r\n-WRONGTYPE x\r\n"), 0, "", 10);
        ASSERT_FALSE(page.has_value());
        EXPECT_EQ(page.error().code(), ErrorCode::WrongType);
    }
}

TEST(Elements, CannotPageWhatIsNoneOrOfAModule)
{
    EXPECT_EQ(ElementType::of(ValueType::None), nullptr);
    EXPECT_EQ(ElementType::of(ValueType::Module), nullptr);
    EXPECT_EQ(valueTypeOf("zset"), ValueType::SortedSet);
    EXPECT_EQ(valueTypeOf("none"), ValueType::None);
    EXPECT_EQ(valueTypeOf("ReJSON-RL"), ValueType::Module);
}

} // namespace
} // namespace kvscope
