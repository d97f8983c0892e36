// `bench lab --policies`: what each cache policy and number format loses, as a table.
//
// Perplexity over a text (`--text FILE`), token by token under the policy, and recall: eight facts
// are told, some words of the text follow, then one fact begins again; the answer counts where
// every one of its digits is the model's first choice. Compression often leaves perplexity nearly
// alone and loses facts ("Pitfalls of KV compression", 2025): hence both.
#include "app/bench/benchlab.h"

#include "core/store/kvfault.h"

#include <QFile>

#include <algorithm>
#include <cmath>
#include <random>

namespace kvscope::bench {
namespace {

constexpr std::size_t kFacts = 8;

struct Question
{
    std::vector<llm::TokenId> told;
    std::vector<llm::TokenId> answer;
};

struct Setting
{
    const char *policy;
    llm::KvType kv;
    llm::Rotation rotation = llm::Rotation::None;
};

const Setting kSettings[] = {
    {"full", llm::KvType::F32},
    {"full", llm::KvType::F16},
    {"full", llm::KvType::Q8},
    {"full", llm::KvType::Q4},
    {"full", llm::KvType::Q4, llm::Rotation::Hadamard},
    {"full", llm::KvType::Kivi2},
    {"window:128", llm::KvType::F32},
    {"sinks:4+124", llm::KvType::F32},
    {"h2o:128", llm::KvType::F32},
    {"snapkv:128", llm::KvType::F32},
    {"keynorm:128", llm::KvType::F32},
    {"random:128", llm::KvType::F32},
    {"h2o:128", llm::KvType::Q8},
};

/// Names and things as the model's training notebooks have them.
constexpr const char *kNames[] = {"Anna",   "Emma",    "Jane",   "Mary",  "Thomas", "Henry",
                                  "George", "Charles", "Edward", "Kitty", "Lydia",  "Frank"};
constexpr const char *kThings[] = {"key",  "box",   "house", "room", "desk", "door",
                                   "book", "chest", "gate",  "boat", "lamp", "coat"};

class Questions
{
  public:
    Questions(const llm::Tokenizer &tokenizer, Bytes text, std::uint64_t seed)
        : m_tokenizer(tokenizer), m_text(std::move(text)), m_dice(seed)
    {}

    Question next(std::size_t words)
    {
        std::vector<std::string> names(std::begin(kNames), std::end(kNames));
        std::vector<std::string> things(std::begin(kThings), std::end(kThings));
        std::shuffle(names.begin(), names.end(), m_dice);
        std::shuffle(things.begin(), things.end(), m_dice);
        Bytes prompt;
        std::vector<Bytes> codes;
        for (std::size_t i = 0; i < kFacts; ++i) {
            Bytes code;
            for (int digit = 0; digit < 4; ++digit) code += static_cast<char>('0' + m_dice() % 10);
            prompt += start(names[i], things[i]) + ' ' + code + '.';
            codes.push_back(code);
        }
        const std::size_t asked = m_dice() % kFacts;
        prompt += passage(words) + start(names[asked], things[asked]);
        return {m_tokenizer.encodePrompt(prompt), m_tokenizer.encode(' ' + codes[asked])};
    }

  private:
    static Bytes start(const Bytes &name, const Bytes &thing)
    {
        return " The code of " + name + "'s " + thing + " is";
    }
    Bytes passage(std::size_t words)
    {
        std::size_t at = m_text.find(' ', m_dice() % (m_text.size() / 2 + 1));
        std::size_t end = at;
        for (std::size_t i = 0; i < words && end != Bytes::npos; ++i)
            end = m_text.find(' ', end + 1);
        return at == Bytes::npos ? Bytes() : m_text.substr(at, end == Bytes::npos ? end : end - at);
    }

