// lab-perplexity: how well a model foretells a text, under a cache policy and a number format.
//
// The text's tokens are cut into consecutive windows of N; each begins anew. Where the model has a
// beginning token it stands first and every token of the text is foretold once, so that bits per
// byte are those of the whole file; where it has none, a window's first token is given.
#include "app/commands/labmodel.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>

#include <cmath>
#include <numbers>

namespace kvscope {
namespace {

constexpr std::size_t kDefaultWindow = 512;

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabVerbs)
};

struct Tally
{
    double nats = 0;
    std::size_t tokens = 0;
    std::size_t bytes = 0;

    double natsPerToken() const { return nats / static_cast<double>(tokens); }
    double bitsPerByte() const { return nats / std::numbers::ln2 / static_cast<double>(bytes); }
};

Result<bool> measure(const std::shared_ptr<const llm::Model> &model,
                     const llm::Session::Options &options, const std::vector<llm::TokenId> &text,
                     std::size_t window, Tally &tally,
                     const std::function<void(std::size_t)> &progress, const std::stop_token &stop)
{
    const llm::Tokenizer &tokenizer = model->tokenizer();
    const bool hasBeginning = tokenizer.addsBeginning();
    const std::size_t step = hasBeginning ? window - 1 : window;
    for (std::size_t at = 0; at < text.size() && !stop.stop_requested(); at += step) {
        std::vector<llm::TokenId> tokens;
        tokens.reserve(window);
        if (hasBeginning) tokens.push_back(*tokenizer.beginning());
        const std::size_t end = std::min(text.size(), at + step);
        tokens.insert(tokens.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      text.begin() + static_cast<std::ptrdiff_t>(end));
        if (tokens.size() < 2) break;
        auto session = llm::Session::make(model, options);
        if (!session) return failure(errorOf(session.error(), {}));
        // What follows the last token is not known here: it need not be computed.
        const auto ok = (*session)->score(
            std::span<const llm::TokenId>(tokens).first(tokens.size() - 1),
            [&](std::size_t i, std::span<const float> logits) {
                tally.nats += llm::logSumExp(logits) - static_cast<double>(logits[tokens[i + 1]]);
                tally.bytes += tokenizer.bytesOf(tokens[i + 1]).size();
                ++tally.tokens;
            },
            stop);
        if (!ok) return failure(errorOf(ok.error(), {}));
        progress(end);
    }
    return true;
}

} // namespace

int runLabPerplexity(VerbContext &context)
{
    const auto path = context.arguments.value("text");
    if (!path)
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("--text FILE is needed")}));
    const auto options = labOptions(context.arguments);
    if (!options) return context.output.fail(options.error());
    const auto window = labNumber(context.arguments, "context", kDefaultWindow, 2);
    if (!window) return context.output.fail(window.error());
    const auto text = readFile(*path);
    if (!text) return context.output.fail(text.error());
    const auto model = labModel(context.arguments);
    if (!model) return context.output.fail(model.error());
    const std::vector<llm::TokenId> tokens = (*model)->tokenizer().encode(*text);

    Tally tally;
    Lifetime lifetime;
    const auto progress = lifetime.guard([&](std::size_t reached) {
        const double share = static_cast<double>(reached) / static_cast<double>(tokens.size());
        context.output.progress(Sentences::tr("%1 % of the text").arg(share * 100, 0, 'f', 0),
                                JsonLine("progress").number("share", share));
    });
    const Result<bool> done = labWork(context.interrupt, [&](const std::stop_token &stop) {
        return measure(*model, *options, tokens, *window, tally, progress, stop);
    });
    if (!done) return context.output.fail(done.error());
    if (tally.tokens == 0)
        return context.output.fail(
            Error(ErrorCode::WrongUsage,
                  {Sentences::tr("the text is too short: nothing in it can be foretold")}));
    // Where every token was foretold, the file's bytes are the bytes; a space that the tokenizer
    // puts in front is none of them.
    if (tally.tokens == tokens.size()) tally.bytes = text->size();
    const double perplexity = std::exp(tally.natsPerToken());
    context.output.answer(
        QStringLiteral("nats_per_token %1\nbits_per_byte  %2\nperplexity     %3\n")
            .arg(tally.natsPerToken(), 0, 'g', 7)
            .arg(tally.bitsPerByte(), 0, 'g', 7)
            .arg(perplexity, 0, 'g', 7)
            .toStdString());
    return context.output.finish(context.interrupt.raised() ? Exit::Interrupted : Exit::Done,
                                 JsonLine("result")
                                     .number("nats_per_token", tally.natsPerToken())
                                     .number("bits_per_byte", tally.bitsPerByte())
                                     .number("perplexity", perplexity)
                                     .integer("tokens", static_cast<std::int64_t>(tally.tokens))
                                     .integer("bytes", static_cast<std::int64_t>(tally.bytes)));
}

} // namespace kvscope
