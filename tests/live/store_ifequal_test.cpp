// SET … IFEQ and its like. No server that has them is packaged for Debian 12, so a fake one plays
// them: what is tested is what we send and what we make of the answers.
#include "core/store/ifequal.h"
#include "tests/live/storefixture.h"
#include "tests/support/fakeserver.h"

namespace kvscope::test {
namespace {

std::vector<Bytes> wordsOf(BytesView &wire)
{
    const auto number = [&wire] {
        const std::size_t end = wire.find("\r\n");
        const int value = std::stoi(Bytes(wire.substr(1, end - 1)));
        wire.remove_prefix(end + 2);
        return value;
    };
    std::vector<Bytes> words;
    for (int left = number(); left > 0; --left) {
        const auto length = static_cast<std::size_t>(number());
        words.emplace_back(wire.substr(0, length));
        wire.remove_prefix(length + 2);
    }
    return words;
}

Bytes bulk(const Bytes &text)
{
    return '$' + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

/// Holds one key, `k`, that expires in five seconds; refuses scripts. Plays as much of the newer
/// commands as their documentation promises.
struct Played
{
    Bytes info;
    std::optional<Bytes> held = "old";
    std::vector<std::vector<Bytes>> seen;

    Bytes answer(const std::vector<Bytes> &words)
    {
        const Bytes &name = words[0];
        if (name == "PING") return "+PONG\r\n";
        if (name == "INFO") return bulk(info);
        if (name == "EVALSHA" || name == "EVAL" || name == "SCRIPT")
            return "-NOPERM User default has no permissions to run the 'evalsha' command\r\n";
        if (name == "CLIENT" || name == "UNLINK" || name == "PEXPIRE" || name == "WATCH" ||
            name == "UNWATCH")
            return name == "UNLINK" || name == "PEXPIRE" ? ":0\r\n" : "+OK\r\n";
        if (name == "SCAN") return "*2\r\n$1\r\n0\r\n*0\r\n";
        if (words.size() < 2 || words[1] != "k") return "$-1\r\n"; // the probe of what is allowed
        seen.push_back(words);
        if (name == "TYPE") return held ? "+string\r\n" : "+none\r\n";
        if (name == "GET") return held ? bulk(*held) : "$-1\r\n";
        if (name == "PTTL") return held ? ":5000\r\n" : ":-2\r\n";
        if (name == "SET" && words.size() > 4 && words[3] == "IFEQ") {
            if (held != words[4]) return "$-1\r\n";
            held = words[2];
            return "+OK\r\n";
        }
        const bool delEx = name == "DELEX" && words[2] == "IFEQ";
        if (delEx || name == "DELIFEQ") {
            if (held != words[delEx ? 3 : 2]) return ":0\r\n";
            held.reset();
            return ":1\r\n";
        }
        return "-ERR unknown command\r\n";
    }
};

struct PlayedServer
{
    Played played;
    FakeServer server;
    StoreFactory factory;
    std::unique_ptr<Store> store;

    explicit PlayedServer(const Bytes &info)
        : played{info, "old", {}}, server([this](BytesView received, int) {
              FakeServer::Answer answer;
              while (!received.empty()) answer.bytes += played.answer(wordsOf(received));
              return answer;
          })
    {
        auto made = factory.make(server.url(), Access::ReadWrite);
        EXPECT_TRUE(made);
        store = std::move(*made);
        store->open();
        EXPECT_TRUE(eventually([&] { return store->state().phase == StoreState::Phase::Ready; }));
        EXPECT_FALSE(store->capabilities().scripts);
    }
    ~PlayedServer() { store.reset(); }

    bool used(const Bytes &name) const
    {
        return std::ranges::any_of(played.seen, [&](const auto &words) {
            return words[0] == name || (words.size() > 3 && words[3] == name);
        });
    }
};

TEST(IfEqual, SavesInOneCommandWhereAServerThatPlaysRedis84RefusesScripts)
{
    PlayedServer fake("redis_version:8.4.0\r\nrun_id:a\r\n");
    Calls calls(*fake.store);
    const auto saved = calls.put("k", "new", ExpectedValue::exactly("old"));
    ASSERT_TRUE(saved);
    EXPECT_EQ(saved->status, WriteOutcome::Status::Applied);
    EXPECT_EQ(saved->ttlMs, 5'000);
    EXPECT_EQ(fake.played.held, "new");
    EXPECT_TRUE(fake.used("IFEQ"));
    EXPECT_FALSE(fake.used("TYPE")); // nobody had to look
    // What was not as expected is looked at, so that the three versions can be shown.
    const auto lost = calls.put("k", "newer", ExpectedValue::exactly("old"));
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->status, WriteOutcome::Status::Conflict);
    EXPECT_EQ(lost->current, "new");
    const auto removed = calls.remove("k", ExpectedValue::exactly("new"));
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->status, WriteOutcome::Status::Applied);
    EXPECT_TRUE(fake.used("DELEX"));
    EXPECT_FALSE(fake.played.held);
    const auto missing = calls.put("k", "x", ExpectedValue::exactly("new"));
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->status, WriteOutcome::Status::Missing);
}

TEST(IfEqual, IsSpelledAsAServerThatPlaysValkey9Does)
{
    PlayedServer fake("redis_version:7.2.4\r\nvalkey_version:9.0.0\r\nrun_id:b\r\n");
    Calls calls(*fake.store);
    const auto removed = calls.remove("k", ExpectedValue::exactly("old"));
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->status, WriteOutcome::Status::Applied);
    EXPECT_TRUE(fake.used("DELIFEQ"));
}

TEST(IfEqual, IsNotAskedOfServersThatDoNotHaveIt)
{
    const auto server = [](const char *product, const char *version) {
        Capabilities found;
        found.product = QString::fromLatin1(product);
        found.version = QString::fromLatin1(version);
        return IfEqual::of(found);
    };
    EXPECT_FALSE(server("redis", "8.2.9").sets);
    EXPECT_FALSE(server("redis", "").sets);
    EXPECT_FALSE(server("keydb", "9.9").sets);
    EXPECT_TRUE(server("redis", "10.0.0").sets);
    EXPECT_TRUE(server("valkey", "8.1.0").sets);
    EXPECT_EQ(server("valkey", "8.1.0").removal, IfEqual::Removal::None);
    WriteRequest request;
    request.expected = ExpectedValue::absent();
    EXPECT_FALSE(server("redis", "8.4.0").fits(request));
    request.expected = ExpectedValue::exactly("a");
    EXPECT_TRUE(server("redis", "8.4.0").fits(request));
    request.action = WriteRequest::Action::ExpiryOnly;
    EXPECT_FALSE(server("redis", "8.4.0").fits(request));
}

} // namespace
} // namespace kvscope::test
