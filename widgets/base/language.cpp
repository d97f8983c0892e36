// Language: our translation and Qt's own, loaded when asked for.
#include "widgets/base/language.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace kvscope {
namespace {

const QString kEnglish = QStringLiteral("en");
const QString kChinese = QStringLiteral("zh_CN");

struct State
{
    QString code; // empty: none applied yet
    QTranslator *ours = nullptr;
    QTranslator *qt = nullptr;
};

State &state()
{
    static State instance;
    return instance;
}

QTranslator *installed(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(qApp);
    if (translator->load(file, folder)) {
        QCoreApplication::installTranslator(translator);
        return translator;
    }
    delete translator;
    return nullptr;
}

} // namespace

QStringList languages()
{
    return {kEnglish, kChinese};
}

QString systemLanguage()
{
    return QLocale::system().language() == QLocale::Chinese ? kChinese : kEnglish;
}

void applyLanguage(const QString &code)
{
    const QString wanted = languages().contains(code) ? code
                           : code.isEmpty()           ? systemLanguage()
                                                      : kEnglish;
    State &s = state();
    if (wanted == s.code) return;
    s.code = wanted;
    delete s.ours; // a translator that dies is uninstalled
    delete s.qt;
    s.ours = s.qt = nullptr;
    QLocale::setDefault(QLocale(wanted));
    // Qt's own first: installing ours then tells the widgets once everything is there.
    if (wanted != kEnglish)
        s.qt = installed(QStringLiteral("qtbase_") + wanted,
                         QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // The English file holds the plural forms alone: "1 member", "2 members".
    s.ours = installed(QStringLiteral("kvscope_") + wanted, QStringLiteral(":/i18n"));
    if (s.ours) return;
    QEvent changed(QEvent::LanguageChange);
    QCoreApplication::sendEvent(qApp, &changed);
}

QString language()
{
    return state().code.isEmpty() ? kEnglish : state().code;
}

} // namespace kvscope
