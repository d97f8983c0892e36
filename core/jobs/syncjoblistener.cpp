// SyncListener: Qt's driver tells of notifications through an event loop, so the thread has one.
#include "core/jobs/syncjoblistener.h"

#include "core/source/sqlsession.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDriver>
#include <QSqlError>
#include <QTimer>

#include <thread>

namespace kvscope {
namespace {

constexpr auto kTimeLimit = std::chrono::seconds(30);
constexpr auto kLookEvery = std::chrono::milliseconds(50); // whether it shall end
constexpr auto kAliveEvery = std::chrono::seconds(5);
constexpr std::size_t kMostTold = 100'000; // unread; beyond, only that something changed is kept

} // namespace

QString SyncListener::channelOf(const QString &binding)
{
    QString channel = QStringLiteral("kvscope_");
    for (const QChar c : binding.toLower())
        channel +=
            (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || c.isDigit() ? c : QLatin1Char('_');
    return channel.left(60);
}

std::optional<SyncListener::Told> SyncListener::parse(const QString &payload)
{
    const QJsonDocument document = QJsonDocument::fromJson(payload.toUtf8());
    if (!document.isArray()) return std::nullopt;
    Told told;
    for (const auto &value : document.array()) {
        if (!value.isString()) return std::nullopt;
        told.push_back(value.toString().toStdString());
    }
    return told;
}

void SyncListener::hear(const QString &payload)
{
    const std::lock_guard lock(m_mutex);
    if (m_told.size() < kMostTold)
        m_told.push_back(parse(payload).value_or(Told()));
    else
        m_told.back() = Told();
    m_came.notify_one();
}

void SyncListener::listen(const QString &url, const QString &channel)
{
    SqlSession session(SqlProduct::PostgreSql, url);
    Result<bool> opened = session.open(kTimeLimit, m_stop.get_token());
    QSqlDriver *driver = opened ? session.database().driver() : nullptr;
    if (driver != nullptr && !driver->subscribeToNotification(channel))
        opened = failure(ErrorCode::SourceFailed, {channel, driver->lastError().text()});
    {
        const std::lock_guard lock(m_mutex);
        m_opened = opened;
        m_came.notify_one();
    }
    if (!opened) return;
    QEventLoop loop;
    QObject::connect(driver, &QSqlDriver::notification, &loop,
                     [this](const QString &, QSqlDriver::NotificationSource,
                            const QVariant &payload) { hear(payload.toString()); });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (m_stop.stop_requested()) loop.quit();
    });
    look.start(kLookEvery);
    QTimer alive;
    QObject::connect(&alive, &QTimer::timeout, &loop, [&] {
        if (!session.run(QStringLiteral("SELECT 1"))) loop.quit();
    });
    alive.start(kAliveEvery);
    loop.exec();
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_came.notify_one();
}

Result<std::unique_ptr<SyncListener>> SyncListener::open(const QString &url, const QString &channel)
{
    std::unique_ptr<SyncListener> listener(new SyncListener);
    listener->m_thread.reset(
        QThread::create([self = listener.get(), url, channel] { self->listen(url, channel); }));
    listener->m_thread->start();
    std::unique_lock lock(listener->m_mutex);
    listener->m_came.wait(lock, [&] { return listener->m_opened.has_value(); });
    if (!*listener->m_opened) {
        const Error error = listener->m_opened->error();
        lock.unlock();
        return failure(error);
    }
    lock.unlock();
    return listener;
}

SyncListener::~SyncListener()
{
    m_stop.request_stop();
    m_thread->wait();
}

std::vector<SyncListener::Told> SyncListener::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_told, {});
}

void SyncListener::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_came.wait_for(lock, time, [this] { return !m_told.empty() || m_ended; });
    if (m_ended && m_told.empty()) {
        lock.unlock();
        std::this_thread::sleep_for(time);
    }
}

bool SyncListener::hasEnded() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

} // namespace kvscope
