// PlotDress: how every plot's axes look.
#pragma once

class QCPAxis;

namespace kvscope {

/// In the colours of the theme that is in force: no lines and ticks, a faint grid, small labels.
/// `labelPadding`: pixels between the labels and the plot.
void dressAxis(QCPAxis &axis, int labelPadding);

} // namespace kvscope
