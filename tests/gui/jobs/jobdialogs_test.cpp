// The dialogs of the Jobs page: what they say before anything happens, and what they ask for.
#include "tests/gui/jobs/jobsfixture.h"
#include "tests/support/redisserver.h"
#include "widgets/browser/keytreeview.h"
#include "widgets/editor/editorpage.h"
#include "widgets/jobs/repairdialog.h"
#include "widgets/jobs/syncdialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>

namespace kvscope::test {
namespace {

class JobDialogsTest : public JobsPageTest
{
  protected:
    void type(const char *name, const QString &text)
    {
        auto *field = shown<QLineEdit>(name);
        ASSERT_TRUE(field) << name;
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    QString said(const char *name) const
    {
        const auto *label = shown<QLabel>(name);
        return label ? label->text() : QString();
    }
    /// The repair dialog for all rows of the table.
    void askToRepairAll()
    {
        auto *table = find<QTableView>("differenceTable");
        table->setFocus();
        table->selectAll();
        QTest::keyClick(table, Qt::Key_Return);
        ASSERT_TRUE(shown<QDialog>("repairDialog"));
    }
    void orderWarmUp()
    {
        QMenu *menu = find<QToolButton>("bindingMenuButton")->menu();
        ASSERT_TRUE(menu);
        menu->actions().constFirst()->trigger();
        ASSERT_TRUE(shown<QDialog>("warmupDialog"));
    }
    void undoFirstRun()
    {
        auto *list = find<QTableView>("runTable");
        emit list->customContextMenuRequested(list->visualRect(runs().index(0, 0)).center());
        auto *menu = shown<QMenu>("runMenu");
        ASSERT_TRUE(menu);
        for (QAction *action : menu->actions())
            if (action->text() == deedName(RunModel::Deed::Undo)) action->trigger();
        ASSERT_TRUE(shown<QDialog>("confirmUndo"));
    }
};

TEST_F(JobDialogsTest, ARepairSaysWithCountsWhatWillHappen)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    put("user:999", R"({"name":"nobody","age":1})");
    checkAtOnce();
    askToRepairAll();
    EXPECT_EQ(said("repairClasses"), QStringLiteral("1 stale, 1 orphan"));
    EXPECT_EQ(said("repairForecast"), QStringLiteral("2 deleted"));
    clickButton("repairRefill");
    EXPECT_EQ(said("repairForecast"), QStringLiteral("1 deleted, 1 written anew"));
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(lastJob().result.value(QLatin1String("repaired")).toInteger(), 2);
    EXPECT_EQ(valueOf("user:999"), "");
}

TEST_F(JobDialogsTest, ARepairIsRefusedWhenTooMuchDiffersUntilItIsAllowed)
{
    openUsers();
    warmUp();
    m_source.run("UPDATE users SET age = age + 1 WHERE id <= 200");
    checkAtOnce();
    EXPECT_EQ(figure("card_stale"), QStringLiteral("200"));
    askToRepairAll();
    auto *start = shown<QPushButton>("startRepair");
    EXPECT_FALSE(start->isEnabled());
    EXPECT_TRUE(said("complaint").contains(QStringLiteral("More than 50 %")));
    type("shareField", QStringLiteral("70"));
    EXPECT_TRUE(start->isEnabled());
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(lastJob().result.value(QLatin1String("repaired")).toInteger(), 200);
}

TEST_F(JobDialogsTest, AShareThatIsNoNumberIsRefused)
{
    openUsers();
    clickButton("checkOptionsButton");
    clickButton("repairDelete");
    auto *start = shown<QPushButton>("startCheck");
    ASSERT_TRUE(start->isEnabled());
    type("shareField", QStringLiteral("nan"));
    EXPECT_FALSE(start->isEnabled());
}

TEST_F(JobDialogsTest, ACheckIsOfTheBindingItWasAskedOfThoughItsFileGoes)
{
    openUsers();
    clickButton("checkOptionsButton");
    type("recheckField", QStringLiteral("0s"));
    const QString users = m_state.filePath(QStringLiteral("bindings/users.json"));
    Bytes other = bindingText();
    other.replace(other.find("users"), 5, "people");
    ASSERT_TRUE(QFile::remove(users));
    writeBinding(other);
    ASSERT_TRUE(eventually(
        [&] { return find<QLabel>("bindingName")->text() == QStringLiteral("people"); }));
    clickButton("startCheck");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(lastJob().bindingName, QStringLiteral("users"));
}

TEST(RepairShareTest, CountsNoMissingEntryAndSaysNothingOfAFew)
{
    ClassCounts found;
    found[EntryClass::Match] = 60;
    found[EntryClass::Stale] = 60;
    found[EntryClass::Missing] = 1'000;
    EXPECT_DOUBLE_EQ(RepairDialog::shareOf(found).value_or(0), 0.5);
    found[EntryClass::Match] = 10;
    EXPECT_FALSE(RepairDialog::shareOf(found));
}

TEST_F(JobDialogsTest, AProductionStoresNameIsTypedBeforeARepairAndBeforeAnUndo)
{
    openUsers({.url = QStringLiteral("engine:"), .production = true});
    clickButton("warmUpButton");
    type("confirmField", desk().target().storeName);
    clickButton("confirmButton");
    ASSERT_TRUE(jobsEnd());
    put("user:5", R"({"name":"name 5","age":99})");
    checkAtOnce();
    askToRepairAll();
    EXPECT_FALSE(shown<QPushButton>("startRepair")->isEnabled());
    type("confirmField", desk().target().storeName);
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    ASSERT_TRUE(listsRun(QStringLiteral("repair"), RunRecord::State::Done));
    undoFirstRun();
    EXPECT_FALSE(shown<QPushButton>("confirmButton")->isEnabled());
    type("confirmField", desk().target().storeName);
    clickButton("confirmButton");
    ASSERT_TRUE(listsRun(QStringLiteral("undo"), RunRecord::State::Done));
    EXPECT_EQ(valueOf("user:5"), R"({"name":"name 5","age":99})");
}

TEST_F(JobDialogsTest, AnUndoIsSeenByTheStoresViews)
{
    openUsers();
    warmUp();
    put("user:999", R"({"name":"nobody","age":1})");
    checkAtOnce();
    askToRepairAll();
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    ASSERT_TRUE(listsRun(QStringLiteral("repair"), RunRecord::State::Done));
    std::vector<Bytes> told;
    QObject::connect(m_session->store(), &Store::keysChanged, m_window.get(),
                     [&told](const std::vector<Bytes> &keys) { told = keys; });
    undoFirstRun();
    EXPECT_TRUE(said("dialogText").contains(QStringLiteral("1 entry")) ||
                said("dialogText").contains(QStringLiteral("1 entries")))
        << said("dialogText").toStdString();
    clickButton("confirmButton");
    ASSERT_TRUE(listsRun(QStringLiteral("undo"), RunRecord::State::Done));
    EXPECT_EQ(told, std::vector<Bytes>{"user:999"});
}

TEST_F(JobDialogsTest, AWarmUpIsSeenByTheStoresViewsWithoutNamingEveryKey)
{
    openUsers();
    warmUp();
    EXPECT_TRUE(lastJob().changed.isCut);
    EXPECT_TRUE(lastJob().changed.some.empty());
    press(Qt::Key_1);
    auto *tree = shown<KeyTreeView>("keyTree");
    ASSERT_TRUE(tree);
    EXPECT_TRUE(eventually([&] { return tree->tree().rowCount() > 0; }));
}

TEST_F(JobDialogsTest, ACheckIsAskedForByTheVerbsOptions)
{
    openUsers();
    clickButton("checkOptionsButton");
    EXPECT_FALSE(find<QLineEdit>("waitField")->isVisible()) << "folded away";
    clickButton("advancedButton");
    clickButton("repairDelete");
    EXPECT_TRUE(said("checkForecast").contains(QStringLiteral("no check yet")));
    type("etcdField", QStringLiteral("etcd:2379"));
    EXPECT_TRUE(said("complaint").contains(QStringLiteral("http://")));
    type("etcdField", QStringLiteral("http://localhost:1"));
    type("waitField", QStringLiteral("2"));
    clickButton("startCheck");
    ASSERT_TRUE(jobsEnd());
    EXPECT_EQ(lastJob().options.value(QLatin1String("wait")).toInt(), 2);
    EXPECT_EQ(lastJob().options.value(QLatin1String("etcd")).toString(),
              QStringLiteral("http://localhost:1"));
    ASSERT_TRUE(lastJob().error) << "nobody answers there, so nobody may repair";
    EXPECT_EQ(lastJob().error->code(), ErrorCode::SourceFailed);
}

TEST_F(JobDialogsTest, ARepairWaitsForTheReplicasItWasAskedToWaitFor)
{
    RedisServer server;
    openUsers({.url = server.url()});
    warmUp();
    server.run({"SET", "user:5", R"({"name":"name 5","age":99})"});
    checkAtOnce();
    askToRepairAll();
    clickButton("advancedButton");
    type("waitField", QStringLiteral("1"));
    clickButton("startRepair");
    ASSERT_TRUE(jobsEnd());
    ASSERT_TRUE(lastJob().error) << "it has no replica";
    EXPECT_EQ(lastJob().error->code(), ErrorCode::NotReplicated);
}

TEST_F(JobDialogsTest, AReplicaIsComparedWithItsPrimary)
{
    RedisServer primary;
    RedisServer replica;
    openUsers({.url = primary.url()});
    warmUp();
    openUsers({.url = replica.url()});
    warmUp();
    replica.run({"SET", "user:5", "other"});
    clickButton("checkOptionsButton");
    type("recheckField", QStringLiteral("0s"));
    clickButton("advancedButton");
    type("primaryField", QStringLiteral("nothing"));
    EXPECT_FALSE(shown<QPushButton>("startCheck")->isEnabled());
    type("primaryField", primary.url());
    clickButton("startCheck");
    ASSERT_TRUE(jobsEnd());
    ASSERT_FALSE(lastJob().error);
    ASSERT_TRUE(eventually([&] { return differences().rowCount() == 1; }));
    EXPECT_EQ(differences().difference(differences().index(0, 0))->key, "user:5");
    EXPECT_EQ(differences().headerData(DifferenceModel::Source, Qt::Horizontal, Qt::DisplayRole),
              QStringLiteral("In the primary"));
    ASSERT_TRUE(listsRun(QStringLiteral("check"), RunRecord::State::Done));
    EXPECT_EQ(runs().index(0, RunModel::Job).data().toString(),
              QStringLiteral("Check of a replica"));
}

TEST(SyncDialogTest, ShowsTheTriggerOfAPostgreSqlTableAndCopiesIt)
{
    const auto binding = Binding::parse(R"({"name": "users", "source": "postgresql://db/app",
        "rows": "SELECT id, name, ver FROM users", "order": ["id"], "key": "user:{id}",
        "value": {"type": "json", "fields": ["name"]}, "version": "ver"})");
    ASSERT_TRUE(binding);
    SyncDialog dialog(*binding);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    const auto *sql = dialog.findChild<QPlainTextEdit *>(QStringLiteral("triggerSql"));
    ASSERT_TRUE(sql);
    EXPECT_TRUE(sql->toPlainText().contains(QStringLiteral("CREATE TRIGGER")));
    dialog.findChild<QPushButton *>(QStringLiteral("copyTrigger"))->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), sql->toPlainText());
    std::optional<SyncAsk> asked;
    QObject::connect(&dialog, &SyncDialog::chosen, &dialog,
                     [&asked](const SyncAsk &ask) { asked = ask; });
    auto *within = dialog.findChild<QLineEdit *>(QStringLiteral("withinField"));
    auto *start = dialog.findChild<QPushButton *>(QStringLiteral("startSync"));
    within->setText(QStringLiteral("soon"));
    EXPECT_FALSE(start->isEnabled());
    within->setText(QStringLiteral("5s"));
    dialog.findChild<QLineEdit *>(QStringLiteral("forField"))->setText(QStringLiteral("30m"));
    start->click();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->within, std::chrono::seconds(5));
    EXPECT_EQ(asked->duration, std::chrono::minutes(30));
}

