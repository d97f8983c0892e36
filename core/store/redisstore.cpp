// RedisStore: follows the interactive connection; the seams do the work.
#include "core/store/redisstore.h"

#include "core/store/redisprobe.h"

#include <QTimer>

#include <algorithm>

namespace kvscope {
namespace {

constexpr qint64 kProbePauseMs = 1000; // a job may meet a thousand refusals at once

bool isSame(const Capabilities &a, const Capabilities &b)
{
    return a.readOnly == b.readOnly && a.readOnlyReason == b.readOnlyReason && a.scan == b.scan &&
           a.info == b.info && a.databases == b.databases;
}

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
    m_links->rightsDoubted = m_lifetime.guard([this] { askAgain(); });
}

RedisStore::~RedisStore()
{
    m_keySpace.cancelScans();
    m_links->close();
}

void RedisStore::open()
{
    if (m_state.phase == StoreState::Phase::Ready) probe();
    m_links->open();
}

void RedisStore::follow(const ConnectionState &state)
{
    if (state.phase == ConnectionState::Phase::Ready) {
        m_links->hasten(); // the others may wait for seconds yet before they try again
        return probe();
    }
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
            Capabilities found = redisprobe::answers(m_access, *replies);
            m_links->setScriptsBy(redisprobe::loadsScripts(m_access, *replies)
                                      ? bulkscript::By::Sha
                                      : bulkscript::By::Text);
            m_links->noteServer(redisprobe::runIdIn(*replies));
            const auto refused = m_access == Access::ReadWrite && !found.readOnlyReason
                                     ? redisprobe::keyRefused(*replies)
                                     : std::nullopt;
            if (!refused) return take(std::move(found));
            m_links->interactive().send(
                redisprobe::patternsQuestion(m_endpoint.user),
                m_lifetime.guard([this, found = std::move(found),
                                  refused](const Result<Replies> &patterns) mutable {
                    if (!patterns) return;
                    if (redisprobe::isNoKeyWritable(*patterns)) found.readOnlyReason = refused;
                    take(std::move(found));
                }));
        }));
}

void RedisStore::take(Capabilities capabilities)
{
    m_sinceProbe.start();
    const bool wasReady = m_state.phase == StoreState::Phase::Ready;
    const Capabilities before = m_links->capabilities();
    // Without INFO only the answer to a command tells a cluster's node: one that was told stays.
    if (wasReady && !capabilities.info && before.readOnlyReason &&
        before.readOnlyReason->code() == ErrorCode::ClusterNode) {
        capabilities.readOnlyReason = before.readOnlyReason;
        capabilities.mode = before.mode;
    }
    m_links->setCapabilities(std::move(capabilities));
    StoreState ready;
    ready.phase = StoreState::Phase::Ready;
    if (!wasReady || !isSame(before, m_links->capabilities())) setState(std::move(ready));
}

// Rights may be taken away, and given back, while one is connected.
void RedisStore::askAgain()
{
    if (m_state.phase != StoreState::Phase::Ready || m_probeDue) return;
    m_probeDue = true;
    const qint64 pause =
        std::clamp<qint64>(kProbePauseMs - m_sinceProbe.elapsed(), 0, kProbePauseMs);
    QTimer::singleShot(static_cast<int>(pause), this, [this] {
        m_probeDue = false;
        if (m_state.phase == StoreState::Phase::Ready) probe();
    });
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
