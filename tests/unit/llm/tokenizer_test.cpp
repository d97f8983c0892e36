// Tokenizers: pre-tokenization by hand, merges, special tokens, byte fallback.
#include "core/llm/pretokenizer.h"
#include "tests/unit/llm/llmfixture.h"

using namespace kvscope;
using namespace kvscope::llm;
using namespace kvscope::llm::test;

namespace {

using Words = std::vector<std::string>;

Words words(PretokenizerKind kind, const std::string &text)
{
    Words out;
    pretokenize(kind, text, [&](BytesView word) { out.emplace_back(word); });
    return out;
}

std::unique_ptr<Tokenizer> tokenizerOf(const GgufWriter &writer)
{
    const TemporaryFile file(writer.build());
    const auto gguf = Gguf::open(file.path());
    EXPECT_TRUE(gguf);
    auto tokenizer = Tokenizer::from(*gguf);
    EXPECT_TRUE(tokenizer) << describe(tokenizer.error());
    return tokenizer ? std::move(*tokenizer) : nullptr;
}

using Ids = std::vector<TokenId>;

/// A byte-level vocabulary: the letters that bytes are written as, then what the test adds.
GgufWriter bytePair(const std::string &pre, const Words &more, const Words &merges)
{
    Words tokens;
    std::vector<std::int32_t> kinds;
    const auto utf8 = [](unsigned code) {
        if (code < 0x80) return std::string{static_cast<char>(code)};
        return std::string{static_cast<char>(0xC0U | (code >> 6U)),
                           static_cast<char>(0x80U | (code & 0x3FU))};
    };
    unsigned moved = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte != 173);
        tokens.push_back(utf8(isPrintable ? byte : moved++));
        kinds.push_back(1);
    }
    for (const std::string &token : more) {
        tokens.push_back(token);
        kinds.push_back(token.starts_with("<|") ? 3 : 1);
    }
    GgufWriter out;
    out.textKey("tokenizer.ggml.model", "gpt2");
    out.textKey("tokenizer.ggml.pre", pre);
    out.texts("tokenizer.ggml.tokens", tokens);
    out.integers("tokenizer.ggml.token_type", kinds);
    out.texts("tokenizer.ggml.merges", merges);
    out.count("tokenizer.ggml.eos_token_id", 255);
    return out;
}

} // namespace

TEST(Pretokenizer, CutsAsGpt2Does)
{
    const auto kind = PretokenizerKind::Gpt2;
    EXPECT_EQ(words(kind, "Hello world"), (Words{"Hello", " world"}));
    EXPECT_EQ(words(kind, "I'm we'll don'T"), (Words{"I", "'m", " we", "'ll", " don", "'", "T"}));
    EXPECT_EQ(words(kind, "abc123  def"), (Words{"abc", "123", " ", " def"}));
    EXPECT_EQ(words(kind, "a \n\n b"), (Words{"a", " \n\n", " b"}));
    EXPECT_EQ(words(kind, "tail   "), (Words{"tail", "   "}));
    EXPECT_EQ(words(kind, "x=1; // y"), (Words{"x", "=", "1", ";", " //", " y"}));
    EXPECT_EQ(words(kind, "naïve 张三 Ⅳ"), (Words{"naïve", " 张三", " Ⅳ"}));
    EXPECT_EQ(words(kind, ""), Words{});
}

TEST(Pretokenizer, CutsAsLlama3Does)
{
    const auto kind = PretokenizerKind::Llama3;
    EXPECT_EQ(words(kind, "I'M don't"), (Words{"I", "'M", " don", "'t"}));
    EXPECT_EQ(words(kind, "12345 1"), (Words{"123", "45", " ", "1"}));
    EXPECT_EQ(words(kind, "(word) _x"), (Words{"(word", ")", " _", "x"}));
    EXPECT_EQ(words(kind, "end.\n\nNext\r\n"), (Words{"end", ".\n\n", "Next", "\r\n"}));
    EXPECT_EQ(words(kind, "a  \n  b"), (Words{"a", "  \n", " ", " b"}));
    EXPECT_EQ(words(kind, "a\t\tb"), (Words{"a", "\t", "\tb"}));
}

TEST(Pretokenizer, CutsAsQwen2AndSmolLmDo)
{
    EXPECT_EQ(words(PretokenizerKind::Qwen2, "v12 x"), (Words{"v", "1", "2", " x"}));
    EXPECT_EQ(words(PretokenizerKind::SmolLm, "v12  3 x"), (Words{"v", "1", "2", "  ", "3", " x"}));
}

