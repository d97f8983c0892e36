// SearchTraffic: the way of one request: cache, source on a miss, write-back, answer.
#include "core/scenario/searchtraffic.h"

#include "core/store/store.h"

namespace kvscope {

void SearchTraffic::issue()
{
    const std::size_t query = m_popularity->pick();
    Bytes key = "search:" + m_queries[query];
    const Instant now = std::chrono::steady_clock::now();
    ++m_inFlight;
    ReadOptions options;
    options.purpose = ReadPurpose::Traffic;
    options.fields = ReadValue;
    std::vector<Bytes> keys{key};
    m_store.reader().read(std::move(keys), options,
                          m_lifetime->guard([this, query, key = std::move(key),
                                             now](Result<std::vector<Entry>> result) {
                              takeRead(query, key, now, std::move(result));
                          }));
}

void SearchTraffic::takeRead(std::size_t query, const Bytes &key, Instant askedAt,
                             Result<std::vector<Entry>> result)
{
    if (!result) return failed(1, result.error());
    if (m_reported) {
        m_reported.reset();
        m_report({ScenarioState::Phase::Running});
    }
    if (result->size() == 1 && result->front().exists()) {
        m_tally->recordHit(std::chrono::steady_clock::now() - askedAt);
        return settle(1);
    }
    load(query, key, askedAt);
}

void SearchTraffic::load(std::size_t query, const Bytes &key, Instant askedAt)
{
    const auto [load, isFirst] = m_loads.try_emplace(key);
    load->second.askedAt.push_back(askedAt);
    if (!isFirst) return;
    m_tally->recordSourceQuery();
    m_source->find(m_queries[query], m_lifetime->guard([this, key](Result<Bytes> value) {
        delay(key, std::move(value));
    }));
}

void SearchTraffic::delay(Bytes key, Result<Bytes> value)
{
    if (!value) return fail(key, value.error());
    const auto due =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(m_options.sourceLatencyMs);
    m_delayed.push_back({due, std::move(key), std::move(*value)});
    if (!m_delayTimer.isActive()) m_delayTimer.start(static_cast<int>(m_options.sourceLatencyMs));
}

void SearchTraffic::releaseDelayed()
{
    const Instant now = std::chrono::steady_clock::now();
    while (!m_delayed.empty() && m_delayed.front().due <= now) {
        Delayed ready = std::move(m_delayed.front());
        m_delayed.pop_front();
        writeBack(ready.key, std::move(ready.value));
    }
    if (m_delayed.empty()) return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_delayed.front().due - now);
    m_delayTimer.start(left);
}

void SearchTraffic::writeBack(const Bytes &key, Bytes value)
{
    WriteRequest request;
    request.key = key;
    request.value = std::move(value);
    request.origin = WriteRequest::Origin::Traffic;
    const std::int64_t spread = m_options.ttlMs / 10;
    request.expiry =
        ExpiryChange::set(m_options.ttlMs + std::uniform_int_distribution<std::int64_t>(
                                                -spread, spread)(m_popularity->random()));
    std::vector<WriteRequest> requests;
    requests.push_back(std::move(request));
    m_store.writer().write(
        std::move(requests),
        m_lifetime->guard([this, key](const Result<std::vector<Result<WriteOutcome>>> &result) {
            if (!result) return fail(key, result.error());
            if (!result->empty() && !result->front()) return fail(key, result->front().error());
            answer(key);
        }));
}

void SearchTraffic::answer(const Bytes &key)
{
    const auto load = m_loads.extract(key);
    if (load.empty()) return;
    const Instant now = std::chrono::steady_clock::now();
    for (const Instant askedAt : load.mapped().askedAt) m_tally->recordMiss(now - askedAt);
    settle(static_cast<int>(load.mapped().askedAt.size()));
}

void SearchTraffic::fail(const Bytes &key, const Error &error)
{
    const auto load = m_loads.extract(key);
    if (load.empty()) return;
    failed(static_cast<int>(load.mapped().askedAt.size()), error);
}

} // namespace kvscope
