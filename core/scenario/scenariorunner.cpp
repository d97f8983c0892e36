// ScenarioRunner: the thread, and the state as the owner sees it.
#include "core/scenario/scenariorunner.h"

#include "core/scenario/scenariotally.h"
#include "core/scenario/scenariotraffic.h"
#include "core/store/store.h"

#include <utility>

namespace kvscope {

ScenarioRunner::ScenarioRunner(Store &store, ScenarioOptions options, QObject *parent)
    : QObject(parent), m_store(store), m_options(std::move(options)),
      m_tally(std::make_shared<ScenarioTally>())
{
    m_thread.setObjectName(QStringLiteral("scenario"));
}

ScenarioRunner::~ScenarioRunner()
{
    m_thread.quit();
    // Joins: what is in hand there takes microseconds, and making a file stops when asked to.
    m_thread.wait();
}

bool ScenarioRunner::isActive() const
{
    return m_state.phase == ScenarioState::Phase::Preparing ||
           m_state.phase == ScenarioState::Phase::Running;
}

void ScenarioRunner::start()
{
    if (isActive()) return;
    if (m_store.capabilities().readOnly) {
        const auto reason = m_store.capabilities().readOnlyReason;
        takeState({ScenarioState::Phase::Failed, 0,
                   reason ? *reason : Error(ErrorCode::ReadOnlyRefused, {QStringLiteral("SET")})});
        return;
    }
    if (m_traffic == nullptr) {
        m_traffic = new ScenarioTraffic(
            m_store, m_options, m_tally,
            m_lifetime.guard([this](const ScenarioState &state) { takeState(state); }));
        m_traffic->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_traffic, &QObject::deleteLater);
        m_thread.start();
    }
    takeState({ScenarioState::Phase::Preparing});
    QMetaObject::invokeMethod(m_traffic, &ScenarioTraffic::begin);
}

void ScenarioRunner::stop()
{
    m_startsNext = false;
    if (isActive()) QMetaObject::invokeMethod(m_traffic, &ScenarioTraffic::end);
}

void ScenarioRunner::select(const QString &name)
{
    if (!isActive()) return change(name);
    if (m_next.isEmpty() && name == m_options.name) return;
    stop();
    m_next = name;
    m_startsNext = true;
}

void ScenarioRunner::change(const QString &name)
{
    if (name == m_options.name) return;
    if (usualRate(name) != usualRate(m_options.name)) m_options.rate = usualRate(name);
    m_options.name = name;
    if (m_traffic != nullptr) std::exchange(m_traffic, nullptr)->deleteLater();
    emit selected(name);
}

void ScenarioRunner::setRate(double perSecond)
{
    m_options.rate = perSecond;
    if (m_traffic != nullptr)
        QMetaObject::invokeMethod(
            m_traffic, [traffic = m_traffic, perSecond] { traffic->setRate(perSecond); });
}

ScenarioSample ScenarioRunner::sample() const
{
    return m_tally->sample();
}

ScenarioReport ScenarioRunner::report() const
{
    return m_tally->report();
}

void ScenarioRunner::takeState(const ScenarioState &state)
{
    m_state = state;
    emit stateChanged(m_state);
    if (state.phase == ScenarioState::Phase::Finished ||
        state.phase == ScenarioState::Phase::Failed)
        emit finished();
    if (m_next.isEmpty() || isActive()) return;
    change(std::exchange(m_next, QString()));
    if (std::exchange(m_startsNext, false)) start();
}

} // namespace kvscope
