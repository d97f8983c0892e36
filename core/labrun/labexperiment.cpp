// LabExperiment: a row is some windows of text and some questions.
#include "core/labrun/labexperiment.h"

#include "core/labrun/facttask.h"
#include "core/store/kvfault.h"

#include <chrono>
#include <cmath>

namespace kvscope {
namespace {

constexpr std::uint64_t kSeed = 11;      // the same questions for every row
constexpr std::size_t kTimedTokens = 48; // at a window's end

using Clock = std::chrono::steady_clock;

llm::Session::Options optionsOf(const ExperimentRow &row)
{
    llm::Session::Options options;
    options.policy = row.policy;
    options.kv = row.kv;
    options.rotation = row.rotation;
    return options;
}

struct Score
{
    double nats = 0;
    std::size_t tokens = 0;
    double seconds = 0; // of the timed tokens
    std::size_t timed = 0;
    std::uint64_t bytes = 0;
};

/// One window: scored as a whole, then some tokens decoded for the clock.
llm::Expected<void> scoreWindow(const llm::Model &model, llm::Session &session,
                                std::span<const llm::TokenId> window, Score &score,
                                const std::stop_token &stop)
{
    std::vector<llm::TokenId> piece{model.tokenizer().beginning().value_or(window.front())};
    piece.insert(piece.end(), window.begin(), window.end() - 1);
    auto ok = session.score(
        piece,
        [&](std::size_t i, std::span<const float> logits) {
            score.nats += llm::logSumExp(logits) - static_cast<double>(logits[window[i]]);
            ++score.tokens;
        },
        stop);
    if (!ok || stop.stop_requested()) return ok;
    const llm::KvMemory memory = session.cache().memory();
    score.bytes = std::max<std::uint64_t>(score.bytes, memory.payload + memory.scales);
    const auto start = Clock::now();
    for (std::size_t i = 0; i < kTimedTokens && !stop.stop_requested(); ++i) {
        if (auto step = session.accept(session.sample()); !step) return step;
        ++score.timed;
    }
    score.seconds += std::chrono::duration<double>(Clock::now() - start).count();
    return {};
}

} // namespace

ExperimentState runExperiment(const ExperimentPlan &plan, const ExperimentTold &told,
                              const ExperimentLeave &leave)
{
    ExperimentState state;
    state.rows = plan.rows;
    const llm::Tokenizer &tokenizer = plan.model->tokenizer();
    const std::vector<llm::TokenId> tokens = tokenizer.encode(plan.passage);
    const std::size_t windows = std::min(plan.windows, tokens.size() / plan.window);
    state.tokens = windows * plan.window;
    state.questions = plan.questions;
    state.steps = plan.rows.size() * (windows + plan.questions);
    state.isRunning = true;
    const std::stop_token &stop = leave.stop;
    const auto isOver = [&] { return !leave.mayGoOn() || stop.stop_requested(); };
    const auto tell = [&] {
        if (told) told(std::make_shared<const ExperimentState>(state));
    };
    bool isCancelled = false;
    const auto end = [&](std::optional<Error> error) {
        state.isRunning = false;
        state.wasCancelled = isCancelled;
        state.error = std::move(error);
        tell();
        return state;
    };
    tell();
    for (ExperimentRow &row : state.rows) {
        Score score;
        const auto fresh = [&] { return llm::Session::make(plan.model, optionsOf(row)); };
        for (std::size_t w = 0; w < windows; ++w) {
            auto session = fresh();
            if (!session) return end(errorOf(session.error(), {}));
            const auto window = std::span(tokens).subspan(w * plan.window, plan.window);
            if (auto ok = scoreWindow(*plan.model, **session, window, score, stop); !ok)
                return end(errorOf(ok.error(), {}));
            if (isOver()) {
                isCancelled = true;
                return end(std::nullopt);
            }
            ++state.done;
            tell();
        }
        FactTask task(tokenizer, plan.passage, kSeed);
        std::size_t right = 0;
        for (std::size_t q = 0; q < plan.questions; ++q) {
            auto session = fresh();
            if (!session) return end(errorOf(session.error(), {}));
            const auto answered = answersRightly(**session, task.next(plan.wordsBetween), stop);
            if (!answered) return end(errorOf(answered.error(), {}));
            if (isOver()) {
                isCancelled = true;
                return end(std::nullopt);
            }
            right += *answered ? 1 : 0;
            ++state.done;
            if (q + 1 < plan.questions) tell();
        }
        row.isMeasured = true;
        if (score.tokens > 0)
            row.perplexity = std::exp(score.nats / static_cast<double>(score.tokens));
        if (plan.questions > 0)
            row.recall = static_cast<double>(right) / static_cast<double>(plan.questions);
        if (score.seconds > 0) row.tps = static_cast<double>(score.timed) / score.seconds;
        row.bytes = score.bytes;
        tell();
    }
    return end(std::nullopt);
}

std::vector<ExperimentRow> ExperimentGrid::rows() const
{
    std::vector<ExperimentRow> rows;
    const auto add = [&](const llm::PolicySpec &policy) {
        for (const Format &format : formats)
            rows.push_back({.policy = policy, .kv = format.type, .rotation = format.rotation});
    };
    for (const llm::PolicyKind kind : policies) {
        if (kind == llm::PolicyKind::Full) {
            add({});
            continue;
        }
        const std::size_t sinks = kind == llm::PolicyKind::Sinks ? kSinks : 0;
        for (const std::size_t budget : budgets)
            if (budget > sinks)
                add({.kind = kind, .sinks = sinks, .budget = budget - sinks, .seed = 1});
    }
    return rows;
}

} // namespace kvscope
