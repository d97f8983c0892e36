// ChatForm: how a chat's turns are spelled for a model that only continues text.
//
//   Lines   a question becomes "Q: … A:" on a line of its own, as in the notebooks that the shipped
//           model was trained on; anything else is a line that the model goes on from. A reply ends
//           with its line.
//   ChatMl  <|im_start|>user … <|im_end|>, where the tokenizer has these two control tokens (Qwen,
//           SmolLM2). A reply ends with a control token.
//
// A file's own template is a program (Jinja); it is not run.
#pragma once

#include "core/llm/tokenizer.h"

namespace kvscope {

/// Immutable. Requires: the tokenizer outlives it.
class ChatForm
{
  public:
    enum class Kind : std::uint8_t { Lines, ChatMl };

    explicit ChatForm(const llm::Tokenizer &tokenizer);

    Kind kind() const { return m_kind; }
    /// What a person said first, up to where the model answers.
    std::vector<llm::TokenId> firstTurn(BytesView said) const;
    /// The same behind a reply.
    std::vector<llm::TokenId> nextTurn(BytesView said) const;
    /// True for a token that is not part of a reply any more: it is not read.
    bool endsReply(llm::TokenId token) const;

  private:
    Bytes line(BytesView said) const;
    std::vector<llm::TokenId> markup(BytesView said) const;

    const llm::Tokenizer &m_tokenizer;
    Kind m_kind = Kind::Lines;
};

} // namespace kvscope
