// The face of a Connection for all threads.
#include "core/redis/client.h"

#include "core/redis/connection.h"
#include "core/redis/iothread.h"

namespace kvscope {

RedisClient::RedisClient(RedisThreads &threads, RedisThreads::Lane lane, Options options,
                         ConnectionStateSink stateChanged)
    : m_connection(Connection::make(threads.mailbox(lane), &threads.thread(lane),
                                    std::move(options), std::move(stateChanged)))
{}

RedisClient::~RedisClient()
{
    m_connection->detach();
}

void RedisClient::open()
{
    m_connection->open();
}

void RedisClient::close()
{
    m_connection->close();
}

RedisClient::CallId RedisClient::send(Batch batch, CallOptions options, RepliesCallback done)
{
    return m_connection->send(std::move(batch), std::move(options), std::move(done));
}

void RedisClient::cancel(CallId call)
{
    m_connection->cancel(call);
}

void RedisClient::selectDatabase(int index, Callback<int> done)
{
    m_connection->select(index, std::move(done));
}

void RedisClient::setWrites(Writes writes)
{
    m_connection->setWrites(writes);
}

RedisClient::Writes RedisClient::writes() const
{
    return m_connection->writes();
}

ConnectionState RedisClient::state() const
{
    return m_connection->state();
}

const Endpoint &RedisClient::endpoint() const
{
    return m_connection->endpoint();
}

Lookups RedisClient::ownLookups() const
{
    return m_connection->ownLookups();
}

void RedisClient::addOwnLookups(Lookups lookups)
{
    m_connection->addOwnLookups(lookups);
}

} // namespace kvscope