TEST(Pretokenizer, KeepsEveryByteOfTextThatIsNoUtf8)
{
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (const auto kind : {PretokenizerKind::Gpt2, PretokenizerKind::Llama3,
                            PretokenizerKind::Qwen2, PretokenizerKind::SmolLm}) {
        std::string joined;
        for (const std::string &word : words(kind, all + "\xE5\xBC")) joined += word;
        EXPECT_EQ(joined, all + "\xE5\xBC");
    }
}

TEST(BytePair, MergesTheLowestRankFirstAndTheLeftmostOfEquals)
{
    const auto tokenizer = tokenizerOf(bytePair("gpt-2", {"ab", "bc", "abc", "\u0120a", "aa"},
                                                {"b c", "a b", "a bc", "\u0120 a", "a a"}));
    EXPECT_EQ(tokenizer->encode("abc"), Ids{258});
    EXPECT_EQ(tokenizer->encode("ab"), Ids{256});
    EXPECT_EQ(tokenizer->encode("aaa"), (Ids{260, 'a'}));
    EXPECT_EQ(tokenizer->encode("b a"), (Ids{'b', 259}));
    EXPECT_EQ(tokenizer->encode(""), Ids{});
}

TEST(BytePair, SpellsAnyBytesAndReadsThemBack)
{
    const auto tokenizer = tokenizerOf(bytePair("qwen2", {}, {"a b"}));
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    const Ids ids = tokenizer->encode(all);
    EXPECT_EQ(ids.size(), 256U);
    EXPECT_EQ(tokenizer->decode(ids), all);
}

TEST(BytePair, SpecialTokensAreTextUnlessATemplateMadeThem)
{
    const auto tokenizer = tokenizerOf(bytePair("llama-bpe", {"<|eot_id|>"}, {"a b"}));
    EXPECT_EQ(tokenizer->encode("a<|eot_id|>b", SpecialTokens::Parse), (Ids{'a', 256, 'b'}));
    EXPECT_EQ(tokenizer->encode("a<|eot_id|>").size(), 11U);
    EXPECT_TRUE(tokenizer->isEnd(256));
    EXPECT_TRUE(tokenizer->isEnd(255));
    EXPECT_EQ(tokenizer->decode(Ids{'a', 256}), "a");
}

TEST(BytePair, AnUnknownPretokenizerIsRefusedByName)
{
    const TemporaryFile file(bytePair("made-up", {}, {}).build());
    const auto gguf = Gguf::open(file.path());
    const auto tokenizer = Tokenizer::from(*gguf);
    ASSERT_FALSE(tokenizer);
    EXPECT_EQ(describe(tokenizer.error()), "format unknown: pre-tokenizer, made-up");
}

TEST(SentencePiece, FallsBackToBytesAndPutsASpaceInFront)
{
    RandomModel random;
    GgufWriter out;
    random.writeTokenizer(out);
    const auto tokenizer = tokenizerOf(out);
    EXPECT_EQ(tokenizer->encode("A"), (Ids{3 + 0xE2, 3 + 0x96, 3 + 0x81, 3 + 'A'}));
    EXPECT_EQ(tokenizer->encodePrompt("").front(), 1U);
    EXPECT_EQ(tokenizer->encode("<s>", SpecialTokens::Parse), Ids{1});
    EXPECT_EQ(tokenizer->encode("<s>").size(), 6U);
}

TEST(SentencePiece, AnIdBeyondItsVocabularyIsNothing)
{
    RandomModel random;
    GgufWriter out;
    random.writeTokenizer(out);
    const auto tokenizer = tokenizerOf(out);
    EXPECT_EQ(tokenizer->bytesOf(static_cast<TokenId>(random.vocab)), "");
    EXPECT_FALSE(tokenizer->isEnd(4'000'000'000U));
    EXPECT_EQ(tokenizer->decode(Ids{3 + 'A', 4'000'000'000U, 3 + 'B'}), "AB");
}

TEST(SentencePiece, RunsOfSpacesStayWhereTheVocabularyKnowsThem)
{
    const auto made = [](const std::string &token) {
        GgufWriter out;
        out.textKey("tokenizer.ggml.model", "llama");
        out.texts("tokenizer.ggml.tokens", {"<unk>", "\u2581", token, "a"});
        out.reals("tokenizer.ggml.scores", {0, 0, 1, 0});
        out.integers("tokenizer.ggml.token_type", {2, 1, 1, 1});
        return tokenizerOf(out);
    };
    EXPECT_EQ(made("\u2581\u2581")->encode(" a  a "), (Ids{2, 3, 2, 3, 1}));
    EXPECT_EQ(made("\u2581a")->encode(" a  a "), (Ids{2, 2}));
    EXPECT_EQ(made("\u2581a")->encode("   "), Ids{});
}
