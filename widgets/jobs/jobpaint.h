// JobPaint: what the Jobs page's tables draw: pills, marked stretches, buttons in cells.
#pragma once

#include "widgets/jobs/differencemodel.h"

#include <QStyledItemDelegate>

class QTableView;

namespace kvscope {

namespace jobpaint {

inline constexpr int kCellMargin = 12;
inline constexpr int kRow = 29;

/// Selection, hover and the faint line below.
void background(QPainter &painter, const QStyleOptionViewItem &option);
void text(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
          const QColor &color, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);
/// A rounded fact in its own colour; returns its rectangle.
QRect pill(QPainter &painter, const QRect &rect, const QString &text, const QColor &color);
/// One line of monospaced text with changed stretches on coloured ground, the first one in sight.
void marked(QPainter &painter, const QRect &rect, const QString &whole,
            const std::vector<ComparedLines::Range> &changed, const QColor &ground);
/// What a button in a cell needs, and how it looks.
QSize buttonSize(const QString &text);
enum class ButtonLook : std::uint8_t { Normal, Hovered, Disabled };
void button(QPainter &painter, const QRect &rect, const QString &text, ButtonLook look);

/// A table as the page wears them: rows of kRow, no grid, no vertical header, by the keyboard
/// alone usable.
void dress(QTableView *table);

} // namespace jobpaint
} // namespace kvscope
