// A binding's desk before databases: one connection for many looks, and no waiting for one that
// hangs.
#include "core/binding/bindingdesk.h"
#include "tests/support/await.h"
#include "tests/support/postgresserver.h"

#include <QSqlDatabase>

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <future>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kvscope {
namespace {

using namespace test;

// Takes connections and never says a word.
class SilentServer
{
  public:
    SilentServer() : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(m_listener, 4), 0);
        socklen_t size = sizeof address;
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
    }
    ~SilentServer()
    {
        ::close(m_client);
        ::close(m_listener);
    }
    SilentServer(const SilentServer &) = delete;
    SilentServer &operator=(const SilentServer &) = delete;

    int port() const { return m_port; }
    void accept() { m_client = ::accept(m_listener, nullptr, nullptr); }
    /// The other side has not hung up.
    bool isClientThere() const
    {
        char bytes[1'024];
        while (true) {
            const auto got = ::recv(m_client, bytes, sizeof bytes, MSG_DONTWAIT);
            if (got <= 0) return got < 0 && errno == EAGAIN;
        }
    }

  private:
    int m_listener;
    int m_client = -1;
    int m_port = 0;
};

Binding bindingOf(const QString &url, const Bytes &rows)
{
    const auto binding = Binding::parse(
        "{\"name\":\"users\",\"source\":\"" + url.toStdString() + "\",\"rows\":\"" + rows +
        "\",\"lookup\":\"" + rows +
        " WHERE id = :id\",\"order\":[\"id\"],\"key\":\"user:{id}\",\"value\":{\"type\":\"json\","
        "\"fields\":[\"name\",\"pid\"]}}");
    EXPECT_TRUE(binding);
    return *binding;
}

TEST(BindingDesk, LeavesADatabaseThatHangsBehindWhenItGoes)
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QPSQL")))
        GTEST_SKIP() << "Qt's driver for PostgreSQL is not installed";
    SilentServer server;
    const Binding binding =
        bindingOf(QStringLiteral("postgresql://me@127.0.0.1:%1/shop").arg(server.port()),
                  "SELECT id, name, 1 AS pid FROM users");
    std::promise<Result<BindingPreview>> promise;
    auto answer = promise.get_future();
    {
        BindingDesk desk;
        desk.findRow(binding, {}, "user:1",
                     [&](Result<BindingPreview> found) { promise.set_value(std::move(found)); });
        server.accept();
    }
    EXPECT_TRUE(server.isClientThere()); // nobody waited until it gave up
    ASSERT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    EXPECT_EQ(answer.get().error().code(), ErrorCode::Cancelled);
}

TEST(BindingDesk, LooksAgainOverTheConnectionThatItHas)
{
    if (const QString missing = PostgresServer::missing(); !missing.isEmpty())
        GTEST_SKIP() << missing.toStdString();
    PostgresServer postgres;
    postgres.run("CREATE TABLE users(id int PRIMARY KEY, name text);"
                 "INSERT INTO users SELECT i, 'name ' || i FROM generate_series(1, 9) i");
    const Binding binding =
        bindingOf(postgres.url(), "SELECT id, name, pg_backend_pid() AS pid FROM users");
    BindingDesk desk(BindingFolder(), std::chrono::milliseconds(300));
    const auto look = [&](const Bytes &key) {
        auto found = await<BindingPreview>(
            [&](auto done) { desk.findRow(binding, {}, key, std::move(done)); });
        EXPECT_TRUE(found);
        EXPECT_EQ(found ? found->rows.size() : 0U, 1U);
        return found && found->rows.size() == 1 ? found->rows[0].cells : FieldTuple(3);
    };
    const FieldTuple first = look("user:1");
    const FieldTuple second = look("user:2");
    EXPECT_EQ(second[1].text, "name 2");
    EXPECT_EQ(second[2].text, first[2].text);
    // A server that was started anew is connected to once more, and nobody sees an error.
    postgres.kill();
    postgres.start();
    EXPECT_EQ(look("user:3")[1].text, "name 3");
    EXPECT_TRUE(eventually([&] {
        return postgres.run("SELECT count(*) FROM pg_stat_activity WHERE backend_type = "
                            "'client backend' AND pid <> pg_backend_pid()") == "0";
    }));
}

} // namespace
} // namespace kvscope
