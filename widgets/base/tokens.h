// Tokens: the two columns of the design's colour table, and the stylesheet made from one of them.
#pragma once

#include "widgets/base/theme.h"

namespace kvscope {

ThemeTokens darkTokens();
ThemeTokens lightTokens();

/// Half-way colours: `share` (0…1) of `over` laid on `under`.
QColor mixed(const QColor &under, const QColor &over, double share);

/// The application's one stylesheet.
QString styleSheet(const ThemeTokens &tokens);

} // namespace kvscope
