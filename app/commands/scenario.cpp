// scenario: a built-in workload against a store, and what it measured.
#include "app/commands/verb.h"

#include "core/base/human.h"
#include "core/scenario/scenariorunner.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <limits>

namespace kvscope {
namespace {

constexpr std::int64_t kDefaultMs = 10'000;
constexpr int kProgressEveryMs = 1000;

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::ScenarioVerb)
};

Result<ScenarioOptions> optionsFrom(const Arguments &arguments)
{
    ScenarioOptions options;
    options.name = QString::fromStdString(arguments.positional().front());
    options.durationMs = kDefaultMs;
    options.rate = usualRate(options.name);
    if (!scenarioNames().contains(options.name))
        return failure(ErrorCode::WrongUsage,
                       {Sentences::tr("there is no scenario “%1”, only %2")
                            .arg(options.name, scenarioNames().join(QStringLiteral(", ")))});
    if (const auto duration = arguments.value("for")) {
        const auto ms = parseDuration(*duration);
        if (!ms || *ms <= 0)
            return failure(ErrorCode::WrongUsage, {Sentences::tr("--for is a time such as 10s")});
        options.durationMs = *ms;
    }
    if (const auto rate = arguments.value("rate")) {
        bool ok = false;
        options.rate = QByteArray::fromStdString(*rate).toDouble(&ok);
        if (!ok || !(options.rate >= 0) || options.rate > 1e9)
            return failure(ErrorCode::WrongUsage,
                           {Sentences::tr("--rate is a number a second; 0: as many as it takes")});
    }
    if (const auto seed = arguments.value("seed")) {
        bool ok = false;
        options.seed = QByteArray::fromStdString(*seed).toULongLong(&ok);
        if (!ok) return failure(ErrorCode::WrongUsage, {Sentences::tr("--seed is a whole number")});
    }
    return options;
}

std::vector<std::pair<const char *, double>> figuresOf(const ScenarioReport &report)
{
    // A run too short for two windows has no model to compare with: that is not an error of 0.
    const auto compared = [&report](double figure) {
        return report.measuredUs > 0 ? figure : std::numeric_limits<double>::quiet_NaN();
    };
    return {{"hit_ratio", report.hitRatio},
            {"p50_us", report.p50Us},
            {"p99_us", report.p99Us},
            {"p999_us", report.p999Us},
            {"model_us", compared(report.modelUs)},
            {"measured_us", compared(report.measuredUs)},
            {"model_error", compared(report.modelError)}};
}

// A chatbot's operations are blocks; these are its questions.
std::vector<std::pair<const char *, double>> timesOf(const ScenarioReport::Turns &turns)
{
    const auto known = [](double ms) {
        return ms > 0 ? ms : std::numeric_limits<double>::quiet_NaN();
    };
    return {{"ttft_p50_ms", turns.p50Ms},
            {"ttft_p99_ms", turns.p99Ms},
            {"ttft_cold_ms", known(turns.coldMs)},
            {"ttft_warm_ms", known(turns.warmMs)}};
}

std::vector<std::pair<const char *, std::uint64_t>> tokensOf(const ScenarioReport::Turns &turns)
{
    return {{"turns", turns.count},
            {"prompt_tokens", turns.promptTokens},
            {"saved_tokens", turns.savedTokens}};
}

QString shownFigure(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 6) : QStringLiteral("-");
}

std::vector<std::pair<const char *, std::uint64_t>> countsOf(const ScenarioReport &report)
{
    return {{"ops", report.operations}, {"hits", report.hits}, {"misses", report.misses}};
}

void printReport(VerbContext &context, const ScenarioReport &report)
{
    QString table;
    const auto count = [&table](const std::pair<const char *, std::uint64_t> &one) {
        table += QStringLiteral("%1 %2\n").arg(QString::fromLatin1(one.first), -13).arg(one.second);
    };
    const auto figure = [&table](const std::pair<const char *, double> &one) {
        table += QStringLiteral("%1 %2\n")
                     .arg(QString::fromLatin1(one.first), -13)
                     .arg(shownFigure(one.second));
    };
    std::ranges::for_each(countsOf(report), count);
    std::ranges::for_each(figuresOf(report), figure);
    if (report.turns) {
        std::ranges::for_each(tokensOf(*report.turns), count);
        std::ranges::for_each(timesOf(*report.turns), figure);
    }
    context.output.answer(table.toStdString());
}

