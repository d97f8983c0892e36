// ScenarioTally: counting, and the report of a run.
#include "core/scenario/scenariotally.h"

namespace kvscope {
namespace {

std::uint64_t nanoseconds(ScenarioTally::Span time)
{
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
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
    if (m_weight > 0) {
        report.modelUs = m_predictedSum / static_cast<double>(m_weight);
        report.measuredUs = m_measuredSum / static_cast<double>(m_weight);
        report.modelError = std::abs(report.modelUs - report.measuredUs) / report.measuredUs;
    }
    return report;
}

} // namespace kvscope
