// Schedule: a small file and one timer.
#include "core/jobs/schedule.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace kvscope {
namespace {

constexpr int kTickMs = 1'000;
constexpr std::int64_t kMinuteMs = 60'000;

} // namespace

Schedule::Schedule(const QString &folder, QObject *parent)
    : QObject(parent), m_file(folder + QStringLiteral("/schedules.json"))
{
    load();
    m_timer.setInterval(kTickMs);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { tick(QDateTime::currentMSecsSinceEpoch()); });
    if (!m_items.empty()) m_timer.start();
}

Result<bool> Schedule::setEvery(const QString &bindingPath, const QString &store, int minutes)
{
    const Key key(bindingPath, store);
    if (minutes <= 0) {
        m_items.erase(key);
    } else {
        const int every = std::min(minutes, kMostMinutes);
        m_items[key] = {every, QDateTime::currentMSecsSinceEpoch() + every * kMinuteMs};
    }
    if (m_items.empty())
        m_timer.stop();
    else
        m_timer.start();
    emit changed();
    return save();
}

std::optional<Schedule::Item> Schedule::find(const QString &bindingPath, const QString &store) const
{
    const auto found = m_items.find({bindingPath, store});
    if (found == m_items.end()) return std::nullopt;
    return found->second;
}

void Schedule::tick(std::int64_t nowMs)
{
    std::vector<QString> come;
    for (auto &[key, item] : m_items) {
        if (key.second != m_store || item.nextMs > nowMs) continue;
        item.nextMs = nowMs + item.minutes * kMinuteMs;
        come.push_back(key.first);
    }
    if (come.empty()) return;
    emit changed();
    for (const QString &path : come) emit due(path);
}

// The times are not kept: they count from the start of the window.
void Schedule::load()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly)) return;
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    for (const auto &value : QJsonDocument::fromJson(file.readAll()).array()) {
        const QJsonObject one = value.toObject();
        const int minutes = one.value(QLatin1String("minutes")).toInt();
        const QString path = one.value(QLatin1String("binding")).toString();
        const QString store = one.value(QLatin1String("store")).toString();
        if (minutes < 1 || minutes > kMostMinutes || path.isEmpty() || store.isEmpty()) continue;
        m_items[{path, store}] = {minutes, now + minutes * kMinuteMs};
    }
}

Result<bool> Schedule::save() const
{
    QJsonArray all;
    for (const auto &[key, item] : m_items)
        all.append(QJsonObject{{QStringLiteral("binding"), key.first},
                               {QStringLiteral("store"), key.second},
                               {QStringLiteral("minutes"), item.minutes}});
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(all).toJson()) < 0 ||
        !file.commit())
        return failure(ErrorCode::FileUnwritable, {m_file, file.errorString()});
    return true;
}

} // namespace kvscope
