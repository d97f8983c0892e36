// Theme: the tokens every colour comes from, the fonts, and light and dark.
#pragma once

#include <QColor>
#include <QFont>

#include <cstdint>

class QWidget;

namespace kvscope {

/// The colours of shared design's token table; nothing in widgets names a colour otherwise.
struct ThemeTokens
{
    QColor background, panel, raised;
    QColor line, faintLine;
    QColor text, muted, faint;
    QColor accent, onSelection;
    QColor good, warning, bad;
    QColor blue, purple, orange; ///< series, after accent
    QColor jsonKey, jsonString, jsonNumber;
    bool dark = true;
};

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// The tokens in force. UI thread. They change with applyTheme(), after which every widget gets
/// QEvent::PaletteChange: what caches colours renews them there.
const ThemeTokens &theme();

/// Sets style, palette and stylesheet; System follows the desktop from now on.
void applyTheme(ThemeChoice choice);
ThemeChoice themeChoice();

/// The interface's font (13 px) and the monospaced one for keys, values and figures (12 px).
QFont uiFont(int pixelSize = 13);
QFont monoFont(int pixelSize = 12);

/// Gives a widget one of the stylesheet's looks (its dynamic property `look`); may be changed
/// later.
///   frames and widgets: panel, raised, bar (panel with a line below), foot (line above), card
///   QPushButton: primary, danger, quiet (no frame until hovered), segment (checkable, joined)
///   QToolButton: framed (the default has no frame until hovered)
///   QLabel: title (600), heading (16 px, 600), muted, small (11 px, muted), mono, figure (mono),
///           chip, chipAccent, chipGood, chipWarning, chipBad (small rounded facts)
///   QLineEdit, QPlainTextEdit: mono
void setLook(QWidget *widget, const char *look);

/// Sizes in px from the design: spacing goes in steps of 4.
namespace metric {
inline constexpr int kRow = 25;
inline constexpr int kTopBar = 44;
inline constexpr int kRail = 56;
inline constexpr int kFoot = 30;
inline constexpr int kControlRadius = 5;
inline constexpr int kCardRadius = 8;
} // namespace metric

} // namespace kvscope
