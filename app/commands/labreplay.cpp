// lab-replay: a serving trace through a prefix cache, a cell for each policy and size.
//
// "blocks" is null in the cell without a bound.
#include "app/commands/labmodel.h"
#include "core/base/human.h"
#include "core/labrun/servingreplay.h"

#include <QCoreApplication>

#include <charconv>
#include <chrono>

namespace kvscope {
namespace {

constexpr std::size_t kDefaultRate = 10'000; // tokens/s

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabReplay)
};

using Size = std::optional<std::size_t>; // nothing: without a bound

struct Plan
{
    std::vector<Size> sizes;
    std::vector<trace::PrefixPolicy> policies;
    std::size_t rate = kDefaultRate;
};

using Cell = ReplayCell;

std::vector<BytesView> wordsIn(BytesView list)
{
    std::vector<BytesView> words;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        words.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

Result<std::vector<Size>> sizesIn(BytesView list)
{
    std::vector<Size> sizes;
    for (const BytesView word : wordsIn(list)) {
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), size);
        const bool isNumber = error == std::errc() && end == word.data() + word.size() && size > 0;
        if (!isNumber && word != "inf")
            return failure(ErrorCode::WrongUsage,
                           {Sentences::tr("--blocks is a list of whole numbers from 1 up, or inf, "
                                          "such as 1000,10000,inf")});
        sizes.push_back(isNumber ? Size(size) : Size());
    }
    return sizes;
}

Result<std::vector<trace::PrefixPolicy>> policiesIn(BytesView list)
{
    std::vector<trace::PrefixPolicy> policies;
    for (const BytesView word : wordsIn(list)) {
        const auto policy = trace::prefixPolicyNamed(word);
        if (policy) {
            policies.push_back(*policy);
            continue;
        }
        QStringList names;
        for (const trace::PrefixPolicy known : trace::prefixPolicies())
            names << QString::fromLatin1(trace::prefixPolicyName(known));
        return failure(ErrorCode::WrongUsage,
                       {Sentences::tr("--policy is a list of %1, not “%2”")
                            .arg(names.join(QStringLiteral(", ")),
                                 QString::fromStdString(escapeBytes(Bytes(word))))});
    }
    return policies;
}

Result<Plan> planFrom(const Arguments &arguments)
{
    const auto blocks = arguments.value("blocks");
    const auto policy = arguments.value("policy");
    if (!blocks || !policy)
        return failure(ErrorCode::WrongUsage,
                       {Sentences::tr("--blocks and --policy are needed, such as --blocks "
                                      "1000,inf --policy lru,fifo")});
    auto sizes = sizesIn(*blocks);
    if (!sizes) return failure(sizes.error());
    auto policies = policiesIn(*policy);
    if (!policies) return failure(policies.error());
    const auto rate = labNumber(arguments, "prefill-rate", kDefaultRate, 1);
    if (!rate) return failure(rate.error());
    return Plan{std::move(*sizes), std::move(*policies), *rate};
}

QString counted(std::uint64_t number)
{
    return QString::fromStdString(formatCount(number));
}

QString row(const QString &policy, const QStringList &columns)
{
    QString line = policy.leftJustified(6);
    for (const QString &column : columns) line += column.rightJustified(14);
    return line + u'\n';
}

void tell(Output &output, const Cell &cell, std::size_t rate)
{
    const QString policy = QString::fromLatin1(trace::prefixPolicyName(cell.policy));
    const trace::PrefixReplayResult &result = cell.result;
    if (!output.isJson()) {
        const auto ms =
            static_cast<std::int64_t>(cell.savedSeconds(static_cast<double>(rate)) * 1000);
        output.answer(
            row(policy, {cell.blocks ? counted(*cell.blocks) : QStringLiteral("inf"),
                         counted(result.references), counted(result.hits),
                         QStringLiteral("%1 %").arg(result.hitRatio() * 100, 0, 'f', 1),
                         counted(result.savedTokens), QString::fromStdString(formatDuration(ms))})
                .toStdString());
        return;
    }
    const auto integer = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    std::optional<std::int64_t> blocks;
    if (cell.blocks) blocks = integer(*cell.blocks);
    output.line(JsonLine("item")
                    .text("policy", trace::prefixPolicyName(cell.policy))
                    .integer("blocks", blocks)
                    .integer("references", integer(result.references))
                    .integer("hits", integer(result.hits))
                    .number("hit_ratio", result.hitRatio())
                    .integer("prompt_tokens", integer(result.tokens))
                    .integer("saved_tokens", integer(result.savedTokens))
                    .number("saved_share", result.savedShare())
                    .number("saved_seconds", cell.savedSeconds(static_cast<double>(rate))));
}

/// What a run leaves behind beside its cells.
struct Tally
{
    std::size_t requests = 0;
    std::size_t references = 0;
    std::size_t distinct = 0;
    std::size_t cells = 0;
};

/// The worker's thread.
Result<bool> replayAll(const Bytes &path, const Plan &plan, Tally &tally,
                       const std::function<void(Cell)> &done, const std::stop_token &stop)
{
    trace::ServingFault fault;
    const auto trace = trace::readServingTrace(path, fault, stop);
    if (!trace) {
        if (fault.kind == trace::ServingFault::Kind::Stopped) return true;
        return failure(errorOf(fault, QString::fromStdString(path)));
    }
    tally = {trace->requests.size(), trace->blocks.size(), trace->distinct, 0};
    for (const trace::PrefixPolicy policy : plan.policies) {
        for (const Size &blocks : plan.sizes) {
            const auto result = trace::replayPrefixes(*trace, policy, blocks, stop);
            if (!result) return true;
            ++tally.cells;
            done({policy, blocks, *result});
        }
    }
    return true;
}

} // namespace

int runLabReplay(VerbContext &context)
{
    const auto plan = planFrom(context.arguments);
    if (!plan) return context.output.fail(plan.error());
    const Bytes &path = context.arguments.positional().front();
    const auto start = std::chrono::steady_clock::now();

    Tally tally;
    Lifetime lifetime;
    bool isFirst = true;
    const auto takeCell = lifetime.guard([&](const Cell &cell) {
        if (std::exchange(isFirst, false))
            context.output.answer(row(Sentences::tr("policy"),
                                      {Sentences::tr("blocks"), Sentences::tr("references"),
                                       Sentences::tr("hits"), Sentences::tr("hit ratio"),
                                       Sentences::tr("tokens saved"), Sentences::tr("time saved")})
                                      .toStdString());
        tell(context.output, cell, plan->rate);
    });
    const Result<bool> done = labWork(context.interrupt, [&](const std::stop_token &stop) {
        return replayAll(path, *plan, tally, takeCell, stop);
    });
    if (!done) return context.output.fail(done.error());
    context.output.remark(Sentences::tr("Time saved is that of a prefill of %1 tokens a second.")
                              .arg(counted(plan->rate)));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const auto integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    return context.output.finish(context.interrupt.raised() ? Exit::Interrupted : Exit::Done,
                                 JsonLine("result")
                                     .integer("requests", integer(tally.requests))
                                     .integer("references", integer(tally.references))
                                     .integer("distinct_blocks", integer(tally.distinct))
                                     .integer("cells", integer(tally.cells))
                                     .integer("prefill_tps", integer(plan->rate))
                                     .number("seconds", seconds.count()));
}

} // namespace kvscope
