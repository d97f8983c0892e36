// KeyTreeMetrics: where things stand in a row of the tree, in px.
#pragma once

namespace kvscope::keytree {

inline constexpr int kLeft = 10;   ///< of the chevron at the top level
inline constexpr int kIndent = 18; ///< a level
inline constexpr int kChevronWidth = 16;
inline constexpr int kBadgeWidth = 32;
inline constexpr int kBadgeHeight = 15;
inline constexpr int kGap = 6;
inline constexpr int kRight = 12;
inline constexpr int kAccentBar = 3;

constexpr int chevronLeft(int depth)
{
    return kLeft + depth * kIndent;
}
constexpr int nameLeft(int depth)
{
    return chevronLeft(depth) + kChevronWidth;
}

} // namespace kvscope::keytree
