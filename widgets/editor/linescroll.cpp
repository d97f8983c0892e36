// Vertical scrolling by lines, horizontal by pixels.
#include "widgets/editor/linescroll.h"

#include "widgets/base/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QtMath>

namespace kvscope {

LineScroll::LineScroll(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setFont(monoFont());
    verticalScrollBar()->setSingleStep(3);
}

int LineScroll::lineHeight() const
{
    return QFontMetrics(monoFont()).height() + 4;
}
int LineScroll::characterWidth() const
{
    return qCeil(QFontMetricsF(monoFont()).horizontalAdvance(QLatin1Char('0')));
}
int LineScroll::scrolledX() const
{
    return -horizontalScrollBar()->value();
}
int LineScroll::lineAt(int y) const
{
    return verticalScrollBar()->value() + y / lineHeight();
}

void LineScroll::showLine(int line)
{
    const int page = qMax(1, viewport()->height() / lineHeight());
    const int first = verticalScrollBar()->value();
    if (line < first) verticalScrollBar()->setValue(line);
    if (line >= first + page) verticalScrollBar()->setValue(line - page + 1);
}

void LineScroll::contentChanged()
{
    const int page = qMax(1, viewport()->height() / lineHeight());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, qMax(0, lineCount() - page));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, qMax(0, contentWidth() - viewport()->width()));
    viewport()->update();
}

void LineScroll::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.setFont(monoFont());
    painter.fillRect(event->rect(), theme().panel);
    const int height = lineHeight();
    const int first = verticalScrollBar()->value();
    const int last = qMin(lineCount() - 1, lineAt(event->rect().bottom()));
    for (int line = first + event->rect().top() / height; line <= last; ++line) {
        const QRect rect(0, (line - first) * height, viewport()->width(), height);
        paintLine(painter, line, scrolledX(), rect);
    }
}

void LineScroll::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    contentChanged();
}

void LineScroll::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Down:
        return bar->setValue(bar->value() + 1);
    case Qt::Key_Up:
        return bar->setValue(bar->value() - 1);
    case Qt::Key_PageDown:
        return bar->setValue(bar->value() + bar->pageStep());
    case Qt::Key_PageUp:
        return bar->setValue(bar->value() - bar->pageStep());
    case Qt::Key_Home:
        return bar->setValue(0);
    case Qt::Key_End:
        return bar->setValue(bar->maximum());
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LineScroll::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        contentChanged();
}

} // namespace kvscope
