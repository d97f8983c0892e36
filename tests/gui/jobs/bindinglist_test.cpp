// The list of bindings: what is wrong with each file, and what to do about it.
#include "tests/gui/jobs/jobsfixture.h"
#include "widgets/base/emptystate.h"
#include "widgets/jobs/bindinglist.h"

#include <QListView>

namespace kvscope::test {
namespace {

struct BrokenFile
{
    const char *name;
    const char *text; ///< SOURCE stands for a database with a table `users`
    const char *problem;
    const char *remedy;
};

class BrokenFilesTest : public JobsPageTest, public testing::WithParamInterface<BrokenFile>
{
  protected:
    /// Of the first file that has something wrong.
    QString told(BindingListModel::Role role) const
    {
        const auto *model = find<QListView>("bindingView")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex index = model->index(row, 0);
            if (!index.data(BindingListModel::ProblemRole).toString().isEmpty())
                return index.data(role).toString();
        }
        return {};
    }
};

TEST_P(BrokenFilesTest, EachSaysWhatIsWrongAndWhatToDo)
{
    QString text = QString::fromUtf8(GetParam().text);
    text.replace(QStringLiteral("SOURCE"), m_source.url());
    QFile file(m_state.filePath(QStringLiteral("bindings/other.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
    file.close();
    openJobs();
    EXPECT_TRUE(eventually([&] {
        return told(BindingListModel::ProblemRole).contains(QString::fromUtf8(GetParam().problem));
    })) << told(BindingListModel::ProblemRole).toStdString();
    EXPECT_TRUE(told(BindingListModel::RemedyRole).contains(QString::fromUtf8(GetParam().remedy)))
        << told(BindingListModel::RemedyRole).toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    Bindings, BrokenFilesTest,
    testing::Values(
        BrokenFile{"NoJson", R"({"name": "other", )", "is not JSON: line 1", "opens other.json"},
        BrokenFile{"UnknownMember",
                   R"({"name": "other", "source": "SOURCE", "rows": "SELECT * FROM users",
                       "order": ["id"], "key": "other:{id}", "colour": "blue",
                       "value": {"type": "json", "fields": ["name"]}})",
                   "“colour” is not a member", "opens other.json"},
        BrokenFile{"NoOrder",
                   R"({"name": "other", "source": "SOURCE", "rows": "SELECT * FROM users",
                       "key": "other:{id}", "value": {"type": "json", "fields": ["name"]}})",
                   "“order” is missing", "opens other.json"},
        BrokenFile{"MissingColumn",
                   R"({"name": "other", "source": "SOURCE", "rows": "SELECT id, name FROM users",
                       "order": ["id"], "key": "other:{id}",
                       "value": {"type": "json", "fields": ["name", "height"]}})",
                   "no column “height”", "id, name"},
        BrokenFile{"UnknownColumnInTheKey",
                   R"({"name": "other", "source": "SOURCE", "rows": "SELECT id, name FROM users",
                       "order": ["id"], "key": "other:{uid}",
                       "value": {"type": "json", "fields": ["name"]}})",
                   "no column “uid”", "id, name"},
        BrokenFile{"NoSuchTable",
                   R"({"name": "other", "source": "SOURCE", "rows": "SELECT id, name FROM nowhere",
                       "order": ["id"], "key": "other:{id}",
                       "value": {"type": "json", "fields": ["name"]}})",
                   "nowhere", "Check"},
        BrokenFile{"NoSuchFile",
                   R"({"name": "other", "source": "sqlite:/nowhere/at/all.db",
                       "rows": "SELECT id, name FROM users", "order": ["id"], "key": "other:{id}",
                       "value": {"type": "json", "fields": ["name"]}})",
                   "/nowhere/at/all.db", ""},
        BrokenFile{"EtcdThatIsNoUrl",
                   R"({"name": "other", "source": "SOURCE", "rows": "SELECT id, name FROM users",
                       "order": ["id"], "key": "other:{id}", "etcd": "etcd:2379",
                       "value": {"type": "json", "fields": ["name"]}})",
                   "“etcd” must be a URL", "opens other.json"},
        BrokenFile{"NameTakenTwice",
                   R"({"name": "users", "source": "SOURCE", "rows": "SELECT id, name FROM users",
                       "order": ["id"], "key": "other:{id}",
                       "value": {"type": "json", "fields": ["name"]}})",
                   "has a binding of this name, too", "another name"}),
    [](const auto &each) { return std::string(each.param.name); });

class FolderTest : public JobsPageTest
{
  protected:
    void SetUp() override
    {
        m_ownBinding = false;
        QFile file(m_state.filePath(QStringLiteral("bindings")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.close();
        JobsPageTest::SetUp();
    }
};

TEST_F(FolderTest, AFolderThatCannotBeReadSaysSoAndOffersAnother)
{
    openJobs();
    auto *empty = shown<EmptyState>("emptyState");
    ASSERT_TRUE(empty);
    bool said = false;
    for (const auto *label : empty->findChildren<QLabel *>())
        said |= label->text().contains(QStringLiteral("not a folder"));
    EXPECT_TRUE(said);
    EXPECT_TRUE(find<QLabel>("bindingFooter")->text().contains(QStringLiteral("can't be read")));
}

} // namespace
} // namespace kvscope::test
