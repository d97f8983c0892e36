// Tokenizer: text to token ids and back, as the model was trained with.
//
// Two families exist in GGUF files, named by tokenizer.ggml.model:
//   "llama"  SentencePiece: scores rank the merges, unknown characters fall back to byte tokens
//            (sentencepiece.h);
//   "gpt2"   byte-level BPE: a pre-tokenizer cuts the text, a table ranks the merges (bytepair.h).
#pragma once

#include "core/base/bytes.h"
#include "core/llm/gguf.h"

#include <memory>
#include <unordered_map>

namespace kvscope::llm {

using TokenId = std::uint32_t;

/// What becomes of "<s>" or "<|im_start|>" in a text.
enum class SpecialTokens : std::uint8_t {
    AsText, ///< spelled out like any other characters; what a person typed
    Parse,  ///< becomes the control token of that name; what a chat template made
};

/// Immutable once made; any number of threads may use it.
class Tokenizer
{
  public:
    /// From a file's metadata. FormatUnknown, KeyMissing, KeyInvalid.
    static Expected<std::unique_ptr<Tokenizer>> from(const Gguf &gguf);
    virtual ~Tokenizer() = default;

    /// No token is added at either end.
    std::vector<TokenId> encode(BytesView text,
                                SpecialTokens special = SpecialTokens::AsText) const;
    /// The bytes a token stands for; a control token has none. A token may hold part of a
    /// character.
    virtual Bytes bytesOf(TokenId token) const = 0;
    /// The text of a whole sequence: without the space that encode() put in front.
    Bytes decode(std::span<const TokenId> tokens) const;

    std::size_t size() const { return m_pieces.size(); }
    /// Models may have rows beyond the last token, to fill a matrix up: an id there is an empty
    /// piece.
    const Bytes &piece(TokenId token) const;
    bool isControl(TokenId token) const { return kind(token) == Kind::Control; }
    std::optional<TokenId> beginning() const { return m_beginning; }
    std::optional<TokenId> end() const { return m_end; }
    /// True for every token that ends an answer (end of text, end of turn).
    bool isEnd(TokenId token) const;
    /// True when the model expects beginning() in front.
    bool addsBeginning() const { return m_addsBeginning; }
    /// encode() with beginning() in front where the model expects it.
    std::vector<TokenId> encodePrompt(BytesView text,
                                      SpecialTokens special = SpecialTokens::AsText) const;

  protected:
    enum class Kind : std::uint8_t { Normal = 1, Unknown, Control, UserDefined, Unused, Byte };

    Expected<void> readVocabulary(const Gguf &gguf);
    std::optional<TokenId> find(BytesView piece) const;
    Kind kind(TokenId token) const
    {
        return token < m_kinds.size() ? m_kinds[token] : Kind::Unused;
    }
    bool addsSpacePrefix() const { return m_addsSpacePrefix; }

    /// One stretch of plain text. `first`: at the text's beginning or behind a special token.
    enum class Place : std::uint8_t { First, Inner };
    virtual void encodeText(BytesView text, Place place, std::vector<TokenId> &out) const = 0;

    bool m_addsBeginning = false;
    bool m_addsSpacePrefix = false;

  private:
    std::vector<Bytes> m_pieces;
    std::vector<Kind> m_kinds;
    std::unordered_map<Bytes, TokenId> m_byPiece;
    std::vector<TokenId> m_special; // control and user-defined, the longest piece first
    std::vector<TokenId> m_ends;
    std::optional<TokenId> m_beginning;
    std::optional<TokenId> m_end;
};

} // namespace kvscope::llm
