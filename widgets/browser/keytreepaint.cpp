// KeyTreeView: how rows look.
#include "widgets/browser/keytreeview.h"

#include "core/base/human.h"
#include "core/store/entry.h"
#include "widgets/base/theme.h"
#include "widgets/browser/keytreemetrics.h"
#include "widgets/models/keytypes.h"

#include <QPainter>
#include <QPainterPath>

namespace kvscope {
namespace {

// Longer names are cut before they are measured: a key may have 64 KiB.
constexpr std::size_t kMostNameBytes = 300;

QColor badgeColor(KeyKind kind)
{
    const ThemeTokens &t = theme();
    switch (kind) {
    case KeyKind::Json:
        return t.accent;
    case KeyKind::Hash:
        return t.blue;
    case KeyKind::List:
        return t.purple;
    case KeyKind::Set:
    case KeyKind::SortedSet:
        return t.orange;
    case KeyKind::Stream:
        return t.good;
    default:
        return t.muted;
    }
}

void paintMark(QPainter &painter, QPointF center, const QColor &color)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(center, 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintChevron(QPainter &painter, QPointF center, bool open, const QColor &color)
{
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[3] = {
        open ? center + QPointF(-3, -1.5) : center + QPointF(-1.5, -3),
        open ? center + QPointF(0, 1.5) : center + QPointF(1.5, 0),
        open ? center + QPointF(3, -1.5) : center + QPointF(-1.5, 3),
    };
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPolyline(points, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

constexpr int kLeastNameBesideAge = 120; // pixels: the name comes first

} // namespace

void KeyTreeView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme().panel);
    const auto first = static_cast<std::size_t>(firstVisibleRow());
    const std::vector<Row> rows = m_tree->rows(first, static_cast<std::size_t>(rowsInSight()) + 2);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        paintRow(painter, rowRect(first + i), first + i, rows[i]);
    }
}

void KeyTreeView::paintRow(QPainter &painter, const QRect &rect, std::size_t index,
                           const Row &row) const
{
    const ThemeTokens &t = theme();
    const bool selected = m_selection.contains(row);
    if (selected) {
        painter.fillRect(rect, t.onSelection);
        painter.fillRect(QRect(rect.left(), rect.top(), keytree::kAccentBar, rect.height()),
                         t.accent);
    } else if (index == m_hovered) {
        painter.fillRect(rect, t.raised);
    }
    if (hasFocus() && m_current && *m_current == RowRef::of(row)) {
        painter.setPen(QPen(t.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }

    const bool isNamespace = row.kind == Row::Kind::Namespace;
    QRect nameRect = rect;
    nameRect.setLeft(keytree::nameLeft(row.depth));
    nameRect.setRight(rect.right() - keytree::kRight);
    if (isNamespace) {
        const QPointF center(keytree::chevronLeft(row.depth) + 5.5, rect.center().y() + 0.5);
        paintChevron(painter, center, row.expanded, t.muted);
        static const QFont figures = monoFont();
        painter.setFont(figures);
        painter.setPen(selected ? t.text : t.muted);
        const QString count = QString::fromStdString(formatCount(row.keys));
        painter.drawText(nameRect, Qt::AlignRight | Qt::AlignVCenter, count);
        nameRect.setRight(nameRect.right() - QFontMetrics(figures).horizontalAdvance(count) - 12);
    } else {
        paintBadge(painter,
                   QRect(nameRect.left(), rect.top() + (rect.height() - keytree::kBadgeHeight) / 2,
                         keytree::kBadgeWidth, keytree::kBadgeHeight),
                   row);
        nameRect.setLeft(nameRect.left() + keytree::kBadgeWidth + keytree::kGap);
        if (const auto mark = m_findMark ? m_findMark(row.path) : std::nullopt) {
            static const QFont small = uiFont(11);
            const int age = QFontMetrics(small).horizontalAdvance(mark->age);
            if (nameRect.width() > age + kLeastNameBesideAge) {
                painter.setFont(small);
                painter.setPen(t.muted);
                painter.drawText(nameRect, Qt::AlignRight | Qt::AlignVCenter, mark->age);
                nameRect.setRight(nameRect.right() - age - (age > 0 ? 8 : 0));
            }
            paintMark(painter, QPointF(nameRect.right() - 4, rect.center().y() + 0.5), mark->color);
            nameRect.setRight(nameRect.right() - 16);
        }
    }

    const QFont font = isNamespace ? uiFont() : monoFont();
    painter.setFont(font);
    painter.setPen(row.name.empty() ? t.muted : t.text);
    const QString name =
        row.name.empty() ? tr("(empty)") : keyText(row.name.substr(0, kMostNameBytes));
    painter.drawText(nameRect, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(name, Qt::ElideMiddle, nameRect.width()));
}

void KeyTreeView::paintBadge(QPainter &painter, const QRect &rect, const Row &row) const
{
    const std::optional<KeyKind> kind = m_types->find(row.path);
    if (!kind) return;
    const ThemeTokens &t = theme();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.dark ? t.raised.lighter(112) : t.faintLine);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    QFont font = uiFont(9);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(badgeColor(*kind));
    painter.drawText(rect, Qt::AlignCenter, kindBadge(*kind));
}

} // namespace kvscope
