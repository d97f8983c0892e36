// lab: a language model writes on from a prompt, and what its KV cache held and cost.
#include "app/commands/labmodel.h"
#include "core/store/kvblocks.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>

#include <chrono>

namespace kvscope {
namespace {

constexpr std::size_t kDefaultTokens = 128;

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabVerbs)
};

using Seconds = std::chrono::duration<double>;

double rate(std::size_t count, Seconds time)
{
    return time.count() > 0 ? static_cast<double>(count) / time.count() : 0;
}

struct Generation
{
    std::vector<llm::TokenId> tokens;
    std::size_t promptTokens = 0;
    Seconds prefill{};
    Seconds decode{};
    Seconds firstToken{};
    Bytes text;
};

/// Bytes up to the last whole character: a token may end in the middle of one.
std::size_t wholeCharacters(BytesView text)
{
    for (std::size_t cut = 0; cut < std::min<std::size_t>(4, text.size()); ++cut)
        if (isValidUtf8(text.substr(0, text.size() - cut))) return text.size() - cut;
    return text.size();
}

/// The worker's thread. `said` is called with text as it comes.
Result<bool> generate(llm::Session &session, const std::vector<llm::TokenId> &prompt,
                      std::size_t most, Seconds fetching, Generation &out,
                      const std::function<void(BytesView)> &said, const std::stop_token &stop,
                      const QString &model)
{
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    out.promptTokens = prompt.size();
    if (auto ok = session.feed(prompt, stop); !ok) return failure(errorOf(ok.error(), model));
    const auto fed = Clock::now();
    out.prefill = fed - start;
    if (stop.stop_requested()) return true;
    const llm::Tokenizer &tokenizer = session.model().tokenizer();
    auto last = fed;
    std::size_t told = 0;
    while (out.tokens.size() < most && !stop.stop_requested()) {
        const llm::TokenId token = session.sample();
        if (out.tokens.empty()) out.firstToken = fetching + Seconds(Clock::now() - start);
        if (tokenizer.isEnd(token)) break;
        out.tokens.push_back(token);
        out.text += tokenizer.bytesOf(token);
        const std::size_t whole = wholeCharacters(out.text);
        if (whole > told) said(BytesView(out.text).substr(told, whole - told));
        told = std::max(told, whole);
        if (out.tokens.size() == most) break;
        if (auto ok = session.accept(token); !ok) return failure(errorOf(ok.error(), model));
        last = Clock::now();
    }
    if (told < out.text.size()) said(BytesView(out.text).substr(told));
    out.decode = last - fed;
    return true;
}

JsonLine resultOf(const llm::Session &session, const Generation &made)
{
    const llm::KvMemory memory = session.cache().memory();
    const llm::ModelShape &shape = session.model().shape();
    const std::size_t formula =
        shape.kvValuesPerToken() * llm::kvBits(session.options().kv) * memory.cells / 8;
    const auto integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    // Every token but the last was computed to choose the next one.
    const std::size_t steps = made.tokens.empty() ? 0 : made.tokens.size() - 1;
    const std::size_t computed = made.promptTokens - session.prefixHitTokens();
    JsonLine line("result");
    line.bytes("text", made.text)
        .integer("tokens", integer(made.tokens.size()))
        .integer("prompt_tokens", integer(made.promptTokens))
        .number("prefill_tps", rate(computed, made.prefill))
        .number("decode_tps", rate(steps, made.decode))
        .number("ttft_ms", made.firstToken.count() * 1000)
        .integer("kv_bytes", integer(memory.total))
        .integer("kv_payload_bytes", integer(memory.payload))
        .integer("kv_scale_bytes", integer(memory.scales))
        .integer("kv_slack_bytes", integer(memory.slack))
        .integer("kv_bytes_formula", integer(formula))
        .integer("prefix_hit_tokens", integer(session.prefixHitTokens()))
        .integer("kv_residual_bytes", integer(memory.residual))
        .integer("kv_shared_bytes", integer(memory.shared))
        .integer("kv_cells", integer(memory.cells))
        .integers("token_ids", made.tokens);
    return line;
}

