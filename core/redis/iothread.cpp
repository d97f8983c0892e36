// The two io threads.
#include "core/redis/iothread.h"
#include "core/async/mailbox.h"
#include "core/base/threadslice.h"
#include "core/redis/client.h"

#include <QCoreApplication>

#include <future>

namespace kvscope {
namespace {

/// Returns once everything that was posted before has run.
void runPosted(Mailbox &mailbox)
{
    const auto done = std::make_shared<std::promise<void>>();
    const std::future<void> end = done->get_future();
    mailbox.post([done] { done->set_value(); });
    end.wait();
}

} // namespace

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
    // It runs for some ten microseconds at a time, and all else waits for what it brings.
    takeShortTurns();
    m_mailbox = Mailbox::current();
    m_started.release();
    exec();
    QCoreApplication::sendPostedEvents(); // what the last functions posted in their turn
}

RedisThreads::RedisThreads()
    : m_interactive(std::make_unique<IoThread>(QStringLiteral("redis-click"))),
      m_bulk(std::make_unique<IoThread>(QStringLiteral("redis-bulk")))
{}

// What one thread lets go last, a call with its store's connections, may have to die on the other:
// both run what was posted to them before either ends.
RedisThreads::~RedisThreads()
{
    for (int round = 0; round < 2; ++round)
        for (const Lane lane : {Lane::Interactive, Lane::Bulk}) runPosted(*mailbox(lane));
}

IoThread &RedisThreads::thread(Lane lane) const
{
    return lane == Lane::Interactive ? *m_interactive : *m_bulk;
}

std::shared_ptr<Mailbox> RedisThreads::mailbox(Lane lane) const
{
    return thread(lane).mailbox();
}

} // namespace kvscope
