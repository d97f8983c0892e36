// Browsing a real redis-server: databases, types, commands, files, hostile names, Stop.
#include "browserfixture.h"

#include "tests/support/redisserver.h"
#include "widgets/browser/keyactions.h"
#include "widgets/editor/editortabs.h"
#include "widgets/models/keycommand.h"
#include "widgets/models/keytypes.h"

#include <QComboBox>
#include <QFile>
#include <QMenu>
#include <QProcess>

#include <algorithm>
#include <map>
#include <set>

namespace kvscope {
namespace {

using namespace std::string_literals;

class RedisBrowserTest : public BrowserTest
{
  protected:
    void TearDown() override
    {
        BrowserTest::TearDown();
        store.reset();
    }

    void open()
    {
        store = std::move(*factory.make(server.url(), Access::ReadWrite));
        store->open();
        page.setStore(store.get());
    }
    void connectRedis()
    {
        open();
        ASSERT_TRUE(eventually([&] {
            return page.feed().isComplete() && !page.feed().tree()->figures().passRunning;
        }));
    }

    /// One of each type, with bytes that need quoting.
    void seedTypes()
    {
        server.run({"SET", "s", "\x00 \"quoted\"\r\n\xff"s});
        server.run({"SET", "json", "{\"a\": 1}"});
        server.run({"HSET", "h", "f 1", "v\n\x01"s, "名", "值"});
        server.run({"RPUSH", "l", "b", "a", "", "b"});
        server.run({"SADD", "set", "x y", "\xff\xfe"s, "'"});
        server.run({"ZADD", "z", "0.1", "m1", "-inf", "m 2", "3e300", "m3"});
        server.run({"XADD", "x", "1-1", "f", "v 1"});
        server.run({"XADD", "x", "2-5", "g", "\\", "g", "2"});
    }

    std::set<Bytes> keysShown()
    {
        std::set<Bytes> keys;
        const keyindex::KeyTree &shown = tree()->tree();
        for (const keyindex::TreeRow &row : shown.rows(0, shown.rowCount())) {
            if (row.kind == keyindex::TreeRow::Kind::Key) keys.emplace(row.path);
        }
        return keys;
    }
    void clickKey(const Bytes &key)
    {
        // The view follows the index by a turn of the event loop or two.
        const auto row = [&] { return tree()->tree().rowOf(keyindex::TreeRow::Kind::Key, key); };
        ASSERT_TRUE(eventually([&] { return row().has_value(); }))
            << escapeBytes(key).substr(0, 80);
        click(*row());
    }
    void choose(const char *action)
    {
        emit tree()->menuRequested(QPoint(10, 10));
        auto *menu = page.findChild<QMenu *>(QStringLiteral("keyMenu"));
        ASSERT_NE(menu, nullptr);
        menu->findChild<QAction *>(QLatin1StringView(action))->trigger();
        delete menu;
    }
    void answerFileDialog(const QString &path)
    {
        QDialog *files = dialog("fileDialog");
        ASSERT_NE(files, nullptr);
        auto *name = files->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        ASSERT_NE(name, nullptr);
        name->setText(path);
        QMetaObject::invokeMethod(files, "accept");
        ASSERT_TRUE(noDialog());
    }

    bool noDialog()
    {
        return eventually([&] {
            const auto dialogs = page.findChildren<QDialog *>();
            return std::none_of(dialogs.begin(), dialogs.end(),
                                [](const QDialog *one) { return one->isVisible(); });
        });
    }

