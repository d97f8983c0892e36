// Sampler: the clockwork around frameBetween(): one question in flight, gaps, restarts.
#include "core/metrics/sampler.h"

namespace kvscope {

Sampler::Sampler(Telemetry &telemetry, const Clock &clock, QObject *parent)
    : QObject(parent), m_telemetry(telemetry), m_clock(clock)
{
    m_timer.setInterval(kPeriodMs);
    // Coarse timers may drift by 5 %: a chart would stutter once in twenty seconds.
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Sampler::takeSample);
}

void Sampler::start()
{
    m_timer.start();
    takeSample();
}

void Sampler::stop()
{
    m_timer.stop();
}

void Sampler::takeSample()
{
    const std::int64_t now = m_clock.wallMs();
    if (m_askedAtMs) {
        // A server that is busy answers late; asking again would only queue up.
        if (now - *m_askedAtMs > kGapMs) {
            recordGap(now);
            emit sampled();
        }
        return;
    }
    m_askedAtMs = now;
    m_telemetry.sample(
        m_lifetime.guard([this](Result<TelemetrySample> result) { take(std::move(result)); }));
}

void Sampler::take(Result<TelemetrySample> result)
{
    m_askedAtMs.reset();
    if (!result) {
        m_problem = result.error();
        recordGap(m_clock.wallMs());
        emit sampled();
        return;
    }
    MetricSample sample{std::move(*result), m_scenario ? m_scenario() : std::nullopt};
    m_problem = sample.store.degraded;

    const bool known = m_lastContinues && m_last;
    const bool afterPause = known && sample.store.wallMs - m_last->store.wallMs > kGapMs;
    if (afterPause) recordGap(m_last->store.wallMs + kPeriodMs);
    const bool restarted = m_last && m_last->store.runId != sample.store.runId;
    if (known && !afterPause && continues(m_last->store, sample.store)) {
        append(frameBetween(*m_last, sample));
    } else {
        if (restarted) addMark(EventMark::Kind::Store, tr("Server restarted"));
        append(gaugesOf(sample.store));
    }
    m_last = std::move(sample);
    m_lastContinues = true;
    emit sampled();
}

void Sampler::append(MetricFrame frame)
{
    // The wall clock may be set back; a curve can't.
    const Series &times = m_history.series(Metric::HitRatio);
    if (!times.empty()) frame.wallMs = std::max(frame.wallMs, times.back().wallMs);
    m_history.append(frame);
}

void Sampler::recordGap(std::int64_t wallMs)
{
    m_lastContinues = false;
    MetricFrame gap;
    gap.wallMs = wallMs;
    append(gap);
}

void Sampler::addMark(EventMark::Kind kind, const QString &name)
{
    m_history.addMark({m_clock.wallMs(), kind, name});
    emit markAdded();
}

} // namespace kvscope
