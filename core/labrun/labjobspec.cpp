// LabJobSpec: what each runs and what the journal notes of it.
#include "core/labrun/labjobspec.h"

#include "core/labrun/experimenttable.h"
#include "core/store/enginestore.h"

#include <QCoreApplication>

#include <chrono>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::LabJobs)
};

JobSpec specFor(const char *kind, const QString &model)
{
    JobSpec spec;
    spec.kind = QString::fromLatin1(kind);
    spec.binding.name = model;
    return spec;
}

QString formatName(const llm::KvFormat &format)
{
    return QString::fromStdString(format.name());
}

} // namespace

JobSpec blockWarmSpec(BlockWarmOptions options)
{
    JobSpec spec = specFor(kBlockWarmJob, options.model.name());
    spec.options = {{QStringLiteral("prompts"), static_cast<qint64>(options.prompts.size())},
                    {QStringLiteral("format"), formatName(options.format)},
                    {QStringLiteral("ttl_ms"), qint64{options.ttlMs}}};
    spec.work = [options = std::move(options)](JobContext &context) {
        BlockWarmJob job(context.store, context.control, options, context.progress);
        JobOutcome outcome;
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        for (const Bytes &key : job.written()) outcome.changed.add(key);
        return outcome;
    };
    return spec;
}

JobSpec blockCheckSpec(BlockCheckOptions options)
{
    const bool deletes = options.repair == BlockCheckOptions::Repair::Delete;
    JobSpec spec = specFor(kBlockCheckJob, options.model.name());
    spec.access = deletes ? Access::ReadWrite : Access::ReadOnly;
    spec.options = {
        {QStringLiteral("repair"), deletes ? QStringLiteral("delete") : QStringLiteral("none")}};
    if (!options.only.empty())
        spec.options.insert(QStringLiteral("keys"), static_cast<qint64>(options.only.size()));
    spec.work = [options = std::move(options)](JobContext &context) {
        BlockCheckJob job(context.store, context.journal, context.control, context.run, options,
                          {.progress = context.progress, .difference = context.difference});
        JobOutcome outcome;
        outcome.error = job.run();
        outcome.result = job.report().toJson();
        outcome.changed = job.changed();
        return outcome;
    };
    return spec;
}

JobSpec experimentSpec(ExperimentPlan plan, const QString &modelName, ExperimentTold told)
{
    JobSpec spec = specFor(kExperimentJob, modelName);
    spec.access = Access::ReadOnly;
    spec.options = {{QStringLiteral("cells"), static_cast<qint64>(plan.rows.size())},
                    {QStringLiteral("window"), static_cast<qint64>(plan.window)},
                    {QStringLiteral("windows"), static_cast<qint64>(plan.windows)},
                    {QStringLiteral("questions"), static_cast<qint64>(plan.questions)},
                    {QStringLiteral("words_between"), static_cast<qint64>(plan.wordsBetween)}};
    spec.work = [plan = std::move(plan), told = std::move(told)](JobContext &context) {
        const auto start = std::chrono::steady_clock::now();
        ProgressMeter meter(context.progress);
        bool isFirst = true;
        const auto follow = [&](const std::shared_ptr<const ExperimentState> &state) {
            if (std::exchange(isFirst, false))
                meter.startPhase(Words::tr("Measuring"), static_cast<std::int64_t>(state->steps));
            meter.setDone(static_cast<std::int64_t>(state->done));
            if (told) told(state);
        };
        const ExperimentState state =
            runExperiment(plan, follow,
                          {.mayGoOn = [&context] { return context.control.mayGoOn(); },
                           .stop = context.control.token()});
        meter.flush();
        JobOutcome outcome;
        outcome.error = state.error;
        if (state.wasCancelled && !outcome.error) outcome.error = Error(ErrorCode::Cancelled);
        const QJsonArray table = experimentJson(state.rows);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        outcome.result = {{QStringLiteral("rows"), table.size()},
                          {QStringLiteral("scored_tokens"), static_cast<qint64>(state.tokens)},
                          {QStringLiteral("questions"), static_cast<qint64>(state.questions)},
                          {QStringLiteral("table"), table},
                          {QStringLiteral("seconds"), seconds.count()}};
        return outcome;
    };
    return spec;
}

MakeStore makeScratchStore()
{
    // The queue lets go of the store first, then of this.
    return [engine = std::make_shared<engine::Engine>(
                engine::Engine::Options{.memoryBytes = 1U << 20U, .shards = 1})](
               Access access) -> Result<std::unique_ptr<Store>> {
        return std::make_unique<EngineStore>(*engine, access);
    };
}

} // namespace kvscope
