// ScenarioTally: counting, and the report of a run.
#include "core/scenario/scenariotally.h"

namespace kvscope {
namespace {

std::uint64_t nanoseconds(ScenarioTally::Span time)
{
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

std::optional<ScenarioReport::Turns> turnsBetween(const ScenarioSample &begin,
                                                  const ScenarioSample &end)
{
    if (end.turns() == begin.turns()) return std::nullopt;
    constexpr double kMs = 1000; // µs
    Histogram cold = end.coldFirstToken;
    cold.subtract(begin.coldFirstToken);
    Histogram warm = end.warmFirstToken;
    warm.subtract(begin.warmFirstToken);
    Histogram all = cold;
    all.add(warm);
    const auto mean = [](const Histogram &of) {
        return of.count() > 0 ? of.sum() / static_cast<double>(of.count()) / kMs : 0;
    };
    return ScenarioReport::Turns{.count = all.count(),
                                 .p50Ms = all.quantile(0.5) / kMs,
                                 .p99Ms = all.quantile(0.99) / kMs,
                                 .coldMs = mean(cold),
                                 .warmMs = mean(warm),
                                 .promptTokens = end.promptTokens - begin.promptTokens,
                                 .savedTokens = end.savedTokens - begin.savedTokens};
}

} // namespace

void ScenarioTally::recordHit(Span time)
{
    const std::scoped_lock lock(m_mutex);
    ++m_sample.operations;
    ++m_sample.hits;
    m_sample.total.recordNs(nanoseconds(time));
    m_sample.hit.recordNs(nanoseconds(time));
}

void ScenarioTally::recordMiss(Span time)
{
    const std::scoped_lock lock(m_mutex);
    ++m_sample.operations;
    ++m_sample.misses;
    m_sample.total.recordNs(nanoseconds(time));
    m_sample.miss.recordNs(nanoseconds(time));
}

void ScenarioTally::recordError()
{
    const std::scoped_lock lock(m_mutex);
    ++m_sample.errors;
}

void ScenarioTally::recordSourceQuery()
{
    const std::scoped_lock lock(m_mutex);
    ++m_sample.sourceQueries;
}

void ScenarioTally::recordTurn(const Turn &turn)
{
    const std::scoped_lock lock(m_mutex);
    (turn.start == Start::Cold ? m_sample.coldFirstToken : m_sample.warmFirstToken)
        .recordNs(nanoseconds(turn.firstToken));
    m_sample.promptTokens += turn.promptTokens;
    m_sample.savedTokens += turn.savedTokens;
}

void ScenarioTally::beginRun(std::int64_t windowMs)
{
    const std::scoped_lock lock(m_mutex);
    m_atBegin = m_sample;
    m_begin = std::chrono::steady_clock::now();
    m_seconds = 0;
    m_model = LatencyModel(windowMs);
    m_model.add(0, m_sample);
    m_predictedSum = m_measuredSum = 0;
    m_weight = 0;
}

void ScenarioTally::tick()
{
    const std::scoped_lock lock(m_mutex);
    const auto since = std::chrono::steady_clock::now() - m_begin;
    m_seconds = std::chrono::duration<double>(since).count();
    if (!m_model.add(std::chrono::duration_cast<std::chrono::milliseconds>(since).count(),
                     m_sample))
        return;
    const LatencyEstimate &estimate = m_model.estimate();
    if (!estimate.predictedUs || !estimate.measuredUs) return;
    const std::uint64_t weight = m_model.windowOperations();
    m_predictedSum += *estimate.predictedUs * static_cast<double>(weight);
    m_measuredSum += *estimate.measuredUs * static_cast<double>(weight);
    m_weight += weight;
}

ScenarioSample ScenarioTally::sample() const
{
    const std::scoped_lock lock(m_mutex);
    return m_sample;
}

ScenarioReport ScenarioTally::report() const
{
    const std::scoped_lock lock(m_mutex);
    ScenarioReport report;
    report.operations = m_sample.operations - m_atBegin.operations;
    report.hits = m_sample.hits - m_atBegin.hits;
    report.misses = m_sample.misses - m_atBegin.misses;
    report.errors = m_sample.errors - m_atBegin.errors;
    report.seconds = m_seconds;
    if (report.operations > 0)
        report.hitRatio = static_cast<double>(report.hits) / static_cast<double>(report.operations);
    Histogram total = m_sample.total;
    total.subtract(m_atBegin.total);
    report.p50Us = total.quantile(0.5);
    report.p99Us = total.quantile(0.99);
    report.p999Us = total.quantile(0.999);
    report.turns = turnsBetween(m_atBegin, m_sample);
    if (m_weight > 0) {
        report.modelUs = m_predictedSum / static_cast<double>(m_weight);
        report.measuredUs = m_measuredSum / static_cast<double>(m_weight);
        report.modelError = std::abs(report.modelUs - report.measuredUs) / report.measuredUs;
    }
    return report;
}

} // namespace kvscope
