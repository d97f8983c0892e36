// FactTask: names, things, numbers.
#include "core/labrun/facttask.h"

#include <array>
#include <sstream>

namespace kvscope {
namespace {

constexpr std::array kPeople{"Anna",   "Emma",    "Jane",   "Mary",  "Thomas", "Henry",
                             "George", "Charles", "Edward", "Kitty", "Lydia",  "Frank"};
constexpr std::array kThings{"key",  "box",   "house", "room", "desk", "door",
                             "book", "chest", "gate",  "boat", "lamp", "coat"};

Bytes beginning(std::size_t person, std::size_t thing)
{
    return Bytes(" The code of ") + kPeople[person] + "'s " + kThings[thing] + " is";
}

} // namespace

FactTask::FactTask(const llm::Tokenizer &tokenizer, const Bytes &passage, std::uint64_t seed)
    : m_tokenizer(tokenizer), m_dice(seed)
{
    std::istringstream words(passage);
    for (Bytes word; words >> word;) m_words.push_back(word);
}

Bytes FactTask::wordsFrom(std::size_t count)
{
    Bytes out;
    std::size_t at = static_cast<std::size_t>(m_dice() % m_words.size());
    for (std::size_t i = 0; i < count; ++i, at = (at + 1) % m_words.size())
        out += ' ' + m_words[at];
    return out;
}

FactQuestion FactTask::next(std::size_t wordsBetween)
{
    // A person and a thing are named once each, so that every beginning is one fact's alone.
    std::array<std::size_t, kPeople.size()> people{};
    std::array<std::size_t, kThings.size()> things{};
    for (std::size_t i = 0; i < people.size(); ++i) people[i] = things[i] = i;
    for (std::size_t i = people.size(); i > 1; --i) {
        std::swap(people[i - 1], people[static_cast<std::size_t>(m_dice() % i)]);
        std::swap(things[i - 1], things[static_cast<std::size_t>(m_dice() % i)]);
    }
    Bytes text;
    std::array<Bytes, kFacts> codes;
    for (std::size_t i = 0; i < kFacts; ++i) {
        for (int digit = 0; digit < 4; ++digit)
            codes[i] += static_cast<char>('0' + static_cast<char>(m_dice() % 10));
        text += beginning(people[i], things[i]) + ' ' + codes[i] + '.';
    }
    const std::size_t asked = static_cast<std::size_t>(m_dice() % kFacts);
    text += wordsFrom(wordsBetween) + beginning(people[asked], things[asked]);
    return {m_tokenizer.encodePrompt(text), m_tokenizer.encode(' ' + codes[asked])};
}

llm::Expected<bool> answersRightly(llm::Session &session, const FactQuestion &question,
                                   const std::stop_token &stop)
{
    if (auto ok = session.feed(question.told, stop); !ok)
        return tl::unexpected<llm::Fault>(ok.error());
    for (const llm::TokenId token : question.answer) {
        if (stop.stop_requested() || llm::Sampler::greedy(session.logits()) != token) return false;
        if (auto ok = session.accept(token); !ok) return tl::unexpected<llm::Fault>(ok.error());
    }
    return true;
}

} // namespace kvscope
