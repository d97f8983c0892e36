// check: proves a store right against a binding's source, and repairs it where asked.
#include "app/commands/differenceteller.h"
#include "app/commands/jobverb.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/config/paths.h"
#include "core/jobs/checkjob.h"
#include "core/jobs/jobspec.h"
#include "core/jobs/replicacheck.h"
#include "core/jobs/storerun.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::CheckVerb)
};

tl::unexpected<Error> wrong(const QString &what)
{
    return failure(ErrorCode::WrongUsage, {what});
}

Result<std::vector<std::chrono::milliseconds>> scheduleFrom(const QString &text)
{
    std::vector<std::chrono::milliseconds> delays;
    for (const QString &part : text.split(QLatin1Char(','))) {
        const auto ms = parseDuration(part.trimmed().toStdString());
        if (!ms || *ms < 0)
            return wrong(Sentences::tr("--recheck is a list of times, as in 1s,10s"));
        delays.emplace_back(*ms);
    }
    return delays;
}

Result<CheckOptions> optionsFrom(const VerbContext &context)
{
    auto binding = bindingOf(context);
    if (!binding) return failure(binding.error());
    const Arguments &arguments = context.arguments;
    CheckOptions options;
    options.binding = std::move(*binding);
    options.sourceUrl = optionText(arguments, "source");
    if (arguments.has("recheck")) {
        auto schedule = scheduleFrom(optionText(arguments, "recheck"));
        if (!schedule) return failure(schedule.error());
        options.recheck = std::move(*schedule);
    }
    const QString repair = optionText(arguments, "repair");
    if (repair == QLatin1String("delete"))
        options.repair = Repair::Delete;
    else if (repair == QLatin1String("refill"))
        options.repair = Repair::Refill;
    else if (!repair.isEmpty() && repair != QLatin1String("none"))
        return wrong(Sentences::tr("--repair is none, delete or refill"));
    const auto rate = positiveNumber(arguments, "rate");
    if (!rate) return failure(rate.error());
    options.rate = *rate;
    const auto sample = positiveNumber(arguments, "sample");
    if (!sample) return failure(sample.error());
    options.sample = static_cast<std::int64_t>(*sample);
    if (arguments.has("max-share")) {
        const auto share = positiveNumber(arguments, "max-share");
        if (!share) return failure(share.error());
        options.mostRepaired = *share;
    }
    const auto replicas = positiveNumber(arguments, "wait");
    if (!replicas) return failure(replicas.error());
    options.replicas = static_cast<int>(*replicas);
    options.etcd = optionText(arguments, "etcd");
    return options;
}

const char *nameOf(Repair repair)
{
    switch (repair) {
    case Repair::None:
        return "none";
    case Repair::Delete:
        return "delete";
    case Repair::Refill:
        break;
    }
    return "refill";
}

RunRecord recordFor(const CheckOptions &options, const Store &store)
{
    RunRecord record;
    record.kind = QStringLiteral("check");
    record.bindingName = options.binding.name;
    record.binding = options.binding.publicJson();
    record.source = sourceName(sourceUrlOf(options.binding, options.sourceUrl));
    record.store = store.name();
    record.options = {{QStringLiteral("repair"), QLatin1String(nameOf(options.repair))},
                      {QStringLiteral("sample"), qint64{options.sample}},
                      {QStringLiteral("recheck_s"), recheckNote(options.recheck)}};
    return record;
}

bool isAskedTheSame(const QJsonObject &before, const QJsonObject &now)
{
    for (const char *name : {"repair", "sample", "primary"})
        if (before.value(QLatin1String(name)) != now.value(QLatin1String(name))) return false;
    return true;
}

// The run to go on with, or a new one.
Result<RunRecord> runFor(const VerbContext &context, Journal &journal, CheckOptions &options,
                         Store &store)
{
    RunRecord wanted = recordFor(options, store);
    if (!context.arguments.has("resume")) return journal.begin(std::move(wanted));
    auto record = journal.find(optionText(context.arguments, "resume"));
    if (!record) return record;
    if (record->kind != wanted.kind || record->binding != wanted.binding ||
        record->source != wanted.source || !isStoreOf(*record, store) ||
        !isAskedTheSame(record->options, wanted.options))
        return wrong(Sentences::tr("run %1 was not a check of this binding, source and store with "
                                   "the same --repair and --sample")
                         .arg(record->id));
    if (record->state == RunRecord::State::Done)
        return wrong(
            Sentences::tr("run %1 came to its end; there is nothing to resume").arg(record->id));
    options.resume = record->checkpoint;
    if (const auto reopened = journal.reopen(record->id); !reopened)
        return failure(reopened.error());
    auto noted = recheckFromNote(record->options);
    if (!context.arguments.has("recheck") && !noted.empty()) {
        options.recheck = std::move(noted);
    } else {
        record->options.insert(QStringLiteral("recheck_s"), recheckNote(options.recheck));
        if (const auto changed = journal.noteOptions(record->id, record->options); !changed)
            return failure(changed.error());
    }
    return record;
}

