// Differences of every class among many rows, while a writer changes both sides of other keys two
// thousand times a second: every planted one is found, and none is invented.
// KVSCOPE_SOAK=1: ten thousand of each class in a million rows.
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/jobrun.h"

#include <hiredis/hiredis.h>

#include <set>
#include <thread>

namespace kvscope {
namespace {

using namespace test;

const Bytes kRules = ",\"version\":\"ver\",\"version_field\":\"_v\","
                     "\"ttl\":{\"seconds\":50000,\"jitter\":0.1,\"min_seconds\":1000}";

/// A connection for thousands of commands.
class Client
{
  public:
    explicit Client(const RedisServer &server)
        : m_context(redisConnectUnix(server.socketPath().toUtf8().constData()))
    {}
    ~Client() { redisFree(m_context); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void run(const std::vector<Bytes> &words)
    {
        std::vector<const char *> argv;
        std::vector<std::size_t> lengths;
        for (const Bytes &word : words) {
            argv.push_back(word.data());
            lengths.push_back(word.size());
        }
        if (auto *reply = redisCommandArgv(m_context, static_cast<int>(argv.size()), argv.data(),
                                           lengths.data()))
            freeReplyObject(reply);
    }

  private:
    redisContext *m_context;
};

Bytes entryOf(int id, int age, std::int64_t version)
{
    return "{\"name\":\"name " + std::to_string(id) + "\",\"age\":" + std::to_string(age) +
           ",\"_v\":" + std::to_string(version) + "}";
}

TEST(Planted, AreAllFoundAndNoneIsInventedWhileAWriterIsAtWork)
{
    const bool soak = qEnvironmentVariableIsSet("KVSCOPE_SOAK");
    const int rows = soak ? 1'000'000 : 50'000;
    const int each = soak ? 10'000 : 200;
    // Planted ids are multiples of it, so the writer can keep off them.
    constexpr int kStride = 10;
    const RedisServer server;
    StoreFactory factory;
    const auto store = std::move(*factory.make(server.url(), Access::ReadWrite));
    store->open();
    ASSERT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
    SqliteFile file("PRAGMA journal_mode=WAL;" + usersTable(rows));
    const Binding binding = usersBinding(file.url(), kRules);
    ASSERT_FALSE(warm(*store, {.binding = binding}).error);

    const std::vector<EntryClass> classes{
        EntryClass::Missing,  EntryClass::Stale,   EntryClass::Ahead,
        EntryClass::Diverged, EntryClass::Corrupt, EntryClass::Orphan,
        EntryClass::TtlNone,  EntryClass::TtlLong, EntryClass::TtlShort};
    std::map<EntryClass, std::set<Bytes>> planted;
    Client client(server);
    for (int n = 0; n < each * static_cast<int>(classes.size()); ++n) {
        const EntryClass what = classes[static_cast<std::size_t>(n) % classes.size()];
        const int id = (n + 1) * kStride;
        Bytes key = "user:" + std::to_string(id);
        switch (what) {
        case EntryClass::Missing:
            client.run({"DEL", key});
            break;
        case EntryClass::Stale:
            client.run({"SET", key, entryOf(id, 99, 9), "EX", "40000"});
            break;
        case EntryClass::Ahead:
            client.run({"SET", key, entryOf(id, 99, 11), "EX", "40000"});
            break;
        case EntryClass::Diverged:
            client.run({"SET", key, entryOf(id, 99, 10), "EX", "40000"});
            break;
        case EntryClass::Corrupt:
            if (n % 2 == 0) {
                client.run({"SET", key, "{\"name\":", "EX", "40000"});
            } else {
                client.run({"DEL", key});
                client.run({"SADD", key, "a set"});
            }
            break;
        case EntryClass::Orphan:
            key = "user:" + std::to_string(rows + id);
            client.run({"SET", key, entryOf(id, 1, 10), "EX", "40000"});
            break;
        case EntryClass::TtlNone:
            client.run({"PERSIST", key});
            break;
        case EntryClass::TtlLong:
            client.run({"EXPIRE", key, "90000"});
            break;
        default:
            client.run({"EXPIRE", key, "500"});
            break;
        }
        planted[what].insert(key);
    }

    std::atomic<int> changes{0};
    std::jthread writer([&](const std::stop_token &stop) {
        auto database = Sqlite::open(file.path(), Sqlite::Access::ReadWrite);
        (void)database->execute("PRAGMA synchronous=OFF");
        auto update = database->prepare("UPDATE users SET age = ?, ver = ? WHERE id = ?");
        Client mine(server);
        auto next = std::chrono::steady_clock::now();
        for (int n = 0; !stop.stop_requested(); ++n) {
            next += std::chrono::microseconds(500);
            std::this_thread::sleep_until(next);
            const int id = static_cast<int>((static_cast<std::int64_t>(n) * 7919) % rows) + 1;
            if (id % kStride == 0) continue;
            const std::int64_t version = 11 + n;
            update->bind(1, std::int64_t{n % 90});
            update->bind(2, version);
            update->bind(3, std::int64_t{id});
            (void)update->step();
            update->reset();
            // Now and then the cache follows late.
            if (n % 500 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            mine.run(
                {"SET", "user:" + std::to_string(id), entryOf(id, n % 90, version), "EX", "40000"});
            ++changes;
        }
    });
    CheckOptions options = atOnce(binding);
    options.recheck = {std::chrono::milliseconds(200), std::chrono::milliseconds(500)};
    const Checked checked = check(*store, options);
    writer.request_stop();
    writer.join();
    ASSERT_FALSE(checked.error);
    EXPECT_GT(changes.load(), 500);
    for (const EntryClass what : classes) {
        const auto found = checked.keys(what);
        EXPECT_EQ(std::set<Bytes>(found.begin(), found.end()), planted[what])
            << entryClassName(what);
        EXPECT_EQ(checked.count(what), each) << entryClassName(what);
    }
    EXPECT_EQ(checked.count(EntryClass::Unknown), 0);
    EXPECT_EQ(checked.report.counts.wrong(), each * static_cast<std::int64_t>(classes.size()));
    EXPECT_EQ(checked.report.compared(), rows + each);
}

} // namespace
} // namespace kvscope
