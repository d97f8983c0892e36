// `bench lab --policies`: what each cache policy, budget and number format loses, as a table; with
// --markdown as the README has it.
//
// Perplexity over a text that the model was not trained on (`--text FILE`, or the shipped one),
// token by token under the policy, and recall: eight facts are told, some words of the text follow,
// then one fact begins again; the answer counts where every one of its digits is the model's first
// choice. Compression often leaves perplexity nearly alone and loses facts ("Pitfalls of KV
// compression", 2025): hence both. The same work as the window's experiment.
#include "app/bench/benchlab.h"

#include "core/labrun/experimenttable.h"
#include "core/labrun/labexperiment.h"

#include <QFile>

namespace kvscope::bench {
namespace {

using llm::KvType;
using llm::PolicyKind;
using llm::Rotation;

/// Every format under the policy full; every policy at every budget, in f32 and int4. The whole of
/// policy × budget × bits × rotation would take a quarter of an hour.
std::vector<ExperimentRow> settings(const std::vector<std::size_t> &budgets)
{
    const ExperimentGrid formats{.policies = {PolicyKind::Full},
                                 .budgets = {},
                                 .formats = {{KvType::F32},
                                             {KvType::F16},
                                             {KvType::Q8},
                                             {KvType::Q4},
                                             {KvType::Q4, Rotation::Hadamard},
                                             {KvType::Kivi2},
                                             {KvType::Kivi2, Rotation::Hadamard}}};
    const ExperimentGrid policies{.policies = {PolicyKind::Window, PolicyKind::Sinks,
                                               PolicyKind::H2o, PolicyKind::SnapKv,
                                               PolicyKind::KeyNorm, PolicyKind::Random},
                                  .budgets = budgets,
                                  .formats = {{KvType::F32}, {KvType::Q4}}};
    std::vector<ExperimentRow> rows = formats.rows();
    const std::vector<ExperimentRow> more = policies.rows();
    rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

Result<std::vector<std::size_t>> budgetsIn(const QString &list)
{
    constexpr std::size_t kLeast = 32;
    std::vector<std::size_t> budgets;
    for (const QString &word : list.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool isNumber = false;
        budgets.push_back(word.trimmed().toULongLong(&isNumber));
        if (!isNumber || budgets.back() < kLeast)
            return failure(ErrorCode::WrongUsage,
                           {QStringLiteral("--budgets is a list of whole numbers from 32 up")});
    }
    return budgets;
}

} // namespace

Result<Outcome> benchPolicies(const Context &context)
{
    const auto model = labBenchModel(context);
    if (!model) return failure(model.error());
    QFile file(context.option(QStringLiteral("text"), QStringLiteral(":/lab/passage.txt")));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {file.fileName(), file.errorString()});
    const auto budgets =
        budgetsIn(context.option(QStringLiteral("budgets"), QStringLiteral("64,128,256")));
    if (!budgets) return failure(budgets.error());
    const auto count = [&context](const char *name, int fallback) {
        return static_cast<std::size_t>(
            std::max(1, context.number(QString::fromLatin1(name), fallback)));
    };
    const ExperimentPlan plan{.model = *model,
                              .rows = settings(*budgets),
                              .passage = file.readAll().toStdString(),
                              .window = count("context", 512),
                              .windows = count("windows", 3),
                              .questions = count("trials", 24),
                              .wordsBetween = count("words", 100)};
    if ((*model)->tokenizer().encode(plan.passage).size() < plan.window || plan.window < 32)
        return failure(ErrorCode::WrongUsage,
                       {QStringLiteral("the text is shorter than --context")});
    std::size_t told = 0;
    const ExperimentState state =
        runExperiment(plan, [&](const std::shared_ptr<const ExperimentState> &now) {
            std::size_t measured = 0;
            for (const ExperimentRow &row : now->rows) measured += row.isMeasured ? 1 : 0;
            if (measured == told) return;
            context.item(experimentJson(now->rows[told]));
            told = measured;
            context.progress(QStringLiteral("%1 of %2").arg(told).arg(now->rows.size()));
        });
    if (state.error) return failure(*state.error);
    if (context.has(QStringLiteral("markdown")))
        context.text(QString::fromUtf8(experimentMarkdown(state.rows)));

    Outcome outcome;
    for (const ExperimentRow &row : state.rows) {
        const QString name = QStringLiteral("%1 %2").arg(
            QString::fromStdString(row.policy.text()),
            QString::fromStdString(llm::KvFormat{row.kv, row.rotation}.name()));
        outcome.figures[name + QStringLiteral(" perplexity")] = row.perplexity;
        outcome.figures[name + QStringLiteral(" recall")] = row.recall;
        outcome.figures[name + QStringLiteral(" tokens_per_second")] = row.tps;
        outcome.figures[name + QStringLiteral(" kv_bytes")] = static_cast<qint64>(row.bytes);
    }
    outcome.figures[QStringLiteral("scored_tokens")] = static_cast<qint64>(state.tokens);
    outcome.figures[QStringLiteral("questions")] = static_cast<qint64>(state.questions);
    outcome.isTold = context.has(QStringLiteral("markdown"));
    return outcome;
}

} // namespace kvscope::bench
