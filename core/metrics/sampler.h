// Sampler: takes a sample a second and turns differences into rates, ratios and percentiles.
#pragma once

#include "core/async/lifetime.h"
#include "core/base/clock.h"
#include "core/metrics/metrichistory.h"
#include "core/metrics/scenariosample.h"
#include "core/store/telemetry.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace kvscope {

/// Both kinds of sample, taken together.
struct MetricSample
{
    TelemetrySample store;
    std::optional<ScenarioSample> scenario;
};

/// What happened between two samples, as one frame of the history: counters differenced, histograms
/// subtracted bucket by bucket, percentiles of what remains, our own reads taken out of the net
/// ratio. Requires: continues(before, after).
MetricFrame frameBetween(const MetricSample &before, const MetricSample &after);

/// The values that need no predecessor: sizes, clients, keys.
MetricFrame gaugesOf(const TelemetrySample &sample);

/// Whether `after` counts on from `before`: same run, no counter fell, time went forward.
bool continues(const TelemetrySample &before, const TelemetrySample &after);

/// Owner's thread. Requires: the Telemetry outlives it.
class Sampler : public QObject
{
    Q_OBJECT

  public:
    static constexpr int kPeriodMs = 1000;
    /// An interval longer than this is a gap, not a line.
    static constexpr std::int64_t kGapMs = 3500;

    explicit Sampler(Telemetry &telemetry, const Clock &clock = Clock::system(),
                     QObject *parent = nullptr);

    /// Asked together with each telemetry sample; nothing while there has been no scenario.
    void setScenario(std::function<std::optional<ScenarioSample>()> sample)
    {
        m_scenario = std::move(sample);
    }

    void start();
    void stop();
    /// One sample now; start() does it each period.
    void takeSample();

    const MetricHistory &history() const { return m_history; }
    /// The last sample as it came.
    const std::optional<MetricSample> &last() const { return m_last; }
    /// Why the last sample failed, or which of its fields are missing.
    const std::optional<Error> &problem() const { return m_problem; }

    void addMark(EventMark::Kind kind, const QString &name);

  signals:
    /// The history has a new frame, or a gap.
    void sampled();
    void markAdded();

  private:
    void take(Result<TelemetrySample> result);
    void append(MetricFrame frame);
    void recordGap(std::int64_t wallMs);

    Telemetry &m_telemetry;
    const Clock &m_clock;
    std::function<std::optional<ScenarioSample>()> m_scenario;
    QTimer m_timer;
    MetricHistory m_history;
    std::optional<MetricSample> m_last;
    bool m_lastContinues = false; // m_last is a base to difference from
    std::optional<Error> m_problem;
    std::optional<std::int64_t> m_askedAtMs; // a sample is on its way
    Lifetime m_lifetime;
};

} // namespace kvscope
