// SearchTraffic: the "search" workload's virtual clients, all on one event loop.
#pragma once

#include "core/async/lifetime.h"
#include "core/scenario/popularity.h"
#include "core/scenario/scenariorunner.h"
#include "core/scenario/scenariotally.h"
#include "core/source/demosource.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <unordered_map>

namespace kvscope {

struct Entry;

/// Made anywhere, then moved to the scenario's thread; all slots run there. Requests for a key that
/// is being loaded wait for that load: one source query a key at a time.
class SearchTraffic : public QObject
{
    Q_OBJECT

  public:
    using Report = std::function<void(ScenarioState)>;

    SearchTraffic(Store &store, ScenarioOptions options, std::shared_ptr<ScenarioTally> tally,
                  Report report);
    ~SearchTraffic() override;

    /// On the scenario's thread, as all below.
    void begin();
    void end();
    void setRate(double perSecond);

  private:
    using Instant = std::chrono::steady_clock::time_point;

    /// A key that somebody fetches from the source, and who waits for it.
    struct Load
    {
        std::vector<Instant> askedAt;
    };
    struct Delayed
    {
        Instant due;
        Bytes key;
        Bytes value;
    };

    void run();
    void pump();
    void driftAndTick();
    int dueNow();
    void issue();
    void takeRead(std::size_t query, const Bytes &key, Instant askedAt,
                  Result<std::vector<Entry>> result);
    void load(std::size_t query, const Bytes &key, Instant askedAt);
    void delay(Bytes key, Result<Bytes> value);
    void releaseDelayed();
    void writeBack(const Bytes &key, Bytes value);
    void answer(const Bytes &key);
    void fail(const Bytes &key, const Error &error);
    void failed(int requests, const Error &error);
    void settle(int requests);
    void finish(ScenarioState state);

    Store &m_store;
    ScenarioOptions m_options;
    std::shared_ptr<ScenarioTally> m_tally;
    Report m_report;
    std::unique_ptr<DemoSource> m_source;
    std::vector<std::string> m_queries;
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
    int m_inFlight = 0;
    int m_ticks = 0;
    Instant m_pausedUntil{};
    bool m_running = false;
    bool m_ending = false;
    std::optional<Error> m_reported;
    std::optional<Lifetime> m_lifetime; // of the run in progress; made on the scenario's thread
};

} // namespace kvscope
