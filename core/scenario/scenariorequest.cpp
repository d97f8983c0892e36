// ScenarioTraffic: the way of one request: cache, the workload on a miss, write-back, answer.
#include "core/scenario/scenariotraffic.h"

#include "core/store/store.h"

namespace kvscope {

void ScenarioTraffic::issue()
{
    const std::size_t request = m_popularity->pick();
    if (m_workload->manner() == Workload::Manner::Whole) return issueWhole(request);
    Bytes key = m_workload->keyOf(request);
    const Instant now = std::chrono::steady_clock::now();
    ++m_inFlight;
    ReadOptions options;
    options.purpose = ReadPurpose::Traffic;
    options.fields = ReadValue;
    std::vector<Bytes> keys{key};
    m_store.reader().read(std::move(keys), options,
                          m_lifetime->guard([this, request, key = std::move(key),
                                             now](Result<std::vector<Entry>> result) {
                              takeRead(request, key, now, std::move(result));
                          }));
}

void ScenarioTraffic::issueWhole(std::size_t request)
{
    ++m_inFlight;
    m_workload->serve(request, m_lifetime->guard([this](const Result<bool> &served) {
        if (!served) return failed(1, served.error());
        noteSuccess();
        settle(1);
    }));
}

void ScenarioTraffic::noteSuccess()
{
    if (!m_reported) return;
    m_reported.reset();
    m_report({ScenarioState::Phase::Running});
}

void ScenarioTraffic::takeRead(std::size_t request, const Bytes &key, Instant askedAt,
                               Result<std::vector<Entry>> result)
{
    if (!result) return failed(1, result.error());
    noteSuccess();
    if (result->size() == 1 && result->front().exists()) {
        m_tally->recordHit(std::chrono::steady_clock::now() - askedAt);
        return settle(1);
    }
    load(request, key, askedAt);
}

void ScenarioTraffic::load(std::size_t request, const Bytes &key, Instant askedAt)
{
    const auto [load, isFirst] = m_loads.try_emplace(key);
    load->second.askedAt.push_back(askedAt);
    if (!isFirst) return;
    m_workload->make(request, m_lifetime->guard([this, key](Result<Workload::Answer> made) {
        takeAnswer(key, std::move(made));
    }));
}

void ScenarioTraffic::takeAnswer(const Bytes &key, Result<Workload::Answer> made)
{
    if (!made) return fail(key, made.error());
    if (made->origin == Workload::Origin::Cache) return writeBack(key, std::move(made->fills));
    const auto due =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(m_options.sourceLatencyMs);
    m_delayed.push_back({due, key, std::move(made->fills)});
    if (!m_delayTimer.isActive()) m_delayTimer.start(static_cast<int>(m_options.sourceLatencyMs));
}

void ScenarioTraffic::releaseDelayed()
{
    const Instant now = std::chrono::steady_clock::now();
    while (!m_delayed.empty() && m_delayed.front().due <= now) {
        Delayed ready = std::move(m_delayed.front());
        m_delayed.pop_front();
        writeBack(ready.key, std::move(ready.fills));
    }
    if (m_delayed.empty()) return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_delayed.front().due - now);
    m_delayTimer.start(left);
}

// What was filled together must not expire together.
std::int64_t ScenarioTraffic::spread(std::int64_t ttlMs)
{
    const std::int64_t most = ttlMs / 10;
    return ttlMs + std::uniform_int_distribution<std::int64_t>(-most, most)(m_popularity->random());
}

void ScenarioTraffic::writeBack(const Bytes &key, std::vector<Workload::Fill> fills)
{
    std::vector<WriteRequest> requests;
    for (Workload::Fill &fill : fills) {
        WriteRequest request;
        request.key = std::move(fill.key);
        request.value = std::move(fill.value);
        request.origin = WriteRequest::Origin::Traffic;
        request.expiry = ExpiryChange::set(spread(fill.ttlMs));
        requests.push_back(std::move(request));
    }
    m_store.writer().write(
        std::move(requests),
        m_lifetime->guard([this, key](const Result<std::vector<Result<WriteOutcome>>> &result) {
            if (!result) return fail(key, result.error());
            for (const Result<WriteOutcome> &outcome : *result)
                if (!outcome) return fail(key, outcome.error());
            answer(key);
        }));
}

void ScenarioTraffic::answer(const Bytes &key)
{
    const auto load = m_loads.extract(key);
    if (load.empty()) return;
    const Instant now = std::chrono::steady_clock::now();
    for (const Instant askedAt : load.mapped().askedAt) m_tally->recordMiss(now - askedAt);
    settle(static_cast<int>(load.mapped().askedAt.size()));
}

void ScenarioTraffic::fail(const Bytes &key, const Error &error)
{
    const auto load = m_loads.extract(key);
    if (load.empty()) return;
    failed(static_cast<int>(load.mapped().askedAt.size()), error);
}

} // namespace kvscope
