// ChatScript: who says what to the chatbot: notebooks as system prompts, people who ask of them.
//
//     <s> The keeper of this notebook answers with a code …      the beginning that all share
//         The code of Anna's key is 4821. The code of …          one notebook of kPrompts
//         The code of Henry's gate is│ 7310.│ The code of …      question │ answer │ next question
#pragma once

#include "core/llm/tokenizer.h"

#include <random>

namespace kvscope {

/// The same seed makes the same notebooks and the same people. One thread.
class ChatScript
{
  public:
    static constexpr std::size_t kPrompts = 40;
    static constexpr std::size_t kFacts = 16;
    /// Questions that one person asks at most.
    static constexpr std::size_t kMostTurns = 6;
    /// People who are in the middle of a conversation with one notebook.
    static constexpr std::size_t kOpen = 3;

    /// Requires: the tokenizer outlives it.
    ChatScript(const llm::Tokenizer &tokenizer, std::uint64_t seed);

    /// A notebook's text, as it stands before every conversation about it.
    const Bytes &systemPrompt(std::size_t prompt) const { return m_prompts[prompt].text; }

    struct Turn
    {
        std::size_t prompt = 0;
        std::uint64_t conversation = 0;
        std::vector<llm::TokenId> tokens; ///< everything so far and the question
        Bytes expected;                   ///< the code that was asked for
    };
    /// The next question about a notebook: of somebody new, or of one who asked before.
    Turn next(std::size_t prompt);
    /// What was answered: it stands before the next question of that person.
    void answered(const Turn &turn, std::span<const llm::TokenId> said);

  private:
    struct Fact
    {
        Bytes beginning;
        Bytes code;
    };
    struct Conversation
    {
        std::uint64_t number = 0;
        std::size_t turns = 0;
        std::vector<llm::TokenId> tokens;
    };
    struct Prompt
    {
        Bytes text;
        std::vector<Fact> facts;
        std::vector<llm::TokenId> tokens;
        std::vector<Conversation> open;
    };
    Conversation &someone(Prompt &prompt);

    const llm::Tokenizer &m_tokenizer;
    std::mt19937_64 m_dice;
    std::vector<Prompt> m_prompts;
    std::uint64_t m_conversations = 0;
};

} // namespace kvscope
