// LabExperiment: what each policy, budget and number format keeps and loses, as a table.
#pragma once

#include "core/async/error.h"
#include "core/llm/session.h"

#include <functional>
#include <limits>
#include <optional>
#include <thread>

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

/// Runs on a thread of its own. `told` is called there, after every step.
class LabExperiment
{
  public:
    using Told = std::function<void(std::shared_ptr<const ExperimentState>)>;

    explicit LabExperiment(Told told) : m_told(std::move(told)) {}
    /// Ends what runs within a token or a batch.
    ~LabExperiment() = default;

    /// Requires: none runs.
    void start(ExperimentPlan plan);
    void cancel() { m_thread.request_stop(); }

  private:
    void work(const ExperimentPlan &plan, const std::stop_token &stop) const;

    Told m_told;
    std::jthread m_thread;
};

} // namespace kvscope
