// A team's file of bindings keeps what nobody changed, and says which binding is wrong.
#include "core/binding/bindingfolder.h"

#include <QDir>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope {
namespace {

Bytes object(const char *name)
{
    return Bytes("{ \"name\": \"") + name +
           "\", \"source\": \"sqlite:demo.db\",\n  \"rows\": \"SELECT 1\", \"order\": [\"id\"], "
           "\"key\": \"k:{id}\", \"value\": {\"type\":\"string\",\"column\":\"v\"} }";
}

class BindingFiles : public testing::Test
{
  protected:
    QString write(const char *name, const Bytes &text) const
    {
        QDir().mkpath(folder());
        QFile file(folder() + QLatin1Char('/') + QLatin1String(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(text));
        return file.fileName();
    }
    static Bytes read(const QString &path)
    {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll().toStdString();
    }
    QString folder() const { return m_folder.filePath(QStringLiteral("bindings")); }

  private:
    QTemporaryDir m_folder;
};

TEST_F(BindingFiles, HoldOneBindingOrAList)
{
    const auto one = BindingFile::load(write("one.json", object("users")));
    ASSERT_TRUE(one);
    ASSERT_EQ(one->items().size(), 1U);
    EXPECT_TRUE(one->items()[0].binding);
    EXPECT_EQ(one->items()[0].binding->folder, folder());
    const auto many =
        BindingFile::load(write("many.json", "[" + object("users") + ",\n{\"name\":\"docs\"},\n7," +
                                                 object("users") + "]"));
    ASSERT_TRUE(many);
    ASSERT_EQ(many->items().size(), 4U);
    EXPECT_TRUE(many->items()[0].binding);
    EXPECT_EQ(many->items()[1].name, QStringLiteral("docs"));
    EXPECT_EQ(many->items()[1].binding.error().parameter(0), QStringLiteral("source"));
    EXPECT_EQ(many->items()[2].binding.error().parameter(0), QStringLiteral("{}"));
    EXPECT_EQ(many->items()[3].binding.error().parameter(0), QStringLiteral("name"));
    EXPECT_FALSE(BindingFile::load(write("no.json", "{\"name\":")));
    EXPECT_FALSE(BindingFile::load(write("no.json", "7")));
}

TEST_F(BindingFiles, AreLoadedByVerbsWithANameWhereThereAreSeveral)
{
    const QString path = write("b.json", "[" + object("users") + "," + object("docs") + "]");
    const auto several = Binding::load(path);
    ASSERT_FALSE(several);
    EXPECT_TRUE(several.error().parameter(1).contains(QStringLiteral("users, docs")));
    const auto picked = Binding::load(path + QStringLiteral("#docs"));
    ASSERT_TRUE(picked);
    EXPECT_EQ(picked->name, QStringLiteral("docs"));
    EXPECT_FALSE(Binding::load(path + QStringLiteral("#nothing")));
    EXPECT_TRUE(Binding::load(write("a#b.json", "[" + object("users") + "]")));
    EXPECT_EQ(Binding::load(folder() + QStringLiteral("/none.json")).error().code(),
              ErrorCode::FileUnreadable);
}

TEST_F(BindingFiles, KeepWhatIsNotChangedByteForByte)
{
    const Bytes broken = "{\"name\":\"docs\",  \"key\" : 7}";
    const QString path = write("b.json", "[" + object("users") + "," + broken + "]");
    auto file = BindingFile::load(path);
    ASSERT_TRUE(file);
    auto changed = *Binding::parse(object("third"));
    file->put(changed);
    ASSERT_TRUE(file->save());
    Bytes text = read(path);
    EXPECT_NE(text.find(object("users")), Bytes::npos);
    EXPECT_NE(text.find(broken), Bytes::npos);
    auto again = BindingFile::load(path);
    ASSERT_TRUE(again);
    ASSERT_EQ(again->items().size(), 3U);
    EXPECT_TRUE(again->items()[2].binding);
    changed.value.columns = {"w"};
    again->put(changed);
    again->remove(0);
    EXPECT_EQ(again->items().size(), 2U);
    ASSERT_TRUE(again->save());
    EXPECT_EQ(BindingFile::load(path)->items()[1].binding->value.columns, std::vector<Bytes>{"w"});
    // A single object stays one.
    BindingFile fresh(folder() + QStringLiteral("/deep/er/new.json"));
    fresh.put(changed);
    ASSERT_TRUE(fresh.save());
    EXPECT_TRUE(read(fresh.path()).starts_with("{"));
    EXPECT_EQ(BindingFile(QStringLiteral("/proc/none/x.json")).save().error().code(),
              ErrorCode::FileUnwritable);
}

TEST_F(BindingFiles, AreListedFromTheFolderAndFromWhereTheyWereOpened)
{
    write("b.json", object("b"));
    write("a.json", "{");
    QTemporaryDir elsewhere;
    QFile other(elsewhere.filePath(QStringLiteral("team.json")));
    ASSERT_TRUE(other.open(QIODevice::WriteOnly));
    other.write(QByteArray::fromStdString(object("team")));
    other.close();
    const BindingFolder bindings(folder());
    ASSERT_TRUE(bindings.addOpened(other.fileName()));
    ASSERT_TRUE(bindings.addOpened(other.fileName()));
    ASSERT_TRUE(bindings.addOpened(folder() + QStringLiteral("/b.json")));
    EXPECT_FALSE(bindings.addOpened(QStringLiteral("/nowhere.json")));
    auto files = BindingFolder(folder()).load();
    ASSERT_EQ(files.size(), 3U);
    EXPECT_FALSE(files[0].file);
    EXPECT_TRUE(files[1].file);
    EXPECT_EQ(files[2].path, other.fileName());
    EXPECT_EQ(bindings.newPath(QStringLiteral("b")), folder() + QStringLiteral("/b-2.json"));
    EXPECT_EQ(bindings.newPath(QStringLiteral("my/users")),
              folder() + QStringLiteral("/my-users.json"));
    ASSERT_TRUE(bindings.forgetOpened(other.fileName()));
    EXPECT_EQ(bindings.load().size(), 2U);
    EXPECT_TRUE(QFile::exists(other.fileName()));
}

} // namespace
} // namespace kvscope
