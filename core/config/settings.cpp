// Settings: one small JSON file in the config folder.
#include "core/config/settings.h"

#include "core/config/paths.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace kvscope {
namespace {

QString settingsFile()
{
    return configFolder() + QStringLiteral("/settings.json");
}

} // namespace

Settings Settings::load()
{
    Settings settings;
    QFile file(settingsFile());
    if (!file.open(QIODevice::ReadOnly)) return settings;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    settings.theme = json[QLatin1String("theme")].toString(settings.theme);
    settings.language = json[QLatin1String("language")].toString();
    settings.page = json[QLatin1String("page")].toString();
    settings.bindings = json[QLatin1String("bindings")].toString();
    settings.profile = json[QLatin1String("profile")].toString();
    settings.geometry =
        QByteArray::fromBase64(json[QLatin1String("geometry")].toString().toLatin1());
    return settings;
}

bool Settings::save() const
{
    const QJsonObject json{{QStringLiteral("theme"), theme},
                           {QStringLiteral("language"), language},
                           {QStringLiteral("page"), page},
                           {QStringLiteral("bindings"), bindings},
                           {QStringLiteral("profile"), profile},
                           {QStringLiteral("geometry"), QString::fromLatin1(geometry.toBase64())}};
    QSaveFile file(settingsFile());
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write(QJsonDocument(json).toJson());
    return file.commit();
}

} // namespace kvscope
