// KV blocks warmed from a file and checked, from the Lab page's prefix section.
#include "core/engine/engine.h"
#include "tests/gui/lab/labfixture.h"
#include "tests/support/redisserver.h"
#include "widgets/lab/labcontrols.h"

#include <QTreeWidget>

namespace kvscope::test {

struct LabBlocksTest : LabPageTest
{
    engine::Engine &engine() { return m_session->factory().localEngine(); }

    QString promptFile()
    {
        const QString path = m_state.filePath(QStringLiteral("prompts.txt"));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("The code of Anna's key is 7391. The code of Henry's box is 2846. The ship "
                   "sailed at dawn and nobody saw it go.\n\nThe code of Emma's boat is 5170. The "
                   "captain said nothing, and the sea was quiet all day and all night.\n");
        return path;
    }
    void warm()
    {
        stopExample();
        engine().clear();
        ASSERT_TRUE(shown("warmBlocks"));
        click(find("warmBlocks"));
        answerFileDialog(promptFile());
        ASSERT_TRUE(eventually(
            [&] { return text("blockResult").contains(QStringLiteral(" written")); }, 30'000));
    }
    /// Another bit in some block, with the checksum that goes with it.
    void spoilOne()
    {
        Bytes key;
        for (const llm::BlockId &id : chain())
            if (engine().peek(id.key)) key = id.key;
        ASSERT_FALSE(key.empty());
        Bytes record(engine().peek(key).value());
        auto *block = reinterpret_cast<std::byte *>(record.data()) + llm::kRecordHeaderBytes;
        block[64] ^= std::byte{1};
        engine().set(key, llm::blockRecord(*llm::blockIdIn(record), block));
    }
    std::vector<llm::BlockId> chain()
    {
        const llm::Session::Options &session = page().decoding().controls().plan().session;
        const auto tokens = now().model->tokenizer().encodePrompt(
            "The code of Anna's key is 7391. The code of Henry's box is 2846. The ship sailed at "
            "dawn and nobody saw it go.");
        return llm::blockChain(now().model->fingerprint(),
                               llm::KvLayout(now().model->shape(), {session.kv, session.rotation}),
                               tokens);
    }
};

TEST_F(LabBlocksTest, WarmedBlocksAreEntriesOfTheStoreAndACheckFindsThemEqual)
{
    warm();
    EXPECT_GT(engine().size(), 3U);
    click(find("checkBlocks"));
    ASSERT_TRUE(eventually(
        [&] { return text("blockResult").contains(QStringLiteral("all agree")); }, 30'000));
    EXPECT_TRUE(isGone("deleteBlocks"));
}

TEST_F(LabBlocksTest, ABlockThatDiffersIsListedByItsClassAndDeletedOnceConfirmed)
{
    warm();
    const std::size_t before = engine().size();
    spoilOne();
    click(find("checkBlocks"));
    ASSERT_TRUE(eventually(
        [&] { return text("blockResult").contains(QStringLiteral("1 diverged")); }, 30'000));
    auto *found = shown<QTreeWidget>("foundBlocks");
    ASSERT_TRUE(found);
    ASSERT_EQ(found->topLevelItemCount(), 1);
    EXPECT_TRUE(found->topLevelItem(0)->text(0).startsWith(QStringLiteral("kv:")));
    click(find("deleteBlocks"));
    auto *dialog = shown<QDialog>("confirmDeleteBlocks");
    ASSERT_TRUE(dialog);
    click(dialog->findChild<QPushButton *>(QStringLiteral("confirmButton")));
    ASSERT_TRUE(eventually([&] { return engine().size() == before - 1; }, 30'000));
    ASSERT_TRUE(eventually(
        [&] { return text("blockResult").contains(QStringLiteral("1 repaired")); }, 30'000));
}

TEST_F(LabBlocksTest, WhatWasFoundInOneStoreIsNotOfferedForDeletionInAnother)
{
    warm();
    spoilOne();
    click(find("checkBlocks"));
    ASSERT_TRUE(shown("deleteBlocks"));
    RedisServer other;
    m_window->openProfile({.url = other.url()});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    EXPECT_TRUE(isGone("deleteBlocks"));
    EXPECT_TRUE(isGone("foundBlocks"));
    EXPECT_TRUE(isGone("blockResult"));
}

TEST_F(LabBlocksTest, AStoreThatIsOpenedBeforeTheAnswerIsNotDeletedFrom)
{
    warm();
    spoilOne();
    click(find("checkBlocks"));
    ASSERT_TRUE(shown("deleteBlocks"));
    click(find("deleteBlocks"));
    auto *dialog = shown<QDialog>("confirmDeleteBlocks");
    ASSERT_TRUE(dialog);
    RedisServer other;
    m_window->openProfile({.url = other.url()});
    ASSERT_TRUE(reaches(StoreState::Phase::Ready));
    click(dialog->findChild<QPushButton *>(QStringLiteral("confirmButton")));
    ASSERT_TRUE(
        eventually([&] { return notice().contains(QStringLiteral("another store was opened")); }));
    EXPECT_TRUE(isGone("blockResult")) << "no job was begun";
}

TEST_F(LabBlocksTest, AFileWithoutTextIsRefusedInWords)
{
    stopExample();
    const QString path = m_state.filePath(QStringLiteral("empty.txt"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.close();
    click(find("warmBlocks"));
    answerFileDialog(path);
    ASSERT_TRUE(eventually([&] {
        for (const QLabel *label : page().findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(QStringLiteral("there is no text")))
                return true;
        return false;
    }));
}

} // namespace kvscope::test
