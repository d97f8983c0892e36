// warm: fills a store with a binding's entries.
#include "app/commands/jobverb.h"

#include "core/base/human.h"
#include "core/config/paths.h"
#include "core/jobs/storerun.h"
#include "core/jobs/warmupjob.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::WarmVerb)
};

Result<WarmupOptions> optionsFrom(const VerbContext &context)
{
    auto binding = bindingOf(context);
    if (!binding) return failure(binding.error());
    const Arguments &arguments = context.arguments;
    WarmupOptions options;
    options.binding = std::move(*binding);
    options.sourceUrl = optionText(arguments, "source");
    const auto rate = positiveNumber(arguments, "rate");
    if (!rate) return failure(rate.error());
    options.rate = *rate;
    options.dryRun = arguments.has("dry-run");
    if (arguments.has("order")) {
        auto order = WarmOrder::parse(optionText(arguments, "order"));
        if (!order) return failure(order.error());
        options.order = std::move(*order);
    }
    return options;
}

// The run to go on with, or a new one.
Result<RunRecord> runFor(const VerbContext &context, Journal &journal, WarmupOptions &options,
                         Store &store)
{
    const Bytes binding = options.binding.publicJson();
    const QString source = sourceName(sourceUrlOf(options.binding, options.sourceUrl));
    if (context.arguments.has("resume")) {
        auto record = journal.find(optionText(context.arguments, "resume"));
        if (!record) return record;
        if (record->kind != QLatin1String("warm") || record->binding != binding ||
            record->source != source || !isStoreOf(*record, store))
            return failure(
                ErrorCode::WrongUsage,
                {Sentences::tr("run %1 was not a warm-up of this binding, source and store")
                     .arg(record->id)});
        options.resume = record->checkpoint;
        if (!context.arguments.has("order"))
            if (auto order = WarmOrder::parse(
                    record->options.value(QStringLiteral("order")).toString(QStringLiteral("key"))))
                options.order = std::move(*order);
        if (const auto reopened = journal.reopen(record->id); !reopened)
            return failure(reopened.error());
        return record;
    }
    RunRecord record;
    record.kind = QStringLiteral("warm");
    record.bindingName = options.binding.name;
    record.binding = binding;
    record.source = source;
    record.store = store.name();
    record.options = {{QStringLiteral("dry_run"), options.dryRun},
                      {QStringLiteral("order"), options.order.text()},
                      {QStringLiteral("rate"), options.rate}};
    return journal.begin(std::move(record));
}

} // namespace

int runWarm(VerbContext &context)
{
    auto options = optionsFrom(context);
    if (!options) return context.output.fail(options.error());
    auto store = jobStore(context, options->dryRun ? Access::ReadOnly : Access::ReadWrite);
    if (!store) return context.output.fail(store.error());
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    const auto record = runFor(context, *journal, *options, **store);
    if (!record) return context.output.fail(record.error());
    options->run = record->id;

    Lifetime lifetime;
    JobControl control;
    WarmupJob::Sinks sinks;
    sinks.progress = progressSink(context, lifetime);
    sinks.remark =
        lifetime.guard([&context](const QString &sentence) { context.output.remark(sentence); });
    sinks.forecast = lifetime.guard(
        [&context](const MemoryForecast &forecast) { context.output.remark(forecast.sentence()); });
    WarmupJob job(**store, *journal, control, std::move(*options), std::move(sinks));
    std::optional<Error> error;
    runOnThread(context, control, [&] { error = job.run(); });

    const QJsonObject figures = job.report().toJson();
    const auto finished = journal->finish(record->id, endState(error), figures);
    if (!error && !finished) error = finished.error();
    if (error) context.output.error(*error);
    const auto count = [](std::int64_t n) {
        return QString::fromStdString(formatCount(static_cast<std::uint64_t>(n)));
    };
    const WarmupReport &report = job.report();
    context.output.remark(
        Sentences::tr("Run %1: %2 rows, %3 written, %4 kept as they are, %5 skipped.")
            .arg(record->id, count(report.rows), count(report.written), count(report.newerKept),
                 count(report.skipped)));
    return context.output.finish(
        error ? exitFor(*error) : Exit::Done,
        JsonLine("result").text("run", record->id.toStdString()).members(figures));
}

} // namespace kvscope
