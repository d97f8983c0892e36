// Language: which of our translations is in force, and switching it while the window stands.
#pragma once

#include <QString>
#include <QStringList>

namespace kvscope {

/// "en" and "zh_CN".
QStringList languages();

/// The one of languages() that suits the system's locale.
QString systemLanguage();

/// Installs `code` (empty: the system's); every widget then gets QEvent::LanguageChange. UI thread.
void applyLanguage(const QString &code);

/// The one in force.
QString language();

} // namespace kvscope
