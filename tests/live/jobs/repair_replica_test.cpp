// Waiting for replicas, where no script may be run.
#include "core/jobs/window.h"
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"

namespace kvscope {
namespace {

using namespace test;

std::unique_ptr<Store> connected(StoreFactory &factory, const QString &url)
{
    auto made = factory.make(url, Access::ReadWrite);
    if (!made) return nullptr;
    (*made)->open();
    EXPECT_TRUE(eventually([&] { return (*made)->state().phase == StoreState::Phase::Ready; }));
    return std::move(*made);
}

bool puts(Store &store, BytesView key)
{
    BulkStep step;
    step.key = key;
    step.action = BulkStep::Action::PutString;
    step.value = "x";
    const BulkChange one(&step, 1);
    const auto answers = answerOf<BulkChangeAnswers>(
        [&](auto done) { store.bulk().change(std::span(&one, 1), {}, std::move(done)); });
    return answers && answers->outcomes.at(0) == BulkChanged::Applied;
}

int replicasOf(Store &store, std::chrono::milliseconds patience)
{
    const auto took =
        answerOf<int>([&](auto done) { store.bulk().awaitReplicas(1, patience, std::move(done)); });
    EXPECT_TRUE(took);
    return took.value_or(-1);
}

// Whether the only replica has acknowledged all there is.
bool isInStep(const RedisServer &server)
{
    const Bytes info = server.run({"INFO", "replication"});
    const auto numberBehind = [&info](BytesView name) {
        const std::size_t at = info.find(name);
        if (at == Bytes::npos) return Bytes();
        const std::size_t begin = at + name.size();
        return info.substr(begin, info.find_first_not_of("0123456789", begin) - begin);
    };
    const Bytes acknowledged = numberBehind(",offset=");
    return !acknowledged.empty() && acknowledged == numberBehind("master_repl_offset:");
}

TEST(RepairWithoutScripts, DoesNotTakeASilentReplicaForOneThatHasIt)
{
    const RedisServer server({QStringLiteral("--repl-diskless-sync-delay"), QStringLiteral("0")});
    server.run({"ACL", "SETUSER", "limited", "on", ">pw", "~*", "+@all", "-@scripting"});
    StoreFactory factory;
    const auto limited = connected(factory, server.url(QStringLiteral("limited:pw")));
    ASSERT_TRUE(limited);
    ASSERT_FALSE(limited->capabilities().scripts);
    RedisServer replica({QStringLiteral("--replicaof"), QStringLiteral("127.0.0.1"),
                         QString::number(server.port())});
    ASSERT_TRUE(puts(*limited, "a"));
    ASSERT_TRUE(eventually([&] { return replica.run({"EXISTS", "a"}) == "1"; }, 20'000));
    ASSERT_TRUE(eventually([&] { return isInStep(server); }, 20'000));
    KeyBatch keys;
    keys.append("a");
    ASSERT_TRUE(
        answerOf<BulkPage>([&](auto done) { limited->bulk().read(keys, {}, std::move(done)); }));

    replica.freeze();
    EXPECT_TRUE(puts(*limited, "b"));
    EXPECT_EQ(replicasOf(*limited, std::chrono::milliseconds(300)), 0);
    replica.thaw();
    EXPECT_EQ(replicasOf(*limited, std::chrono::seconds(10)), 1);
    EXPECT_EQ(replica.run({"EXISTS", "b"}), "1");
}

} // namespace
} // namespace kvscope
