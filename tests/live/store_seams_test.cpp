// The contract of the Store seams, held by both kinds of store alike.
#include "tests/live/storefixture.h"

#include <gtest/gtest.h>

#include <latch>

#include <limits>

namespace kvscope::test {
namespace {

enum class Kind { Engine, Redis, RedisWithoutScripts };

void PrintTo(Kind kind, std::ostream *out)
{
    *out << (kind == Kind::Engine  ? "Engine"
             : kind == Kind::Redis ? "Redis"
                                   : "RedisWithoutScripts");
}

Bytes hostile(const char *text, std::size_t size)
{
    return {text, size};
}

const std::vector<Bytes> &hostileKeys()
{
    static const std::vector<Bytes> keys{
        Bytes(1, '\0'),
        hostile("nul\0inside", 10),
        "line\nbreak\r\n",
        "\xFF\xFE not utf-8",
        "*[?\\",
        "user:*",
        "[a-z]?",
        "键名",
        " ",
        Bytes(64 * 1024, 'k'),
    };
    return keys;
}

class StoreSeams : public testing::TestWithParam<Kind>
{
  protected:
    void SetUp() override
    {
        QString url = QStringLiteral("engine:?memory=256mb");
        if (GetParam() != Kind::Engine) {
            m_redis = std::make_unique<RedisServer>();
            url = m_redis->url();
        }
        if (GetParam() == Kind::RedisWithoutScripts) {
            m_redis->run(
                {"ACL", "SETUSER", "plain", "on", ">pw", "~*", "&*", "+@all", "-@scripting"});
            url = m_redis->url(QStringLiteral("plain:pw"));
        }
        auto made = m_factory.make(url, Access::ReadWrite);
        ASSERT_TRUE(made);
        m_store = std::move(*made);
        const auto trouble = openAndWait(*m_store);
        ASSERT_FALSE(trouble) << trouble->id().toStdString();
        m_calls = std::make_unique<Calls>(*m_store);
    }

    Store &store() { return *m_store; }
    Calls &calls() { return *m_calls; }

  private:
    std::unique_ptr<RedisServer> m_redis;
    StoreFactory m_factory;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Calls> m_calls;
};

INSTANTIATE_TEST_SUITE_P(Stores, StoreSeams,
                         testing::Values(Kind::Engine, Kind::Redis, Kind::RedisWithoutScripts),
                         [](const auto &kind) { return testing::PrintToString(kind.param); });

using Status = WriteOutcome::Status;

TEST_P(StoreSeams, ReadsBackWhatWasWrittenByteForByte)
{
    const Bytes value("\0\r\n\xFF{}", 6);
    ASSERT_TRUE(calls().put("k", value, ExpectedValue::absent()));
    const Entry entry = calls().entry("k");
    EXPECT_EQ(entry.type, ValueType::String);
    EXPECT_EQ(entry.value, value);
    EXPECT_EQ(entry.size, 6);
    EXPECT_FALSE(entry.truncated);
    EXPECT_FALSE(entry.ttlMs);
}

TEST_P(StoreSeams, TellsThatAKeyDoesNotExist)
{
    const Entry entry = calls().entry("nothing");
    EXPECT_FALSE(entry.exists());
    const auto whole = calls().whole("nothing");
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().code(), ErrorCode::KeyNotFound);
}

TEST_P(StoreSeams, AnswersABatchInTheOrderOfItsKeys)
{
    calls().put("a", "1");
    calls().put("c", "");
    const auto entries = calls().read({"c", "b", "a", "b"});
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 4U);
    EXPECT_TRUE((*entries)[0].exists());
    EXPECT_EQ((*entries)[0].value, "");
    EXPECT_FALSE((*entries)[1].exists());
    EXPECT_EQ((*entries)[2].value, "1");
    EXPECT_EQ((*entries)[2].key, "a");
    EXPECT_FALSE((*entries)[3].exists());
}

TEST_P(StoreSeams, ReadsOnlyTheBeginningOfALargeValueUnlessAskedForAllOfIt)
{
    Bytes large(10U << 20U, 'x');
    large.back() = 'y';
    ASSERT_TRUE(calls().put("large", large));
    const Entry preview = calls().entry("large");
    EXPECT_TRUE(preview.truncated);
    EXPECT_EQ(preview.value.size(), 64U * 1024U);
    EXPECT_EQ(preview.size, 10 << 20);
    const auto refused = calls().whole("large", 1 << 20);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::TooLarge);
    const auto whole = calls().whole("large");
    ASSERT_TRUE(whole);
    EXPECT_TRUE(whole->value == large);
    ASSERT_TRUE(calls().put("large", large + "!", ExpectedValue::exactly(large)));
    EXPECT_EQ(calls().entry("large").size, (10 << 20) + 1);
}

