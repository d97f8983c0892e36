// What the lab is made of: the prefix tree, the fact task, tables.
#include "core/config/paths.h"
#include "core/labrun/facttask.h"
#include "core/labrun/prefixtree.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/labwords.h"

#include <gtest/gtest.h>

namespace kvscope::test {
namespace {

struct LabPartsTest : testing::Test
{
    void SetUp() override
    {
        if (shippedModelPath().isEmpty()) GTEST_SKIP() << "no model in resources/model";
        auto loaded = llm::Model::load(shippedModelPath().toStdString());
        ASSERT_TRUE(loaded);
        model = *loaded;
    }
    std::vector<llm::BlockId> chain(std::vector<llm::TokenId> tokens) const
    {
        return llm::blockChain(model->fingerprint(), llm::KvLayout(model->shape(), {}), tokens);
    }
    static std::vector<llm::TokenId> tokens(std::size_t count, llm::TokenId last)
    {
        std::vector<llm::TokenId> out(count, 300);
        out.back() = last;
        return out;
    }
    std::shared_ptr<const llm::Model> model;
};

TEST_F(LabPartsTest, ThePrefixTreeForksWhereTextsPart)
{
    PrefixTree tree;
    std::vector<llm::TokenId> common(32, 300);
    std::vector<llm::TokenId> one = common;
    one.insert(one.end(), 16, 301);
    std::vector<llm::TokenId> two = common;
    two.insert(two.end(), 32, 302);
    tree.add(1, chain(one), model->tokenizer());
    ASSERT_EQ(tree.rows().size(), 1U);
    EXPECT_EQ(tree.rows()[0].blocks, 3U);
    tree.add(2, chain(two), model->tokenizer());
    const PrefixRows rows = tree.rows();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].depth, 0);
    EXPECT_EQ(rows[0].blocks, 2U);
    EXPECT_EQ(rows[0].runs, 2U);
    EXPECT_EQ(rows[1].depth, 1);
    EXPECT_EQ(rows[1].blocks, 2U) << "the newest first";
    EXPECT_EQ(rows[2].blocks, 1U);
    EXPECT_EQ(rows[2].runs, 1U);
}

TEST_F(LabPartsTest, ARunThatGrowsIsOneTextOfThePrefixTree)
{
    PrefixTree tree;
    tree.add(1, chain(tokens(32, 300)), model->tokenizer());
    tree.add(1, chain(tokens(64, 300)), model->tokenizer());
    ASSERT_EQ(tree.rows().size(), 1U);
    EXPECT_EQ(tree.rows()[0].runs, 1U);
    EXPECT_EQ(tree.rows()[0].blocks, 4U);
}

TEST_F(LabPartsTest, TheSameSeedAsksTheSameQuestionsAndTheAnswerIsAmongTheFacts)
{
    const Bytes passage = "the sea was calm and the wind was fair";
    FactTask one(model->tokenizer(), passage, 5);
    FactTask two(model->tokenizer(), passage, 5);
    for (int i = 0; i < 5; ++i) {
        const FactQuestion question = one.next(20);
        EXPECT_EQ(question.told, two.next(20).told);
        const Bytes told = model->tokenizer().decode(question.told);
        Bytes code = model->tokenizer().decode(question.answer);
        code.erase(0, code.find_first_of("0123456789"));
        EXPECT_EQ(code.size(), 4U);
        EXPECT_NE(told.find(' ' + code + '.'), Bytes::npos) << told;
        EXPECT_TRUE(told.ends_with(" is")) << told;
    }
}

TEST(LabWordsTest, ATokenIsShownAsWhatAPersonCanRead)
{
    EXPECT_EQ(tokenText(" the"), QStringLiteral("the"));
    EXPECT_EQ(tokenText(" "), QStringLiteral("␣"));
    EXPECT_EQ(tokenText("\n"), QStringLiteral("⏎"));
    EXPECT_EQ(tokenText("\xE4\xB8"), QStringLiteral("‹0xe4›‹0xb8›"));
    EXPECT_EQ(tokenText(""), QStringLiteral("∅"));
}

TEST(ExperimentModelTest, OnlyMeasuredRowsAreSaved)
{
    ExperimentModel model;
    ExperimentRow measured{.kv = llm::KvType::Q4, .rotation = llm::Rotation::Hadamard};
    measured.isMeasured = true;
    measured.perplexity = 20.25;
    measured.recall = 0.5;
    measured.tps = 1000;
    measured.bytes = 4096;
    model.setRows({ExperimentRow{}, measured});
    EXPECT_EQ(model.toCsv(), "policy,kv,rotation,perplexity,recall,tokens_per_second,kv_bytes\n"
                             "full,q4,hadamard,20.25,0.5,1000,4096\n");
}

} // namespace
} // namespace kvscope::test
