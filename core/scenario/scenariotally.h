// ScenarioTally: where a scenario's clients write down what they measured.
#pragma once

#include "core/metrics/latencymodel.h"
#include "core/scenario/scenariorunner.h"

#include <chrono>
#include <mutex>

namespace kvscope {

/// Written by the scenario's thread, read by any. Outlives both by shared pointers.
class ScenarioTally
{
  public:
    using Span = std::chrono::steady_clock::duration;

    void recordHit(Span time);
    void recordMiss(Span time);
    void recordError();
    void recordSourceQuery();

    enum class Start : std::uint8_t { Cold, Warm };
    /// A question that a language model answered.
    struct Turn
    {
        Span firstToken{};
        Start start = Start::Cold;
        std::uint64_t promptTokens = 0;
        std::uint64_t savedTokens = 0;
    };
    void recordTurn(const Turn &turn);

    /// A run begins: report() counts from here. Windows for the model are `windowMs` long.
    void beginRun(std::int64_t windowMs);
    /// Called a few times a window and at the end of the run; closes the window when it is full.
    void tick();

    ScenarioSample sample() const;
    ScenarioReport report() const;

  private:
    mutable std::mutex m_mutex; // guards all below
    ScenarioSample m_sample;
    ScenarioSample m_atBegin;
    std::chrono::steady_clock::time_point m_begin{};
    double m_seconds = 0;
    LatencyModel m_model;
    double m_predictedSum = 0; // µs, weighted by requests, as the next
    double m_measuredSum = 0;
    std::uint64_t m_weight = 0;
};

} // namespace kvscope
