// LiveSession: sampler, model and scenario wired together, and the marks that follow from it.
#include "core/scenario/livesession.h"

#include <QDateTime>

namespace kvscope {

LiveSession::LiveSession(Store &store, ScenarioOptions options, QObject *parent)
    : QObject(parent), m_store(store), m_scenario(store, std::move(options)),
      m_sampler(store.telemetry())
{
    m_sampler.setScenario([this]() -> std::optional<ScenarioSample> {
        if (m_scenario.state().phase == ScenarioState::Phase::Idle) return std::nullopt;
        return m_scenario.sample();
    });
    connect(&m_sampler, &Sampler::sampled, this, &LiveSession::takeSample);
    connect(&m_scenario, &ScenarioRunner::stateChanged, this, &LiveSession::noteScenario);
    connect(&m_store, &Store::stateChanged, this, &LiveSession::noteStore);
    connect(&m_store, &Store::keysChanged, this, &LiveSession::noteKeys);
    m_sampler.start();
}

LiveSession::~LiveSession() = default;

void LiveSession::setAssumedTd(std::optional<double> microseconds)
{
    m_assumedTd = microseconds;
    takeSample();
}

void LiveSession::takeSample()
{
    const auto &last = m_sampler.last();
    if (last && last->scenario) m_model.add(last->store.wallMs, *last->scenario);
    if (m_scenario.isActive()) {
        m_estimate = m_model.estimate();
    } else {
        m_estimate = estimateOfOthers();
    }
    emit updated();
}

LatencyEstimate LiveSession::estimateOfOthers() const
{
    const MetricHistory &history = m_sampler.history();
    std::int64_t age = kForeignAgeMs;
    if (m_scenarioEndedMs && !history.empty()) {
        // What our own scenario left in the counters is nobody else's traffic.
        const std::int64_t since =
            history.series(Metric::HitRatio).back().wallMs - *m_scenarioEndedMs - kScenarioTailMs;
        if (since < 0) return {};
        age = std::min(age, since);
    }
    return foreignEstimate(history.series(Metric::HitRatio).latest(age).value_or(kUnknown),
                           history.series(Metric::ReadMean).latest(age),
                           history.series(Metric::Probe).latest(age), m_assumedTd);
}

void LiveSession::noteScenario(const ScenarioState &state)
{
    const ScenarioState::Phase before = std::exchange(m_lastPhase, state.phase);
    if (before == state.phase) return;
    const QString &name = m_scenario.options().name;
    const bool isSearch = name == QLatin1String(kSearchScenario);
    const bool isChat = name == QLatin1String(kChatbotScenario);
    if (state.phase == ScenarioState::Phase::Running)
        m_sampler.addMark(EventMark::Kind::Scenario, isSearch ? tr("search started")
                                                     : isChat ? tr("chatbot started")
                                                              : tr("recommendations started"));
    else if (before == ScenarioState::Phase::Running)
        m_sampler.addMark(EventMark::Kind::Scenario, isSearch ? tr("search stopped")
                                                     : isChat ? tr("chatbot stopped")
                                                              : tr("recommendations stopped"));
    if (before == ScenarioState::Phase::Running)
        m_scenarioEndedMs = QDateTime::currentMSecsSinceEpoch();
}

void LiveSession::noteStore(const StoreState &state)
{
    // Between the two it waits and tries in turn; what failed to begin was not lost.
    if (state.phase == StoreState::Phase::Ready) {
        if (std::exchange(m_storeLost, false))
            m_sampler.addMark(EventMark::Kind::Store, tr("reconnected"));
        m_storeWasReady = true;
    } else if (m_storeWasReady && !m_storeLost) {
        m_storeLost = true;
        m_sampler.addMark(EventMark::Kind::Store, tr("connection lost"));
    }
}

void LiveSession::noteKeys(const std::vector<Bytes> &keys)
{
    m_sampler.addMark(EventMark::Kind::Keys,
                      tr("%n key(s) changed", nullptr, static_cast<int>(keys.size())));
}

} // namespace kvscope
