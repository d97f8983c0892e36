// BytePair: merging by rank.
#include "core/llm/bytepair.h"

#include "core/llm/pairmerge.h"

#include <algorithm>
#include <array>

namespace kvscope::llm {
namespace {

Bytes utf8(unsigned code) // below U+0800
{
    if (code < 0x80) return {static_cast<char>(code)};
    return {static_cast<char>(0xC0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3FU))};
}

bool isPrintable(unsigned byte)
{
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
}

/// The character that each byte is written as.
const std::array<Bytes, 256> &letters()
{
    static const std::array<Bytes, 256> table = [] {
        std::array<Bytes, 256> made;
        unsigned moved = 0x100;
        for (unsigned byte = 0; byte < 256; ++byte)
            made[byte] = utf8(isPrintable(byte) ? byte : moved++);
        return made;
    }();
    return table;
}

const std::unordered_map<Bytes, char> &bytesByLetter()
{
    static const std::unordered_map<Bytes, char> table = [] {
        std::unordered_map<Bytes, char> made;
        for (unsigned byte = 0; byte < 256; ++byte) made[letters()[byte]] = static_cast<char>(byte);
        return made;
    }();
    return table;
}

} // namespace

Expected<std::unique_ptr<Tokenizer>> BytePair::make(const Gguf &gguf)
{
    std::unique_ptr<BytePair> made(new BytePair);
    const std::string_view pre = gguf.text("tokenizer.ggml.pre").value_or("gpt-2");
    const std::optional<PretokenizerKind> kind = pretokenizerNamed(pre);
    if (!kind) return fault(FaultCode::FormatUnknown, {"pre-tokenizer", std::string(pre)});
    made->m_pretokenizer = *kind;
    made->m_wholeWordsFirst = *kind == PretokenizerKind::Llama3;
    made->m_addsBeginning = *kind == PretokenizerKind::Llama3;
    if (auto ok = made->readVocabulary(gguf); !ok) return tl::unexpected<Fault>(ok.error());
    const auto *merges = gguf.array<std::string_view>("tokenizer.ggml.merges");
    if (merges == nullptr) return fault(FaultCode::KeyMissing, {"tokenizer.ggml.merges"});
    made->m_ranks.reserve(merges->size());
    for (const std::string_view merge : *merges) {
        if (merge.find(' ', 1) == std::string_view::npos)
            return fault(FaultCode::KeyInvalid, {"tokenizer.ggml.merges", std::string(merge)});
        made->m_ranks.emplace(Bytes(merge), static_cast<std::uint32_t>(made->m_ranks.size()));
    }
    return std::unique_ptr<Tokenizer>(std::move(made));
}

void BytePair::encodeText(BytesView text, Place, std::vector<TokenId> &out) const
{
    Bytes spelled;
    const auto encode = [&](BytesView bytes) {
        spelled.clear();
        for (const char c : bytes) spelled += letters()[static_cast<unsigned char>(c)];
        encodeWord(spelled, out);
    };
    if (addsSpacePrefix()) {
        const Bytes prefixed = ' ' + Bytes(text);
        pretokenize(m_pretokenizer, prefixed, encode);
    } else {
        pretokenize(m_pretokenizer, text, encode);
    }
}

void BytePair::encodeWord(BytesView word, std::vector<TokenId> &out) const
{
    if (m_wholeWordsFirst) {
        if (const std::optional<TokenId> id = find(word)) {
            out.push_back(*id);
            return;
        }
    }
    std::vector<BytesView> letters;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t size = static_cast<unsigned char>(word[at]) < 0x80 ? 1 : 2;
        letters.push_back(word.substr(at, size));
        at += size;
    }
    Bytes key;
    const auto rankOf = [&](BytesView left, BytesView right) -> std::optional<double> {
        key.assign(left).append(1, ' ').append(right);
        const auto found = m_ranks.find(key);
        return found == m_ranks.end() ? std::nullopt : std::optional<double>(found->second);
    };
    for (const BytesView piece : mergePairs(letters, rankOf)) {
        if (const std::optional<TokenId> id = find(piece)) {
            out.push_back(*id);
            continue;
        }
        for (std::size_t at = 0; at < piece.size();) { // no token: its bytes, where those are
            const std::size_t size = static_cast<unsigned char>(piece[at]) < 0x80 ? 1 : 2;
            if (const auto id = find(piece.substr(at, size))) out.push_back(*id);
            at += size;
        }
    }
}

Bytes BytePair::bytesOf(TokenId token) const
{
    if (kind(token) == Kind::Control) return {};
    const BytesView text = piece(token);
    if (kind(token) == Kind::UserDefined) return Bytes(text);
    Bytes out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : 2;
        const Bytes letter(text.substr(at, size));
        const auto found = bytesByLetter().find(letter);
        if (found != bytesByLetter().end())
            out += found->second;
        else
            out += letter;
        at += letter.size();
    }
    return out;
}

} // namespace kvscope::llm
