// LabExperiment: what each policy, budget and number format keeps and loses, as a table.
#pragma once

#include "core/async/error.h"
#include "core/llm/session.h"

#include <functional>
#include <limits>
#include <optional>
#include <stop_token>

namespace kvscope {

struct ExperimentRow
{
    llm::PolicySpec policy{};
    llm::KvType kv = llm::KvType::F32;
    llm::Rotation rotation = llm::Rotation::None;

    bool isMeasured = false;
    double perplexity = std::numeric_limits<double>::quiet_NaN();
    double recall = std::numeric_limits<double>::quiet_NaN(); ///< 0 … 1
    double tps = std::numeric_limits<double>::quiet_NaN();    ///< decoding at the window's end
    std::uint64_t bytes = 0; ///< payload and scales of a window's cells
};

struct ExperimentPlan
{
    std::shared_ptr<const llm::Model> model;
    std::vector<ExperimentRow> rows;
    Bytes passage;            ///< a text that the model was not trained on
    std::size_t window = 512; ///< tokens; each begins anew
    std::size_t windows = 3;  ///< at most, as far as the passage reaches
    std::size_t questions = 24;
    std::size_t wordsBetween = 100;
};

struct ExperimentState
{
    std::vector<ExperimentRow> rows;
    std::size_t done = 0; ///< steps
    std::size_t steps = 0;
    std::size_t tokens = 0; ///< of the passage that were scored, for each row
    std::size_t questions = 0;
    bool isRunning = false;
    bool wasCancelled = false;
    std::optional<Error> error;
};

/// Told on the working thread after every step.
using ExperimentTold = std::function<void(const std::shared_ptr<const ExperimentState> &)>;

/// Whoever lets it work: asked between two steps, and heeded within a token.
struct ExperimentLeave
{
    std::function<bool()> mayGoOn = [] { return true; }; ///< may wait; false: cancelled
    std::stop_token stop{};
};

/// Blocking: a job's thread. What it returns was told last.
ExperimentState runExperiment(const ExperimentPlan &plan, const ExperimentTold &told,
                              const ExperimentLeave &leave = {});

/// Policy × budget: everything for `full`, each budget for the others; times formats.
struct ExperimentGrid
{
    std::vector<llm::PolicyKind> policies{};
    std::vector<std::size_t> budgets{}; ///< cells that may be kept
    struct Format
    {
        llm::KvType type = llm::KvType::F32;
        llm::Rotation rotation = llm::Rotation::None;
    };
    std::vector<Format> formats{};
    static constexpr std::size_t kSinks = 4; ///< of the budget, under the policy sinks

    std::vector<ExperimentRow> rows() const;
};

} // namespace kvscope
