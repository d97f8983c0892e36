// Our own lookups at one server, under whatever name it is known.
#include "core/store/lookuptally.h"

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

TEST(LookupTally, IsOneForALoopbackByAnyName)
{
    const auto tally = LookupTally::at(QStringLiteral("127.0.0.1:6379"));
    EXPECT_EQ(LookupTally::at(QStringLiteral("localhost:6379")), tally);
    EXPECT_EQ(LookupTally::at(QStringLiteral("[::1]:6379")), tally);
    EXPECT_NE(LookupTally::at(QStringLiteral("localhost:6380")), tally);
    EXPECT_NE(LookupTally::at(QStringLiteral("/run/redis.sock")), tally);
}

} // namespace
} // namespace kvscope::test