TEST_P(StoreSeams, KeepsHostileKeysThroughWriteScanReadRenameAndRemove)
{
    for (const Bytes &key : hostileKeys())
        ASSERT_TRUE(calls().put(key, "of " + key, ExpectedValue::absent()));
    const auto scanned = calls().keys();
    ASSERT_TRUE(scanned);
    EXPECT_EQ(setOf(*scanned), setOf(hostileKeys()));
    for (const Bytes &key : hostileKeys()) {
        EXPECT_EQ(calls().whole(key)->value, "of " + key) << escapeBytes(key.substr(0, 40));
        ScanOptions exact;
        exact.match = escapeGlob(key);
        const auto matched = calls().keys(exact);
        ASSERT_TRUE(matched);
        EXPECT_EQ(setOf(*matched), std::set<Bytes>{key}) << escapeBytes(key.substr(0, 40));
        ASSERT_TRUE(calls().rename(key, key + "2"));
        EXPECT_FALSE(calls().entry(key).exists());
        EXPECT_EQ(calls().remove(key + "2")->status, Status::Applied);
    }
    EXPECT_TRUE(calls().keys()->empty());
}

TEST_P(StoreSeams, WritesOnlyWhatWasExpected)
{
    EXPECT_EQ(calls().put("k", "1", ExpectedValue::absent())->status, Status::Applied);
    const auto second = calls().put("k", "2", ExpectedValue::absent());
    EXPECT_EQ(second->status, Status::Conflict);
    EXPECT_EQ(second->current, "1");
    const auto lost = calls().put("k", "3", ExpectedValue::exactly("0"));
    EXPECT_EQ(lost->status, Status::Conflict);
    EXPECT_EQ(lost->current, "1");
    EXPECT_EQ(calls().entry("k").value, "1");
    EXPECT_EQ(calls().put("k", "3", ExpectedValue::exactly("1"))->status, Status::Applied);
    EXPECT_EQ(calls().entry("k").value, "3");
    EXPECT_EQ(calls().put("gone", "1", ExpectedValue::exactly("0"))->status, Status::Missing);
    EXPECT_FALSE(calls().entry("gone").exists());
    EXPECT_EQ(calls().remove("k", ExpectedValue::exactly("other"))->status, Status::Conflict);
    EXPECT_TRUE(calls().entry("k").exists());
    EXPECT_EQ(calls().remove("k", ExpectedValue::exactly("3"))->status, Status::Applied);
    EXPECT_EQ(calls().remove("k")->status, Status::Missing);
}

TEST_P(StoreSeams, AnswersEachRequestOfABatchByItself)
{
    calls().put("b", "old");
    std::vector<WriteRequest> requests(4);
    requests[0].key = "a";
    requests[0].value = "new";
    requests[1].key = "b";
    requests[1].value = "new";
    requests[1].expected = ExpectedValue::exactly("not that");
    requests[2].key = "c";
    requests[2].expiry = ExpiryChange::set(0);
    requests[3].key = "b";
    requests[3].value = "newer";
    requests[3].expected = ExpectedValue::exactly("old");
    const auto outcomes = calls().writeAll(requests);
    ASSERT_TRUE(outcomes);
    ASSERT_EQ(outcomes->size(), 4U);
    EXPECT_EQ((*outcomes)[0]->status, Status::Applied);
    EXPECT_EQ((*outcomes)[1]->status, Status::Conflict);
    ASSERT_FALSE((*outcomes)[2]);
    EXPECT_EQ((*outcomes)[2].error().code(), ErrorCode::TtlRefused);
    EXPECT_EQ((*outcomes)[3]->status, Status::Applied);
}

