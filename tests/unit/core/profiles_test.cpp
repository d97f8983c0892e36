// Profiles and settings: what they keep, what they never keep, and broken files.
#include "core/config/paths.h"
#include "core/config/profiles.h"
#include "core/config/settings.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope {
namespace {

class ProfilesFile : public testing::Test
{
  protected:
    void SetUp() override
    {
        m_before = qgetenv("KVSCOPE_STATE");
        qputenv("KVSCOPE_STATE", m_folder.path().toUtf8());
    }
    void TearDown() override { qputenv("KVSCOPE_STATE", m_before); }

    static QByteArray read(const char *name)
    {
        QFile file(configFolder() + u'/' + QString::fromLatin1(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const char *name, const QByteArray &text)
    {
        QFile file(configFolder() + u'/' + QString::fromLatin1(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QTemporaryDir m_folder;
    QByteArray m_before;
};

TEST(StoreUrl, LosesItsPasswordAndNothingElse)
{
    const std::pair<const char *, const char *> cases[] = {
        {"redis://u:secret@h:1/0", "redis://u@h:1/0"},
        {"redis://:secret@h", "redis://h"},
        {"redis://:p@ss@h:6379", "redis://h:6379"},
        {"redis://u:@h", "redis://u@h"},
        {"redis://u@h/3", "redis://u@h/3"},
        {"rediss://u:p@[::1]:6380/0?ca=/a:b@c", "rediss://u@[::1]:6380/0?ca=/a:b@c"},
        {"redis+unix:///run/a:b@c.sock?db=1", "redis+unix:///run/a:b@c.sock?db=1"},
        {"redis+unix://u:p@/run/x.sock", "redis+unix://u@/run/x.sock"},
        {"engine:?memory=1gb", "engine:?memory=1gb"},
        {"", ""},
    };
    for (const auto &[given, kept] : cases)
        EXPECT_EQ(withoutPassword(QString::fromLatin1(given)), QString::fromLatin1(kept)) << given;
}

TEST_F(ProfilesFile, BringsEveryFieldBackButThePassword)
{
    const Profile profile{.name = QStringLiteral("订单"),
                          .url = QStringLiteral("redis://app:secret@h:6380/2"),
                          .color = QStringLiteral("orange"),
                          .production = true,
                          .readOnly = true,
                          .delimiter = QStringLiteral("/")};
    Profiles profiles;
    ASSERT_TRUE(profiles.save(profile));
    EXPECT_FALSE(read("profiles.json").contains("secret"));

    Profiles again;
    ASSERT_TRUE(again.load());
    Profile expected = profile;
    expected.url = QStringLiteral("redis://app@h:6380/2");
    ASSERT_EQ(again.all().size(), 1U);
    EXPECT_EQ(again.all().front(), expected);
}

TEST_F(ProfilesFile, RenamesInPlaceAndKeepsNamesUnique)
{
    const auto named = [](const char *name) {
        return Profile{.name = QString::fromLatin1(name), .url = QStringLiteral("engine:")};
    };
    Profiles profiles;
    for (const char *name : {"a", "b", "c"}) ASSERT_TRUE(profiles.save(named(name)));
    ASSERT_TRUE(profiles.save(named("x"), QStringLiteral("b")));
    EXPECT_EQ(profiles.all()[1].name, QStringLiteral("x"));
    ASSERT_TRUE(profiles.save(named("c"), QStringLiteral("a")));
    ASSERT_EQ(profiles.all().size(), 2U);
    EXPECT_EQ(profiles.all()[0].name, QStringLiteral("c"));
    ASSERT_TRUE(profiles.remove(QStringLiteral("c")));
    EXPECT_EQ(profiles.all().size(), 1U);
}

TEST_F(ProfilesFile, LeavesAFileAloneThatItCannotRead)
{
    write("profiles.json", "{ \"profiles\": [ oops");
    Profiles profiles;
    const auto loaded = profiles.load();
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code(), ErrorCode::FileUnreadable);
    EXPECT_FALSE(profiles.save({.name = QStringLiteral("a"), .url = QStringLiteral("engine:")}));
    EXPECT_EQ(read("profiles.json"), "{ \"profiles\": [ oops");
}

TEST_F(ProfilesFile, SettingsComeBackAndABrokenFileCountsAsEmpty)
{
    Settings settings;
    settings.theme = QStringLiteral("dark");
    settings.language = QStringLiteral("zh_CN");
    settings.page = QStringLiteral("live");
    settings.profile = QStringLiteral("a");
    settings.geometry = QByteArray("\0\xff\x01", 3);
    ASSERT_TRUE(settings.save());
    const Settings again = Settings::load();
    EXPECT_EQ(again.theme, settings.theme);
    EXPECT_EQ(again.language, settings.language);
    EXPECT_EQ(again.page, settings.page);
    EXPECT_EQ(again.profile, settings.profile);
    EXPECT_EQ(again.geometry, settings.geometry);

    write("settings.json", "nonsense");
    EXPECT_EQ(Settings::load().theme, QStringLiteral("system"));
}

} // namespace
} // namespace kvscope
