// Drafts: written and read on a thread of their own, the last one wins.
#include "core/config/drafts.h"

#include "core/async/lifetime.h"
#include "tests/support/await.h"

#include <QDir>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

SharedBytes shared(Bytes bytes)
{
    return std::make_shared<const Bytes>(std::move(bytes));
}

class DraftsTest : public testing::Test
{
  protected:
    std::optional<Draft> found(Drafts &drafts, const DraftId &id)
    {
        Lifetime lifetime;
        std::optional<std::optional<Draft>> answer;
        drafts.find(id, lifetime.guard([&](std::optional<Draft> draft) { answer = draft; }));
        EXPECT_TRUE(eventually([&] { return answer.has_value(); }));
        return answer.value_or(std::nullopt);
    }

    QTemporaryDir m_folder;
    const DraftId m_id{QStringLiteral("here:6379/0"), 0, Bytes("k\0\xFF", 3)};
};

TEST_F(DraftsTest, KeepsTheLastTextOfAValueForItsOwnerAlone)
{
    {
        Drafts drafts(m_folder.filePath(QStringLiteral("d")));
        drafts.write(m_id, shared("base"), [] { return shared("first"); });
        drafts.write(m_id, shared("base"), [] { return shared(Bytes("last\0", 5)); });
    }
    Drafts drafts(m_folder.filePath(QStringLiteral("d")));
    const auto draft = found(drafts, m_id);
    ASSERT_TRUE(draft);
    EXPECT_EQ(*draft->base, "base");
    EXPECT_EQ(*draft->text, Bytes("last\0", 5));
    EXPECT_GT(draft->writtenMs, 0);
    const QFileInfo file =
        QDir(m_folder.filePath(QStringLiteral("d"))).entryInfoList(QDir::Files)[0];
    EXPECT_EQ(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

TEST_F(DraftsTest, AsksForTheTextOnItsOwnThread)
{
    std::thread::id asked;
    {
        Drafts drafts(m_folder.path());
        drafts.write(m_id, shared("base"), [&] {
            asked = std::this_thread::get_id();
            return shared("text");
        });
    }
    EXPECT_NE(asked, std::thread::id());
    EXPECT_NE(asked, std::this_thread::get_id());
}

TEST_F(DraftsTest, TellsValuesOfTheSameNameInTwoDatabasesApart)
{
    Drafts drafts(m_folder.path());
    DraftId other = m_id;
    other.database = 1;
    drafts.write(m_id, shared("b"), [] { return shared("0"); });
    EXPECT_FALSE(found(drafts, other));
    drafts.write(other, shared("b"), [] { return shared("1"); });
    EXPECT_EQ(*found(drafts, m_id)->text, "0");
    drafts.remove(m_id);
    EXPECT_FALSE(found(drafts, m_id));
    EXPECT_EQ(*found(drafts, other)->text, "1");
}

} // namespace
} // namespace kvscope::test
