// The models under the tester that Qt made for them, and on documents and pages of size.
#include "tests/support/await.h"
#include "widgets/models/elementtablemodel.h"
#include "widgets/models/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

std::shared_ptr<const JsonDocument> parsed(const Bytes &text)
{
    return std::make_shared<const JsonDocument>(*JsonDocument::parse(text));
}

class TestedTree : public testing::Test
{
  protected:
    JsonTreeModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    // The tester would fetch within a reset, which it then takes for a fault.
    void SetUp() override { tester.setUseFetchMore(false); }

    QModelIndex at(const char *pointer, int column = JsonTreeModel::ValueColumn)
    {
        return model.indexOf(*model.document()->find(pointer), column);
    }
};

TEST_F(TestedTree, ShowsNamesValuesAndTypes)
{
    model.setDocument(parsed(R"({"id": 12345678901234567890, "tags": ["a\nb", null], "o": {}})"));
    EXPECT_EQ(model.rowCount(), 1);
    EXPECT_EQ(at("").data().toString(), QStringLiteral("3 member(s)"));
    EXPECT_EQ(at("/id").data().toString(), QStringLiteral("12345678901234567890"));
    EXPECT_EQ(at("/id", JsonTreeModel::NameColumn).data().toString(), QStringLiteral("id"));
    EXPECT_EQ(at("/tags/0").data().toString(), QStringLiteral("\"a⏎b\""));
    EXPECT_EQ(at("/tags/1", JsonTreeModel::TypeColumn).data().toString(), QStringLiteral("null"));
    EXPECT_EQ(model.rowCount(at("/o", JsonTreeModel::NameColumn)), 0);
}

TEST_F(TestedTree, EditsThroughSplicesAndKeepsRowsOfTheSameStructure)
{
    model.setEditable(true);
    const Bytes text = R"({"a": "x", "b": [1]})";
    model.setDocument(parsed(text));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    Bytes now = text;
    QObject::connect(&model, &JsonTreeModel::edited, &model,
                     [&](const JsonSplice &splice) { now = splice.appliedTo(now); });
    EXPECT_TRUE(model.setData(at("/a"), QStringLiteral("30"), Qt::EditRole));
    EXPECT_EQ(now, R"({"a": "30", "b": [1]})");
    const QPersistentModelIndex kept = at("/b/0");
    model.setDocument(parsed(now));
    EXPECT_EQ(reset.count(), 0);
    EXPECT_EQ(kept.data().toString(), QStringLiteral("1"));
    EXPECT_TRUE(
        model.setData(at("/a", JsonTreeModel::NameColumn), QStringLiteral("z"), Qt::EditRole));
    EXPECT_EQ(now, R"({"z": "30", "b": [1]})");
    QSignalSpy refused(&model, &JsonTreeModel::refused);
    EXPECT_FALSE(model.setData(at("/b/0"), QStringLiteral("one"), Qt::EditRole));
    EXPECT_EQ(refused.count(), 1);
}

TEST_F(TestedTree, LeavesAnEscapeAsItIsWhenItsTextDidNotChange)
{
    model.setEditable(true);
    model.setDocument(parsed(R"({"a": "\u5f20"})"));
    QSignalSpy edited(&model, &JsonTreeModel::edited);
    EXPECT_TRUE(model.setData(at("/a"), QStringLiteral("张"), Qt::EditRole));
    EXPECT_EQ(edited.count(), 0);
}

TEST_F(TestedTree, HandsOutLongArraysInPages)
{
    Bytes text = "[0";
    for (int i = 1; i < 5000; ++i) text += "," + std::to_string(i);
    model.setDocument(parsed(text + "]"));
    const QModelIndex root = model.index(0, 0);
    EXPECT_EQ(model.rowCount(root), JsonTreeModel::kPage);
    EXPECT_EQ(at("/4321").row(), 4321);
    EXPECT_EQ(model.rowCount(root), 5 * JsonTreeModel::kPage);
    EXPECT_FALSE(model.canFetchMore(root));
    model.setDocument(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

// Serves pages of a list and fails when told to; nothing else is asked of it.
class PagedStore : public Store, private BatchReader
{
  public:
    int elements = 1200;
    bool failing = false;

    void open() override {}
    StoreState state() const override { return {StoreState::Phase::Ready, {}, 0, 0}; }
    Capabilities capabilities() const override { return {}; }
    QString name() const override { return QStringLiteral("paged"); }
    KeySpace &keySpace() override { std::abort(); }
    BatchReader &reader() override { return *this; }
    BatchWriter &writer() override { std::abort(); }
    Snapshot &snapshot() override { std::abort(); }
    Telemetry &telemetry() override { std::abort(); }
    BulkAccess &bulk() override { std::abort(); }
    int database() const override { return 0; }
    void selectDatabase(int) override {}

  private:
    void read(std::vector<Bytes>, ReadOptions, Callback<std::vector<Entry>>) override
    {
        std::abort();
    }
    void readWhole(Bytes, std::int64_t, Callback<Entry>) override { std::abort(); }
    void readElements(Bytes, ValueType, Bytes cursor, int count,
                      Callback<ElementPage> done) override
    {
        if (failing) return done(failure(ErrorCode::ConnectionLost, {QStringLiteral("paged")}));
        ElementPage page;
        const int first = cursor.empty() ? 0 : std::stoi(cursor);
        const int last = std::min(elements, first + count);
        for (int i = first; i < last; ++i)
            page.rows.push_back({"f" + std::to_string(i), Bytes("\0v", 2)});
        if (last < elements) page.next = std::to_string(last);
        page.total = elements;
        done(page);
    }
};

TEST(ElementTable, LoadsPageByPageAndGoesOnAfterAFailure)
{
    PagedStore store;
    ElementTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    tester.setUseFetchMore(false);
    QSignalSpy failed(&model, &ElementTableModel::failed);
    model.load(&store, "h", ValueType::Hash);
    ASSERT_TRUE(eventually([&] { return model.rowCount() == ElementTableModel::kPage; }));
    EXPECT_EQ(model.total(), 1200);
    EXPECT_EQ(model.index(3, 0).data().toString(), QStringLiteral("f3"));
    EXPECT_EQ(model.index(3, 1).data().toString(), QStringLiteral("\\x00v"));
    store.failing = true;
    model.fetchMore({});
    ASSERT_TRUE(eventually([&] { return failed.count() == 1; }));
    store.failing = false;
    model.retry();
    ASSERT_TRUE(eventually([&] { return model.rowCount() == 2 * ElementTableModel::kPage; }));
    model.fetchMore({});
    ASSERT_TRUE(eventually([&] { return model.isComplete(); }));
    EXPECT_EQ(model.rowCount(), 1200);
    EXPECT_FALSE(model.canFetchMore({}));
}

} // namespace
} // namespace kvscope::test