    test::RedisServer server;
};

TEST_F(RedisBrowserTest, ShowsEachDatabaseWithItsCountAndGoesThere)
{
    server.run({"SET", "here", "1"});
    server.run({"SET", "there", "1"});
    server.run({"SET", "too", "1"});
    server.run({"MOVE", "there", "3"});
    server.run({"MOVE", "too", "3"});
    connectRedis();
    ASSERT_TRUE(shows({"here"}));
    auto *databases = child<QComboBox>("databaseBox");
    int third = -1;
    ASSERT_TRUE(eventually([&] { return (third = databases->findData(3)) >= 0; }));
    EXPECT_EQ(databases->itemText(databases->findData(0)).toStdString(), "db 0 · 1");
    EXPECT_EQ(databases->itemText(third).toStdString(), "db 3 · 2");
    databases->setCurrentIndex(third);
    emit databases->activated(third);
    EXPECT_TRUE(shows({"there", "too"}));
    EXPECT_EQ(store->database(), 3);
}

TEST_F(RedisBrowserTest, CountsTheDatabaseAnewWhenKeysComeAndGo)
{
    server.run({"SET", "k1", "1"});
    server.run({"SET", "k2", "1"});
    connectRedis();
    ASSERT_TRUE(shows({"k1", "k2"}));
    const auto counts = [&](const char *text) {
        return eventually([&] {
            return child<QComboBox>("databaseBox")->currentText() == QString::fromUtf8(text);
        });
    };
    ASSERT_TRUE(counts("db 0 · 2"));
    click(0);
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "confirmButton");
    EXPECT_TRUE(shows({"k2"}));
    EXPECT_TRUE(counts("db 0 · 1"));
    press(Qt::Key_N, Qt::ControlModifier);
    QDialog *create = dialog("createKey");
    type(create->findChild<QLineEdit *>(QStringLiteral("createKeyName")), "k3");
    clickIn(create, "createButton");
    EXPECT_TRUE(shows({"k2", "k3"}));
    EXPECT_TRUE(counts("db 0 · 2"));
}

TEST_F(RedisBrowserTest, ScansOnceTheRightToScanIsGiven)
{
    server.run({"SET", "k", "1"});
    server.run({"ACL", "SETUSER", "some", "on", ">pw", "~*", "+@all", "-scan"});
    store = std::move(*factory.make(server.url(QStringLiteral("some:pw")), Access::ReadWrite));
    store->open();
    page.setStore(store.get());
    ASSERT_TRUE(eventually([&] { return page.feed().error().has_value(); }));
    EXPECT_TRUE(child<QWidget>("errorBar")->isVisible());
    server.run({"ACL", "SETUSER", "some", "+@all"});
    store->open();
    EXPECT_TRUE(shows({"k"}));
    EXPECT_TRUE(eventually([&] { return !child<QWidget>("errorBar")->isVisible(); }));
}

TEST_F(RedisBrowserTest, LooksAgainWhenTheConnectionCameBack)
{
    server.run({"SET", "before", "1"});
    connectRedis();
    ASSERT_TRUE(shows({"before"}));
    server.kill();
    ASSERT_TRUE(eventually([&] { return store->state().phase != StoreState::Phase::Ready; }));
    EXPECT_TRUE(shows({"before"})) << "what was seen stays in sight";
    server.start(); // empty
    EXPECT_TRUE(shows({}));
}

TEST_F(RedisBrowserTest, EndsADeletionBeforeItGoesToAnotherDatabase)
{
    for (const char *database : {"0", "1"})
        server.run({"EVAL",
                    "redis.call('SELECT', ARGV[1]) for i=1,900 do redis.call('SET', 'k:'..i, 'v') "
                    "end",
                    "0", database});
    connectRedis();
    ASSERT_TRUE(shows({"k: 900"}));
    auto *databases = child<QComboBox>("databaseBox");
    int other = -1;
    ASSERT_TRUE(eventually([&] { return (other = databases->findData(1)) >= 0; }));
    auto *actions = page.findChild<KeyActions *>();
    bool switched = false;
    QObject::connect(actions, &KeyActions::removalProgressed, &page, [&](std::size_t done) {
        if (done == 0 || std::exchange(switched, true)) return;
        databases->setCurrentIndex(other);
        emit databases->activated(other);
    });
    click(0);
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "confirmButton");
    ASSERT_TRUE(eventually([&] { return store->database() == 1; }));
    EXPECT_TRUE(shows({"k: 900"})) << "database 1 is whole";
    EXPECT_EQ(server.run({"DBSIZE"}), "400") << "the batch under way in database 0 was the last";
    EXPECT_TRUE(server.run({"INFO", "keyspace"}).find("db1:keys=900,") != Bytes::npos);
}

