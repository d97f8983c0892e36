// DesktopScheme: light or dark from the desktop portal, asked without ever waiting.
#include "widgets/base/desktopscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QThreadPool>

namespace kvscope {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

/// Asking where there is no bus would make libdbus start one.
bool sessionBusExists()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

void DesktopScheme::follow()
{
    if (m_following || !sessionBusExists()) return;
    m_following = true;
    QThreadPool::globalInstance()->start([connected = m_lifetime.guard([this] { ask(); })] {
        if (QDBusConnection::sessionBus().isConnected()) connected();
    });
}

void DesktopScheme::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << kGroup << kKey;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid()) take(reply.value().variant());
    });
}

void DesktopScheme::settingChanged(const QString &group, const QString &key,
                                   const QDBusVariant &value)
{
    if (group == kGroup && key == kKey) take(value.variant());
}

void DesktopScheme::take(const QVariant &value)
{
    // Read() wraps the answer in one variant more than the signal does.
    const QVariant plain =
        value.canConvert<QDBusVariant>() ? qvariant_cast<QDBusVariant>(value).variant() : value;
    const uint preference = plain.toUInt(); // 0 none, 1 dark, 2 light
    const auto dark = preference == 0 ? std::nullopt : std::optional<bool>(preference == 1);
    if (dark == m_dark) return;
    m_dark = dark;
    emit changed();
}

} // namespace kvscope
