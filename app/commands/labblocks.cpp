// lab-warm, lab-check: a store's KV blocks computed ahead of time, and computed anew and compared.
#include "app/commands/differenceteller.h"
#include "app/commands/jobverb.h"
#include "app/commands/labmodel.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/config/paths.h"
#include "core/labrun/labjobspec.h"

#include <QCoreApplication>

namespace kvscope {
namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabVerbs)
};

tl::unexpected<Error> wrong(const QString &what)
{
    return failure(ErrorCode::WrongUsage, {what});
}

QString count(std::int64_t n)
{
    return QString::fromStdString(formatCount(static_cast<std::uint64_t>(n)));
}

Result<std::unique_ptr<Store>> prefixStore(VerbContext &context, Access access)
{
    if (!context.arguments.has("prefix-store"))
        return wrong(Sentences::tr("--prefix-store URL is needed"));
    return context.openStore(optionText(context.arguments, "prefix-store"), access);
}

/// `--ttl D|none`: of blocks that are written.
Result<std::int64_t> blockTtl(const Arguments &arguments)
{
    const auto text = arguments.value("ttl");
    if (!text) return BlockWarmOptions{}.ttlMs;
    if (*text == "none") return 0;
    const auto ms = parseDuration(*text);
    if (!ms || !ExpiryChange::allows(*ms))
        return wrong(Sentences::tr("--ttl is a time, as in 10m, or none"));
    return *ms;
}

Result<BlockWarmOptions> warmOptions(const Arguments &arguments)
{
    if (!arguments.has("prompts")) return wrong(Sentences::tr("--prompts FILE is needed"));
    const auto session = labOptions(arguments);
    if (!session) return failure(session.error());
    const auto ttl = blockTtl(arguments);
    if (!ttl) return failure(ttl.error());
    auto prompts = promptsOf(optionText(arguments, "prompts"));
    if (!prompts) return failure(prompts.error());
    auto model = labModel(arguments);
    if (!model) return failure(model.error());
    return BlockWarmOptions{.model = {std::move(*model), labModelPath(arguments)},
                            .prompts = std::move(*prompts),
                            .format = {session->kv, session->rotation},
                            .ttlMs = *ttl};
}

Result<BlockCheckOptions> checkOptions(const Arguments &arguments)
{
    BlockCheckOptions options;
    const Bytes repair = arguments.value("repair").value_or("none");
    if (repair == "delete")
        options.repair = BlockCheckOptions::Repair::Delete;
    else if (repair != "none")
        return wrong(Sentences::tr("--repair is none or delete"));
    auto model = labModel(arguments);
    if (!model) return failure(model.error());
    options.model = {std::move(*model), labModelPath(arguments)};
    return options;
}

/// A run of the journal, described as the window's own runs of that kind are.
Result<RunRecord> begin(Journal &journal, const JobSpec &spec, const Store &store)
{
    RunRecord record;
    record.kind = spec.kind;
    record.bindingName = spec.binding.name;
    record.store = store.name();
    record.options = spec.options;
    return journal.begin(std::move(record));
}

} // namespace

int runLabWarm(VerbContext &context)
{
    auto options = warmOptions(context.arguments);
    if (!options) return context.output.fail(options.error());
    auto store = prefixStore(context, Access::ReadWrite);
    if (!store) return context.output.fail(store.error());
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    const auto record = begin(*journal, blockWarmSpec(*options), **store);
    if (!record) return context.output.fail(record.error());

    Lifetime lifetime;
    JobControl control;
    BlockWarmJob job(**store, control, std::move(*options), progressSink(context, lifetime));
    std::optional<Error> error;
    runOnThread(context, control, [&] { error = job.run(); });

    const BlockWarmReport &report = job.report();
    const auto finished = journal->finish(record->id, endState(error), report.toJson());
    if (!error && !finished) error = finished.error();
    if (error) context.output.error(*error);
    context.output.remark(
        Sentences::tr("Run %1: %2 KV blocks of %3 prompts, %4 written, %5 there already; %6 "
                      "prompts shorter than a block.")
            .arg(record->id, count(report.blocks), count(report.prompts), count(report.written),
                 count(report.kept), count(report.tooShort)));
    return context.output.finish(
        error ? exitFor(*error) : Exit::Done,
        JsonLine("result").text("run", record->id.toStdString()).members(report.toJson()));
}

int runLabCheck(VerbContext &context)
{
    auto options = checkOptions(context.arguments);
    if (!options) return context.output.fail(options.error());
    const bool deletes = options->repair == BlockCheckOptions::Repair::Delete;
    auto store = prefixStore(context, deletes ? Access::ReadWrite : Access::ReadOnly);
    if (!store) return context.output.fail(store.error());
    auto journal = Journal::open(stateFolder());
    if (!journal) return context.output.fail(journal.error());
    const auto record = begin(*journal, blockCheckSpec(*options), **store);
    if (!record) return context.output.fail(record.error());

    Lifetime lifetime;
    JobControl control;
    DifferenceTeller teller(context.output, lifetime, record->id);
    BlockCheckJob job(
        **store, *journal, control, record->id, std::move(*options),
        {.progress = progressSink(context, lifetime),
         .difference = [&teller](const Difference &difference) { teller.add(difference); }});
    std::optional<Error> error;
    Result<bool> kept = true;
    runOnThread(context, control, [&] {
        error = job.run();
        kept = teller.finish();
    });
    if (!kept) context.output.remark(errorLine(kept.error()));

    const BlockCheckReport &report = job.report();
    const auto finished = journal->finish(record->id, endState(error), report.toJson());
    if (!error && !finished) error = finished.error();
    if (error) context.output.error(*error);
    if (!error || report.counts.total() > 0)
        context.output.remark(Sentences::tr("Run %1: %2 of %3 KV blocks agree, %4 deleted.")
                                  .arg(record->id, count(report.counts[EntryClass::Match]),
                                       count(report.counts.total()), count(report.deleted)));
    const Exit right = report.counts.wrong() == 0 ? Exit::Done : Exit::NotAsItShouldBe;
    return context.output.finish(
        error ? exitFor(*error) : right,
        JsonLine("result").text("run", record->id.toStdString()).members(report.toJson()));
}

} // namespace kvscope
