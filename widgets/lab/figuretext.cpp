// FigureText: breaking and painting.
#include "widgets/lab/figuretext.h"

#include "widgets/base/theme.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace kvscope {

FigureText::FigureText(int mostLines, int pixelSize, Ink ink, QWidget *parent)
    : QWidget(parent), m_mostLines(mostLines), m_pixelSize(pixelSize), m_ink(ink)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

QSize FigureText::sizeHint() const
{
    return {200, m_room * lineHeight()};
}

void FigureText::setText(const QString &text)
{
    if (m_text == text) return;
    m_text = text;
    setAccessibleName(text);
    fit();
    update();
}

void FigureText::fit()
{
    m_lines.clear();
    // "8,900/s" is one word.
    QString text = m_text;
    text.replace(QLatin1Char('/'), QStringLiteral("/\u2060"));
    QTextLayout layout(text, uiFont(m_pixelSize));
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width()));
        const bool isLast = m_lines.size() + 1 == m_mostLines;
        m_lines += isLast ? text.mid(line.textStart())
                          : text.mid(line.textStart(), line.textLength()).trimmed();
        if (isLast) break;
    }
    layout.endLayout();
    bool isCut = false;
    if (!m_lines.isEmpty()) {
        const QFontMetrics metrics(uiFont(m_pixelSize));
        const QString whole = m_lines.back();
        m_lines.back() = metrics.elidedText(whole, Qt::ElideRight, width());
        isCut = m_lines.back() != whole;
    }
    setToolTip(isCut ? m_text : QString());
    const int lines = std::max<int>(1, static_cast<int>(m_lines.size()));
    if (lines <= m_room) return;
    m_room = lines;
    updateGeometry();
}

void FigureText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(uiFont(m_pixelSize));
    painter.setPen(m_ink == Ink::Muted ? theme().muted : theme().text);
    for (int i = 0; i < m_lines.size(); ++i)
        painter.drawText(QRect(0, i * lineHeight(), width(), lineHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, m_lines[i]);
}

void FigureText::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() == event->oldSize().width()) return;
    const int before = m_room;
    m_room = 1;
    fit();
    if (m_room < before) updateGeometry();
}

void FigureText::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) update();
    QWidget::changeEvent(event);
}

} // namespace kvscope
