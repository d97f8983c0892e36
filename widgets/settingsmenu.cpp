// SettingsMenu: theme, language, shortcuts and About.
#include "widgets/settingsmenu.h"

#include "widgets/base/icons.h"
#include "widgets/base/language.h"

#include <QActionGroup>

namespace kvscope {

SettingsMenu::SettingsMenu(QWidget *parent) : QMenu(parent)
{
    setObjectName(QStringLiteral("settingsMenu"));
    connect(this, &QMenu::aboutToShow, this, &SettingsMenu::fill);
}

void SettingsMenu::fill()
{
    clear();
    const auto addChoice = [this](QActionGroup *group, const QString &text, bool checked,
                                  const char *name) {
        QAction *action = addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
        return action;
    };
    auto *themes = new QActionGroup(this);
    addAction(tr("Theme"))->setEnabled(false);
    const auto addTheme = [&](ThemeChoice choice, const QString &text, const char *name) {
        connect(addChoice(themes, text, themeChoice() == choice, name), &QAction::triggered, this,
                [this, choice] { emit themeChosen(choice); });
    };
    addTheme(ThemeChoice::System, tr("As the system"), "themeSystem");
    addTheme(ThemeChoice::Light, tr("Light"), "themeLight");
    addTheme(ThemeChoice::Dark, tr("Dark"), "themeDark");

    addSeparator();
    auto *tongues = new QActionGroup(this);
    addAction(tr("Language"))->setEnabled(false);
    const auto addLanguage = [&](const QString &code, const QString &text, const char *name) {
        connect(addChoice(tongues, text, language() == code, name), &QAction::triggered, this,
                [this, code] { emit languageChosen(code); });
    };
    addLanguage(QStringLiteral("en"), QStringLiteral("English"), "languageEnglish");
    addLanguage(QStringLiteral("zh_CN"), QStringLiteral("简体中文"), "languageChinese");

    addSeparator();
    addAction(strokeIcon(QStringLiteral("keyboard")),
              tr("Keyboard shortcuts") + QStringLiteral("\tCtrl+/"), this,
              &SettingsMenu::shortcutsChosen);
    addAction(strokeIcon(QStringLiteral("info")), tr("About KV Scope"), this,
              &SettingsMenu::aboutChosen);
}

} // namespace kvscope