TEST_F(RedisBrowserTest, AsksTheServerForOneTypeAndBadgesEveryType)
{
    seedTypes();
    connectRedis();
    const std::map<Bytes, KeyKind> kinds{{"s", KeyKind::String}, {"json", KeyKind::Json},
                                         {"h", KeyKind::Hash},   {"l", KeyKind::List},
                                         {"set", KeyKind::Set},  {"z", KeyKind::SortedSet},
                                         {"x", KeyKind::Stream}};
    auto *types = page.findChild<KeyTypes *>();
    for (const auto &[key, kind] : kinds) {
        EXPECT_TRUE(eventually([&] { return types->find(key) == kind; })) << key;
    }
    const std::map<const char *, std::vector<std::string>> chips{
        {"typeChip_hash", {"h"}},
        {"typeChip_list", {"l"}},
        {"typeChip_zset", {"z"}},
        {"typeChip_string", {"json", "s"}},
        {"typeChip_all", {"h", "json", "l", "s", "set", "x", "z"}}};
    for (const auto &[chip, keys] : chips) {
        QTest::mouseClick(child<QPushButton>(chip), Qt::LeftButton);
        EXPECT_TRUE(shows(keys)) << chip;
    }
}

TEST_F(RedisBrowserTest, CopiesCommandsFromWhichRedisCliMakesTheSameKey)
{
    seedTypes();
    connectRedis();
    const std::map<Bytes, std::vector<Bytes>> reads{{"s", {"GET"}},
                                                    {"h", {"HGETALL"}},
                                                    {"l", {"LRANGE", "0", "-1"}},
                                                    {"set", {"SMEMBERS"}},
                                                    {"z", {"ZRANGE", "0", "-1", "WITHSCORES"}},
                                                    {"x", {"XRANGE", "-", "+"}}};
    for (const auto &[key, read] : reads) {
        const auto content = [&, &argv = read, &key = key] {
            std::vector<Bytes> command(argv);
            command.insert(command.begin() + 1, key);
            Bytes answer = server.run(command);
            if (argv.front() == "SMEMBERS") std::sort(answer.begin(), answer.end());
            return answer;
        };
        const Bytes before = content();
        QApplication::clipboard()->clear();
        clickKey(key);
        choose("copyCommandAction");
        ASSERT_TRUE(eventually([] { return !QApplication::clipboard()->text().isEmpty(); })) << key;
        server.run({"DEL", key});
        QProcess cli;
        cli.start(QStringLiteral("redis-cli"), {QStringLiteral("-s"), server.socketPath()});
        cli.write(QApplication::clipboard()->text().toUtf8());
        cli.closeWriteChannel();
        ASSERT_TRUE(cli.waitForFinished());
        EXPECT_EQ(content(), before) << QApplication::clipboard()->text().toStdString();
    }
}

