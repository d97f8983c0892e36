// ChartHeader: painting. What doesn't fit is left out from the legend's end; the value never is.
#include "widgets/charts/chartheader.h"

#include "widgets/base/theme.h"

#include <QEvent>
#include <QPainter>

namespace kvscope {

ChartHeader::ChartHeader(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
}

void ChartHeader::setLegend(std::vector<LegendEntry> legend)
{
    if (m_legend == legend) return;
    m_legend = std::move(legend);
    update();
}

void ChartHeader::setHeadline(const QString &headline)
{
    if (m_headline == headline) return;
    m_headline = headline;
    setAccessibleDescription(headline);
    update();
}

void ChartHeader::setNote(const QString &note)
{
    if (m_note == note) return;
    m_note = note;
    update();
}

void ChartHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) update();
    QWidget::changeEvent(event);
}

void ChartHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr int kGap = 12;

    QFont valueFont = uiFont(m_headline.size() > 16 ? 13 : 17);
    valueFont.setWeight(QFont::DemiBold);
    painter.setFont(valueFont);
    painter.setPen(theme().text);
    const int valueWidth = painter.fontMetrics().horizontalAdvance(m_headline);
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_headline);

    QFont titleFont = uiFont(13);
    titleFont.setWeight(QFont::DemiBold);
    painter.setFont(titleFont);
    const int room = width() - valueWidth - kGap;
    const QString title = painter.fontMetrics().elidedText(m_title, Qt::ElideRight, room);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, title);
    paintLegend(painter, painter.fontMetrics().horizontalAdvance(title) + kGap, room);
}

void ChartHeader::paintLegend(QPainter &painter, int x, int right)
{
    constexpr int kStroke = 12;
    constexpr int kGap = 5;
    constexpr int kBetween = 10;
    painter.setFont(uiFont(11));
    const QFontMetrics metrics = painter.fontMetrics();
    const auto place = [&](const QString &text) {
        painter.setPen(theme().muted);
        painter.drawText(QRect(x, 0, right - x, height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += metrics.horizontalAdvance(text) + kBetween;
    };
    if (!m_note.isEmpty()) {
        if (x + metrics.horizontalAdvance(m_note) > right) return;
        place(m_note);
    }
    for (const LegendEntry &entry : m_legend) {
        if (x + kStroke + kGap + metrics.horizontalAdvance(entry.name) > right) return;
        painter.setPen(QPen(toneColor(entry.tone), 2, entry.line, Qt::FlatCap));
        const qreal y = height() / 2.0 + 0.5;
        painter.drawLine(QPointF(x, y), QPointF(x + kStroke, y));
        x += kStroke + kGap;
        place(entry.name);
    }
}

} // namespace kvscope
