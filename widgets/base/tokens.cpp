// Tokens: the two columns of the design's colour table.
#include "widgets/base/tokens.h"

namespace kvscope {

ThemeTokens darkTokens()
{
    return {.background = 0x12151a,
            .panel = 0x171b21,
            .raised = 0x1d222a,
            .line = 0x2a313b,
            .faintLine = 0x232932,
            .text = 0xe4e8ee,
            .muted = 0x8d97a6,
            .faint = 0x5f6978,
            .accent = 0x2dd4bf,
            .onSelection = 0x1c3a3a,
            .good = 0x4ade80,
            .warning = 0xfbbf24,
            .bad = 0xf87171,
            .blue = 0x60a5fa,
            .purple = 0xa78bfa,
            .orange = 0xfb923c,
            .jsonKey = 0x8ab4f8,
            .jsonString = 0x8bd49c,
            .jsonNumber = 0xf0b27a,
            .dark = true};
}

ThemeTokens lightTokens()
{
    return {.background = 0xeef1f4,
            .panel = 0xffffff,
            .raised = 0xf6f8fa,
            .line = 0xd5dbe2,
            .faintLine = 0xe6eaef,
            .text = 0x19212c,
            .muted = 0x5d6877,
            .faint = 0x94a0af,
            .accent = 0x0f8b7e,
            .onSelection = 0xdcf3f0,
            .good = 0x15803d,
            .warning = 0xb45309,
            .bad = 0xb91c1c,
            .blue = 0x2563eb,
            .purple = 0x7c3aed,
            .orange = 0xc2410c,
            .jsonKey = 0x1d4ed8,
            .jsonString = 0x116b3a,
            .jsonNumber = 0x9a4b0b,
            .dark = false};
}

QColor mixed(const QColor &under, const QColor &over, double share)
{
    const auto blend = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {blend(under.red(), over.red()), blend(under.green(), over.green()),
            blend(under.blue(), over.blue())};
}

} // namespace kvscope