JsonLine resultOf(const ScenarioReport &report)
{
    JsonLine line("result");
    const auto count = [&line](const std::pair<const char *, std::uint64_t> &one) {
        line.integer(one.first, static_cast<std::int64_t>(one.second));
    };
    const auto figure = [&line](const std::pair<const char *, double> &one) {
        line.number(one.first, one.second);
    };
    std::ranges::for_each(countsOf(report), count);
    std::ranges::for_each(figuresOf(report), figure);
    if (report.turns) {
        std::ranges::for_each(tokensOf(*report.turns), count);
        std::ranges::for_each(timesOf(*report.turns), figure);
    }
    line.integer("errors", static_cast<std::int64_t>(report.errors))
        .number("seconds", report.seconds);
    return line;
}

void tellProgress(VerbContext &context, const ScenarioRunner &runner)
{
    if (runner.state().phase == ScenarioState::Phase::Preparing) {
        const int percent = static_cast<int>(runner.state().prepared * 100);
        const bool isChat = runner.options().name == QLatin1String(kChatbotScenario);
        context.output.progress(isChat
                                    ? Sentences::tr("loading the model")
                                    : Sentences::tr("making the demo database: %1 %").arg(percent),
                                JsonLine("progress").number("prepared", runner.state().prepared));
        return;
    }
    const ScenarioReport report = runner.report();
    context.output.progress(Sentences::tr("%1 requests, hit ratio %2 %")
                                .arg(QString::fromStdString(formatCount(report.operations)))
                                .arg(report.hitRatio * 100, 0, 'f', 1),
                            JsonLine("progress")
                                .integer("ops", static_cast<std::int64_t>(report.operations))
                                .number("hit_ratio", report.hitRatio));
}

} // namespace

int runScenario(VerbContext &context)
{
    const Result<ScenarioOptions> options = optionsFrom(context.arguments);
    if (!options) return context.output.fail(options.error());
    const QString url =
        QString::fromStdString(context.arguments.value("store").value_or("engine:"));
    auto store = context.openStore(url, Access::ReadWrite);
    if (!store) return context.output.fail(store.error());

    if (options->name == QLatin1String(kChatbotScenario))
        context.output.remark(
            Sentences::tr("An operation is a KV block of 16 tokens that is looked up; a missing "
                          "one is computed by the shipped model."));
    else
        context.output.remark(Sentences::tr("The source is simulated with a latency of %1 ms.")
                                  .arg(options->sourceLatencyMs));
    ScenarioRunner runner(**store, *options);
    QEventLoop loop;
    QTimer ticker;
    bool over = false;
    const auto end = [&] {
        over = true;
        loop.quit();
    };
    QObject::connect(&runner, &ScenarioRunner::finished, &loop, end);
    QObject::connect(&runner, &ScenarioRunner::stateChanged, &loop,
                     [&](const ScenarioState &state) {
                         if (state.phase == ScenarioState::Phase::Failed) end();
                     });
    QObject::connect(&context.interrupt, &Interrupt::interrupted, &loop, [&] {
        runner.stop();
        if (!runner.isActive()) end();
    });
    QObject::connect(&ticker, &QTimer::timeout, &loop, [&] { tellProgress(context, runner); });
    ticker.start(kProgressEveryMs);
    runner.start();
    if (!over) loop.exec();

    if (runner.state().phase == ScenarioState::Phase::Failed)
        return context.output.fail(runner.state().error.value_or(Error(ErrorCode::Cancelled)));
    const ScenarioReport report = runner.report();
    printReport(context, report);
    return context.output.finish(context.interrupt.raised() ? Exit::Interrupted : Exit::Done,
                                 resultOf(report));
}

} // namespace kvscope
