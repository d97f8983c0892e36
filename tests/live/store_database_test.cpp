// Another database is selected while writes are asked for or under way.
#include "tests/live/storefixture.h"

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

using Status = WriteOutcome::Status;

class StoreOnDatabases : public testing::Test
{
  protected:
    std::unique_ptr<Store> openAs(const RedisServer &server, std::vector<Bytes> rights)
    {
        std::vector<Bytes> command{"ACL", "SETUSER", "limited", "on", ">pw", "~*", "&*"};
        command.insert(command.end(), rights.begin(), rights.end());
        EXPECT_EQ(server.run(command), "OK");
        auto made = m_factory.make(server.url(QStringLiteral("limited:pw")), Access::ReadWrite);
        EXPECT_TRUE(made && !openAndWait(**made));
        return std::move(*made);
    }

    StoreFactory m_factory;
};

// Many conditional deletions, the database changed while they are under way: by script as one
// burst that must first bring the script, by WATCH one after another.
TEST_F(StoreOnDatabases, LeavesTheOtherDatabaseAloneWhenItIsChosenDuringADeletion)
{
    constexpr int kKeys = 2000;
    for (const bool scripts : {true, false}) {
        const RedisServer server;
        const auto store = openAs(server, scripts ? std::vector<Bytes>{"+@all"}
                                                  : std::vector<Bytes>{"+@all", "-@scripting"});
        for (const char *database : {"0", "1"})
            server.run({"EVAL",
                        "redis.call('SELECT', ARGV[1]) for i=1,2000 do redis.call('SET', 'k'..i, "
                        "'v') end",
                        "0", database});
        server.run({"SCRIPT", "FLUSH"});
        std::vector<WriteRequest> requests(kKeys);
        for (int i = 0; i < kKeys; ++i) {
            WriteRequest &request = requests[static_cast<std::size_t>(i)];
            request.action = WriteRequest::Action::Remove;
            request.key = "k" + std::to_string(i + 1);
            request.expected = ExpectedValue::exactly("v");
        }
        Calls calls(*store);
        Lifetime lifetime;
        std::optional<Result<std::vector<Result<WriteOutcome>>>> end;
        server.run(
            {"CLIENT", "PAUSE", "300", "ALL"}); // else the server may be done before the change
        store->writer().write(
            requests, lifetime.guard([&](Result<std::vector<Result<WriteOutcome>>> outcomes) {
                end = std::move(outcomes);
            }));
        store->selectDatabase(1);
        ASSERT_TRUE(eventually([&] { return end.has_value(); }));
        ASSERT_TRUE(*end);
        const Result<WriteOutcome> &last = (*end)->back();
        ASSERT_FALSE(last) << "the rest is not carried on elsewhere";
        EXPECT_EQ(last.error().code(), ErrorCode::Cancelled);
        EXPECT_EQ(calls.keys()->size(), static_cast<std::size_t>(kKeys)) << "database 1 is whole";
        EXPECT_EQ(calls.put("later", "1", ExpectedValue::absent())->status, Status::Applied);
    }
}

// Between selectDatabase() and the server's answer the store already sends to the new database.
TEST_F(StoreOnDatabases, WritesToTheDatabaseThatAValueWasReadFromOrNowhere)
{
    for (const bool scripts : {true, false}) {
        const RedisServer server;
        const auto store = openAs(server, scripts ? std::vector<Bytes>{"+@all"}
                                                  : std::vector<Bytes>{"+@all", "-@scripting"});
        const Bytes large(600'000, 'x');
        Calls calls(*store);
        ASSERT_TRUE(calls.put("k", "v"));
        ASSERT_TRUE(calls.put("large", large));
        server.run({"EVAL",
                    "redis.call('SELECT', 1) redis.call('SET', 'k', 'v') redis.call('SET', "
                    "'large', ARGV[1])",
                    "0", large});
        const auto inZero = [&](const Bytes &key, const Bytes &base, ExpiryChange expiry) {
            WriteRequest request;
            request.key = key;
            request.value = base + "!";
            request.expected = ExpectedValue::exactly(base);
            request.expiry = expiry;
            request.database = 0;
            return request;
        };
        std::vector<WriteRequest> requests{inZero("k", "v", {}), inZero("large", large, {}),
                                           inZero("k", "v", ExpiryChange::set(60'000))};
        requests[2].action = WriteRequest::Action::ExpiryOnly;
        requests.push_back(requests[0]);
        requests[3].expected = {};
        store->selectDatabase(1);
        const auto early = calls.writeAll(requests);
        ASSERT_TRUE(early);
        ASSERT_TRUE(eventually([&] { return store->database() == 1; }));
        const auto late = calls.writeAll(requests);
        ASSERT_TRUE(late);
        for (const auto &outcomes : {*early, *late}) {
            for (const Result<WriteOutcome> &outcome : outcomes) {
                ASSERT_FALSE(outcome);
                EXPECT_EQ(outcome.error(),
                          Error(ErrorCode::DatabaseChanged, {QStringLiteral("0")}));
            }
        }
        EXPECT_EQ(calls.entry("k").value, "v");
        EXPECT_FALSE(calls.entry("k").ttlMs);
        EXPECT_EQ(calls.whole("large")->value, large);
        store->selectDatabase(0);
        ASSERT_TRUE(eventually([&] { return store->database() == 0; }));
        EXPECT_EQ(calls.entry("k").value, "v");
        EXPECT_EQ(calls.write(requests[0])->status, Status::Applied);
        EXPECT_EQ(calls.write(requests[1])->status, Status::Applied);
        EXPECT_EQ(calls.whole("large")->value, large + "!");
    }
}

} // namespace
} // namespace kvscope::test
