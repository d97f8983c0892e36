// Profiles: the connections a person saved. Never a password.
#pragma once

#include "core/async/result.h"

#include <QString>

#include <vector>

namespace kvscope {

struct Profile
{
    QString name{};                          ///< unique, shown in the top bar
    QString url{};                           ///< a store URL without a password
    QString color{};                         ///< "accent", "blue", "purple", "orange"; empty: none
    bool production = false;                 ///< wears the red edge
    bool readOnly = false;                   ///< writes are refused in the command layer
    QString delimiter = QStringLiteral(":"); ///< between the levels of a key's name

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// A store URL with the password of its user part cut out: `redis://u:secret@h` → `redis://u@h`.
QString withoutPassword(const QString &url);

/// The saved profiles in the order they were saved; `profiles.json` in the config folder, readable
/// by this user only. UI thread.
class Profiles
{
  public:
    /// Reads the file anew. FileUnreadable when it is there but not readable as profiles: it is
    /// then left alone, and every save() fails until it was mended or moved away.
    Result<bool> load();

    const std::vector<Profile> &all() const { return m_profiles; }
    const Profile *find(const QString &name) const;

    /// Adds it, or replaces the one called `replaced` (by default the one of the same name).
    Result<bool> save(Profile profile, const QString &replaced = {});
    Result<bool> remove(const QString &name);

  private:
    Result<bool> write(const std::vector<Profile> &profiles);

    std::vector<Profile> m_profiles;
    std::optional<Error> m_unreadable;
};

} // namespace kvscope
