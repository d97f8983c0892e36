// Profiles: read and written whole, atomically, for this user only.
#include "core/config/profiles.h"

#include "core/config/paths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace kvscope {
namespace {

QString profilesFile()
{
    return configFolder() + QStringLiteral("/profiles.json");
}

QJsonObject toJson(const Profile &profile)
{
    return {{QStringLiteral("name"), profile.name},
            {QStringLiteral("url"), withoutPassword(profile.url)},
            {QStringLiteral("color"), profile.color},
            {QStringLiteral("production"), profile.production},
            {QStringLiteral("read_only"), profile.readOnly},
            {QStringLiteral("delimiter"), profile.delimiter}};
}

Profile fromJson(const QJsonObject &json)
{
    Profile profile;
    profile.name = json[QLatin1String("name")].toString();
    profile.url = withoutPassword(json[QLatin1String("url")].toString());
    profile.color = json[QLatin1String("color")].toString();
    profile.production = json[QLatin1String("production")].toBool();
    profile.readOnly = json[QLatin1String("read_only")].toBool();
    profile.delimiter = json[QLatin1String("delimiter")].toString(profile.delimiter);
    return profile;
}

auto named(std::vector<Profile> &profiles, const QString &name)
{
    return std::find_if(profiles.begin(), profiles.end(),
                        [&](const Profile &p) { return p.name == name; });
}

} // namespace

QString withoutPassword(const QString &url)
{
    const qsizetype scheme = url.indexOf(QLatin1String("://"));
    if (scheme < 0) return url;
    const qsizetype start = scheme + 3;
    qsizetype end = start;
    while (end < url.size() && !QStringLiteral("/?#").contains(url[end])) ++end;
    const qsizetype at = url.lastIndexOf(u'@', end - 1);
    if (at < start) return url;
    const qsizetype colon = url.indexOf(u':', start);
    if (colon < 0 || colon > at) return url;
    const QString user = url.sliced(start, colon - start);
    const QString rest = url.sliced(user.isEmpty() ? at + 1 : at);
    return url.first(start) + user + rest;
}

Result<bool> Profiles::load()
{
    m_profiles.clear();
    m_unreadable.reset();
    QFile file(profilesFile());
    if (!file.exists()) return true;
    const auto unreadable = [&](const QString &reason) {
        m_unreadable = Error(ErrorCode::FileUnreadable, {file.fileName(), reason});
        return failure(*m_unreadable);
    };
    if (!file.open(QIODevice::ReadOnly)) return unreadable(file.errorString());
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &parsed);
    if (parsed.error != QJsonParseError::NoError) return unreadable(parsed.errorString());
    for (const auto &value : document.object()[QLatin1String("profiles")].toArray()) {
        Profile profile = fromJson(value.toObject());
        if (!profile.name.isEmpty() && !find(profile.name))
            m_profiles.push_back(std::move(profile));
    }
    return true;
}

const Profile *Profiles::find(const QString &name) const
{
    const auto it = std::find_if(m_profiles.begin(), m_profiles.end(),
                                 [&](const Profile &p) { return p.name == name; });
    return it == m_profiles.end() ? nullptr : &*it;
}

Result<bool> Profiles::save(Profile profile, const QString &replaced)
{
    profile.url = withoutPassword(profile.url);
    std::vector<Profile> changed = m_profiles;
    auto place = named(changed, replaced.isEmpty() ? profile.name : replaced);
    if (place != changed.end()) {
        *place = profile;
    } else {
        changed.push_back(profile);
        place = changed.end() - 1;
    }
    // A rename onto another profile's name takes its place.
    const auto kept = place - changed.begin();
    for (auto i = std::ptrdiff_t(changed.size()) - 1; i >= 0; --i)
        if (i != kept && changed[std::size_t(i)].name == profile.name)
            changed.erase(changed.begin() + i);
    return write(changed);
}

Result<bool> Profiles::remove(const QString &name)
{
    std::vector<Profile> changed = m_profiles;
    std::erase_if(changed, [&](const Profile &p) { return p.name == name; });
    return write(changed);
}

Result<bool> Profiles::write(const std::vector<Profile> &profiles)
{
    if (m_unreadable) return failure(*m_unreadable);
    QJsonArray array;
    for (const Profile &profile : profiles) array.append(toJson(profile));
    QSaveFile file(profilesFile());
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorCode::FileUnwritable, {file.fileName(), file.errorString()});
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(QJsonObject{{QStringLiteral("profiles"), array}}).toJson());
    if (!file.commit())
        return failure(ErrorCode::FileUnwritable, {file.fileName(), file.errorString()});
    m_profiles = profiles;
    return true;
}

} // namespace kvscope
