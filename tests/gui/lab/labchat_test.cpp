// The Lab page's chat: turns on one cache, and what happens when the context is full.
#include "tests/gui/lab/labfixture.h"

namespace kvscope::test {

struct LabChatTest : LabPageTest
{};

TEST_F(LabChatTest, ALaterTurnComputesItsOwnTokensAlone)
{
    startChat();
    type("tokens", 12);
    say(QStringLiteral("The code of Anna's key is 7391."));
    EXPECT_EQ(now().turns, 1U);
    const std::vector<llm::TokenId> before = ids();
    const std::size_t cells = now().memory.cells;
    say(QStringLiteral("What is the code of Anna's key?"));
    EXPECT_EQ(now().turns, 2U);
    EXPECT_EQ(now().keptTokens, cells) << "all turns before are in the cache still";
    const std::vector<llm::TokenId> after = ids();
    ASSERT_GT(after.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
    EXPECT_TRUE(now().tokens[before.size()].startsTurn);
    EXPECT_TRUE(now().tokens[before.size()].isPrompt);
    EXPECT_TRUE(wholeText().contains(QStringLiteral("\nQ: What is the code of Anna's key? A:")))
        << wholeText().toStdString();
    EXPECT_EQ(now().memory.cells, after.size());
    EXPECT_TRUE(text("firstDifference").contains(QStringLiteral("turn 2: ")));
    EXPECT_TRUE(strip().chipRect(int(before.size())).left() == 0) << "a turn begins a line";
}

TEST_F(LabChatTest, WhatACacheKeptEqualsTheWholeTalkComputedAtOnce)
{
    startChat();
    type("tokens", 10);
    choose("kvFormat", QStringLiteral("f32"));
    for (const char *words :
         {"The code of the box is 2846.", "What is the code of the box?", "It was a fine morning."})
        say(QString::fromLatin1(words));
    trigger("cacheMenu", "verifyCache");
    EXPECT_TRUE(eventually([&] { return notice().contains(QStringLiteral("Verified")); }))
        << notice().toStdString();
}

TEST_F(LabChatTest, ANewChatBeginsWithAnEmptyCacheAndFindsWhatItSharesInTheStore)
{
    startChat();
    type("tokens", 6);
    const QString notes = m_facts.left(m_facts.lastIndexOf(QStringLiteral("The code")));
    say(notes);
    auto *again = shown<QPushButton>("newChat");
    ASSERT_TRUE(again);
    press(Qt::Key_N);
    ASSERT_TRUE(eventually([&] { return now().tokens.empty(); }));
    EXPECT_TRUE(isGone("newChat"));
    EXPECT_TRUE(find("policy")->isEnabled());
    say(notes);
    EXPECT_EQ(now().turns, 1U);
    EXPECT_GE(now().prefixHits, 32U);
    EXPECT_EQ(now().tokens[0].origin, llm::Origin::FirstLevel);
    EXPECT_FALSE(find("policy")->isEnabled()) << "a living cache stays as it was made";
}

TEST_F(LabChatTest, AFullContextDropsItsOldestHalfBehindTheFirstTokens)
{
    startChat();
    type("tokens", 40);
    find<QSpinBox>("contextLength")->setValue(40);
    say(m_other);
    say(QStringLiteral("And then he took the boat."));
    ASSERT_TRUE(eventually([&] { return now().shifts > 0; }));
    EXPECT_LE(now().memory.cells, 40U);
    EXPECT_LE(now().blocks.size(), 4U);
    EXPECT_FALSE(now().tokens[3].isEvicted);
    EXPECT_TRUE(now().tokens[4].isEvicted);
    EXPECT_FALSE(now().tokens.back().isEvicted);
    EXPECT_TRUE(text("blockText").contains(QStringLiteral("The context of 40 tokens was full")));
    // A cell that moved down says where it is now.
    heatMap().setFocus();
    QTest::keyClick(&heatMap(), Qt::Key_End);
    QTest::keyClick(&heatMap(), Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return now().cell && now().cell->isLive; }));
    EXPECT_LT(now().cell->position, 40);
    EXPECT_TRUE(text("cellWhere").contains(QStringLiteral("now at position")));
}

TEST_F(LabChatTest, AChatIsComparedTurnByTurn)
{
    startChat();
    choose("policy", QStringLiteral("window"));
    type("budget", 16);
    compareWithAnotherCache();
    type("tokens", 12);
    say(QStringLiteral("The code of Anna's key is 7391."));
    say(QStringLiteral("It was a fine morning and the wind was fair, and the captain went out."));
    say(QStringLiteral("What is the code of Anna's key?"));
    EXPECT_EQ(now().turns, 3U);
    ASSERT_FALSE(now().otherTokens.empty());
    EXPECT_TRUE(now().firstDifference) << "sixteen cells have forgotten the code";
    EXPECT_TRUE(text("otherCaption").contains(QStringLiteral("full f32")));
}

} // namespace kvscope::test
