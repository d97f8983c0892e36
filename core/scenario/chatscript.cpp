// ChatScript: sentences of the kind that the shipped model was trained to read.
#include "core/scenario/chatscript.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kvscope {
namespace {

constexpr std::array kPeople{"Anna",   "Emma",    "Jane",   "Mary",  "Thomas", "Henry",
                             "George", "Charles", "Edward", "Kitty", "Lydia",  "Frank"};
constexpr std::array kThings{"key",  "box",   "house", "room", "desk", "door",
                             "book", "chest", "gate",  "boat", "lamp", "coat"};
constexpr std::size_t kPairs = kPeople.size() * kThings.size();
constexpr const char *kBeginning =
    " The keeper of this notebook was asked every day for one of the codes that were written in"
    " it, and he answered with the code and with nothing else.";

std::size_t roll(std::mt19937_64 &dice, std::size_t below)
{
    return static_cast<std::size_t>(dice() % below);
}

} // namespace

ChatScript::ChatScript(const llm::Tokenizer &tokenizer, std::uint64_t seed)
    : m_tokenizer(tokenizer), m_dice(seed), m_prompts(kPrompts)
{
    std::array<std::size_t, kPairs> pairs{};
    for (std::size_t i = 0; i < kPairs; ++i) pairs[i] = i;
    for (Prompt &prompt : m_prompts) {
        prompt.text = kBeginning;
        for (std::size_t i = 0; i < kFacts; ++i) {
            std::swap(pairs[i], pairs[i + roll(m_dice, kPairs - i)]);
            Fact fact;
            fact.beginning = Bytes(" The code of ") + kPeople[pairs[i] / kThings.size()] + "'s " +
                             kThings[pairs[i] % kThings.size()] + " is";
            for (int digit = 0; digit < 4; ++digit)
                fact.code += static_cast<char>('0' + static_cast<char>(roll(m_dice, 10)));
            prompt.text += fact.beginning + ' ' + fact.code + '.';
            prompt.facts.push_back(std::move(fact));
        }
        prompt.tokens = tokenizer.encodePrompt(prompt.text);
    }
}

ChatScript::Conversation &ChatScript::someone(Prompt &prompt)
{
    std::erase_if(prompt.open, [](const Conversation &one) { return one.turns >= kMostTurns; });
    const std::size_t who = roll(m_dice, kOpen);
    if (who < prompt.open.size()) return prompt.open[who];
    prompt.open.push_back({++m_conversations, 0, prompt.tokens});
    return prompt.open.back();
}

ChatScript::Turn ChatScript::next(std::size_t prompt)
{
    Prompt &about = m_prompts[prompt];
    Conversation &person = someone(about);
    ++person.turns;
    const Fact &fact = about.facts[roll(m_dice, kFacts)];
    Turn turn{prompt, person.number, person.tokens, fact.code};
    const std::vector<llm::TokenId> question = m_tokenizer.encode(fact.beginning);
    turn.tokens.insert(turn.tokens.end(), question.begin(), question.end());
    return turn;
}

void ChatScript::answered(const Turn &turn, std::span<const llm::TokenId> said)
{
    for (Conversation &person : m_prompts[turn.prompt].open) {
        if (person.number != turn.conversation) continue;
        person.tokens = turn.tokens;
        person.tokens.insert(person.tokens.end(), said.begin(), said.end());
    }
}

} // namespace kvscope
