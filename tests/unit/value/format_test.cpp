// What bytes look like.
#include "core/value/format.h"

#include <gtest/gtest.h>

namespace kvscope {
namespace {

TEST(Format, SniffsByLook)
{
    EXPECT_EQ(sniffFormat(R"( {"a": 1} )"), ValueFormat::Json);
    EXPECT_EQ(sniffFormat("[1,]"), ValueFormat::Json);
    EXPECT_EQ(sniffFormat("30"), ValueFormat::Text);
    EXPECT_EQ(sniffFormat("[INFO] started"), ValueFormat::Text);
    EXPECT_EQ(sniffFormat("张三"), ValueFormat::Text);
    EXPECT_EQ(sniffFormat(""), ValueFormat::Text);
    EXPECT_EQ(sniffFormat("\xFF\xFE"), ValueFormat::Binary);
    EXPECT_EQ(sniffFormat(Bytes("{\"a\0\":1}", 8)), ValueFormat::Binary);
}

TEST(Format, KnowsJsonOfEveryKind)
{
    EXPECT_TRUE(isJson("30"));
    EXPECT_FALSE(isJson("[1,]"));
}

TEST(Format, DumpsBytesAsHexAndText)
{
    EXPECT_EQ(hexDump(Bytes("{\"a\0\xFF", 5)),
              "00000000  7b 22 61 00 ff                                    |{\"a..|\n");
    EXPECT_EQ(hexDump("0123456789abcdef!", 16),
              "00000010  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
              "00000020  21                                                |!|\n");
    EXPECT_EQ(hexDump(""), "");
}

} // namespace
} // namespace kvscope