TEST_F(JobDialogsTest, ReturnPressesTheButtonThatTabLedTo)
{
    openUsers();
    orderWarmUp();
    auto *dry = shown<QPushButton>("tryWarmup");
    dry->setFocus(Qt::TabFocusReason);
    QTest::keyClick(dry, Qt::Key_Return);
    ASSERT_TRUE(jobsEnd());
    EXPECT_TRUE(isGone("warmupDialog"));
    ASSERT_TRUE(listsRun(QStringLiteral("warm"), RunRecord::State::Done));
    EXPECT_EQ(runs().index(0, RunModel::Job).data().toString(), QStringLiteral("Dry run"));
    EXPECT_EQ(valueOf("user:1"), "");

    clickButton("checkOptionsButton");
    auto *fold = shown<QToolButton>("advancedButton");
    fold->setFocus(Qt::TabFocusReason);
    QTest::keyClick(fold, Qt::Key_Return);
    EXPECT_TRUE(shown<QLineEdit>("waitField"));
    EXPECT_TRUE(shown<QDialog>("checkDialog")) << "it only unfolds";
    auto *cancel = shown<QPushButton>("cancelButton");
    cancel->setFocus(Qt::TabFocusReason);
    QTest::keyClick(cancel, Qt::Key_Return);
    EXPECT_TRUE(isGone("checkDialog"));
    EXPECT_EQ(lastJob().kind, QStringLiteral("warm"));
}

