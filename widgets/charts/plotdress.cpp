// PlotDress: from the tokens.
#include "widgets/charts/plotdress.h"

#include "widgets/base/theme.h"
#include "widgets/charts/customplot.h"

namespace kvscope {

void dressAxis(QCPAxis &axis, int labelPadding)
{
    axis.setBasePen(Qt::NoPen);
    axis.setTickPen(Qt::NoPen);
    axis.setSubTickPen(Qt::NoPen);
    axis.setTickLength(0, 0);
    axis.setTickLabelPadding(labelPadding);
    axis.setTickLabelFont(uiFont(10));
    axis.setTickLabelColor(theme().faint);
    axis.grid()->setPen(QPen(theme().faintLine, 1));
    axis.grid()->setZeroLinePen(QPen(theme().line, 1));
    axis.grid()->setAntialiased(false);
}

} // namespace kvscope