TEST_P(StoreSeams, KeepsTheTtlOfWhatItWrites)
{
    ASSERT_TRUE(calls().put("k", "1", {}, ExpiryChange::set(100'000)));
    const auto outcome = calls().put("k", "2", ExpectedValue::exactly("1"));
    ASSERT_TRUE(outcome);
    ASSERT_TRUE(outcome->ttlMs);
    const Entry entry = calls().entry("k");
    ASSERT_TRUE(entry.ttlMs);
    EXPECT_LE(*entry.ttlMs, 100'000);
    EXPECT_GT(*entry.ttlMs, 60'000);
    EXPECT_EQ(entry.value, "2");
    calls().put("k", "3");
    EXPECT_TRUE(calls().entry("k").ttlMs);
}

TEST_P(StoreSeams, ChangesTheExpiryAndNothingElse)
{
    calls().put("k", "v");
    EXPECT_FALSE(calls().expire("k", ExpiryChange::keep())->ttlMs);
    EXPECT_EQ(calls().expire("k", ExpiryChange::set(50'000))->status, Status::Applied);
    EXPECT_TRUE(calls().entry("k").ttlMs);
    EXPECT_EQ(calls().expire("k", ExpiryChange::none(), ExpectedValue::exactly("w"))->status,
              Status::Conflict);
    EXPECT_TRUE(calls().entry("k").ttlMs);
    EXPECT_EQ(calls().expire("k", ExpiryChange::none())->status, Status::Applied);
    EXPECT_FALSE(calls().entry("k").ttlMs);
    EXPECT_EQ(calls().entry("k").value, "v");
    EXPECT_EQ(calls().expire("gone", ExpiryChange::none())->status, Status::Missing);
}

TEST_P(StoreSeams, RefusesATtlThatWouldDeleteOrOverflow)
{
    calls().put("k", "v");
    const std::int64_t overflows = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t ttl :
         std::initializer_list<std::int64_t>{0, -1, -100'000, ExpiryChange::kLongestTtlMs + 1,
                                             overflows / 1000 * 1000, overflows}) {
        const auto expired = calls().expire("k", ExpiryChange::set(ttl));
        ASSERT_FALSE(expired);
        EXPECT_EQ(expired.error().code(), ErrorCode::TtlRefused);
        EXPECT_EQ(calls().put("k", "w", {}, ExpiryChange::set(ttl)).error().code(),
                  ErrorCode::TtlRefused);
    }
    EXPECT_EQ(calls().entry("k").value, "v");
    auto images = calls().take({"k"});
    ASSERT_TRUE(images);
    for (const std::int64_t ttl : {std::int64_t{0}, ExpiryChange::kLongestTtlMs + 1, overflows}) {
        images->front().ttlMs = ttl;
        EXPECT_EQ(calls().restore(images->front()).error().code(), ErrorCode::TtlRefused);
    }
    EXPECT_FALSE(calls().entry("k").ttlMs);
}

TEST_P(StoreSeams, TakesTheLongestTtl)
{
    const auto outcome = calls().put("k", "v", {}, ExpiryChange::set(ExpiryChange::kLongestTtlMs));
    ASSERT_TRUE(outcome);
    const Entry entry = calls().entry("k");
    EXPECT_EQ(entry.value, "v");
    EXPECT_GT(entry.ttlMs.value_or(0), ExpiryChange::kLongestTtlMs - 60'000);
}

TEST_P(StoreSeams, RenamesWithoutOverwriting)
{
    calls().put("a", "1", {}, ExpiryChange::set(100'000));
    calls().put("b", "2");
    const auto occupied = calls().rename("a", "b");
    ASSERT_FALSE(occupied);
    EXPECT_EQ(occupied.error().code(), ErrorCode::KeyExists);
    EXPECT_EQ(calls().rename("nothing", "c").error().code(), ErrorCode::KeyNotFound);
    ASSERT_TRUE(calls().rename("a", "c"));
    EXPECT_EQ(calls().entry("c").value, "1");
    EXPECT_TRUE(calls().entry("c").ttlMs);
    EXPECT_FALSE(calls().entry("a").exists());
}

TEST_P(StoreSeams, PutsBeforeImagesBackWithTheirExpiry)
{
    calls().put("k", "before", {}, ExpiryChange::set(100'000));
    const auto images = calls().take({"k", "absent"});
    ASSERT_TRUE(images);
    ASSERT_EQ(images->size(), 2U);
    EXPECT_TRUE((*images)[0].exists);
    EXPECT_FALSE((*images)[1].exists);
    calls().put("k", "after", {}, ExpiryChange::none());
    calls().put("absent", "made since");
    const auto occupied = calls().restore((*images)[0], Snapshot::IfPresent::Refuse);
    ASSERT_FALSE(occupied);
    EXPECT_EQ(occupied.error().code(), ErrorCode::KeyExists);
    ASSERT_TRUE(calls().restore((*images)[0]));
    ASSERT_TRUE(calls().restore((*images)[1]));
    EXPECT_EQ(calls().entry("k").value, "before");
    EXPECT_TRUE(calls().entry("k").ttlMs);
    EXPECT_FALSE(calls().entry("absent").exists());
}

TEST_P(StoreSeams, AnnouncesItsOwnChangesButNotTraffic)
{
    std::vector<Bytes> announced;
    QObject::connect(&store(), &Store::keysChanged, &store(), [&](const std::vector<Bytes> &keys) {
        announced.insert(announced.end(), keys.begin(), keys.end());
    });
    WriteRequest traffic;
    traffic.key = "t";
    traffic.origin = WriteRequest::Origin::Traffic;
    calls().write(traffic);
    calls().put("a", "1");
    calls().put("a", "2", ExpectedValue::absent());
    calls().rename("a", "b");
    calls().remove("b");
    EXPECT_TRUE(eventually([&] { return announced == std::vector<Bytes>{"a", "a", "b", "b"}; }));
}

TEST_P(StoreSeams, ScansEveryKeyAndCountsThem)
{
    std::vector<WriteRequest> requests(5000);
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i].key = "key:" + std::to_string(i);
    ASSERT_TRUE(calls().writeAll(requests));
    const auto keys = calls().keys();
    ASSERT_TRUE(keys);
    EXPECT_EQ(setOf(*keys).size(), 5000U);
    ScanOptions some;
    some.match = "key:1?";
    EXPECT_EQ(setOf(*calls().keys(some)).size(), 10U);
    const auto count =
        await<std::int64_t>([&](auto done) { store().keySpace().count(std::move(done)); });
    EXPECT_EQ(*count, 5000);
    const auto databases = await<std::vector<DatabaseInfo>>(
        [&](auto done) { store().keySpace().databases(std::move(done)); });
    ASSERT_TRUE(databases);
    EXPECT_EQ(databases->front().index, 0);
    EXPECT_EQ(databases->front().keys, 5000);
}

TEST_P(StoreSeams, StopsAScanWhenAskedTo)
{
    std::vector<WriteRequest> requests(20'000);
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i].key = "key:" + std::to_string(i);
    ASSERT_TRUE(calls().writeAll(requests));
    std::atomic<int> pages{0};
    ScanOptions options;
    options.count = 10;
    std::latch begun{1}; // or a fast scan has ended before it is paused
    auto scan = store().keySpace().scan(options, [&](const Result<ScanPage> &) {
        begun.wait();
        ++pages;
    });
    scan->pause();
    begun.count_down();
    eventually([&] { return pages > 0; }, 200);
    const int paused = pages;
    EXPECT_LE(paused, 1990);
    scan->resume();
    EXPECT_TRUE(eventually([&] { return pages > paused; }));
    scan.reset();
    const int stopped = pages;
    calls().entry("key:1");
    calls().keys();
    EXPECT_EQ(pages, stopped);
}

TEST_P(StoreSeams, TakesItsOwnReadsOutOfTheHitRatio)
{
    calls().put("there", "v");
    calls().put("empty", "");
    const auto net = [&]() -> std::pair<std::int64_t, std::int64_t> {
        const auto sample = calls().sample();
        if (!sample || !sample->hits) return {-1, -1};
        return {std::int64_t(*sample->hits - sample->ownHits),
                std::int64_t(*sample->misses - sample->ownMisses)};
    };
    const auto before = net();
    ASSERT_NE(before.first, -1);
    const int all = ReadType | ReadTtl | ReadSize | ReadValue | ReadMemory;
    calls().read({"there", "not there", "empty"}, {ReadPurpose::Inspect, all, {}});
    calls().read({"there", "not there"}, {ReadPurpose::Job, all, {}});
    calls().whole("there");
    calls().whole("empty");
    calls().whole("not there");
    calls().keys();
    ScanOptions strings;
    strings.type = ValueType::String;
    EXPECT_EQ(calls().keys(strings)->size(), 2U);
    calls().take({"there", "not there"});
    calls().put("there", "w", ExpectedValue::exactly("v"));
    calls().put("there", "w", ExpectedValue::exactly("v"));
    calls().put("not there", "w", ExpectedValue::exactly("v"));
    calls().expire("there", ExpiryChange::set(100'000));
    calls().rename("there", "there2");
    calls().rename("there2", "there");
    EXPECT_EQ(net(), before);

    ReadOptions traffic{ReadPurpose::Traffic, ReadValue, {}};
    const auto entries = calls().read({"there", "not there", "there"}, traffic);
    ASSERT_TRUE(entries);
    EXPECT_EQ((*entries)[0].value, "w");
    EXPECT_FALSE((*entries)[1].exists());
    EXPECT_EQ(net(), std::make_pair(before.first + 2, before.second + 1));
}

TEST_P(StoreSeams, GivesASampleWithCountersMemoryAndLatencies)
{
    for (int i = 0; i < 64; ++i) {
        calls().put("k" + std::to_string(i), "v");
        calls().read({"k" + std::to_string(i)}, {ReadPurpose::Traffic, ReadValue, {}});
    }
    const auto sample = calls().sample();
    ASSERT_TRUE(sample);
    EXPECT_FALSE(sample->degraded);
    EXPECT_GE(sample->hits.value_or(0), 64U);
    EXPECT_GE(sample->writes.value_or(0), 64U);
    EXPECT_GE(sample->reads.value_or(0), 64U);
    EXPECT_EQ(sample->keys.value_or(0), 64U);
    EXPECT_GT(sample->usedBytes.value_or(0), 0U);
    EXPECT_GT(sample->wallMs, 0);
    EXPECT_FALSE(sample->runId.empty());
    ASSERT_TRUE(sample->latencies.contains("reads"));
    EXPECT_GT(sample->latencies.at("reads").count(), 0U);
}

} // namespace
} // namespace kvscope::test
