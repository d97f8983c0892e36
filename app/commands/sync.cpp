// sync: follows a binding's source and keeps a store in step with it.
#include "app/commands/jobverb.h"

#include "core/base/human.h"
#include "core/config/paths.h"
#include "core/jobs/syncjob.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::SyncVerb)
};

QString countText(std::int64_t count)
{
    return QString::fromStdString(formatCount(static_cast<std::uint64_t>(count)));
}

Result<SyncOptions> optionsFrom(const VerbContext &context)
{
    auto binding = bindingOf(context);
    if (!binding) return failure(binding.error());
    SyncOptions options;
    options.binding = std::move(*binding);
    options.sourceUrl = optionText(context.arguments, "source");
    if (const auto text = context.arguments.value("for")) {
        const auto ms = parseDuration(*text);
        if (!ms || *ms <= 0)
            return failure(ErrorCode::WrongUsage,
                           {Sentences::tr("--for is a time above 0, as in 30s")});
        options.duration = std::chrono::milliseconds(*ms);
    }
    return options;
}

// Where the last run of this binding on this store and source came to.
std::optional<RunRecord> lastRun(Journal &journal, const RunRecord &like)
{
    const auto runs = journal.runs();
    if (!runs) return std::nullopt;
    for (const RunRecord &run : *runs)
        if (run.kind == like.kind && run.binding == like.binding && run.store == like.store &&
            run.source == like.source && run.checkpoint)
            return run;
    return std::nullopt;
}

void say(Output &output, const SyncStatus &status)
{
    JsonLine line("progress");
    line.integer("rows", status.rows).integer("written", status.written);
    if (status.lagMs)
        line.number("lag_ms", *status.lagMs);
    else
        line.integer("lag_ms", std::optional<std::int64_t>());
    line.number("poll_ms", status.pollMs).boolean("listening", status.listening);
    if (!status.slowedBy.isEmpty()) line.text("slowed_by", status.slowedBy.toStdString());
    QString text = Sentences::tr("In step: %1 rows changed, %2 entries written")
                       .arg(countText(status.rows), countText(status.written));
    if (status.lagMs)
        text +=
            QStringLiteral(" · ") + Sentences::tr("lag %1").arg(QString::fromStdString(
                                        formatDuration(static_cast<std::int64_t>(*status.lagMs))));
    if (!status.slowedBy.isEmpty()) text += QStringLiteral(" · ") + status.slowedBy;
    output.progress(text, std::move(line));
}

int printTrigger(VerbContext &context)
{
    const auto binding = bindingOf(context);
    if (!binding) return context.output.fail(binding.error());
    const Bytes sql = SyncJob::triggerSql(*binding).toStdString();
    context.output.answer(sql);
    return context.output.finish(Exit::Done, std::move(JsonLine("result").text("trigger", sql)));
}

} // namespace

int runSync(VerbContext &context)
{
    if (context.arguments.has("print-trigger")) return printTrigger(context);
    auto options = optionsFrom(context);
    if (!options) return context.output.fail(options.error());
    auto store = jobStore(context, Access::ReadWrite);
    if (!store) return context.output.fail(store.error());
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    RunRecord record;
    record.kind = QStringLiteral("sync");
    record.bindingName = options->binding.name;
    record.binding = options->binding.publicJson();
    record.source = sourceName(sourceUrlOf(options->binding, options->sourceUrl));
    record.store = (*store)->name();
    if (const auto before = lastRun(*journal, record)) {
        options->resume = before->checkpoint;
        context.output.remark(
            Sentences::tr(
                "Goes on where run %1 came to; what was removed from the source meanwhile "
                "is found by the sweep.")
                .arg(before->id));
    } else {
        context.output.remark(
            Sentences::tr("Follows what changes from now on; “kvscope check” tells "
                          "whether all that is older is right."));
    }
    const auto begun = journal->begin(std::move(record));
    if (!begun) return context.output.fail(begun.error());
    options->run = begun->id;

    Lifetime lifetime;
    JobControl control;
    SyncJob::Sinks sinks;
    sinks.status = latestSink<SyncStatus>(
        lifetime, [&context](const SyncStatus &status) { say(context.output, status); });
    sinks.remark =
        lifetime.guard([&context](const QString &sentence) { context.output.remark(sentence); });
    SyncJob job(**store, *journal, control, std::move(*options), std::move(sinks));
    std::optional<Error> error;
    runOnThread(context, control, [&] { error = job.run(); });

    const QJsonObject figures = job.report().toJson();
    const auto finished = journal->finish(begun->id, endState(error), figures);
    if (!error && !finished) error = finished.error();
    if (error) context.output.error(*error);
    const SyncReport &report = job.report();
    context.output.remark(
        Sentences::tr("Run %1: %2 rows changed, %3 entries written, %4 of them removed; lag %5 at "
                      "the 99th percentile.")
            .arg(begun->id, countText(report.rows), countText(report.written),
                 countText(report.removed),
                 QString::fromStdString(formatMicros(report.lag.quantile(0.99)))));
    return context.output.finish(
        error ? exitFor(*error) : Exit::Done,
        JsonLine("result").text("run", begun->id.toStdString()).members(figures));
}

} // namespace kvscope
