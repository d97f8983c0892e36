// JobPaint: painting only.
#include "widgets/jobs/jobpaint.h"

#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace kvscope::jobpaint {

void background(QPainter &painter, const QStyleOptionViewItem &option)
{
    const ThemeTokens &t = theme();
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect, t.onSelection);
    else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect, t.raised);
    painter.setPen(t.faintLine);
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

void text(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
          const QColor &color, Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(color);
    const QRect inside = rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
    painter.drawText(inside, int(alignment),
                     QFontMetrics(font).elidedText(text, Qt::ElideRight, inside.width()));
}

QRect pill(QPainter &painter, const QRect &rect, const QString &text, const QColor &color)
{
    const QFont font = uiFont(11);
    const int width = QFontMetrics(font).horizontalAdvance(text) + 16;
    const QRect at(rect.left() + kCellMargin, rect.center().y() - 8,
                   std::min(width, rect.width() - kCellMargin), 18);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mixed(theme().panel, color, 0.45), 1));
    painter.setBrush(mixed(theme().panel, color, 0.08));
    painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(at, Qt::AlignCenter, text);
    return at;
}

namespace {

constexpr int kContext = 6; // characters in front of what differs, where the cell is narrow

// A line whose first changed stretch would lie outside of `width` begins a little in front of it.
void bringInSight(QString &line, std::vector<ComparedLines::Range> &ranges,
                  const QFontMetrics &metrics, int width)
{
    if (ranges.empty()) return;
    const ComparedLines::Range first = ranges.front();
    const int begin = first.begin - kContext;
    if (begin < 2 || metrics.horizontalAdvance(line, first.begin + first.length) <= width) return;
    line = QChar(0x2026) + line.mid(begin);
    for (ComparedLines::Range &range : ranges) range.begin -= begin - 1;
}

} // namespace

void marked(QPainter &painter, const QRect &rect, const QString &whole,
            const std::vector<ComparedLines::Range> &changed, const QColor &ground)
{
    const QFont font = monoFont();
    const QFontMetrics metrics(font);
    const QRect inside = rect.adjusted(kCellMargin, 0, -kCellMargin, 0);
    QString line = whole;
    std::vector<ComparedLines::Range> ranges = changed;
    bringInSight(line, ranges, metrics, inside.width());
    painter.setFont(font);
    painter.save();
    painter.setClipRect(inside);
    const int top = inside.center().y() - metrics.height() / 2;
    for (const ComparedLines::Range &range : ranges) {
        const int left = inside.left() + metrics.horizontalAdvance(line, range.begin);
        if (left > inside.right()) break;
        const int width = metrics.horizontalAdvance(line.mid(range.begin, range.length));
        painter.fillRect(QRect(left - 1, top - 1, width + 2, metrics.height() + 2), ground);
    }
    painter.restore();
    painter.setPen(theme().text);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(line, Qt::ElideRight, inside.width()));
}

QSize buttonSize(const QString &text)
{
    return {QFontMetrics(uiFont(12)).horizontalAdvance(text) + 20, 23};
}

void button(QPainter &painter, const QRect &rect, const QString &text, ButtonLook look)
{
    const ThemeTokens &t = theme();
    const bool disabled = look == ButtonLook::Disabled;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look == ButtonLook::Hovered ? mixed(t.line, t.text, 0.25) : t.line, 1));
    painter.setBrush(look == ButtonLook::Hovered ? mixed(t.raised, t.text, 0.06) : t.raised);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), metric::kControlRadius,
                            metric::kControlRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(uiFont(12));
    painter.setPen(disabled ? t.faint : t.text);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void dress(QTableView *table)
{
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setWordWrap(false);
    // Columns are fitted to the width.
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setTabKeyNavigation(false);
    table->setMouseTracking(true);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(kRow);
    table->verticalHeader()->setMinimumSectionSize(kRow);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setMinimumSectionSize(48);
    table->horizontalHeader()->setSectionsClickable(false);
    table->horizontalHeader()->setStyleSheet(
        QStringLiteral("QHeaderView::section { padding: 4px %1px; }").arg(kCellMargin));
}

} // namespace kvscope::jobpaint
