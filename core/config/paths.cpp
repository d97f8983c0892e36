// Paths: the state and config folders.
#include "core/config/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace kvscope {
namespace {

QString ownFolder(const char *xdgVariable, const QString &fallback)
{
    QString folder = qEnvironmentVariable("KVSCOPE_STATE");
    if (folder.isEmpty()) {
        QString base = qEnvironmentVariable(xdgVariable);
        if (base.isEmpty()) base = QDir::homePath() + fallback;
        folder = base + QStringLiteral("/kvscope");
    }
    if (!QDir(folder).exists() && QDir().mkpath(folder)) {
        QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                          QFileDevice::ExeOwner);
    }
    return folder;
}

} // namespace

QString stateFolder()
{
    return ownFolder("XDG_STATE_HOME", QStringLiteral("/.local/state"));
}

QString configFolder()
{
    return ownFolder("XDG_CONFIG_HOME", QStringLiteral("/.config"));
}

QString shippedModelPath()
{
    const QString beside = QCoreApplication::applicationDirPath();
    for (const char *place :
         {"/../resources/model/kvscope.gguf", "/../share/kvscope/model/kvscope.gguf"}) {
        QString path = QDir::cleanPath(beside + QLatin1String(place));
        if (QFile::exists(path)) return path;
    }
    return {};
}

} // namespace kvscope
