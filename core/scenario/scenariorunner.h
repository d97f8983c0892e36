// ScenarioRunner: a built-in workload that reads a source through a store, as an application would.
//
//   client ── read the answer ──────> store ── hit ──────────────────────────> answered (Tc)
//                                       └─ miss ─> source ─> write with TTL ──> answered (Td)
#pragma once

#include "core/async/lifetime.h"
#include "core/async/result.h"
#include "core/metrics/scenariosample.h"

#include <QObject>
#include <QStringList>
#include <QThread>

#include <memory>
#include <optional>

namespace kvscope {

class ScenarioTally;
class ScenarioTraffic;
class Store;

struct ScenarioOptions
{
    QString name = QStringLiteral("search"); ///< one of scenarioNames()
    double rate = 2000;                      ///< requests/s; 0: as many as the clients manage
    std::uint64_t seed = 1;
    int clients = 64;            ///< requests in flight at most
    std::int64_t durationMs = 0; ///< 0: until stop()
    std::int64_t sourceLatencyMs =
        10; ///< added to each source query; say so where figures are shown
    std::int64_t ttlMs =
        120'000; ///< ± 10 %, so that what was filled together doesn't expire together
    /// Empty: the demo database in the state folder; of the chatbot the model that is shipped.
    QString sourceFile{};
};

inline constexpr const char *kSearchScenario = "search";
inline constexpr const char *kChatbotScenario = "chatbot";
inline constexpr const char *kRecommendScenario = "recommend";

/// The workloads that exist.
QStringList scenarioNames();
/// Requests a second that suit a workload: a language model answers fewer than a database does.
double usualRate(const QString &name);

/// The engine that the first start opens: small enough that the scenario's values (about 50 MB in
/// all) don't fit, so that policy and budget make a difference.
inline constexpr const char *kDemoEngineUrl = "engine:?memory=8mb&policy=lru";

struct ScenarioState
{
    enum class Phase : std::uint8_t {
        Idle,
        Preparing, ///< the demo database is being made
        Running,
        Finished, ///< stopped, or its time was over
        Failed,
    };
    Phase phase = Phase::Idle;
    double prepared = 0;          ///< Preparing: 0 … 1
    std::optional<Error> error{}; ///< Failed: why; Running: the last request's failure
};

/// One run, for people and scripts (contract, `scenario`).
struct ScenarioReport
{
    std::uint64_t operations = 0, hits = 0, misses = 0, errors = 0;
    double hitRatio = 0;
    double p50Us = 0, p99Us = 0, p999Us = 0; ///< of T
    /// Over all windows of the run but the first: each window's T predicted from its own h and the
    /// Tc and Td of the window before, against its measured T, weighted by requests.
    double modelUs = 0, measuredUs = 0;
    double modelError = 0; ///< |model − measured| / measured
    double seconds = 0;
    /// Of a chatbot: its operations are looked up blocks, and these are questions.
    struct Turns
    {
        std::uint64_t count = 0;
        double p50Ms = 0, p99Ms = 0;   ///< to the first token
        double coldMs = 0, warmMs = 0; ///< means: most blocks missing, most there; 0: no such
        std::uint64_t promptTokens = 0;
        std::uint64_t savedTokens = 0; ///< whose blocks the cache had
    };
    std::optional<Turns> turns{};
};

/// Lives on the thread that made it; works on a thread of its own and never blocks either.
/// Requires: the store outlives it.
class ScenarioRunner : public QObject
{
    Q_OBJECT

  public:
    ScenarioRunner(Store &store, ScenarioOptions options, QObject *parent = nullptr);
    ~ScenarioRunner() override;

    /// Makes the demo source if need be, then sends traffic. Nothing while Preparing or Running.
    void start();
    /// Ends the run; `finished` follows. Nothing when it doesn't run.
    void stop();

    /// From now on another workload, one of scenarioNames(), at its usual rate where that is
    /// another. A run in progress ends, and goes on with that one.
    void select(const QString &name);

    /// Of the run in progress too. 0: as fast as the clients go.
    void setRate(double perSecond);

    const ScenarioOptions &options() const { return m_options; }
    const ScenarioState &state() const { return m_state; }
    bool isActive() const;

    /// Thread-safe.
    ScenarioSample sample() const;
    /// Of the last run, or of the one in progress so far. Thread-safe.
    ScenarioReport report() const;

  signals:
    void selected(const QString &name);
    void stateChanged(const kvscope::ScenarioState &state);
    /// The run is over; report() has its figures.
    void finished();

  private:
    void takeState(const ScenarioState &state);
    void change(const QString &name);

    Store &m_store;
    ScenarioOptions m_options;
    ScenarioState m_state;
    QString m_next; // chosen while another runs; empty: none
    bool m_startsNext = false;
    std::shared_ptr<ScenarioTally> m_tally;
    QThread m_thread;
    ScenarioTraffic *m_traffic = nullptr; // lives and dies on m_thread
    Lifetime m_lifetime;
};

} // namespace kvscope

Q_DECLARE_METATYPE(kvscope::ScenarioState)