    const llm::Tokenizer &m_tokenizer;
    Bytes m_text;
    std::mt19937_64 m_dice;
};

Result<bool> answers(const std::shared_ptr<const llm::Model> &model,
                     const llm::Session::Options &options, const Question &question)
{
    auto session = llm::Session::make(model, options);
    if (!session) return failure(errorOf(session.error(), {}));
    if (auto ok = (*session)->feed(question.told); !ok) return failure(errorOf(ok.error(), {}));
    for (const llm::TokenId token : question.answer) {
        if (llm::Sampler::greedy((*session)->logits()) != token) return false;
        if (auto ok = (*session)->accept(token); !ok) return failure(errorOf(ok.error(), {}));
    }
    return true;
}

Result<double> perplexity(const std::shared_ptr<const llm::Model> &model,
                          const llm::Session::Options &options,
                          const std::vector<llm::TokenId> &tokens, std::size_t window)
{
    double nats = 0;
    std::size_t count = 0;
    for (std::size_t at = 0; at + window <= tokens.size(); at += window) {
        std::vector<llm::TokenId> piece{model->tokenizer().beginning().value_or(tokens[at])};
        piece.insert(piece.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at),
                     tokens.begin() + static_cast<std::ptrdiff_t>(at + window - 1));
        auto session = llm::Session::make(model, options);
        if (!session) return failure(errorOf(session.error(), {}));
        const auto ok = (*session)->score(
            std::span<const llm::TokenId>(piece).first(piece.size() - 1),
            [&](std::size_t i, std::span<const float> logits) {
                nats += llm::logSumExp(logits) - static_cast<double>(logits[piece[i + 1]]);
                ++count;
            });
        if (!ok) return failure(errorOf(ok.error(), {}));
    }
    return std::exp(nats / static_cast<double>(std::max<std::size_t>(1, count)));
}

} // namespace

Result<Outcome> benchPolicies(const Context &context)
{
    const auto model = labBenchModel(context);
    if (!model) return failure(model.error());
    QFile file(context.option(QStringLiteral("text")));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable,
                       {QStringLiteral("--text ") + file.fileName(), file.errorString()});
    const Bytes text = file.readAll().toStdString();
    std::vector<llm::TokenId> tokens = (*model)->tokenizer().encode(text);
    const auto window = static_cast<std::size_t>(context.number(QStringLiteral("context"), 512));
    tokens.resize(std::min(tokens.size(), window * static_cast<std::size_t>(context.number(
                                                       QStringLiteral("windows"), 8))));
    if (tokens.size() < window || window < 32)
        return failure(ErrorCode::WrongUsage, {QStringLiteral("--text is shorter than --context")});
    const int trials = context.number(QStringLiteral("trials"), 40);
    const auto words = static_cast<std::size_t>(context.number(QStringLiteral("words"), 100));

    Outcome outcome;
    for (const Setting &setting : kSettings) {
        llm::Session::Options options;
        options.kv = setting.kv;
        options.rotation = setting.rotation;
        options.policy = *llm::PolicySpec::parse(setting.policy);
        Questions questions((*model)->tokenizer(), text, 3); // the same for every setting
        int right = 0;
        for (int trial = 0; trial < trials; ++trial) {
            const auto answered = answers(*model, options, questions.next(words));
            if (!answered) return failure(answered.error());
            right += *answered ? 1 : 0;
        }
        const auto measured = perplexity(*model, options, tokens, window);
        if (!measured) return failure(measured.error());
        const llm::KvLayout layout((*model)->shape(), {setting.kv, setting.rotation});
        const std::size_t cells = std::min(window, options.policy.limit());
        const QString name = QStringLiteral("%1 %2").arg(
            QString::fromLatin1(setting.policy), QString::fromStdString(layout.format().name()));
        const double recalled = static_cast<double>(right) / std::max(1, trials);
        context.item({{QStringLiteral("policy"), QString::fromLatin1(setting.policy)},
                      {QStringLiteral("kv"), QString::fromStdString(layout.format().name())},
                      {QStringLiteral("perplexity"), *measured},
                      {QStringLiteral("recall"), recalled},
                      {QStringLiteral("bytes"), static_cast<qint64>(layout.payloadBytes(cells) +
                                                                    layout.scaleBytes(cells))}});
        outcome.figures[name + QStringLiteral(" perplexity")] = *measured;
        outcome.figures[name + QStringLiteral(" recall")] = recalled;
    }
    return outcome;
}

} // namespace kvscope::bench
