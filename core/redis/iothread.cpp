// The two io threads.
#include "core/redis/iothread.h"
#include "core/async/mailbox.h"
#include "core/redis/client.h"

#include <QCoreApplication>

namespace kvscope {

IoThread::IoThread(const QString &name)
{
    setObjectName(name); // the kernel's name of the thread, too
    start();
    m_started.acquire();
}

IoThread::~IoThread()
{
    // Through the mailbox: what was posted before, closing sockets above all, still happens.
    m_mailbox->post([this] { quit(); });
    wait();
}

void IoThread::run()
{
    m_mailbox = Mailbox::current();
    m_started.release();
    exec();
    QCoreApplication::sendPostedEvents(); // what the last functions posted in their turn
}

RedisThreads::RedisThreads()
    : m_interactive(std::make_unique<IoThread>(QStringLiteral("redis-click"))),
      m_bulk(std::make_unique<IoThread>(QStringLiteral("redis-bulk")))
{}

RedisThreads::~RedisThreads() = default;

IoThread &RedisThreads::thread(Lane lane) const
{
    return lane == Lane::Interactive ? *m_interactive : *m_bulk;
}

std::shared_ptr<Mailbox> RedisThreads::mailbox(Lane lane) const
{
    return thread(lane).mailbox();
}

} // namespace kvscope
