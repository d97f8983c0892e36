// ScenarioTraffic: the life of a run and the pace of its requests.
#include "core/scenario/scenariotraffic.h"

#include "core/store/store.h"

#include <cmath>

namespace kvscope {
namespace {

constexpr int kPumpMs = 2;
constexpr int kTickMs = 100;
// After a failure nothing is sent for a moment: a server in trouble is not helped by a flood.
constexpr std::chrono::milliseconds kPauseAfterError{250};
// A run that ends waits this long for its last answers.
constexpr int kGiveUpMs = 1000;
// Traffic swells and ebbs by 12 % in 40 s, so that the charts have a tide and not a ruler's edge.
constexpr double kTide = 0.12;
constexpr double kTideSeconds = 40;
constexpr int kDriftsPerSecond = 3; // where the workload has no pace of its own

bool isFinal(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::ReadOnlyRefused:
    case ErrorCode::ServerReadOnly:
    case ErrorCode::NoPermission:
    case ErrorCode::ClusterNode:
    case ErrorCode::AuthenticationFailed:
    case ErrorCode::AuthenticationRequired:
        return true;
    default:
        return false;
    }
}

} // namespace

ScenarioTraffic::ScenarioTraffic(Store &store, ScenarioOptions options,
                                 std::shared_ptr<ScenarioTally> tally, Report report)
    : m_store(store), m_options(std::move(options)), m_tally(std::move(tally)),
      m_report(std::move(report)), m_pump(this), m_second(this), m_delayTimer(this), m_giveUp(this)
{
    m_pump.setTimerType(Qt::PreciseTimer);
    m_pump.setInterval(kPumpMs);
    m_second.setInterval(kTickMs);
    m_delayTimer.setTimerType(Qt::PreciseTimer);
    m_delayTimer.setSingleShot(true);
    m_giveUp.setSingleShot(true);
    m_giveUp.setInterval(kGiveUpMs);
    connect(&m_pump, &QTimer::timeout, this, &ScenarioTraffic::pump);
    connect(&m_second, &QTimer::timeout, this, &ScenarioTraffic::driftAndTick);
    connect(&m_delayTimer, &QTimer::timeout, this, &ScenarioTraffic::releaseDelayed);
    connect(&m_giveUp, &QTimer::timeout, this,
            [this] { finish({ScenarioState::Phase::Finished}); });
}

ScenarioTraffic::~ScenarioTraffic() = default;

void ScenarioTraffic::begin()
{
    if (m_running) return;
    m_running = true;
    m_ending = false;
    m_reported.reset();
    m_lifetime.emplace();
    m_report({ScenarioState::Phase::Preparing});
    if (m_workload) return run();

    m_workload = makeWorkload(m_store, m_options, m_tally);
    m_workload->open(
        [report = m_report](double done) {
            report({ScenarioState::Phase::Preparing, done, {}});
        },
        m_lifetime->guard([this](const Result<bool> &opened) {
            if (opened) return run();
            finish({ScenarioState::Phase::Failed, 0, opened.error()});
        }));
}

void ScenarioTraffic::run()
{
    if (m_ending) return finish({ScenarioState::Phase::Finished});
    m_popularity.emplace(m_workload->requests(), m_options.seed);
    m_clients = std::min(m_options.clients, m_workload->mostAtOnce());
    m_clock.start();
    m_lastPumpNs = 0;
    m_credit = 0;
    m_ticks = 0;
    m_inFlight = 0;
    const std::int64_t window = m_options.durationMs > 0
                                    ? std::clamp<std::int64_t>(m_options.durationMs / 5, 100, 1000)
                                    : 1000;
    m_tally->beginRun(window);
    m_report({ScenarioState::Phase::Running});
    m_pump.start();
    m_second.start();
}

void ScenarioTraffic::end()
{
    if (!m_running || m_ending) return;
    m_ending = true;
    m_pump.stop();
    if (m_inFlight == 0 && m_clock.isValid()) return finish({ScenarioState::Phase::Finished});
    m_giveUp.start();
}

void ScenarioTraffic::finish(ScenarioState state)
{
    m_running = false;
    m_pump.stop();
    m_second.stop();
    m_giveUp.stop();
    m_delayTimer.stop();
    m_delayed.clear();
    m_loads.clear();
    if (m_clock.isValid()) m_tally->tick();
    m_clock.invalidate();
    // What is still on its way belongs to a run that is over.
    m_lifetime.reset();
    if (state.phase == ScenarioState::Phase::Failed) m_workload.reset();
    m_report(std::move(state));
}

void ScenarioTraffic::setRate(double perSecond)
{
    m_options.rate = perSecond;
    m_credit = 0;
}

void ScenarioTraffic::driftAndTick()
{
    m_tally->tick();
    ++m_ticks;
    if (const int seconds = m_workload->secondsPerDrift(); seconds > 0) {
        if (m_ticks % (seconds * 1000 / kTickMs) == 0) m_popularity->drift();
        return;
    }
    if (m_ticks % (1000 / kTickMs) != 0) return;
    for (int i = 0; i < kDriftsPerSecond; ++i) m_popularity->drift();
}

int ScenarioTraffic::dueNow()
{
    const qint64 now = m_clock.nsecsElapsed();
    const double seconds = static_cast<double>(now - std::exchange(m_lastPumpNs, now)) / 1e9;
    if (m_options.rate <= 0) return m_clients - m_inFlight;
    constexpr double kTurn = 2 * 3.14159265358979323846;
    const double tide = 1 + kTide * std::sin(kTurn * static_cast<double>(now) / 1e9 / kTideSeconds);
    const double expected = m_options.rate * tide * seconds;
    // People don't come on a beat: arrivals are a Poisson process.
    if (expected > 0) m_credit += std::poisson_distribution<int>(expected)(m_popularity->random());
    // What no client had time for is dropped, or a stall would be followed by a flood.
    m_credit = std::min<double>(m_credit, m_clients);
    return std::min(static_cast<int>(m_credit), m_clients - m_inFlight);
}

void ScenarioTraffic::pump()
{
    if (m_options.durationMs > 0 && m_clock.elapsed() >= m_options.durationMs) return end();
    int due = dueNow();
    if (std::chrono::steady_clock::now() < m_pausedUntil) {
        m_credit = 0;
        return;
    }
    if (m_options.rate > 0) m_credit -= due;
    for (; due > 0; --due) issue();
}

void ScenarioTraffic::settle(int requests)
{
    m_inFlight -= requests;
    if (m_ending) {
        if (m_inFlight == 0) finish({ScenarioState::Phase::Finished});
        return;
    }
    // Without a rate a client asks again as soon as it was answered.
    if (m_options.rate <= 0 && std::chrono::steady_clock::now() >= m_pausedUntil) {
        for (; requests > 0; --requests) issue();
    }
}

void ScenarioTraffic::failed(int requests, const Error &error)
{
    for (int i = 0; i < requests; ++i) m_tally->recordError();
    m_pausedUntil = std::chrono::steady_clock::now() + kPauseAfterError;
    if (isFinal(error)) return finish({ScenarioState::Phase::Failed, 0, error});
    if (m_reported != error) {
        m_reported = error;
        m_report({ScenarioState::Phase::Running, 0, error});
    }
    settle(requests);
}

} // namespace kvscope
