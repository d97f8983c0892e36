// TabLabels: names for tabs that are too narrow for their keys, told apart by what differs.
#pragma once

#include <QFontMetrics>
#include <QStringList>

namespace kvscope {

/// One label a name, none wider than `width` pixels: the whole name where there is room; else what
/// it shares with its nearest neighbour goes first, by whole segments, and then its middle.
QStringList tabLabels(const QStringList &names, const QFontMetrics &metrics, int width);

} // namespace kvscope