TEST_F(JobDialogsTest, NoTwoFieldsOfADialogHaveTheSameMnemonic)
{
    openUsers();
    const auto check = [this](const char *name) {
        auto *dialog = shown<QDialog>(name);
        ASSERT_TRUE(dialog) << name;
        QMap<QString, QString> seen;
        const auto take = [&](const QString &text) {
            const QString keys = QKeySequence::mnemonic(text).toString();
            if (keys.isEmpty()) return;
            EXPECT_FALSE(seen.contains(keys))
                << text.toStdString() << " and " << seen.value(keys).toStdString();
            seen[keys] = text;
        };
        for (const auto *label : dialog->findChildren<QLabel *>())
            if (label->buddy()) take(label->text());
        for (const auto *button : dialog->findChildren<QAbstractButton *>()) take(button->text());
        QTest::keyClick(dialog, Qt::Key_Escape);
        EXPECT_TRUE(isGone(name));
    };
    orderWarmUp();
    check("warmupDialog");
    clickButton("checkOptionsButton");
    clickButton("advancedButton");
    check("checkDialog");
    clickButton("syncButton");
    clickButton("advancedButton");
    check("syncDialog");
    clickButton("scheduleButton");
    check("scheduleDialog");
}

TEST_F(JobDialogsTest, TabGoesThroughADialogFromTheTopDown)
{
    openUsers();
    warmUp();
    put("user:5", R"({"name":"name 5","age":99})");
    checkAtOnce();
    const auto walk = [this](const char *name, const char *first, const char *last) {
        auto *dialog = shown<QDialog>(name);
        ASSERT_TRUE(dialog) << name;
        if (dialog->findChild<QToolButton *>(QStringLiteral("advancedButton")))
            clickButton("advancedButton");
        auto *begin = dialog->findChild<QWidget *>(QString::fromLatin1(first));
        ASSERT_TRUE(begin) << first;
        begin->setFocus(Qt::TabFocusReason);
        int top = 0;
        for (int i = 0; i < 30 && dialog->focusWidget()->objectName() != QLatin1String(last); ++i) {
            QWidget *now = dialog->focusWidget();
            const int y = now->mapTo(dialog, now->rect().center()).y();
            EXPECT_GE(y, top) << name << ": " << now->objectName().toStdString();
            top = y;
            QTest::keyClick(now, Qt::Key_Tab);
        }
        EXPECT_EQ(dialog->focusWidget()->objectName(), QLatin1String(last));
        QTest::keyClick(dialog, Qt::Key_Escape);
        EXPECT_TRUE(isGone(name));
    };
    clickButton("checkOptionsButton");
    walk("checkDialog", "repairNone", "startCheck");
    clickButton("syncButton");
    walk("syncDialog", "withinField", "startSync");
    orderWarmUp();
    walk("warmupDialog", "orderChoice", "startWarmup");
    askToRepairAll();
    walk("repairDialog", "repairDelete", "startRepair");
}

