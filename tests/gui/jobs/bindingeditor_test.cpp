// The binding editor: by hand, from a table, as text, and with errors where they are.
#include "tests/gui/jobs/jobsfixture.h"

#include "core/binding/bindingfile.h"

#include <QListView>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTreeWidget>

namespace kvscope::test {
namespace {

class BindingEditorTest : public JobsPageTest
{
  protected:
    void type(const char *field, const QString &text)
    {
        auto *line = shown<QLineEdit>(field);
        ASSERT_TRUE(line) << field;
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }

    QTableView *previewTable() const
    {
        return find<QWidget>("previewPanel")
            ->findChild<QTableView *>(QStringLiteral("differenceTable"));
    }
    QString previewStatus() const { return find<QLabel>("previewStatus")->text(); }
};

TEST_F(BindingEditorTest, TabGoesThroughTheFormFromTheTopDown)
{
    openUsers();
    click(find<QPushButton>("newBinding"));
    auto *first = shown<QLineEdit>("nameField");
    ASSERT_TRUE(first);
    first->setFocus();
    QStringList reached;
    for (int i = 0; i < 14; ++i) {
        QWidget *at = m_window->focusWidget();
        ASSERT_TRUE(at);
        reached << at->objectName();
        QTest::keyClick(at, Qt::Key_Tab);
    }
    const QStringList fields{QStringLiteral("nameField"),    QStringLiteral("sourceField"),
                             QStringLiteral("testSource"),   QStringLiteral("rowsField"),
                             QStringLiteral("orderField"),   QStringLiteral("keyField"),
                             QStringLiteral("type_json"),    QStringLiteral("fieldsField"),
                             QStringLiteral("versionField"), QStringLiteral("storedVersionField"),
                             QStringLiteral("ttlField"),     QStringLiteral("jitterField"),
                             QStringLiteral("leastField"),   QStringLiteral("lookupField")};
    EXPECT_EQ(reached, fields) << reached.join(u' ').toStdString();
}

TEST_F(BindingEditorTest, IsFilledByKeysAndShowsWhatTheRowsWouldBecome)
{
    openUsers();
    put("person:2", R"({"name":"name 2"})");
    click(find<QPushButton>("newBinding"));
    type("nameField", QStringLiteral("people"));
    type("sourceField", m_source.url());
    auto *rows = shown<QPlainTextEdit>("rowsField");
    rows->setFocus();
    QTest::keyClicks(rows, QStringLiteral("SELECT id, name FROM users"));
    type("orderField", QStringLiteral("id"));
    type("keyField", QStringLiteral("person:{id}"));
    type("fieldsField", QStringLiteral("name"));
    ASSERT_TRUE(eventually([&] { return previewTable()->model()->rowCount() == 12; }));
    ASSERT_TRUE(eventually([&] { return previewStatus().startsWith(QStringLiteral("1 of")); }))
        << previewStatus().toStdString();
    const auto &model = *qobject_cast<DifferenceModel *>(previewTable()->model());
    EXPECT_EQ(model.difference(model.index(1, 0))->key, "person:2");
    EXPECT_EQ(model.difference(model.index(1, 0))->what, EntryClass::Match);
    EXPECT_EQ(model.difference(model.index(0, 0))->what, EntryClass::Missing);

    press(Qt::Key_S);
    ASSERT_TRUE(eventually(
        [&] { return find<QLabel>("bindingName")->text() == QStringLiteral("people"); }));
    const QString path = m_state.filePath(QStringLiteral("bindings/people.json"));
    const auto saved = BindingFile::load(path);
    ASSERT_TRUE(saved);
    ASSERT_TRUE(saved->items().front().binding);
    EXPECT_EQ(saved->items().front().binding->key.text(), "person:{id}");
}

TEST_F(BindingEditorTest, NamesAnErrorBelowTheFieldItIsIn)
{
    openUsers();
    find<QWidget>("bindingView")->setFocus();
    QTest::keyClick(find<QWidget>("bindingView"), Qt::Key_Return);
    type("keyField", QStringLiteral("user:{id"));
    EXPECT_TRUE(shown<QLabel>("problem_key"));
    EXPECT_FALSE(find<QPushButton>("saveBinding")->isEnabled());
    // What only the source can tell.
    type("keyField", QStringLiteral("user:{nobody}"));
    ASSERT_TRUE(eventually(
        [&] { return find<QLabel>("problem_key")->text().contains(QStringLiteral("nobody")); }));
    type("sourceField", QStringLiteral("sqlite:/nowhere/at/all.db"));
    EXPECT_TRUE(shown<QLabel>("problem_source"));
    QTest::keyClick(find<QLineEdit>("sourceField"), Qt::Key_Escape);
    ASSERT_TRUE(shown<QDialog>("confirmDiscard"));
    clickButton("confirmButton");
    EXPECT_TRUE(isGone("bindingEditor"));
    EXPECT_EQ(fileText(m_state.filePath(QStringLiteral("bindings/users.json"))).toStdString(),
              bindingText());
}

TEST_F(BindingEditorTest, ProposesABindingFromATable)
{
    openUsers();
    click(find<QPushButton>("newBinding"));
    type("sourceField", m_source.url());
    clickButton("testSource");
    auto *tree = shown<QTreeWidget>("tableTree");
    ASSERT_TRUE(tree);
    ASSERT_TRUE(eventually([&] { return tree->topLevelItemCount() > 0; }));
    EXPECT_TRUE(shown<QLabel>("connectionResult"));
    tree->setCurrentItem(tree->topLevelItem(0));
    clickButton("proposeBinding");
    EXPECT_TRUE(find<QLineEdit>("keyField")->text().contains(QStringLiteral("{id}")));
    EXPECT_EQ(find<QLineEdit>("versionField")->text(), QStringLiteral("updated_at"));
    EXPECT_TRUE(eventually([&] { return previewTable()->model()->rowCount() == 12; }));
    // There is one of that name already.
    clickButton("saveBinding");
    EXPECT_TRUE(shown<QLabel>("problem_name"));
}

TEST_F(BindingEditorTest, TheTestLeadsToTheTablesWhoseFirstOneIsChosen)
{
    openUsers();
    press(Qt::Key_N);
    type("sourceField", m_source.url());
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
    auto *tree = shown<QTreeWidget>("tableTree");
    ASSERT_TRUE(tree);
    ASSERT_TRUE(eventually([&] { return m_window->focusWidget() == tree; }));
    ASSERT_TRUE(tree->currentItem());
    EXPECT_TRUE(tree->currentItem()->isSelected());
    QTest::keyClick(tree, Qt::Key_Return);
    EXPECT_EQ(find<QLineEdit>("nameField")->text(), tree->currentItem()->text(0));
}

TEST_F(BindingEditorTest, SamplesOfAFileHaveTheColumnsOfTheFileAlone)
{
    QFile file(m_state.filePath(QStringLiteral("prices.csv")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("sku,price\na,1.50\nb,2.50\n");
    file.close();
    openUsers();
    press(Qt::Key_N);
    type("sourceField", QStringLiteral("csv:") + file.fileName());
    clickButton("testSource");
    auto *rows = shown<QTableWidget>("sampleRows");
    ASSERT_TRUE(rows);
    ASSERT_TRUE(eventually([&] { return rows->rowCount() == 2; }));
    ASSERT_EQ(rows->columnCount(), 2);
    EXPECT_EQ(rows->horizontalHeaderItem(1)->text(), QStringLiteral("price"));
    EXPECT_EQ(rows->item(1, 1)->text(), QStringLiteral("2.50"));
}

TEST_F(BindingEditorTest, GivesTheKeysBackToTheListOfBindings)
{
    openUsers();
    press(Qt::Key_N);
    ASSERT_TRUE(shown<QWidget>("bindingEditor"));
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Escape);
    ASSERT_TRUE(isGone("bindingEditor"));
    EXPECT_EQ(m_window->focusWidget(), find<QListView>("bindingView"));
}

TEST_F(BindingEditorTest, KeepsFieldsAndTextInStep)
{
    openUsers();
    find<QWidget>("bindingView")->setFocus();
    QTest::keyClick(find<QWidget>("bindingView"), Qt::Key_Return);
    type("ttlField", QStringLiteral("90m"));
    auto *text = find<QPlainTextEdit>("bindingText");
    EXPECT_TRUE(text->toPlainText().contains(QStringLiteral("5400")))
        << text->toPlainText().toStdString();
    QString changed = text->toPlainText();
    text->setPlainText(changed.replace(QStringLiteral("user:{id}"), QStringLiteral("u:{id}")));
    EXPECT_EQ(find<QLineEdit>("keyField")->text(), QStringLiteral("u:{id}"));
    clickButton("saveBinding");
    EXPECT_TRUE(eventually([&] {
        const auto &items = desk().bindings().items();
        return items.size() == 1 && items[0].binding && items[0].binding->key.text() == "u:{id}";
    }));
    EXPECT_EQ(desk().bindings().items()[0].binding->ttl->seconds, 5400);
}

TEST_F(BindingEditorTest, AFileThatCannotBeUsedSaysWhyAndCanBeMended)
{
    writeBinding(R"({"name": "users", "source": "sqlite:x.db"})");
    openJobs();
    auto *action = shown<QPushButton>("emptyAction");
    ASSERT_TRUE(action);
    click(action);
    ASSERT_TRUE(shown<QWidget>("bindingEditor"));
    EXPECT_FALSE(find<QPushButton>("saveBinding")->isEnabled());
}

} // namespace
} // namespace kvscope::test
