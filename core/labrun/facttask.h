// FactTask: does a model still find what it was told, after its cache was made smaller?
#pragma once

#include "core/llm/session.h"

#include <random>

namespace kvscope {

/// Facts, then words about something else, then one fact's beginning: the answer is its number.
struct FactQuestion
{
    std::vector<llm::TokenId> told;
    std::vector<llm::TokenId> answer;
};

/// The same seed makes the same questions. Sentences are those that the shipped model was trained
/// to read.
class FactTask
{
  public:
    static constexpr std::size_t kFacts = 8;

    /// `passage`: where the words in between come from; not empty.
    FactTask(const llm::Tokenizer &tokenizer, const Bytes &passage, std::uint64_t seed);

    FactQuestion next(std::size_t wordsBetween);

  private:
    Bytes wordsFrom(std::size_t count);

    const llm::Tokenizer &m_tokenizer;
    std::vector<Bytes> m_words;
    std::mt19937_64 m_dice;
};

/// True when every token of the answer is the session's first choice. Requires: a fresh session.
llm::Expected<bool> answersRightly(llm::Session &session, const FactQuestion &question,
                                   const std::stop_token &stop);

} // namespace kvscope
