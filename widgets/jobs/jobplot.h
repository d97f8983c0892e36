// JobPlot: how the plots of the Jobs page look, alike.
#pragma once

#include "widgets/charts/customplot.h"

#include <cstdint>

namespace kvscope::jobplot {

/// A plot that takes no mouse, with room for labels at its left and below.
QCustomPlot *make(QWidget *parent, const char *objectName);
/// Colours of the theme in force, for axes and ground.
void style(QCustomPlot *plot);
QPen curvePen(const QColor &color);
/// Seconds since 1970, as the time axis counts.
double keyOf(std::int64_t wallMs);

} // namespace kvscope::jobplot
