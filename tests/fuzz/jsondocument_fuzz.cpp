// JsonDocument under mutation: never crashes, agrees with a second parser, edits stay JSON.
#include "core/value/format.h"
#include "core/value/jsonlayout.h"
#include "tests/unit/value/randomjson.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

namespace kvscope {
namespace {

constexpr unsigned kRounds = 20'000;

Bytes mutated(Bytes text, std::mt19937 &random)
{
    static constexpr char kLikely[] = "{}[]\",:\\/0123456789+-.eEutrfalsn \n\t\xC3\xED\xF0\x80\xBF";
    for (unsigned i = 1 + random() % 4; i > 0 && !text.empty(); --i) {
        const std::size_t at = random() % text.size();
        const char c = random() % 4 == 0 ? static_cast<char>(random() % 256)
                                         : kLikely[random() % (sizeof kLikely - 1)];
        switch (random() % 4) {
        case 0:
            text[at] = c;
            break;
        case 1:
            text.insert(at, 1, c);
            break;
        case 2:
            text.erase(at, 1 + random() % 3);
            break;
        default:
            text.insert(at, text.substr(random() % text.size(), random() % 8));
        }
    }
    return text;
}

// Qt's parser differs by design beyond these: control characters and bad UTF-8 in strings, numbers
// out of a double's range, lone surrogates, roots that are no container.
bool isComparable(BytesView text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == BytesView::npos || (text[first] != '{' && text[first] != '[')) return false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x7F || static_cast<unsigned char>(c) < 0x20)
            return false;
    }
    return text.find("\\u") == BytesView::npos && text.find_first_of("eE") == BytesView::npos;
}

TEST(JsonFuzz, AcceptsWhatASecondParserAcceptsAndNothingElse)
{
    std::mt19937 random(20240607);
    unsigned compared = 0;
    unsigned accepted = 0;
    for (unsigned round = 0; round < kRounds; ++round) {
        const Bytes text = mutated(test::RandomJson(round).document(), random);
        const auto document = JsonDocument::parse(text);
        if (!document) {
            EXPECT_LE(document.error().offset, text.size());
            EXPECT_GE(document.error().column, 1);
        }
        // Qt takes any character behind a backslash.
        const bool escape = !document && document.error().fault == JsonFault::BadEscape;
        if (escape || !isComparable(text)) continue;
        ++compared;
        accepted += document.has_value();
        QJsonParseError error{};
        QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
        EXPECT_EQ(document.has_value(), error.error == QJsonParseError::NoError)
            << escapeBytes(text) << "\n"
            << error.errorString().toStdString();
    }
    EXPECT_GT(compared, kRounds / 50);
    EXPECT_GT(accepted, 0U);
}

TEST(JsonFuzz, EveryEditOfWhatIsAcceptedIsAcceptedAgain)
{
    std::mt19937 random(42);
    for (unsigned round = 0; round < kRounds; ++round) {
        const auto document =
            JsonDocument::parse(mutated(test::RandomJson(round).document(), random));
        if (!document) continue;
        const auto node = static_cast<JsonDocument::Node>(random() % document->nodeCount());
        const auto splice = document->replaceNode(node, "{\"fuzz\": [0]}");
        ASSERT_TRUE(splice.has_value());
        EXPECT_TRUE(JsonDocument::parse(splice->appliedTo(document->bytes())).has_value());
        EXPECT_EQ(rebaseJson(document->bytes(), layOutJson(*document)), document->bytes());
        document->nodeAt(random() % (document->bytes().size() + 2));
    }
}

TEST(JsonFuzz, MergesAnyTwoTextsWithoutLosingAByteThatIsNoSpace)
{
    std::mt19937 random(11);
    for (unsigned round = 0; round < kRounds; ++round) {
        const Bytes original = mutated(test::RandomJson(round).document(), random);
        const Bytes edited = mutated(original, random);
        const auto withoutSpace = [](Bytes text) {
            std::erase_if(text,
                          [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
            return text;
        };
        EXPECT_EQ(withoutSpace(rebaseJson(original, edited)), withoutSpace(edited))
            << escapeBytes(edited);
        sniffFormat(edited);
    }
}

} // namespace
} // namespace kvscope
