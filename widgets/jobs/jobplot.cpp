// JobPlot: from the tokens.
#include "widgets/jobs/jobplot.h"

#include "widgets/base/theme.h"
#include "widgets/charts/plotdress.h"

namespace kvscope::jobplot {

QCustomPlot *make(QWidget *parent, const char *objectName)
{
    auto *plot = new QCustomPlot(parent);
    plot->setObjectName(QString::fromLatin1(objectName));
    plot->setAntialiasedElements(QCP::aeAll);
    plot->setMinimumSize(80, 48);
    plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    QCPAxisRect *area = plot->axisRect();
    area->setAutoMargins(QCP::msNone);
    area->setMargins(QMargins(52, 6, 4, 18));
    plot->plotLayout()->setMargins(QMargins());
    return plot;
}

void style(QCustomPlot *plot)
{
    plot->setBackground(QBrush(theme().panel));
    for (QCPAxis *axis : {plot->xAxis, plot->yAxis, plot->yAxis2}) dressAxis(*axis, 5);
    plot->xAxis->grid()->setVisible(false);
    plot->yAxis2->grid()->setVisible(false);
}

QPen curvePen(const QColor &color)
{
    QPen pen(color, 1.6);
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

double keyOf(std::int64_t wallMs)
{
    return static_cast<double>(wallMs) / 1000;
}

} // namespace kvscope::jobplot
