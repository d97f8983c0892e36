// Tone: the theme's series colours by name, so that a curve follows light and dark.
#pragma once

#include <QColor>

#include <cstdint>

namespace kvscope {

enum class Tone : std::uint8_t { Accent, Blue, Purple, Orange, Warning, Bad, Muted };

/// The colour of `tone` in the theme that is in force.
QColor toneColor(Tone tone);

/// The same under a curve (13 %).
QColor toneFill(Tone tone);

} // namespace kvscope
