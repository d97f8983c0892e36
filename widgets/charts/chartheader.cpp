// ChartHeader: painting. What doesn't fit is left out from the legend's end; the value never is.
#include "widgets/charts/chartheader.h"

#include "widgets/base/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

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

    const int valueWidth = paintHeadline(painter);

    QFont titleFont = uiFont(13);
    titleFont.setWeight(QFont::DemiBold);
    painter.setFont(titleFont);
    painter.setPen(theme().text);
    const int room = width() - valueWidth - kGap;
    const QString title = painter.fontMetrics().elidedText(m_title, Qt::ElideRight, room);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, title);
    paintLegend(painter, painter.fontMetrics().horizontalAdvance(title) + kGap, room);
}

int ChartHeader::paintHeadline(QPainter &painter)
{
    // Long ones (three percentiles) are set smaller.
    constexpr int kLong = 16;
    QFont font = uiFont(m_headline.size() > kLong ? 13 : 17);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QFontMetrics metrics = painter.fontMetrics();
    const int whole = metrics.horizontalAdvance(m_headline);
    int x = width() - whole;
    // A word that names a curve wears its colour: where the legend has no room it is the legend.
    for (const QString &word : m_headline.split(QLatin1Char(' '))) {
        const auto entry = std::find_if(m_legend.begin(), m_legend.end(),
                                        [&word](const LegendEntry &e) { return e.name == word; });
        painter.setPen(entry == m_legend.end() ? theme().text : toneColor(entry->tone));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         word);
        x += metrics.horizontalAdvance(word + QLatin1Char(' '));
    }
    return whole;
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
