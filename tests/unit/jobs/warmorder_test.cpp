// Orders of a warm-up: what is asked for most is there first, and everything is there at the end.
#include "core/jobs/popularity.h"
#include "core/store/enginestore.h"
#include "tests/unit/jobs/jobrun.h"

#include <QFile>

namespace kvscope {
namespace {

using namespace test;

struct WarmOrders : testing::Test
{
    engine::Engine engine{{}};
    EngineStore store{engine, Access::ReadWrite};
    QTemporaryDir folder;

    WarmOrders() { store.open(); }

    QString write(const QString &name, const Bytes &bytes) const
    {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }

    // The keys of the rows that an order ranks.
    std::vector<Bytes> ranked(const Binding &binding, const WarmOrder &order,
                              std::size_t most = 100, std::int64_t *foreign = nullptr)
    {
        JobControl control;
        auto rows = BoundRows::open(binding, {}, control.token());
        EXPECT_TRUE(rows);
        EXPECT_TRUE(forecastMemory(binding, *rows, store));
        auto found = WarmOrderRows::rank(order, binding, *rows, store, control, most);
        EXPECT_TRUE(found) << (found ? "" : found.error().id().toStdString());
        std::vector<Bytes> keys;
        if (!found) return keys;
        if (foreign != nullptr) *foreign = found->foreign();
        RowPage page;
        MappedBatch batch;
        while (found->read(*rows, 1, page).value_or(false)) {
            batch.clear();
            rows->mapper.map(page, 0, batch);
            for (std::size_t i = 0; i < batch.size(); ++i) keys.emplace_back(batch.keys[i]);
        }
        return keys;
    }
};

using Keys = std::vector<Bytes>;

TEST_F(WarmOrders, AreReadFromTheirNames)
{
    const char *const texts[] = {"key",         "hot:/a/log:1",  "lfu",
                                 "column:name", "learned:t.zst", "benefit:log.csv"};
    for (const char *text : texts) {
        const auto order = WarmOrder::parse(QString::fromLatin1(text));
        ASSERT_TRUE(order) << text;
        EXPECT_EQ(order->text(), QString::fromLatin1(text));
    }
    for (const char *text : {"", "hot", "hot:", "lfu:x", "key:", "cold", "column:"})
        EXPECT_FALSE(WarmOrder::parse(QString::fromLatin1(text))) << text;
}

TEST_F(WarmOrders, CountAnAccessLog)
{
    SqliteFile file(usersTable(50));
    const QString log = write(QStringLiteral("log"), "user:7\nuser:9\nuser:7\nother:1\nuser:7\n"
                                                     "user:9\nuser:999\nuser:3\n");
    std::int64_t foreign = 0;
    EXPECT_EQ(ranked(usersBinding(file.url()), {WarmOrder::Kind::Hot, log}, 100, &foreign),
              (Keys{"user:7", "user:9", "user:3"}));
    EXPECT_EQ(foreign, 1);
}

TEST_F(WarmOrders, TakeTheLargestOfAColumnAsNumbers)
{
    SqliteFile file(usersTable(50));
    file.run("UPDATE users SET ver = id * 3; UPDATE users SET ver = 1000 WHERE id = 4;"
             "UPDATE users SET ver = NULL WHERE id = 50;");
    EXPECT_EQ(
        ranked(usersBinding(file.url()), {.kind = WarmOrder::Kind::Column, .column = "ver"}, 3),
        (Keys{"user:4", "user:49", "user:48"}));
    JobControl control;
    auto rows = BoundRows::open(usersBinding(file.url()), {}, control.token());
    ASSERT_TRUE(rows);
    const auto missing = WarmOrderRows::rank({.kind = WarmOrder::Kind::Column, .column = "nowhere"},
                                             usersBinding(file.url()), *rows, store, control);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code(), ErrorCode::ColumnMissing);
}

TEST_F(WarmOrders, AskThePredictor)
{
    SqliteFile file(usersTable(400));
    Bytes log;
    for (int round = 0; round < 200; ++round) {
        for (int i = 1; i <= 5; ++i) log += "user:" + std::to_string(i) + '\n';
        for (int i = 0; i < 5; ++i) log += "user:" + std::to_string(100 + round + i * 40) + '\n';
    }
    const QString path = write(QStringLiteral("trace"), log);
    auto first = ranked(usersBinding(file.url()), {WarmOrder::Kind::Learned, path}, 5);
    std::sort(first.begin(), first.end());
    EXPECT_EQ(first, (Keys{"user:1", "user:2", "user:3", "user:4", "user:5"}));
}

TEST_F(WarmOrders, WeighBenefitByBytesAndByCost)
{
    SqliteFile file(usersTable(4));
    file.run("UPDATE users SET name = printf('%5000d', id) WHERE id = 1;");
    // All three are asked for equally often; the first is large, the second dear to read.
    Bytes log = "key,cost\n";
    for (int i = 0; i < 300; ++i) log += "user:1,1\nuser:2,50\nuser:3,1\n";
    const QString path = write(QStringLiteral("log.csv"), log);
    EXPECT_EQ(ranked(usersBinding(file.url()), {WarmOrder::Kind::Benefit, path}),
              (Keys{"user:2", "user:3", "user:1"}));
}

TEST_F(WarmOrders, SayThatAStoreWithoutCountersHasNone)
{
    SqliteFile file(usersTable(4));
    JobControl control;
    auto rows = BoundRows::open(usersBinding(file.url()), {}, control.token());
    ASSERT_TRUE(rows);
    const auto none = WarmOrderRows::rank({WarmOrder::Kind::Lfu}, usersBinding(file.url()), *rows,
                                          store, control);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), ErrorCode::NotSupported);
}

