// What a source holds, and what a binding would make of it, before anything is written.
#include "core/binding/bindingdesk.h"
#include "core/binding/bindingproposal.h"
#include "tests/unit/jobs/sqlitefile.h"

#include <future>

namespace kvscope {
namespace {

using test::SqliteFile;

const char *kShop =
    "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, photo BLOB, updated_at TEXT);"
    "INSERT INTO users VALUES(1, 'a', x'ff', '2024-01-01'), (2, NULL, NULL, NULL),"
    " (3, 'c', NULL, '2024-01-03');"
    "CREATE TABLE line(a INTEGER, \"order\" TEXT, price REAL, PRIMARY KEY(\"order\", a));"
    "INSERT INTO line VALUES(1, 'x', 1.5), (2, 'x', 2.0);"
    "CREATE TABLE loose(v); INSERT INTO loose VALUES(NULL), (NULL), (1);";

template<class T, class Ask>
Result<T> answered(Ask ask)
{
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto future = promise->get_future();
    ask([promise](Result<T> result) { promise->set_value(std::move(result)); });
    return future.get();
}

TEST(BindingPreview, ShowsKeysAndValuesOfTheFirstRows)
{
    const SqliteFile file(kShop);
    auto binding = Binding::parse(
        "{\"name\":\"u\",\"source\":\"" + file.url().toStdString() +
        "\",\"rows\":\"SELECT id, name, id / 2 AS half FROM users\",\"order\":[\"id\"],"
        "\"key\":\"u:{half}\",\"value\":{\"type\":\"hash\",\"fields\":[\"name\"]},"
        "\"ttl\":{\"seconds\":10}}");
    ASSERT_TRUE(binding);
    const auto preview = previewBinding(*binding, {}, 2, {});
    ASSERT_TRUE(preview);
    ASSERT_EQ(preview->rows.size(), 2U);
    EXPECT_EQ(preview->columns.size(), 3U);
    EXPECT_EQ(preview->rows[0].key, "u:0");
    EXPECT_EQ(preview->rows[0].fields, (std::vector<std::pair<Bytes, Bytes>>{{"name", "a"}}));
    EXPECT_EQ(preview->rows[0].ttlMs, 10'000);
    EXPECT_EQ(preview->rows[1].fault, RowFault::NullValue);
    binding->value = {ValueRule::Type::Json, {"name"}};
    const auto json = previewBinding(*binding, {}, 10, {});
    ASSERT_TRUE(json);
    EXPECT_EQ(json->rows[2].value, "{\"name\":\"c\"}");
    EXPECT_FALSE(json->rows[0].repeatsKey);
    EXPECT_FALSE(json->rows[1].repeatsKey);
    EXPECT_TRUE(json->rows[2].repeatsKey); // 2 / 2 = 3 / 2
    binding->value.columns = {"nickname"};
    EXPECT_EQ(previewBinding(*binding, {}, 2, {}).error().code(), ErrorCode::ColumnMissing);
}

TEST(BindingPreview, ProposesABindingThatFitsEachTable)
{
    const SqliteFile file(kShop);
    const auto sketch = sketchSource(file.url(), {}, {});
    ASSERT_TRUE(sketch);
    ASSERT_EQ(sketch->tables.size(), 3U);
    for (const SourceTable &table : sketch->tables) {
        const Binding proposed = proposeBinding(file.url(), table);
        const auto read = Binding::parse(proposed.toJson());
        ASSERT_TRUE(read) << table.name.toStdString();
        const auto sample = sampleRows(file.url(), {}, table, 10, {});
        ASSERT_TRUE(sample) << table.name.toStdString();
        EXPECT_GE(sample->rows.size(), 2U);
        if (table.primaryKey.empty()) continue;
        const auto preview = previewBinding(*read, {}, 10, {});
        ASSERT_TRUE(preview) << table.name.toStdString();
        for (const PreviewRow &row : preview->rows) EXPECT_EQ(row.fault, RowFault::None);
    }
    const Binding users = proposeBinding(file.url(), sketch->tables[2]);
    EXPECT_EQ(users.key.text(), "users:{id}");
    EXPECT_EQ(users.version, "updated_at");
    EXPECT_EQ(users.value.columns, std::vector<Bytes>{"name"});
    EXPECT_EQ(users.lookup, QStringLiteral("SELECT \"id\", \"name\", \"updated_at\" FROM \"users\" "
                                           "WHERE \"id\" = :id"));
    const Binding lines = proposeBinding(file.url(), sketch->tables[0]);
    EXPECT_EQ(lines.key.text(), "line:{order}:{a}");
    EXPECT_EQ(lines.order, (std::vector<Bytes>{"order", "a"}));
}

TEST(BindingPreview, ReadsFilesThatNeedNeitherRowsNorOrder)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("users.csv")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("name,id\na,1\nbroken\nb,2\n");
    file.close();
    const QString url = QStringLiteral("csv:") + file.fileName();
    const auto sketch = sketchSource(url, {}, {});
    ASSERT_TRUE(sketch);
    const Binding proposed = proposeBinding(url, sketch->tables.front());
    EXPECT_EQ(proposed.toJson().find("order"), Bytes::npos);
    const auto read = Binding::parse(proposed.toJson());
    ASSERT_TRUE(read);
    const auto preview = previewBinding(*read, {}, 10, {});
    ASSERT_TRUE(preview);
    ASSERT_EQ(preview->rows.size(), 3U);
    EXPECT_EQ(preview->rows[0].key, "users:1");
    EXPECT_EQ(preview->rows[0].value, "{\"name\":\"a\"}");
    EXPECT_EQ(preview->rows[1].fault, RowFault::FieldCount);
}

TEST(BindingPreview, FindsTheRowOfAKeyAndNoOther)
{
    const SqliteFile file(kShop);
    const auto rowsOf = [&](const Bytes &rows, const Bytes &more, const char *key) {
        const auto binding = Binding::parse(
            "{\"name\":\"u\",\"source\":\"" + file.url().toStdString() + "\",\"rows\":\"" + rows +
            "\",\"order\":[\"id\"],\"key\":\"u:{id}\",\"value\":{\"type\":\"string\",\"column\":"
            "\"name\"}" +
            more + "}");
        EXPECT_TRUE(binding);
        const auto found = findRowOf(*binding, {}, key, {});
        EXPECT_TRUE(found);
        std::vector<Bytes> shown;
        for (const PreviewRow &row : found->rows)
            shown.push_back(row.fault == RowFault::None ? row.key + "=" + row.value : "fault");
        return shown;
    };
    using Shown = std::vector<Bytes>;
    const Bytes lookup = ",\"lookup\":\"SELECT name, id FROM users WHERE id = :id\"";
    for (const Bytes &more : {Bytes(), lookup}) {
        EXPECT_EQ(rowsOf("SELECT id, name FROM users", more, "u:3"), Shown{"u:3=c"});
        EXPECT_EQ(rowsOf("SELECT id, name FROM users", more, "u:03"), Shown{});
        EXPECT_EQ(rowsOf("SELECT id, name FROM users", more, "u:4"), Shown{});
        EXPECT_EQ(rowsOf("SELECT id, name FROM users", more, "u:a:b"), Shown{});
        EXPECT_EQ(rowsOf("SELECT id, name FROM users", more, "other"), Shown{});
        EXPECT_EQ(rowsOf("SELECT id, name FROM users", more, "u:2"), Shown{"fault"});
    }
    // A column without a type of its own.
    EXPECT_EQ(rowsOf("SELECT id + 10 AS id, name FROM users", {}, "u:11"), Shown{"u:11=a"});
    EXPECT_EQ(rowsOf("SELECT 'n:' || id AS id, name FROM users", {}, "u:n:1"), Shown{"u:n:1=a"});
}

TEST(BindingDesk, AnswersEveryQuestionOnce)
{
    const SqliteFile file(kShop);
    QTemporaryDir folder;
    BindingDesk desk{BindingFolder(folder.path())};
    const auto sketch = answered<SourceSketch>(
        [&](Callback<SourceSketch> done) { desk.sketch(file.url(), {}, std::move(done)); });
    ASSERT_TRUE(sketch);
    const auto sample = answered<BindingPreview>([&](Callback<BindingPreview> done) {
        desk.sample(file.url(), {}, sketch->tables[2], 2, std::move(done));
    });
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->rows.size(), 2U);
    const Binding users = proposeBinding(file.url(), sketch->tables[2]);
    const auto row = answered<BindingPreview>([&](Callback<BindingPreview> done) {
        desk.findRow(users, {}, "users:1", std::move(done));
    });
    ASSERT_TRUE(row);
    EXPECT_EQ(row->rows.size(), 1U);
    BindingFile saved(BindingFolder(folder.path()).newPath(users.name));
    saved.put(users);
    EXPECT_TRUE(answered<bool>([&](Callback<bool> done) { desk.save(saved, std::move(done)); }));
    const auto files = answered<std::vector<ListedFile>>(
        [&](Callback<std::vector<ListedFile>> done) { desk.list(std::move(done)); });
    ASSERT_TRUE(files);
    EXPECT_EQ(files->size(), 1U);
    // Of many previews asked for at once, the last one counts and every one is answered.
    std::vector<std::future<Result<BindingPreview>>> answers;
    for (int i = 0; i < 50; ++i) {
        auto promise = std::make_shared<std::promise<Result<BindingPreview>>>();
        answers.push_back(promise->get_future());
        desk.preview(users, {}, 3,
                     [promise](Result<BindingPreview> r) { promise->set_value(std::move(r)); });
    }
    EXPECT_TRUE(answers.back().get());
    for (std::size_t i = 0; i + 1 < answers.size(); ++i) {
        const auto answer = answers[i].get();
        EXPECT_TRUE(answer || answer.error().code() == ErrorCode::Cancelled);
    }
}

TEST(BindingDesk, EndsALongQuestionWhenItGoes)
{
    const SqliteFile file(kShop);
    auto slow = Binding::parse(
        "{\"name\":\"u\",\"source\":\"" + file.url().toStdString() +
        "\",\"rows\":\"WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT "
        "max(id) AS id FROM n\",\"order\":[\"id\"],\"key\":\"u:{id}\",\"value\":{\"type\":"
        "\"json\",\"fields\":[\"id\"]}}");
    ASSERT_TRUE(slow);
    std::promise<Result<BindingPreview>> promise;
    auto answer = promise.get_future();
    {
        BindingDesk desk{BindingFolder(QStringLiteral("/nowhere"))};
        desk.preview(*slow, {}, 1,
                     [&](Result<BindingPreview> r) { promise.set_value(std::move(r)); });
    }
    EXPECT_EQ(answer.get().error().code(), ErrorCode::Cancelled);
}

TEST(BindingPreview, ShowsEachRowOfAKeyOnce)
{
    const SqliteFile file("CREATE TABLE visits(id INTEGER PRIMARY KEY, who INTEGER);"
                          "INSERT INTO visits VALUES(1, 7), (2, 7), (3, 8);");
    const auto binding = Binding::parse(
        "{\"name\":\"v\",\"source\":\"" + file.url().toStdString() +
        "\",\"rows\":\"SELECT id, who FROM visits\",\"order\":[\"id\"],\"key\":\"v:{who}\","
        "\"value\":{\"type\":\"string\",\"column\":\"id\"}}");
    ASSERT_TRUE(binding);
    const auto found = findRowOf(*binding, {}, "v:7", {});
    ASSERT_TRUE(found);
    ASSERT_EQ(found->rows.size(), 2U);
    EXPECT_EQ(found->rows[0].value, "1");
    EXPECT_EQ(found->rows[1].value, "2");
}

} // namespace
} // namespace kvscope
