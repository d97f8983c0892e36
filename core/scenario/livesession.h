// LiveSession: all that is measured of one open store, and the scenario that may drive it.
#pragma once

#include "core/metrics/latencymodel.h"
#include "core/metrics/sampler.h"
#include "core/scenario/scenariorunner.h"
#include "core/store/store.h"

#include <QObject>

namespace kvscope {

/// One for each open store, made by the application: it samples while no page shows it, since the
/// top bar does. Owner's thread. Requires: the store outlives it.
class LiveSession : public QObject
{
    Q_OBJECT

  public:
    explicit LiveSession(Store &store, ScenarioOptions options = {}, QObject *parent = nullptr);
    ~LiveSession() override;

    Store &store() { return m_store; }
    Sampler &sampler() { return m_sampler; }
    const MetricHistory &history() const { return m_sampler.history(); }
    ScenarioRunner &scenario() { return m_scenario; }
    /// The model of the last complete window.
    const LatencyEstimate &latency() const { return m_estimate; }

    /// Td for traffic that isn't ours, as the person knows it; empty: unknown.
    void setAssumedTd(std::optional<double> microseconds);
    std::optional<double> assumedTd() const { return m_assumedTd; }

  signals:
    /// After each sample: history and latency model are up to date.
    void updated();

  private:
    /// How long a quiet server's last figures stand for it.
    static constexpr std::int64_t kForeignAgeMs = 10'000;
    /// After its end a scenario's last second is still in the counters' next difference.
    static constexpr std::int64_t kScenarioTailMs = 1'500;

    void takeSample();
    LatencyEstimate estimateOfOthers() const;
    void noteScenario(const ScenarioState &state);
    void noteStore(const StoreState &state);
    void noteKeys(const std::vector<Bytes> &keys);

    Store &m_store;
    ScenarioRunner m_scenario;
    Sampler m_sampler;
    LatencyModel m_model;
    LatencyEstimate m_estimate;
    std::optional<double> m_assumedTd;
    std::optional<std::int64_t> m_scenarioEndedMs;
    ScenarioState::Phase m_lastPhase = ScenarioState::Phase::Idle;
    bool m_storeWasReady = false;
    bool m_storeLost = false;
};

} // namespace kvscope
