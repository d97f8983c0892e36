// Rights and roles that change while one is connected, and what a store makes of it.
#include "tests/live/storefixture.h"

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

class StoreWhoseRightsChange : public testing::Test
{
  protected:
    void connectTo(const RedisServer &server, const QString &user = {})
    {
        auto made = m_factory.make(server.url(user), Access::ReadWrite);
        ASSERT_TRUE(made);
        ASSERT_FALSE(openAndWait(**made));
        m_store = std::move(*made);
    }
    bool isReadOnly() const { return m_store->capabilities().readOnly; }
    bool becomesReadOnly(bool readOnly)
    {
        return eventually([&] { return isReadOnly() == readOnly; });
    }

    StoreFactory m_factory;
    std::unique_ptr<Store> m_store;
};

QStringList replicaOf(const RedisServer &primary)
{
    return {QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
            QString::number(primary.port())};
}

TEST_F(StoreWhoseRightsChange, FindsAReplicaPromotedWhenItIsOpenedOnceMore)
{
    const RedisServer primary;
    const RedisServer server(replicaOf(primary));
    connectTo(server);
    ASSERT_TRUE(isReadOnly());
    server.run({"REPLICAOF", "NO", "ONE"});
    m_store->open();
    EXPECT_TRUE(becomesReadOnly(false));
    EXPECT_EQ(m_store->state().phase, StoreState::Phase::Ready);
}

TEST_F(StoreWhoseRightsChange, WritesToAPromotedReplicaAtTheFirstAttempt)
{
    const RedisServer primary;
    const RedisServer server(replicaOf(primary));
    connectTo(server);
    Calls calls(*m_store);
    EXPECT_EQ(calls.put("k", "v").error().code(), ErrorCode::ServerReadOnly);
    server.run({"REPLICAOF", "NO", "ONE"});
    ASSERT_TRUE(calls.put("k", "v", ExpectedValue::absent()));
    EXPECT_EQ(server.run({"GET", "k"}), "v");
    EXPECT_TRUE(becomesReadOnly(false));
}

TEST_F(StoreWhoseRightsChange, BecomesReadOnlyWhenTheServerBecomesAReplica)
{
    const RedisServer primary;
    const RedisServer server;
    server.run({"ACL", "SETUSER", "blind", "on", ">pw", "~*", "+@all", "-info"});
    for (const QString &user : {QString(), QStringLiteral("blind:pw")}) {
        SCOPED_TRACE(user.toStdString());
        server.run({"REPLICAOF", "NO", "ONE"});
        connectTo(server, user);
        ASSERT_FALSE(isReadOnly());
        server.run({"REPLICAOF", "127.0.0.1", std::to_string(primary.port())});
        Calls calls(*m_store);
        EXPECT_EQ(calls.put("k", "v").error().code(), ErrorCode::ServerReadOnly);
        ASSERT_TRUE(becomesReadOnly(true));
        const auto reason = m_store->capabilities().readOnlyReason;
        EXPECT_TRUE(reason && reason->code() == ErrorCode::ServerReadOnly);
    }
}

TEST_F(StoreWhoseRightsChange, WritesAtTheFirstAttemptOnceTheRightIsGivenBack)
{
    const RedisServer server;
    server.run({"SET", "k", "v"});
    server.run({"ACL", "SETUSER", "some", "on", ">pw", "~*", "+@all", "-@write"});
    connectTo(server, QStringLiteral("some:pw"));
    ASSERT_TRUE(isReadOnly());
    Calls calls(*m_store);
    EXPECT_EQ(calls.put("k", "w").error().code(), ErrorCode::NoPermission);
    EXPECT_EQ(calls.rename("k", "l").error().code(), ErrorCode::NoPermission);
    server.run({"ACL", "SETUSER", "some", "+@all"});
    ASSERT_TRUE(calls.put("k", "w", ExpectedValue::exactly("v")));
    EXPECT_EQ(server.run({"GET", "k"}), "w");
    EXPECT_TRUE(becomesReadOnly(false));
}

TEST_F(StoreWhoseRightsChange, ScansAsSoonAsTheServerIsBack)
{
    RedisServer server;
    server.run({"SET", "k", "v"});
    server.run({"SAVE"});
    connectTo(server);
    Calls calls(*m_store);
    ASSERT_TRUE(calls.keys());
    server.kill();
    // By now each connection pauses for most of a second and more before it tries again.
    ASSERT_TRUE(eventually([&] { return m_store->state().attempt >= 5; }));
    server.start();
    ASSERT_TRUE(eventually([&] { return m_store->state().phase == StoreState::Phase::Ready; }));
    EXPECT_TRUE(calls.keys());
}

} // namespace
} // namespace kvscope::test
