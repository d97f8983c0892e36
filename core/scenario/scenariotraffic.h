// ScenarioTraffic: a workload's virtual clients, all on one event loop.
#pragma once

#include "core/async/lifetime.h"
#include "core/scenario/popularity.h"
#include "core/scenario/scenariorunner.h"
#include "core/scenario/scenariotally.h"
#include "core/scenario/workload.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <unordered_map>

namespace kvscope {

struct Entry;

/// Made anywhere, then moved to the scenario's thread; all slots run there. Requests for a key that
/// is being loaded wait for that load: it is made once at a time.
class ScenarioTraffic : public QObject
{
    Q_OBJECT

  public:
    using Report = std::function<void(ScenarioState)>;

    ScenarioTraffic(Store &store, ScenarioOptions options, std::shared_ptr<ScenarioTally> tally,
                    Report report);
    ~ScenarioTraffic() override;

    /// On the scenario's thread, as all below.
    void begin();
    void end();
    void setRate(double perSecond);

  private:
    using Instant = std::chrono::steady_clock::time_point;

    /// A key whose answer is being made, and who waits for it.
    struct Load
    {
        std::vector<Instant> askedAt;
    };
    struct Delayed
    {
        Instant due;
        Bytes key;
        std::vector<Workload::Fill> fills;
    };

    void run();
    void pump();
    void driftAndTick();
    int dueNow();
    void issue();
    void issueWhole(std::size_t request);
    void noteSuccess();
    void takeRead(std::size_t request, const Bytes &key, Instant askedAt,
                  Result<std::vector<Entry>> result);
    void load(std::size_t request, const Bytes &key, Instant askedAt);
    void takeAnswer(const Bytes &key, Result<Workload::Answer> made);
    void releaseDelayed();
    void writeBack(const Bytes &key, std::vector<Workload::Fill> fills);
    std::int64_t spread(std::int64_t ttlMs);
    void answer(const Bytes &key);
    void fail(const Bytes &key, const Error &error);
    void failed(int requests, const Error &error);
    void settle(int requests);
    void finish(ScenarioState state);

    Store &m_store;
    ScenarioOptions m_options;
    std::shared_ptr<ScenarioTally> m_tally;
    Report m_report;
    std::unique_ptr<Workload> m_workload;
    std::optional<Popularity> m_popularity;
    std::unordered_map<Bytes, Load> m_loads;
    std::deque<Delayed> m_delayed; // by due time, since every delay is as long as the others
    QTimer m_pump;
    QTimer m_second;
    QTimer m_delayTimer;
    QTimer m_giveUp;
    QElapsedTimer m_clock;
    double m_credit = 0; // requests due but not sent
    qint64 m_lastPumpNs = 0;
    int m_clients = 0; // requests in flight at most
    int m_inFlight = 0;
    int m_ticks = 0;
    Instant m_pausedUntil{};
    bool m_running = false;
    bool m_ending = false;
    std::optional<Error> m_reported;
    std::optional<Lifetime> m_lifetime; // of the run in progress; made on the scenario's thread
};

} // namespace kvscope