TEST_F(JobDialogsTest, NoSecondWarmUpIsOfferedWhileOneRuns)
{
    openUsers();
    orderWarmUp();
    type("rateField", QStringLiteral("10"));
    clickButton("startWarmup");
    ASSERT_EQ(desk().queue().activeCount(), 1);
    const QAction *ordered = find<QToolButton>("bindingMenuButton")->menu()->actions().front();
    EXPECT_TRUE(eventually([&] { return !ordered->isEnabled(); }));
    desk().queue().cancelAll();
    ASSERT_TRUE(jobsEnd());
    EXPECT_TRUE(eventually([&] { return ordered->isEnabled(); }));
}

TEST_F(JobDialogsTest, AWarmUpIsListedWithItsOrder)
{
    openUsers();
    orderWarmUp();
    auto *order = shown<QComboBox>("orderChoice");
    order->setCurrentIndex(order->findData(static_cast<int>(WarmOrder::Kind::Column)));
    type("orderDetail", QStringLiteral("age"));
    clickButton("startWarmup");
    ASSERT_TRUE(jobsEnd());
    ASSERT_TRUE(listsRun(QStringLiteral("warm"), RunRecord::State::Done));
    EXPECT_EQ(runs().index(0, RunModel::Job).data().toString(), QStringLiteral("Warm-up by age"));
}

TEST_F(JobDialogsTest, ADryRunReadsAsOneInTheTableOfRuns)
{
    openUsers();
    clickButton("dryRunButton");
    ASSERT_TRUE(jobsEnd());
    ASSERT_TRUE(listsRun(QStringLiteral("warm"), RunRecord::State::Done));
    EXPECT_EQ(runs().index(0, RunModel::Job).data().toString(), QStringLiteral("Dry run"));
    EXPECT_EQ(runs().index(0, RunModel::Result).data().toString(),
              QStringLiteral("would write 300"));
}

} // namespace
} // namespace kvscope::test