QString headline(const CheckReport &report)
{
    const auto count = [](std::int64_t n) {
        return QString::fromStdString(formatCount(static_cast<std::uint64_t>(n)));
    };
    QStringList others;
    for (std::size_t i = 1; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        if (report.counts[of] > 0)
            others << QStringLiteral("%1 %2").arg(count(report.counts[of]),
                                                  QLatin1String(entryClassName(of)));
    }
    QString text = Sentences::tr("%1 of %2 agree")
                       .arg(count(report.counts[EntryClass::Match]), count(report.compared()));
    if (!others.isEmpty()) text += QStringLiteral("; ") + others.join(QLatin1String(", "));
    const double low = ninesLow(report.differing(), report.compared());
    return text + QStringLiteral(" · ") +
           Sentences::tr("%1 nines at least (95 %)").arg(low, 0, 'f', 2);
}

// The verb's last words for both kinds of check.
int finishCheck(VerbContext &context, const QString &run, const CheckReport &report,
                const std::optional<Error> &error)
{
    if (error) context.output.error(*error);
    if (!error || report.compared() > 0)
        context.output.remark(Sentences::tr("Run %1: %2").arg(run, headline(report)));
    const Exit right = report.counts.wrong() == 0 ? Exit::Done : Exit::NotAsItShouldBe;
    return context.output.finish(
        error ? exitFor(*error) : right,
        JsonLine("result").text("run", run.toStdString()).members(report.toJson()));
}

int runReplicaCheck(VerbContext &context, CheckOptions options)
{
    if (options.repair != Repair::None)
        return context.output.fail(Error(
            ErrorCode::WrongUsage,
            {Sentences::tr("--primary goes without --repair: a replica takes its entries from "
                           "its primary alone; let it resynchronise, or check it against the "
                           "source")}));
    if (context.arguments.has("resume"))
        return context.output.fail(
            Error(ErrorCode::WrongUsage,
                  {Sentences::tr("--primary goes without --resume: it keeps no checkpoint, since "
                                 "both sides move on; begin anew, with --sample if it takes too "
                                 "long")}));
    auto replica = jobStore(context, Access::ReadOnly);
    if (!replica) return context.output.fail(replica.error());
    auto primary = context.openStore(optionText(context.arguments, "primary"), Access::ReadOnly);
    if (!primary) return context.output.fail(primary.error());
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    RunRecord wanted = recordFor(options, **replica);
    wanted.source = (*primary)->name();
    wanted.options.insert(QStringLiteral("primary"), (*primary)->name());
    const auto record = journal->begin(std::move(wanted));
    if (!record) return context.output.fail(record.error());

    Lifetime lifetime;
    JobControl control;
    DifferenceTeller teller(context.output, lifetime, record->id);
    CheckJob::Sinks sinks;
    sinks.progress = progressSink(context, lifetime);
    sinks.difference = [&teller](const Difference &difference) { teller.add(difference); };
    ReplicaCheck job(**replica, **primary, control,
                     {.binding = std::move(options.binding),
                      .rate = options.rate,
                      .recheck = std::move(options.recheck),
                      .sample = options.sample},
                     std::move(sinks));
    std::optional<Error> error;
    Result<bool> kept = true;
    runOnThread(context, control, [&] {
        error = job.run();
        kept = teller.finish();
    });
    if (!kept) context.output.remark(errorLine(kept.error()));
    const auto finished = journal->finish(record->id, endState(error), job.report().toJson());
    if (!error && !finished) error = finished.error();
    return finishCheck(context, record->id, job.report(), error);
}

} // namespace

int runCheck(VerbContext &context)
{
    auto options = optionsFrom(context);
    if (!options) return context.output.fail(options.error());
    if (context.arguments.has("primary")) return runReplicaCheck(context, std::move(*options));
    const bool repairs = options->repair != Repair::None;
    auto store = jobStore(context, repairs ? Access::ReadWrite : Access::ReadOnly);
    if (!store) return context.output.fail(store.error());
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    const auto record = runFor(context, *journal, *options, **store);
    if (!record) return context.output.fail(record.error());
    options->run = record->id;

    Lifetime lifetime;
    JobControl control;
    DifferenceTeller teller(context.output, lifetime, record->id);
    CheckJob::Sinks sinks;
    sinks.progress = progressSink(context, lifetime);
    sinks.difference = [&teller](const Difference &difference) { teller.add(difference); };
    sinks.remark =
        lifetime.guard([&context](const QString &sentence) { context.output.remark(sentence); });
    sinks.leftAlone = lifetime.guard([&context](const Bytes &key, const QString &why) {
        if (context.output.isJson())
            context.output.line(JsonLine("item")
                                    .bytes("key", key)
                                    .text("outcome", "left_alone")
                                    .text("remark", why.toStdString()));
        else
            context.output.answer("left_alone " + escapeBytes(key) + ' ' + why.toStdString() +
                                  '\n');
    });
    sinks.reportMark = [&teller] { return teller.report().mark(); };
    sinks.cutReport = [&teller](std::int64_t mark) { teller.report().cutTo(mark); };
    CheckJob job(**store, *journal, control, std::move(*options), std::move(sinks));
    std::optional<Error> error;
    Result<bool> kept = true;
    runOnThread(context, control, [&] {
        error = job.run();
        kept = teller.finish();
    });
    if (!kept) context.output.remark(errorLine(kept.error()));

    const auto finished = journal->finish(record->id, endState(error), job.report().toJson());
    if (!error && !finished) error = finished.error();
    return finishCheck(context, record->id, job.report(), error);
}

} // namespace kvscope
