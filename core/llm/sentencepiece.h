// SentencePiece: the tokenizer of Llama and TinyLlama ("llama" in GGUF).
//
// A space is written ▁ (U+2581), and one is put in front of the text. Then, beginning with single
// characters, the neighbouring pair whose union is the token of the highest score is merged, the
// leftmost of equals first, until no union is a token. A character that is no token is spelled in
// byte tokens <0x00>…<0xFF>. O(n log n) by a heap; pairs whose parts have changed are skipped when
// they surface. Kudo & Richardson, "SentencePiece" (2018), section 3.2.
#pragma once

#include "core/llm/tokenizer.h"

#include <array>

namespace kvscope::llm {

class SentencePiece final : public Tokenizer
{
  public:
    static Expected<std::unique_ptr<Tokenizer>> make(const Gguf &gguf);
    Bytes bytesOf(TokenId token) const override;

  private:
    SentencePiece() = default;
    void encodeText(BytesView text, Place place, std::vector<TokenId> &out) const override;
    void spell(BytesView piece, std::vector<TokenId> &out) const;

    std::vector<float> m_scores;
    std::array<std::optional<TokenId>, 256> m_byteTokens;
    std::optional<TokenId> m_unknown;
    bool m_removesExtraSpaces = false;
};

} // namespace kvscope::llm
