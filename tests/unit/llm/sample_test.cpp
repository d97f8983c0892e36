// The sample checkpoint: logits, continuation and tokens against its float64 reference.
#include "tests/unit/llm/sample.h"

#include <cmath>

using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

struct SampleTest : testing::Test
{
    void SetUp() override
    {
        if (!std::filesystem::exists(samplePath()))
            GTEST_SKIP() << "the sample checkpoint is not beside this checkout: " << samplePath();
        auto loaded = Model::load(samplePath());
        ASSERT_TRUE(loaded) << describe(loaded.error());
        model = *loaded;
        reference.seek("tokens");
        tokens = reference.tokens();
        reference.seek("top8");
        for (std::size_t i = 0; i < tokens.size() * 8; ++i) {
            const auto token = static_cast<TokenId>(reference.number());
            top.emplace_back(token, reference.number());
        }
    }

    std::vector<float> logits(KvFormat format)
    {
        Decoder decoder(model, {});
        KvCache cache = makeCache(model->shape(), format);
        return logitsOf(decoder, cache, tokens, tokens.size());
    }
    double referenceNmse(const std::vector<float> &all) const
    {
        double error = 0;
        double power = 0;
        for (std::size_t i = 0; i < top.size(); ++i) {
            const double d = static_cast<double>(all[i / 8 * model->shape().vocab + top[i].first]) -
                             top[i].second;
            error += d * d;
            power += top[i].second * top[i].second;
        }
        return error / power;
    }
    double meanKl(const std::vector<float> &p, const std::vector<float> &q) const
    {
        const std::size_t vocab = model->shape().vocab;
        double sum = 0;
        for (std::size_t at = 0; at < p.size(); at += vocab) {
            double zp = 0;
            double zq = 0;
            for (std::size_t v = at; v < at + vocab; ++v) {
                zp += std::exp(static_cast<double>(p[v]));
                zq += std::exp(static_cast<double>(q[v]));
            }
            for (std::size_t v = at; v < at + vocab; ++v) {
                const double a = static_cast<double>(p[v]) - std::log(zp);
                const double b = static_cast<double>(q[v]) - std::log(zq);
                sum += std::exp(a) * (a - b);
            }
        }
        return sum / static_cast<double>(p.size() / vocab);
    }

    std::shared_ptr<const Model> model;
    JsonScan reference = sampleReference();
    std::vector<TokenId> tokens;
    std::vector<std::pair<TokenId, double>> top; // eight for each position
};

} // namespace

TEST_F(SampleTest, F32LogitsAgreeToTenDigitsAndEveryFirstChoice)
{
    const std::vector<float> all = logits({});
    EXPECT_LE(referenceNmse(all), 1e-10);
    const std::size_t vocab = model->shape().vocab;
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        const auto row = all.begin() + static_cast<std::ptrdiff_t>(t * vocab);
        EXPECT_EQ(std::max_element(row, row + static_cast<std::ptrdiff_t>(vocab)) - row,
                  top[8 * t].first)
            << t;
    }
}

TEST_F(SampleTest, NarrowerCachesLoseWhatIsKnownOfThemAndNoMore)
{
    const std::vector<float> exact = logits({});
    EXPECT_LE(referenceNmse(logits({KvType::F16})), 2e-8);
    EXPECT_LE(meanKl(exact, logits({KvType::Q8})), 1e-4);
    EXPECT_LE(meanKl(exact, logits({KvType::Q4})), 2e-2);
    EXPECT_LE(meanKl(exact, logits({KvType::Q4, Rotation::Hadamard})), 2e-2);
    EXPECT_LE(meanKl(exact, logits({KvType::Kivi2})), 5e-2);
}

TEST_F(SampleTest, TheGreedyContinuationIsTheReferences)
{
    ASSERT_TRUE(reference.seek("prompt"));
    const std::string prompt = reference.text();
    ASSERT_TRUE(reference.seek("prompt_tokens"));
    const std::vector<TokenId> start = reference.tokens();
    EXPECT_EQ(model->tokenizer().encodePrompt(prompt), start);
    ASSERT_TRUE(reference.seek("tokens"));
    const std::vector<TokenId> expected = reference.tokens();
    ASSERT_EQ(expected.size(), start.size() + 120);
    ASSERT_TRUE(reference.seek("text"));

    Decoder decoder(model, {});
    KvCache cache = makeCache(model->shape());
    std::vector<TokenId> sequence = start;
    std::vector<float> row;
    ASSERT_TRUE(decoder.run(start, cache, LogitsFor::Last, row));
    while (sequence.size() < expected.size()) {
        sequence.push_back(
            static_cast<TokenId>(std::max_element(row.begin(), row.end()) - row.begin()));
        ASSERT_TRUE(decoder.run({&sequence.back(), 1}, cache, LogitsFor::Last, row));
    }
    EXPECT_EQ(sequence, expected);
    EXPECT_EQ(model->tokenizer().decode(sequence), reference.text());
}

TEST_F(SampleTest, ItsTokenizerGivesTheReferencesTokens)
{
    reference.seek("tokenizer");
    int pairs = 0;
    while (reference.seek("text")) {
        const std::string text = reference.text();
        ASSERT_TRUE(reference.seek("tokens"));
        const std::vector<TokenId> expected = reference.tokens();
        EXPECT_EQ(model->tokenizer().encode(text), expected) << text;
        std::string kept = text; // it never saw two spaces in a row, nor one at an end
        while (kept.find("  ") != std::string::npos) kept.erase(kept.find("  "), 1);
        kept.erase(0, kept.find_first_not_of(' '));
        EXPECT_EQ(model->tokenizer().decode(expected), kept);
        ++pairs;
    }
    EXPECT_GE(pairs, 10);
}
