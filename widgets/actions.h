// Actions: every shortcut the program has, where the window and its list of shortcuts find them.
#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

namespace kvscope {

struct Shortcut
{
    QString group; ///< translated
    QString text;  ///< translated: what it does
    QString keys;  ///< portable text, alternatives separated by " · "
};

/// In the order to show them, translated for the language in force.
std::vector<Shortcut> shortcuts();

} // namespace kvscope
