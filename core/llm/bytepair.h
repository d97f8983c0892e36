// BytePair: byte-level BPE, the tokenizer of GPT-2, Llama 3, Qwen and SmolLM ("gpt2" in GGUF).
//
// Every byte is written as one printable character (GPT-2's table: printable Latin-1 stays, the
// rest moves to U+0100…), so that vocabulary and merge table are text. The pre-tokenizer cuts
// words; in a word the neighbouring pair of the lowest rank is merged, the leftmost of equals
// first, until the table knows no pair. O(n log n) by a heap. Sennrich et al. (2016); Radford et
// al. (2019).
#pragma once

#include "core/llm/pretokenizer.h"
#include "core/llm/tokenizer.h"

namespace kvscope::llm {

class BytePair final : public Tokenizer
{
  public:
    static Expected<std::unique_ptr<Tokenizer>> make(const Gguf &gguf);
    Bytes bytesOf(TokenId token) const override;

  private:
    BytePair() = default;
    void encodeText(BytesView text, Place place, std::vector<TokenId> &out) const override;
    void encodeWord(BytesView word, std::vector<TokenId> &out) const;

    PretokenizerKind m_pretokenizer = PretokenizerKind::Gpt2;
    std::unordered_map<Bytes, std::uint32_t> m_ranks; // "left right" -> rank
    bool m_wholeWordsFirst = false; // Llama 3: a word that is a token is taken whole
};

} // namespace kvscope::llm
