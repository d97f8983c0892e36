// Theme: style, palette and stylesheet set from one set of tokens; light and dark.
#include "widgets/base/theme.h"

#include "widgets/base/desktopscheme.h"
#include "widgets/base/themestyle.h"
#include "widgets/base/tokens.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QWidget>

namespace kvscope {
namespace {

struct State
{
    ThemeTokens tokens = darkTokens();
    ThemeChoice choice = ThemeChoice::System;
    bool styled = false;
    bool desktopIsDark = false; // what the platform's own palette says; the portal knows better
};

State &state()
{
    static State instance;
    return instance;
}

DesktopScheme &desktop()
{
    static DesktopScheme *instance = [] {
        auto *scheme = new DesktopScheme(qApp);
        QObject::connect(scheme, &DesktopScheme::changed, qApp, [] {
            if (state().choice == ThemeChoice::System) applyTheme(ThemeChoice::System);
        });
        return scheme;
    }();
    return *instance;
}

QPalette paletteFrom(const ThemeTokens &t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.background);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.panel);
    palette.setColor(QPalette::AlternateBase, t.raised);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.bad);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Highlight, t.onSelection);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Light, t.raised);
    palette.setColor(QPalette::Midlight, t.faintLine);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, t.line);
    palette.setColor(QPalette::Shadow, t.background);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.faint);
    return palette;
}

QFont fontOf(const QStringList &families, int pixelSize, QFont::StyleHint hint)
{
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(pixelSize);
    font.setStyleHint(hint);
    return font;
}

} // namespace

const ThemeTokens &theme()
{
    return state().tokens;
}

ThemeChoice themeChoice()
{
    return state().choice;
}

void applyTheme(ThemeChoice choice)
{
    State &s = state();
    s.choice = choice;
    if (!s.styled) s.desktopIsDark = QGuiApplication::palette().window().color().lightness() < 128;
    const bool dark = choice == ThemeChoice::Dark ||
                      (choice == ThemeChoice::System && desktop().dark().value_or(s.desktopIsDark));
    if (choice == ThemeChoice::System) desktop().follow();
    if (s.styled && dark == s.tokens.dark) return;

    s.tokens = dark ? darkTokens() : lightTokens();
    if (!s.styled) {
        s.styled = true;
        QApplication::setStyle(new ThemeStyle);
        QApplication::setFont(uiFont());
    }
    QApplication::setPalette(paletteFrom(s.tokens));
    qApp->setStyleSheet(styleSheet(s.tokens));
}

QFont uiFont(int pixelSize)
{
    static const QStringList families{
        QStringLiteral("Inter"), QFontDatabase::systemFont(QFontDatabase::GeneralFont).family(),
        QStringLiteral("Noto Sans CJK SC")};
    return fontOf(families, pixelSize, QFont::SansSerif);
}

QFont monoFont(int pixelSize)
{
    static const QStringList families{QStringLiteral("JetBrains Mono"),
                                      QFontDatabase::systemFont(QFontDatabase::FixedFont).family(),
                                      QStringLiteral("Noto Sans CJK SC")};
    return fontOf(families, pixelSize, QFont::Monospace);
}

void setLook(QWidget *widget, const char *look)
{
    const QString name = QString::fromLatin1(look);
    if (widget->property("look").toString() == name) return;
    widget->setProperty("look", name);
    if (widget->metaObject()->className() == QByteArrayView("QWidget"))
        widget->setAttribute(Qt::WA_StyledBackground);
    if (name.startsWith(QLatin1String("chip")))
        widget->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    if (!widget->testAttribute(Qt::WA_WState_Polished)) return;
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    // Labels and buttons keep their size hint until the style changes.
    QEvent changed(QEvent::StyleChange);
    QCoreApplication::sendEvent(widget, &changed);
    widget->updateGeometry();
    widget->update();
}

} // namespace kvscope
