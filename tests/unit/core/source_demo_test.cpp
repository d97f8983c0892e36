// DemoSource: made once, whole or not at all, and a search that answers like one.
#include "core/source/demodatabase.h"
#include "core/source/demosource.h"
#include "core/source/demotext.h"
#include "tests/support/await.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <set>

namespace kvscope {
namespace {

class DemoSourceTest : public testing::Test
{
  protected:
    static void SetUpTestSuite()
    {
        folder = std::make_unique<QTemporaryDir>();
        DemoSource source(path());
        ASSERT_TRUE(open(source));
    }
    static void TearDownTestSuite() { folder.reset(); }

    static QString path() { return folder->filePath(QStringLiteral("demo.db")); }
    static Result<bool> open(
        DemoSource &source, std::function<void(double)> progress = [](double) {})
    {
        return test::await<bool>([&](auto done) { source.open(progress, done); });
    }
    static Result<Bytes> find(DemoSource &source, const Bytes &query)
    {
        return test::await<Bytes>([&](auto done) { source.find(query, done); });
    }

    static std::unique_ptr<QTemporaryDir> folder;
};
std::unique_ptr<QTemporaryDir> DemoSourceTest::folder;

TEST_F(DemoSourceTest, IsMadeOnceAndOnlyOpenedAfterwards)
{
    const QDateTime made = QFileInfo(path()).lastModified();
    std::atomic<int> progress{0};
    DemoSource source(path());
    ASSERT_TRUE(open(source, [&](double) { ++progress; }));
    EXPECT_EQ(progress, 0);
    EXPECT_EQ(QFileInfo(path()).lastModified(), made);
    EXPECT_FALSE(QFile::exists(path() + QStringLiteral(".part")));
}

TEST_F(DemoSourceTest, AnswersASearchWithDocumentsThatHoldEveryWord)
{
    DemoSource source(path());
    ASSERT_TRUE(open(source));
    const auto answer = find(source, "bridges norway");
    ASSERT_TRUE(answer);
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(*answer)).object();
    EXPECT_EQ(json.value(QStringLiteral("query")).toString(), QStringLiteral("bridges norway"));
    const QJsonArray results = json.value(QStringLiteral("results")).toArray();
    ASSERT_GT(results.size(), 0);
    EXPECT_LE(results.size(), DemoSource::kPageSize);
    for (const QJsonValue &result : results) {
        const QString tags =
            result[QStringLiteral("tags")].toArray().toVariantList().value(1).toString() +
            result[QStringLiteral("tags")].toArray().toVariantList().value(2).toString();
        EXPECT_EQ(tags, QStringLiteral("bridgesnorway"));
    }
}

TEST_F(DemoSourceTest, TakesWhatPeopleTypeForWordsAndNeverForSyntax)
{
    DemoSource source(path());
    ASSERT_TRUE(open(source));
    for (const char *query : {"\"", "bridges OR norway", "NEAR(a b)", "title:x*",
                              "'; DROP TABLE document; --", "^ -"}) {
        EXPECT_TRUE(find(source, query)) << query;
    }
    EXPECT_TRUE(find(source, "bridges norway"));
}

TEST_F(DemoSourceTest, RedoesAFileThatIsNotWhole)
{
    QTemporaryDir other;
    const QString file = other.filePath(QStringLiteral("half.db"));
    QFile half(file);
    ASSERT_TRUE(half.open(QIODevice::WriteOnly));
    QFile whole(path());
    ASSERT_TRUE(whole.open(QIODevice::ReadOnly));
    half.write(whole.read(1'000'000)); // what a full disk or a crash in a copy leaves
    half.close();
    DemoSource source(file);
    ASSERT_TRUE(open(source));
    EXPECT_TRUE(find(source, "bridges norway"));
    EXPECT_EQ(QFileInfo(file).size(), QFileInfo(path()).size());
}

TEST_F(DemoSourceTest, SaysWhyItCannotBeMade)
{
    DemoSource source(QStringLiteral("/nowhere/at/all/demo.db"));
    EXPECT_FALSE(open(source));
    const auto answer = find(source, "bridges norway");
    ASSERT_FALSE(answer);
}

TEST_F(DemoSourceTest, LeavesNothingBehindWhenItIsStoppedWhileMakingTheFile)
{
    QTemporaryDir other;
    const QString file = other.filePath(QStringLiteral("stopped.db"));
    std::stop_source stop;
    const auto made = makeDemoDatabase(
        file,
        [&](double done) {
            if (done > 0.1) stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code(), ErrorCode::Cancelled);
    EXPECT_FALSE(QFile::exists(file));
    EXPECT_FALSE(QFile::exists(file + QStringLiteral(".part")));
}

TEST(DemoText, AsksEachQueryOnceInLowerCase)
{
    const std::vector<std::string> queries = demoQueries();
    EXPECT_EQ(queries.size(), 28'800U);
    EXPECT_EQ(std::set<std::string>(queries.begin(), queries.end()).size(), queries.size());
    for (const std::string &query : {queries.front(), queries.back()})
        EXPECT_EQ(QString::fromStdString(query).toLower().simplified().toStdString(), query);
    EXPECT_EQ(demoQueries(), queries) << "the same on every machine";
}

} // namespace
} // namespace kvscope
