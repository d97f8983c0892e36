// SentencePiece: merging by score.
#include "core/llm/sentencepiece.h"

#include "core/llm/pairmerge.h"

#include <algorithm>
#include <charconv>

namespace kvscope::llm {
namespace {

constexpr std::string_view kSpace = "\xE2\x96\x81"; // ▁

std::size_t characterBytes(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// The value of "<0x0A>".
std::optional<unsigned> byteNamed(std::string_view piece)
{
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>') return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(piece.data() + 3, piece.data() + 5, value, 16);
    if (error != std::errc() || end != piece.data() + 5) return std::nullopt;
    return value;
}

} // namespace

Expected<std::unique_ptr<Tokenizer>> SentencePiece::make(const Gguf &gguf)
{
    std::unique_ptr<SentencePiece> made(new SentencePiece);
    made->m_addsBeginning = true;
    made->m_addsSpacePrefix = true;
    if (auto ok = made->readVocabulary(gguf); !ok) return tl::unexpected<Fault>(ok.error());
    const auto *scores = gguf.array<double>("tokenizer.ggml.scores");
    if (scores == nullptr) return fault(FaultCode::KeyMissing, {"tokenizer.ggml.scores"});
    if (scores->size() != made->size())
        return fault(FaultCode::KeyInvalid,
                     {"tokenizer.ggml.scores", std::to_string(scores->size())});
    for (const double score : *scores) made->m_scores.push_back(static_cast<float>(score));
    for (TokenId id = 0; id < made->size(); ++id) {
        if (made->kind(id) == Kind::Unknown && !made->m_unknown) made->m_unknown = id;
        if (made->kind(id) != Kind::Byte) continue;
        if (const auto byte = byteNamed(made->piece(id))) made->m_byteTokens[*byte] = id;
    }
    // Files seldom say it. A vocabulary that was learnt from text with runs of spaces has tokens
    // for them (Llama's have); one without has never seen two spaces in a row.
    const auto holdsRun = [&](TokenId id) {
        return made->piece(id).find(Bytes(kSpace) + Bytes(kSpace)) != Bytes::npos;
    };
    bool hasRuns = false;
    for (TokenId id = 0; id < made->size() && !hasRuns; ++id) hasRuns = holdsRun(id);
    made->m_removesExtraSpaces =
        gguf.flag("tokenizer.ggml.remove_extra_whitespaces").value_or(!hasRuns);
    return std::unique_ptr<Tokenizer>(std::move(made));
}

void SentencePiece::encodeText(BytesView text, Place place, std::vector<TokenId> &out) const
{
    Bytes escaped;
    escaped.reserve(text.size() + text.size() / 2 + 3);
    const bool isFirst = place == Place::First;
    if (isFirst && addsSpacePrefix()) escaped += kSpace;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != ' ') {
            escaped += text[at];
            continue;
        }
        // Of a run the last space stays, and none at either end of the text.
        const bool endsRun = at + 1 < text.size() && text[at + 1] != ' ';
        const bool startsText = isFirst && text.find_first_not_of(' ') > at;
        if (!m_removesExtraSpaces || (endsRun && !startsText)) escaped += kSpace;
    }
    if (m_removesExtraSpaces && escaped == kSpace) return;

    std::vector<BytesView> characters;
    const BytesView view = escaped;
    for (std::size_t at = 0; at < view.size();) {
        characters.push_back(view.substr(at, characterBytes(view[at])));
        at += characters.back().size();
    }
    const auto costOf = [this](BytesView left, BytesView right) -> std::optional<double> {
        const std::optional<TokenId> united = find({left.data(), left.size() + right.size()});
        return united ? std::optional<double>(-m_scores[*united]) : std::nullopt;
    };
    for (const BytesView piece : mergePairs(characters, costOf)) spell(piece, out);
}

void SentencePiece::spell(BytesView piece, std::vector<TokenId> &out) const
{
    if (const std::optional<TokenId> id = find(piece)) {
        out.push_back(*id);
        return;
    }
    for (const char c : piece) {
        const std::optional<TokenId> byte = m_byteTokens[static_cast<unsigned char>(c)];
        if (byte)
            out.push_back(*byte);
        else if (m_unknown)
            out.push_back(*m_unknown);
    }
}

Bytes SentencePiece::bytesOf(TokenId token) const
{
    switch (kind(token)) {
    case Kind::Control:
        return {};
    case Kind::Unknown:
        return " \xE2\x81\x87 "; // ⁇, as SentencePiece shows it
    case Kind::Byte:
        if (const auto byte = byteNamed(piece(token))) return {static_cast<char>(*byte)};
        return {};
    default:
        break;
    }
    Bytes text = piece(token);
    for (std::size_t at = 0; (at = text.find(kSpace, at)) != Bytes::npos; ++at)
        text.replace(at, kSpace.size(), " ");
    return text;
}

} // namespace kvscope::llm
