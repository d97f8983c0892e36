// Stylesheet: what Qt's own widgets look like, with the tokens' names filled in.
#include "widgets/base/tokens.h"

#include <QHash>
#include <QStringView>

namespace kvscope {
namespace {

constexpr QStringView kSheet = uR"(
QMainWindow, QDialog { background: @background; }
QFrame[look=panel], QWidget[look=panel] { background: @panel; }
QFrame[look=raised], QWidget[look=raised] { background: @raised; }
QFrame[look=bar], QWidget[look=bar] { background: @panel; border: none; border-bottom: 1px solid @line; }
QFrame[look=foot], QWidget[look=foot] { background: @panel; border: none; border-top: 1px solid @line; }
QWidget[look=production] { border: 3px solid @bad; }
QFrame[look=card], QWidget[look=card] { background: @panel; border: 1px solid @line; border-radius: 8px; }

QFrame#rail { background: @panel; border: none; border-right: 1px solid @line; }
QLabel[look=title] { font-weight: 600; }
QLabel[look=heading] { font-size: 16px; font-weight: 600; }
QLabel[look=muted] { color: @muted; }
QLabel[look=small] { color: @muted; font-size: 11px; }
QLabel[look=mono], QLabel[look=figure], QLineEdit[look=mono], QPlainTextEdit[look=mono] {
  font-family: @mono; font-size: 12px; }
QLabel[look=chip], QLabel[look=chipAccent], QLabel[look=chipGood], QLabel[look=chipWarning], QLabel[look=chipBad] {
  font-size: 11px; padding: 1px 7px; border: 1px solid @line; border-radius: 9px; color: @muted; }
QLabel[look=chipAccent] { color: @accent; background: @onSelection; border-color: @onSelection; }
QLabel[look=chipGood] { color: @good; }
QLabel[look=chipWarning] { color: @warning; border-color: @warningLine; }
QLabel[look=chipBad] { color: @bad; border-color: @badLine; }

QPushButton, QToolButton[look=framed] {
  background: @raised; color: @text; border: 1px solid @line; border-radius: 5px;
  padding: 5px 12px; min-height: 18px; }
QToolButton[look=framed] { padding: 5px 8px; }
QPushButton:hover, QToolButton[look=framed]:hover { border-color: @strongLine; background: @hover; }
QPushButton:pressed, QToolButton[look=framed]:pressed { background: @background; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:checked, QToolButton[look=framed]:checked { color: @accent; border-color: @accent; background: @onSelection; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; border-color: @faintLine; }
QPushButton::menu-indicator { image: none; width: 0px; }
QPushButton[look=primary] { background: @accent; border-color: @accent; color: @onAccent; font-weight: 600; }
QPushButton[look=primary]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[look=primary]:focus { border: 1px solid @text; }
QPushButton[look=primary]:disabled { background: @raised; border-color: @line; color: @disabled; }
QPushButton[look=danger] { background: @bad; border-color: @bad; color: @onBad; font-weight: 600; }
QPushButton[look=danger]:hover { background: @badHover; }
QPushButton[look=danger]:focus { border: 1px solid @text; }
QPushButton[look=danger]:disabled { background: @raised; border-color: @line; color: @disabled; }
QPushButton[look=quiet] { background: transparent; border-color: transparent; }
QPushButton[look=quiet]:hover { background: @hover; }
QPushButton[look=quiet]:focus { border: 1px solid @accent; }
QPushButton[look=chip], QPushButton[look=chipGood], QPushButton[look=chipWarning], QPushButton[look=chipBad] { font-size: 11px; padding: 1px 6px; min-height: 16px; border-radius: 9px; color: @muted;
  background: transparent; border: 1px solid @line; }
QPushButton[look=chipGood] { color: @good; }
QPushButton[look=chipWarning] { color: @warning; border-color: @warningLine; }
QPushButton[look=chipBad] { color: @bad; border-color: @badLine; }
QPushButton[look=chipGood]:hover, QPushButton[look=chipWarning]:hover, QPushButton[look=chipBad]:hover { background: @hover; }
QPushButton[look=chipGood]:checked, QPushButton[look=chipWarning]:checked, QPushButton[look=chipBad]:checked { background: @onSelection; }
QPushButton[look=chipGood]:focus, QPushButton[look=chipWarning]:focus, QPushButton[look=chipBad]:focus { border-color: @accent; }
QPushButton[look=chip]:hover { color: @text; border-color: @strongLine; }
QPushButton[look=chip]:checked { color: @accent; background: @onSelection; border-color: @onSelection; }
QPushButton[look=chip]:focus { border-color: @accent; }
QPushButton[look=chip]:disabled { color: @disabled; border-color: @faintLine; }
QPushButton[look=segment] { padding: 4px 12px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 4px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @onSelection; color: @accent; }
QToolButton[popupMode="1"] { padding-right: 20px; }
QToolButton::menu-button { background: transparent; border: none; width: 18px; }
QToolButton::menu-indicator { image: none; width: 0px; }

QLineEdit, QPlainTextEdit, QTextEdit {
  background: @field; color: @text; border: 1px solid @line; border-radius: 5px; padding: 4px 8px;
  selection-background-color: @selection; selection-color: @text; }
QLineEdit { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid @accent; }
QLineEdit[bad=true] { border: 1px solid @bad; }
QLineEdit:disabled, QLineEdit:read-only { color: @muted; }

QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; min-width: 120px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @onSelection; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 6px; }

QAbstractItemView { background: @panel; border: none; outline: none; alternate-background-color: @raised;
  selection-background-color: @onSelection; selection-color: @text; }
QTreeView::item, QListView::item, QTableView::item { border: none; padding: 0px 8px; min-height: 25px; }
QTreeView::item:hover, QListView::item:hover { background: @hover; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: @onSelection; color: @text; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; padding: 4px; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @line;
  padding: 4px 8px; font-size: 11px; }
QTableView { gridline-color: @faintLine; }
QTableCornerButton::section { background: @panel; border: none; }

QTabWidget::pane { border: none; }
QTabBar { background: @raised; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: @raised; color: @muted; padding: 7px 14px; border: none;
  border-right: 1px solid @line; border-top: 2px solid transparent; }
QTabBar::tab:selected { background: @panel; color: @text; border-top: 2px solid @accent; }
QTabBar::tab:hover:!selected { color: @text; }
QTabBar::tab:focus { color: @accent; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0px; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @strongLine; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
QProgressBar { background: @line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QGroupBox { border: 1px solid @line; border-radius: 8px; margin-top: 8px; padding: 12px; }
)";

} // namespace

QString styleSheet(const ThemeTokens &t)
{
    const QColor white(Qt::white);
    const QHash<QStringView, QString> names{
        {u"background", t.background.name()},
        {u"panel", t.panel.name()},
        {u"raised", t.raised.name()},
        {u"field", t.dark ? t.background.name() : t.panel.name()},
        {u"hover", mixed(t.raised, t.text, t.dark ? 0.06 : 0.05).name()},
        {u"line", t.line.name()},
        {u"faintLine", t.faintLine.name()},
        {u"strongLine", mixed(t.line, t.text, 0.25).name()},
        {u"scroll", mixed(t.line, t.text, 0.10).name()},
        {u"text", t.text.name()},
        {u"muted", t.muted.name()},
        {u"disabled", t.faint.name()},
        {u"accent", t.accent.name()},
        {u"accentHover", mixed(t.accent, t.dark ? white : t.text, 0.12).name()},
        {u"onAccent", t.dark ? mixed(t.background, t.accent, 0.05).name() : white.name()},
        {u"onSelection", t.onSelection.name()},
        {u"selection", mixed(t.panel, t.accent, 0.30).name()},
        {u"good", t.good.name()},
        {u"warning", t.warning.name()},
        {u"warningLine", mixed(t.panel, t.warning, 0.40).name()},
        {u"bad", t.bad.name()},
        {u"badLine", mixed(t.panel, t.bad, 0.40).name()},
        {u"badHover", mixed(t.bad, t.dark ? white : t.text, 0.12).name()},
        {u"onBad", t.dark ? t.background.name() : white.name()},
        {u"mono", monoFont().family()},
    };
    QString sheet;
    sheet.reserve(kSheet.size() + 512);
    for (qsizetype i = 0; i < kSheet.size();) {
        const qsizetype at = kSheet.indexOf(u'@', i);
        sheet += kSheet.sliced(i, (at < 0 ? kSheet.size() : at) - i);
        if (at < 0) break;
        qsizetype end = at + 1;
        while (end < kSheet.size() && kSheet[end].isLetter()) ++end;
        const QStringView name = kSheet.sliced(at + 1, end - at - 1);
        Q_ASSERT(names.contains(name));
        sheet += name == u"mono" ? u'"' + names[name] + u'"' : names.value(name);
        i = end;
    }
    return sheet;
}

} // namespace kvscope
