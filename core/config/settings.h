// Settings: what the program remembers of the window between two starts.
#pragma once

#include <QByteArray>
#include <QString>

namespace kvscope {

/// A value, read once and written when something changed. No secrets.
struct Settings
{
    QString theme = QStringLiteral("system"); ///< "system", "light", "dark"
    QString language;                         ///< "en", "zh_CN"; empty: the system's
    QString page;                             ///< "browse", "live", "jobs"; empty: never chosen
    QString bindings;                         ///< folder of the binding files; empty: the default
    QString profile;                          ///< the profile last connected to; empty: none
    QByteArray geometry;                      ///< of the main window

    /// Defaults for whatever the file lacks; a broken file counts as an empty one.
    static Settings load();
    /// Atomic; false when the folder can't be written.
    bool save() const;
};

} // namespace kvscope