/// The blocks of `--prefix-store`: the engine alone, or the engine with that store behind it.
struct PrefixCache
{
    std::unique_ptr<Store> store;
    std::shared_ptr<KvBlocks> blocks;

    /// The seconds that fetching from the second level took.
    Result<Seconds> fetch(VerbContext &context, const llm::Session &session,
                          const std::vector<llm::TokenId> &prompt) const
    {
        if (!store || prompt.size() < 2) return Seconds(0);
        const auto start = std::chrono::steady_clock::now();
        auto chain = llm::blockChain(session.model().fingerprint(), session.cache().layout(),
                                     std::span(prompt).first(prompt.size() - 1));
        const auto came = await<int>(context.interrupt,
                                     [&](auto done) { blocks->fetch(std::move(chain), done); });
        if (!came) return failure(came.error());
        return Seconds(std::chrono::steady_clock::now() - start);
    }
    void settle(VerbContext &context) const
    {
        if (store)
            (void)await<bool>(context.interrupt, [&](auto done) { blocks->whenWritten(done); });
    }
};

Result<PrefixCache> openPrefixCache(VerbContext &context)
{
    PrefixCache cache;
    const auto url = context.arguments.value("prefix-store");
    if (!url) return cache;
    const QString text = QString::fromStdString(*url);
    auto store = context.openStore(text, Access::ReadWrite);
    if (!store) return failure(store.error());
    cache.blocks = std::make_shared<KvBlocks>(context.stores.localEngine());
    if ((*store)->engineControl() == nullptr) {
        cache.store = std::move(*store);
        cache.blocks->setSecondLevel(cache.store.get());
    }
    return cache;
}

} // namespace

int runLab(VerbContext &context)
{
    const Arguments &arguments = context.arguments;
    const auto prompt = arguments.value("prompt");
    if (!prompt)
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("--prompt TEXT is needed")}));
    auto options = labOptions(arguments);
    if (!options) return context.output.fail(options.error());
    const auto most = labNumber(arguments, "tokens", kDefaultTokens, 0);
    if (!most) return context.output.fail(most.error());
    const auto model = labModel(arguments);
    if (!model) return context.output.fail(model.error());
    const QString path = labModelPath(arguments);

    const std::vector<llm::TokenId> tokens = (*model)->tokenizer().encodePrompt(*prompt);
    if (tokens.empty())
        return context.output.fail(
            Error(ErrorCode::WrongUsage, {Sentences::tr("the prompt is empty")}));
    auto prefix = openPrefixCache(context);
    if (!prefix) return context.output.fail(prefix.error());
    if (prefix->blocks &&
        (options->policy.kind != llm::PolicyKind::Full || options->caching == llm::Caching::Off)) {
        // Under any other policy a block's numbers depend on what was evicted before.
        context.output.remark(Sentences::tr("The prefix store is used with --cache full alone."));
        *prefix = {};
    }
    options->blocks = prefix->blocks;
    auto session = llm::Session::make(*model, *options);
    if (!session) return context.output.fail(errorOf(session.error(), path));
    const auto fetching = prefix->fetch(context, **session, tokens);
    if (!fetching) return context.output.fail(fetching.error());
    if (tokens.size() + *most > (*model)->shape().context)
        context.output.remark(
            Sentences::tr("The model was trained for %n tokens; beyond them it guesses.", nullptr,
                          static_cast<int>((*model)->shape().context)));

    Generation made;
    const auto said = [&](BytesView text) {
        if (!context.output.isJson()) context.output.answerNow(text);
    };
    const Result<bool> done = labWork(context.interrupt, [&](const std::stop_token &stop) {
        return generate(**session, tokens, *most, *fetching, made, said, stop, path);
    });
    if (!context.output.isJson()) context.output.answer("\n");
    prefix->settle(context);
    if (!done) return context.output.fail(done.error());
    JsonLine result = resultOf(**session, made);
    session->reset(); // gives its pinned blocks back before the engine goes
    return context.output.finish(context.interrupt.raised() ? Exit::Interrupted : Exit::Done,
                                 std::move(result));
}

} // namespace kvscope
