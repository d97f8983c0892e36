// Tokenizer: the vocabulary and what both families share.
#include "core/llm/tokenizer.h"

#include "core/llm/bytepair.h"
#include "core/llm/sentencepiece.h"

#include <algorithm>

namespace kvscope::llm {
namespace {

constexpr std::size_t kMostTokens = 4U << 20U;

// Tokens that end a turn without being the file's end-of-text token.
constexpr std::string_view kTurnEnds[] = {"<|im_end|>",    "<|eot_id|>",    "<|end|>",
                                          "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>",
                                          "</s>"};

} // namespace

Expected<std::unique_ptr<Tokenizer>> Tokenizer::from(const Gguf &gguf)
{
    const auto model = gguf.text("tokenizer.ggml.model");
    if (!model) return fault(FaultCode::KeyMissing, {"tokenizer.ggml.model"});
    if (*model == "llama") return SentencePiece::make(gguf);
    if (*model == "gpt2") return BytePair::make(gguf);
    return fault(FaultCode::FormatUnknown, {"tokenizer", std::string(*model)});
}

Expected<void> Tokenizer::readVocabulary(const Gguf &gguf)
{
    const auto *tokens = gguf.array<std::string_view>("tokenizer.ggml.tokens");
    if (tokens == nullptr || tokens->empty())
        return fault(FaultCode::KeyMissing, {"tokenizer.ggml.tokens"});
    if (tokens->size() > kMostTokens)
        return fault(FaultCode::KeyInvalid,
                     {"tokenizer.ggml.tokens", std::to_string(tokens->size())});
    const auto *kinds = gguf.array<std::int64_t>("tokenizer.ggml.token_type");
    if (kinds != nullptr && kinds->size() != tokens->size())
        return fault(FaultCode::KeyInvalid,
                     {"tokenizer.ggml.token_type", std::to_string(kinds->size())});
    m_pieces.reserve(tokens->size());
    m_kinds.reserve(tokens->size());
    for (std::size_t i = 0; i < tokens->size(); ++i) {
        m_pieces.emplace_back((*tokens)[i]);
        const std::int64_t kind = kinds == nullptr ? 1 : (*kinds)[i];
        if (kind < 0 || kind > 6)
            return fault(FaultCode::KeyInvalid,
                         {"tokenizer.ggml.token_type", std::to_string(kind)});
        m_kinds.push_back(kind == 0 ? Kind::Normal : static_cast<Kind>(kind));
        m_byPiece.emplace(m_pieces.back(), static_cast<TokenId>(i));
        const bool special = m_kinds.back() == Kind::Control || m_kinds.back() == Kind::UserDefined;
        if (special && !m_pieces.back().empty()) m_special.push_back(static_cast<TokenId>(i));
    }
    std::ranges::stable_sort(m_special, [this](TokenId a, TokenId b) {
        return m_pieces[a].size() > m_pieces[b].size();
    });

    const auto named = [&](const char *key, std::optional<TokenId> &out) -> Expected<void> {
        const std::optional<std::uint64_t> id = gguf.count(key);
        if (!id) return {};
        if (*id >= m_pieces.size()) return fault(FaultCode::KeyInvalid, {key, std::to_string(*id)});
        out = static_cast<TokenId>(*id);
        return {};
    };
    if (auto ok = named("tokenizer.ggml.bos_token_id", m_beginning); !ok) return ok;
    if (auto ok = named("tokenizer.ggml.eos_token_id", m_end); !ok) return ok;
    if (m_end) m_ends.push_back(*m_end);
    for (const std::string_view piece : kTurnEnds) {
        const std::optional<TokenId> id = find(piece);
        if (id && isControl(*id) && !isEnd(*id)) m_ends.push_back(*id);
    }
    m_addsBeginning =
        gguf.flag("tokenizer.ggml.add_bos_token").value_or(m_addsBeginning) && m_beginning;
    m_addsSpacePrefix = gguf.flag("tokenizer.ggml.add_space_prefix").value_or(m_addsSpacePrefix);
    return {};
}

const Bytes &Tokenizer::piece(TokenId token) const
{
    static const Bytes kNone;
    return token < m_pieces.size() ? m_pieces[token] : kNone;
}

std::optional<TokenId> Tokenizer::find(BytesView piece) const
{
    const auto found = m_byPiece.find(Bytes(piece));
    if (found == m_byPiece.end()) return std::nullopt;
    return found->second;
}

bool Tokenizer::isEnd(TokenId token) const
{
    return std::ranges::find(m_ends, token) != m_ends.end();
}

std::vector<TokenId> Tokenizer::encode(BytesView text, SpecialTokens special) const
{
    std::vector<TokenId> out;
    Place place = Place::First;
    std::size_t start = 0; // of the plain stretch
    for (std::size_t at = 0; at < text.size() && !m_special.empty();) {
        const auto found = std::ranges::find_if(m_special, [&](TokenId id) {
            if (special == SpecialTokens::AsText && kind(id) == Kind::Control) return false;
            return text.substr(at, m_pieces[id].size()) == m_pieces[id];
        });
        if (found == m_special.end()) {
            ++at;
            continue;
        }
        if (at > start) encodeText(text.substr(start, at - start), place, out);
        out.push_back(*found);
        place = Place::First;
        start = at = at + m_pieces[*found].size();
    }
    if (start < text.size()) encodeText(text.substr(start), place, out);
    return out;
}

std::vector<TokenId> Tokenizer::encodePrompt(BytesView text, SpecialTokens special) const
{
    std::vector<TokenId> tokens = encode(text, special);
    if (m_addsBeginning) tokens.insert(tokens.begin(), *m_beginning);
    return tokens;
}

Bytes Tokenizer::decode(std::span<const TokenId> tokens) const
{
    Bytes text;
    bool first = true;
    for (const TokenId token : tokens) {
        Bytes bytes = bytesOf(token);
        if (first && m_addsSpacePrefix && !isControl(token)) {
            first = false;
            if (!bytes.empty() && bytes.front() == ' ') bytes.erase(0, 1);
        }
        text += bytes;
    }
    return text;
}

} // namespace kvscope::llm
