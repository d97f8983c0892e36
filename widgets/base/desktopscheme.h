// DesktopScheme: whether the desktop wants light or dark, from its settings portal over D-Bus.
#pragma once

#include "core/async/lifetime.h"

#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace kvscope {

/// Qt 6.4 has no QStyleHints::colorScheme(), hence org.freedesktop.appearance. Nothing here blocks:
/// the bus is connected on a pool thread, and without a session bus there is never an answer.
class DesktopScheme : public QObject
{
    Q_OBJECT

  public:
    using QObject::QObject;

    /// Asks now and follows every later change. Further calls do nothing.
    void follow();
    /// Empty until the desktop answered, or when it has no preference.
    std::optional<bool> dark() const { return m_dark; }

  signals:
    void changed();

  private slots:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

  private:
    void ask();
    void take(const QVariant &value);

    std::optional<bool> m_dark;
    bool m_following = false;
    Lifetime m_lifetime;
};

} // namespace kvscope
