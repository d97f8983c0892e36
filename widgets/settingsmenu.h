// SettingsMenu: theme, language, shortcuts and About, behind the gear.
#pragma once

#include "widgets/base/theme.h"

#include <QMenu>

namespace kvscope {

/// Built anew each time it opens, so that it speaks the language in force.
class SettingsMenu : public QMenu
{
    Q_OBJECT

  public:
    explicit SettingsMenu(QWidget *parent = nullptr);

  signals:
    void themeChosen(kvscope::ThemeChoice choice);
    void languageChosen(const QString &code);
    void shortcutsChosen();
    void aboutChosen();

  private:
    void fill();
};

} // namespace kvscope
