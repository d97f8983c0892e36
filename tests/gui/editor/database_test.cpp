// Saves on a real Redis: to the database the value was read from, or nowhere; and refused ones.
#include "core/store/storefactory.h"
#include "tests/gui/editor/editorfixture.h"
#include "tests/support/redisserver.h"
#include "widgets/editor/editsession.h"

namespace kvscope::test {
namespace {

class DatabaseTest : public EditorTest
{
  protected:
    void SetUp() override
    {
        EditorTest::SetUp();
        for (const char *database : {"0", "1"})
            m_server.run({"EVAL", "redis.call('SELECT', ARGV[1]) redis.call('SET', 'k', ARGV[2])",
                          "0", database, kPerson});
        m_redis = std::move(*m_factory.make(m_server.url(), Access::ReadWrite));
        m_redis->open();
        ASSERT_TRUE(eventually([&] { return m_redis->state().phase == StoreState::Phase::Ready; }));
        tabs->setStore(m_redis.get());
    }
    void TearDown() override { tabs.reset(); }

    Bytes held(const char *database)
    {
        return m_server.run(
            {"EVAL", "redis.call('SELECT', ARGV[1]) return redis.call('GET', 'k')", "0", database});
    }

    RedisServer m_server;
    StoreFactory m_factory;
    std::unique_ptr<Store> m_redis;
};

TEST_F(DatabaseTest, ASaveAnsweredWhileAnotherDatabaseIsSelectedIsWrittenToNone)
{
    open("k");
    editInTree("/age", QStringLiteral("35"));
    pressSave();
    auto *dialog = waitFor<QDialog>("saveDialog");
    ASSERT_NE(dialog, nullptr);
    std::vector<ErrorCode> errors;
    QObject::connect(page()->findChild<EditSession *>(), &EditSession::failed, tabs.get(),
                     [&](const Error &error) { errors.push_back(error.code()); });
    m_server.freeze(); // the page closes when the server has answered
    m_redis->selectDatabase(1);
    QTest::keyClick(dialog, Qt::Key_Return);
    const bool told = eventually([&] { return !errors.empty(); });
    m_server.thaw();
    ASSERT_TRUE(told);
    EXPECT_EQ(errors[0], ErrorCode::DatabaseChanged);
    ASSERT_TRUE(eventually([&] { return m_redis->database() == 1; }));
    EXPECT_EQ(held("0"), kPerson);
    EXPECT_EQ(held("1"), kPerson);
    // The text waits where it belongs.
    open("k");
    EXPECT_EQ(text(), kPerson);
    m_redis->selectDatabase(0);
    ASSERT_TRUE(eventually([&] { return m_redis->database() == 0; }));
    open("k");
    click("draftRestore");
    ASSERT_TRUE(eventually([&] { return page()->isUnsaved(); }));
    save();
    EXPECT_NE(held("0").find("\"age\": 35"), Bytes::npos);
    EXPECT_EQ(held("1"), kPerson);
}

TEST_F(DatabaseTest, ARetriedSaveGivesTheFocusBackToTheText)
{
    open("k");
    typeBehind("30", "5");
    m_server.run({"CONFIG", "SET", "maxmemory", "1"});
    pressSave();
    auto *dialog = waitFor<QDialog>("saveDialog");
    ASSERT_NE(dialog, nullptr);
    QTest::keyClick(dialog, Qt::Key_Return);
    auto *retry = waitFor<QPushButton>("retryButton");
    ASSERT_NE(retry, nullptr);
    ASSERT_TRUE(eventually([&] { return tabs->focusWidget() == editor(); }));
    m_server.run({"CONFIG", "SET", "maxmemory", "0"});
    retry->setFocus();
    QTest::keyClick(retry, Qt::Key_Space);
    EXPECT_TRUE(eventually([&] { return !page()->isUnsaved(); }));
    EXPECT_EQ(tabs->focusWidget(), editor());
    EXPECT_NE(held("0"), kPerson);
}

} // namespace
} // namespace kvscope::test
