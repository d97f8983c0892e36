// CutLabel: cut when it is painted.
#include "widgets/jobs/cutlabel.h"

#include <QPainter>
#include <QStyle>

namespace kvscope {

CutLabel::CutLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void CutLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect rect = contentsRect();
    style()->drawItemText(
        &painter, rect, static_cast<int>(alignment()) | Qt::TextSingleLine, palette(), isEnabled(),
        fontMetrics().elidedText(text(), Qt::ElideRight, rect.width()), foregroundRole());
}

} // namespace kvscope
