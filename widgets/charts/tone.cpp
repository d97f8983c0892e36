// Tone: from name to colour.
#include "widgets/charts/tone.h"

#include "widgets/base/theme.h"

namespace kvscope {

QColor toneColor(Tone tone)
{
    switch (tone) {
    case Tone::Accent:
        return theme().accent;
    case Tone::Blue:
        return theme().blue;
    case Tone::Purple:
        return theme().purple;
    case Tone::Orange:
        return theme().orange;
    case Tone::Warning:
        return theme().warning;
    case Tone::Bad:
        return theme().bad;
    case Tone::Muted:
        return theme().muted;
    }
    return theme().muted;
}

QColor toneFill(Tone tone)
{
    QColor color = toneColor(tone);
    color.setAlphaF(0.13F);
    return color;
}

} // namespace kvscope
