// ConnectionTest: opens a store for a moment to see whether it answers.
#include "widgets/connect/connectiontest.h"

namespace kvscope {

ConnectionTest::ConnectionTest(StoreFactory &factory, QObject *parent)
    : QObject(parent), m_factory(factory)
{}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(const QString &url, const QString &password)
{
    cancel();
    // Read-only: a test must not be able to change anything.
    auto made = m_factory.make(url, Access::ReadOnly, password);
    if (!made) {
        emit failed(made.error());
        return;
    }
    m_store = std::move(*made);
    m_clock.start();
    connect(m_store.get(), &Store::stateChanged, this, &ConnectionTest::take);
    m_store->open();
}

void ConnectionTest::cancel()
{
    if (m_store) release();
}

void ConnectionTest::take(const StoreState &state)
{
    if (!m_store) return;
    if (state.phase == StoreState::Phase::Ready) {
        const Capabilities capabilities = m_store->capabilities();
        release();
        emit succeeded(capabilities, m_clock.elapsed());
    } else if (state.error) { // also of a server that still loads: that may take minutes
        const Error error = *state.error;
        release();
        emit failed(error);
    }
}

void ConnectionTest::release()
{
    m_store->disconnect(this);
    Store *store = m_store.release();
    store->setParent(this); // goes with us at the latest: it must not outlive the factory
    store->deleteLater();
}

} // namespace kvscope
