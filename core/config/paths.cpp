// Paths: the state folder.
#include "core/config/paths.h"

#include <QDir>
#include <QFile>

namespace kvscope {

QString stateFolder()
{
    QString folder = qEnvironmentVariable("KVSCOPE_STATE");
    if (folder.isEmpty()) {
        QString base = qEnvironmentVariable("XDG_STATE_HOME");
        if (base.isEmpty()) base = QDir::homePath() + QStringLiteral("/.local/state");
        folder = base + QStringLiteral("/kvscope");
    }
    if (!QDir(folder).exists() && QDir().mkpath(folder)) {
        QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                          QFileDevice::ExeOwner);
    }
    return folder;
}

} // namespace kvscope