TEST_F(WarmOrders, NameTheLineThatIsNoKey)
{
    SqliteFile file(usersTable(4));
    const QString log = write(QStringLiteral("log"), "user:1\nuser:\\q\n");
    const Warmed warmed =
        warm(store, {.binding = usersBinding(file.url()), .order = {WarmOrder::Kind::Hot, log}});
    ASSERT_TRUE(warmed.error);
    EXPECT_EQ(warmed.error->code(), ErrorCode::FileUnreadable);
    EXPECT_TRUE(warmed.error->parameter(1).contains(QLatin1Char('2')));
    EXPECT_EQ(engine.size(), 0U);
}

TEST_F(WarmOrders, WriteEveryRowOnceWhateverComesFirst)
{
    SqliteFile file(usersTable(3'000));
    Bytes log;
    for (int i = 3'000; i > 0; i -= 3) log += "user:" + std::to_string(i) + "\nuser:3000\n";
    const QString path = write(QStringLiteral("log"), log);
    engine.set("user:6", "mine", {}, {});
    for (const WarmOrder &order :
         {WarmOrder{WarmOrder::Kind::Hot, path}, WarmOrder{WarmOrder::Kind::Learned, path},
          WarmOrder{.kind = WarmOrder::Kind::Column, .column = "age"}}) {
        const Warmed dry =
            warm(store, {.binding = usersBinding(file.url()), .order = order, .dryRun = true});
        EXPECT_FALSE(dry.error);
        EXPECT_EQ(dry.report.rows, 3'000);
        EXPECT_EQ(dry.report.written, 2'999);
    }
    const Warmed warmed =
        warm(store, {.binding = usersBinding(file.url()), .order = {WarmOrder::Kind::Hot, path}});
    EXPECT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.rows, 3'000);
    EXPECT_EQ(warmed.report.written, 2'999);
    EXPECT_EQ(warmed.report.newerKept, 1);
    EXPECT_EQ(engine.size(), 3'000U);
}

TEST_F(WarmOrders, CountRowsWithoutAnEntryOnceToo)
{
    SqliteFile file("CREATE TABLE users(id INTEGER PRIMARY KEY, name, age, ver);"
                    "INSERT INTO users VALUES(1, 'a', 1, 1), (2, x'ff', 1, 1), (3, 'c', 1, 1);");
    const QString log = write(QStringLiteral("log"), "user:2\nuser:3\n");
    const Warmed warmed =
        warm(store, {.binding = usersBinding(file.url()), .order = {WarmOrder::Kind::Hot, log}});
    EXPECT_FALSE(warmed.error);
    EXPECT_EQ(warmed.report.rows, 3);
    EXPECT_EQ(warmed.report.written, 2);
    EXPECT_EQ(warmed.report.skipped, 1);
}

TEST(KeyPopularity, NeverLosesWhatIsAskedForOften)
{
    KeyPopularity popularity(1'000);
    for (int i = 0; i < 100'000; ++i) {
        popularity.add("once:" + std::to_string(i));
        popularity.add("often:" + std::to_string(i % 20));
    }
    EXPECT_LE(popularity.size(), 1'001U);
    for (const Bytes &key : popularity.takeTop(20)) EXPECT_TRUE(key.starts_with("often:")) << key;
}

TEST(Forecast, RefusesWhatWouldNotFit)
{
    MemoryForecast forecast;
    forecast.rows = 1'000;
    forecast.bytesPerEntry = 100;
    EXPECT_TRUE(forecast.fits()); // no limit is known
    forecast.roomBytes = 100'000;
    EXPECT_TRUE(forecast.fits());
    EXPECT_FALSE(forecast.obstacle());
    forecast.roomBytes = 50'000;
    EXPECT_EQ(forecast.rowsThatFit(), 500);
    ASSERT_TRUE(forecast.obstacle());
    EXPECT_EQ(forecast.obstacle()->code(), ErrorCode::DoesNotFit);
    forecast.shareAbsent = 0.5; // the other half is there already
    EXPECT_TRUE(forecast.fits());
    forecast.shareAbsent = 1;
    forecast.evicts = true;
    EXPECT_FALSE(forecast.fits());
    EXPECT_FALSE(forecast.obstacle());
}

TEST(Forecast, StopsAWarmUpThatTheStorePaysForWithEvictions)
{
    engine::Engine engine({.memoryBytes = 2U << 20U});
    EngineStore store(engine, Access::ReadWrite);
    store.open();
    SqliteFile file(usersTable(400'000));
    const Warmed warmed = warm(store, {.binding = usersBinding(file.url()), .rate = 150'000});
    ASSERT_TRUE(warmed.error);
    EXPECT_EQ(warmed.error->code(), ErrorCode::EvictionsRose);
    EXPECT_LT(warmed.report.rows, 400'000);
    EXPECT_EQ(warmed.report.rows, warmed.report.written);
}

} // namespace
} // namespace kvscope