TEST_F(RedisBrowserTest, CarriesAValueToAFileAndBackToTheByte)
{
    Bytes value;
    for (int i = 0; i < 70'000; ++i) value += static_cast<char>(i * 7);
    server.run({"SET", "from", value});
    server.run({"SET", "to", "old", "EX", "5000"});
    connectRedis();
    const QString path = server.folder() + QStringLiteral("/value.bin");
    clickKey("from");
    choose("saveToFileAction");
    answerFileDialog(path);
    QFile file(path);
    ASSERT_TRUE(eventually([&] { return file.size() == 70'000; }));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().toStdString(), value);
    clickKey("to");
    choose("loadFromFileAction");
    answerFileDialog(path);
    clickIn(dialog("confirmLoad"), "confirmButton");
    EXPECT_TRUE(eventually([&] { return server.run({"GET", "to"}) == value; }));
    EXPECT_GT(std::stoi(server.run({"TTL", "to"})), 4000) << "the expiry stays";
}

TEST_F(RedisBrowserTest, ShowsOpensRenamesAndDeletesKeysOfAnyBytes)
{
    std::set<Bytes> keys{"\0n"s, "line\nbreak", "\xff\xfe", "*[?\\", Bytes(65536, 'k')};
    for (const Bytes &key : keys) server.run({"SET", key, "value"});
    server.run({"SET", "*x[?\\", "a glob would take it"});
    connectRedis();
    keys.insert("*x[?\\");
    ASSERT_TRUE(eventually([&] { return keysShown() == keys; }));
    auto *tabs = page.findChild<EditorTabs *>();
    keys.erase("*x[?\\");
    for (const Bytes &key : keys) {
        clickKey(key);
        EXPECT_EQ(tabs->currentKey(), key);
        press(Qt::Key_F2);
        QDialog *rename = dialog("renameKey");
        auto *name = rename->findChild<QLineEdit *>();
        QTest::keyClick(name, Qt::Key_Home);
        type(name, "r");
        clickIn(rename, "confirmButton");
        const Bytes renamed = 'r' + key;
        ASSERT_TRUE(eventually([&] { return keysShown().contains(renamed); }));
        EXPECT_EQ(server.run({"GET", renamed}), "value");
        ASSERT_TRUE(noDialog());
        clickKey(renamed);
        press(Qt::Key_Delete);
        clickIn(dialog("confirmDelete"), "confirmButton");
        ASSERT_TRUE(eventually([&] { return !keysShown().contains(renamed); }));
        ASSERT_TRUE(noDialog());
    }
    EXPECT_EQ(server.run({"KEYS", "*"}), "*x[?\\");
}

TEST_F(RedisBrowserTest, DeletesAFoldersSeenKeysAndNothingThatOnlyLooksLikeThem)
{
    for (const char *key : {"user:1", "user:2", "user:*", "user*", "users"})
        server.run({"SET", key, "v"});
    connectRedis();
    ASSERT_TRUE(shows({"user: 3", "user*", "users"}));
    click(0);
    press(Qt::Key_Right);
    ASSERT_TRUE(shows({"user: 3", "  user:*", "  user:1", "  user:2", "user*", "users"}));
    clickKey("user:*");
    press(Qt::Key_Delete);
    clickIn(dialog("confirmDelete"), "confirmButton");
    ASSERT_TRUE(shows({"user: 2", "  user:1", "  user:2", "user*", "users"}));
    EXPECT_EQ(server.run({"EXISTS", "user:1", "user:2"}), "2") << "the star was a name";
    ASSERT_TRUE(noDialog());
    click(0);
    press(Qt::Key_Delete);
    server.run({"SET", "user:3", "made since"});
    clickIn(dialog("confirmDelete"), "confirmButton");
    ASSERT_TRUE(eventually([&] { return server.run({"DBSIZE"}) == "3"; }));
    EXPECT_EQ(server.run({"EXISTS", "user:3", "user*", "users"}), "3");
}

TEST_F(RedisBrowserTest, KeepsWhatTheScanHasBroughtWhenItIsStopped)
{
    server.run({"EVAL", "for i=1,300000 do redis.call('SET', 'k:'..i, '') end", "0"});
    open();
    ASSERT_TRUE(eventually([&] { return page.feed().tree()->figures().keys > 0; }));
    server.freeze();
    ASSERT_TRUE(page.feed().isScanning());
    QTest::mouseClick(child<QWidget>("stopScanButton"), Qt::LeftButton);
    EXPECT_FALSE(page.feed().isScanning());
    ASSERT_TRUE(eventually([&] { return !page.feed().tree()->figures().passRunning; }));
    const std::size_t kept = page.feed().tree()->figures().keys;
    EXPECT_GT(kept, 0U);
    EXPECT_LT(kept, 300'000U);
    EXPECT_TRUE(shows({"k: " + std::to_string(kept)}));
    EXPECT_TRUE(child<QLabel>("shownKeys")->text().endsWith(QStringLiteral("keys, stopped")));
    server.thaw();
}

} // namespace
} // namespace kvscope
