// RedisStore: follows the interactive connection; the seams do the work.
#include "core/store/redisstore.h"

#include "core/store/redisprobe.h"

namespace kvscope {
namespace {

StoreState::Phase phaseOf(ConnectionState::Phase phase)
{
    switch (phase) {
    case ConnectionState::Phase::Idle:
        return StoreState::Phase::Idle;
    case ConnectionState::Phase::Connecting:
        return StoreState::Phase::Connecting;
    case ConnectionState::Phase::Ready:
        return StoreState::Phase::Ready;
    case ConnectionState::Phase::Waiting:
        return StoreState::Phase::Waiting;
    case ConnectionState::Phase::Failed:
        return StoreState::Phase::Failed;
    }
    return StoreState::Phase::Failed;
}

} // namespace

RedisStore::RedisStore(RedisThreads &threads, Endpoint endpoint, Access access)
    : m_endpoint(std::move(endpoint)), m_access(access),
      m_links(std::make_shared<RedisLinks>(
          threads, m_endpoint, access,
          m_lifetime.guard([this](const ConnectionState &state) { follow(state); }))),
      m_keySpace(m_links), m_reader(m_links), m_writer(m_links), m_snapshot(m_links),
      m_telemetry(m_links), m_bulk(m_links)
{
    m_keySpace.setDatabase(m_endpoint.database);
    m_links->announce =
        m_lifetime.guard([this](const std::vector<Bytes> &keys) { emit keysChanged(keys); });
    m_links->capabilitiesShrank = m_lifetime.guard([this] { emit stateChanged(m_state); });
}

RedisStore::~RedisStore()
{
    m_keySpace.cancelScans();
    m_links->close();
}

void RedisStore::open()
{
    if (m_state.phase == StoreState::Phase::Ready) return;
    m_links->open();
}

void RedisStore::follow(const ConnectionState &state)
{
    if (state.phase == ConnectionState::Phase::Ready) return probe();
    StoreState now;
    now.phase = phaseOf(state.phase);
    now.error = state.error;
    now.attempt = state.attempt;
    now.retryInMs = state.retryInMs;
    setState(std::move(now));
}

void RedisStore::probe()
{
    sendNoTouch(m_links->interactive());
    m_links->interactive().send(
        redisprobe::questions(m_access), m_lifetime.guard([this](const Result<Replies> &replies) {
            // Lost again: the connection's next state says so.
            if (!replies) return;
            m_links->setCapabilities(redisprobe::answers(m_access, *replies));
            StoreState ready;
            ready.phase = StoreState::Phase::Ready;
            setState(std::move(ready));
        }));
}

void RedisStore::setState(StoreState state)
{
    m_state = std::move(state);
    emit stateChanged(m_state);
}

void RedisStore::selectDatabase(int index)
{
    m_keySpace.cancelScans();
    m_links->selectDatabase(index, m_lifetime.guard([this, index](const Result<int> &selected) {
        if (selected) {
            m_endpoint.database = index;
            m_keySpace.setDatabase(index);
        } else {
            m_links->selectDatabase(m_endpoint.database, {}); // refused: stay where we were
        }
        emit databaseChanged(m_endpoint.database);
    }));
}

} // namespace kvscope
