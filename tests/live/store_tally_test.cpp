// Our own lookups at one server, under whatever name it is known.
#include "core/store/lookuptally.h"
#include "tests/live/storefixture.h"

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

TEST(LookupTally, IsOneForAServersPortAndItsSocket)
{
    const auto port = LookupTally::at(QStringLiteral("127.0.0.1:1"));
    const auto socket = LookupTally::at(QStringLiteral("/run/one.sock"));
    ASSERT_NE(port, socket);
    const int a = 0, b = 0, gone = 0;
    port->join(&a, [] { return Lookups{3, 1}; });
    socket->join(&b, [] { return Lookups{10, 4}; });
    socket->join(&gone, [] { return Lookups{100, 0}; });
    socket->leave(&gone);
    EXPECT_EQ(LookupTally::of("run 1", port), port);
    EXPECT_EQ(LookupTally::of("run 1", socket), port);
    socket->move(&b, *port);
    EXPECT_EQ(port->sum().hits, 113U);
    EXPECT_EQ(port->sum().misses, 5U);
    EXPECT_EQ(socket->sum().hits, 0U);
    EXPECT_EQ(LookupTally::of("run 2", socket), socket); // another server is another one
}

TEST(LookupTally, CountsStoresOfOneServerTogetherWhateverTheirUrls)
{
    const RedisServer server;
    StoreFactory factory;
    std::vector<std::unique_ptr<Store>> stores;
    for (const QString &url : {server.url(), server.unixUrl()}) {
        auto made = factory.make(url, Access::ReadOnly);
        ASSERT_TRUE(made);
        stores.push_back(std::move(*made));
        stores.back()->open();
        ASSERT_TRUE(
            eventually([&] { return stores.back()->state().phase == StoreState::Phase::Ready; }));
    }
    ASSERT_TRUE(Calls(*stores[0]).read({"a", "b"}));
    ASSERT_TRUE(Calls(*stores[1]).read({"c"}));
    const auto lookups = [&](std::size_t i) {
        const auto sample = await<TelemetrySample>(
            [&](auto done) { stores[i]->telemetry().sample(std::move(done)); });
        EXPECT_TRUE(sample);
        return sample ? sample->ownMisses : 0;
    };
    EXPECT_GE(lookups(0), 3U);
    EXPECT_EQ(lookups(0), lookups(1));
}

} // namespace
} // namespace kvscope::test
